"""The workspace: a folder with a log, its originals and its keys, and the things one does with it.

    workspace.toml   database, folder of keys, time-stamp authorities     policy.txt   whose signatures count (C2SP tlog-policy)
    temoin.db        the log (or PostgreSQL)                              originals/   payloads, encrypted
    published        the last checkpoint that left this machine           keys/        private keys: keep out of the nightly backup

Nothing here prints or opens a socket: clock and transport are handed in.
"""

from __future__ import annotations

import mimetypes
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from temoin.errors import Broken, Misused, Refused, TemoinError, Unreachable, Unverified
from temoin.seal import checkpoint, note, policy, stamp, tombstone, witness
from temoin.seal.digest import file_sha256
from temoin.seal.key import COSIGN_ED25519, ED25519, SigningKey, VerifyingKey
from temoin.seal.manifest import Scope
from temoin.seal.policy import Policy
from temoin.seal.stamp import Stamp
from temoin.seal.tombstone import Ground
from temoin.store import durable, tables, trunk
from temoin.store.audit import audit
from temoin.store.deciding import By
from temoin.store.draft import Draft, Sealed
from temoin.store.erasure import erase, propose, sweep
from temoin.store.ledger import Ledger, instant, now_utc
from temoin.store.pack import pack
from temoin.store.witnessed import Witnessed

CONFIG = "workspace.toml"
POLICY = "policy.txt"
#: Files, and bytes of them, sealed in one transaction: enough to share the cost of a commit, few enough to lose little to an error.
BATCH = 500
BATCH_BYTES = 256 << 20
#: Posts a body to an address; gives status and answer.
Send = Callable[[str, bytes], tuple[int, bytes]]


class Authority(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time-stamp authority: its name here, its address, its pinned root certificate (a file)."""

    name: str
    url: str
    root: str


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """workspace.toml."""

    database: str = ""  # postgresql://…; empty for SQLite in the folder
    keys: str = "keys"  # folder of private keys, may lie elsewhere
    authority: tuple[Authority, ...] = ()


@dataclass(frozen=True)
class Added:
    """A file that was sealed, or was there already."""

    path: str
    index: int
    sha256: str
    size_bytes: int
    new: bool


@dataclass(frozen=True)
class Stamping:
    """What one authority said."""

    authority: str
    stamp: Stamp | None
    problem: str | None


@dataclass
class Workspace:
    """An open workspace. Use as a context."""

    folder: Path
    config: Config
    ledger: Ledger
    swept: list[str] = field(default_factory=list)

    # ── beginning and opening ──

    @classmethod
    def init(
        cls, folder: Path, origin: str, officers: Sequence[VerifyingKey], *, database: str = "", clock: Callable[[], datetime] = now_utc
    ) -> Workspace:
        """Begin a workspace in an empty or new folder. Raises Refused where one is there already."""
        if (folder / CONFIG).exists():
            raise Refused(f"{folder} is a workspace already")
        if any(key.algorithm != ED25519 for key in officers) or 0 < len({key.public for key in officers}) < 2:
            raise Misused("a workspace has two officers or more, each with an Ed25519 key, or none (then nothing can ever be erased)")
        log = SigningKey.generate(origin)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as err:
            raise durable.told(err, folder) from err
        ledger = Ledger.found(folder, origin, log, officers, database=database or None, clock=clock)
        durable.write(folder / POLICY, str(policy.only(log.public)).encode(), mode=0o644)
        durable.write(folder / CONFIG, _config_text(database).encode(), mode=0o600)
        ledger.sign()
        return cls(folder, Config(database=database), ledger)

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, clock: Callable[[], datetime] = now_utc) -> Workspace:
        """Open a workspace; for writing, what a crash left undone is finished first."""
        try:
            config = msgspec.convert(tomllib.loads((folder / CONFIG).read_text("utf-8")), Config)
        except FileNotFoundError as err:
            raise Unreachable(f"{folder} is no workspace: there is no {CONFIG}", hint="Begin one with temoin init.") from err
        except (OSError, ValueError, msgspec.ValidationError) as err:
            raise Misused(f"{CONFIG} cannot be read: {err}") from err
        keys = folder / config.keys
        made = cls(folder, config, Ledger(folder, database=config.database or None, keys=keys, read_only=read_only, clock=clock))
        if not read_only:
            try:
                made.swept = sweep(made.ledger)
            except BaseException:
                made.close()
                raise
        return made

    def close(self) -> None:
        """Close the log."""
        self.ledger.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ── sealing ──

    def add(self, paths: Sequence[Path], case: str = "main") -> Iterator[Added]:
        """Seal files, and those in folders, as they are. What is sealed already is not sealed again. One checkpoint at the end.

        Raises Unreachable where a file cannot be read: what was told before is sealed.
        """
        chosen = self.ledger.case(case) or self.ledger.new_case(case)
        waiting: dict[str, tuple[Path, int]] = {}
        size_bytes = 0
        for path in _files(paths):
            digest, size = file_sha256(path)
            there = self.ledger.find(digest)
            if there or digest in waiting:
                if not there:
                    continue
                yield Added(str(path), there[0], digest, size, new=False)
                continue
            waiting[digest] = (path, size)
            size_bytes += size
            if len(waiting) >= BATCH or size_bytes >= BATCH_BYTES:
                yield from self._seal(waiting, chosen)
                waiting, size_bytes = {}, 0
        yield from self._seal(waiting, chosen)
        self.ledger.sign()

    def _seal(self, waiting: dict[str, tuple[Path, int]], case: str) -> Iterator[Added]:
        drafts = [
            Draft(
                kind="capture",
                case=case,
                source=path,
                media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
                sensitive={"name": path.name},
            )
            for path, _ in waiting.values()
        ]
        if not drafts:
            return
        first = self.ledger.seal(drafts)[0]
        for (path, _), one in zip(waiting.values(), self.ledger.read(since=first), strict=False):
            # What was sealed, not what was looked at before: the file may have changed in between.
            payload = one.entry.payload
            if payload is None:
                raise Broken(f"entry {one.index} was sealed without its payload")
            yield Added(str(path), one.index, payload.sha256, payload.size_bytes, new=True)

    def find(self, item: str) -> int:
        """Return the entry meant by an index, a SHA-256, or a file whose bytes were sealed. Raises Misused where there is none."""
        if item.isdigit() and len(item) < 19 and int(item) < self.ledger.trunk.size:
            return int(item)
        path = Path(item)
        digest = item.lower() if len(item) == 64 and not path.exists() else file_sha256(path)[0]
        there = self.ledger.find(digest)
        if not there:
            raise Misused(f"{item} was never sealed here: SHA-256 {digest} stands in no entry")
        return there[0]

    # ── giving out ──

    def receipt(self, index: int, out: Path, send: Send | None = None, *, unwitnessed: bool = False) -> None:
        """Write the receipt of one entry: a small bundle that proves it, without its original."""
        one = self.ledger.one(index)
        if one.letter is None:
            raise Refused(f"entry {index} was erased")
        house = self.ledger.state("house")
        self.bundle(out, [*(e for e in self.ledger.read(case=house) if e.index != index), one], "item", send, unwitnessed)

    def export(self, out: Path, cases: Sequence[str] = (), send: Send | None = None, *, unwitnessed: bool = False) -> int:
        """Write a bundle of whole cases, by default of all; the export itself is sealed in each. Returns how many entries it holds."""
        house, counts = self.ledger.state("house"), self.ledger.counts()
        wanted = []
        for name in cases:
            found = self.ledger.case(name)
            if found is None or found not in counts:
                raise Misused(f"there is nothing in a case {name}")
            wanted.append(found)
        wanted = wanted or [case for case in counts if case != house]
        self.ledger.seal(
            [Draft(kind="custody", case=case, detail={"action": "export", "closing": counts[case] + 1, "house": counts[house]}) for case in wanted]
        )
        chosen = [e for e in self.ledger.read() if not cases or e.case in (*wanted, house)]
        self.bundle(out, chosen, "case" if cases else "whole", send, unwitnessed)
        return len(chosen)

    def bundle(self, out: Path, chosen: Sequence[Sealed], scope: Scope, send: Send | None, unwitnessed: bool) -> None:
        """Write a bundle of chosen entries under the log's present state."""
        signed = self.head(send, unwitnessed)
        trust = policy.only(self.ledger.key()) if unwitnessed else self.policy()
        pack(self.ledger, out, chosen, signed, scope, trust)

    # ── outsiders: witnesses and time stamps ──

    def policy(self) -> Policy:
        """Return whose signatures count here. Raises Broken where it does not name this log."""
        try:
            found = policy.parse((self.folder / POLICY).read_bytes())
        except OSError as err:
            raise Unreachable(f"{POLICY} cannot be read: {err.strerror}") from err
        if self.ledger.key() not in found.logs:
            raise Broken(f"{POLICY} does not name the key of this log")
        return found

    def head(self, send: Send | None, unwitnessed: bool) -> note.Note:
        """Sign the log and return its checkpoint with the signatures that the policy asks for. Raises Unreachable where witnesses are missing."""
        signed = self.ledger.sign()
        if not unwitnessed:
            trust = self.policy()
            try:
                trust.verify(signed)
            except Unverified:
                signed, problems = self.cosign(send)
                try:
                    trust.verify(signed)
                except Unverified as err:
                    told = "; ".join(problems) or "no witness was asked"
                    raise Unreachable(f"{err}: {told}", hint="Try again later, or give out what says that it is --unwitnessed.") from err
        return signed

    def cosign(self, send: Send | None) -> tuple[note.Note, list[str]]:
        """Ask every witness of the policy that has an address to cosign the head. Returns the head with what came, and the problems.

        Raises Unverified where a witness remembers another history: that is not a problem of the line.
        """
        signed, trust, problems = self.ledger.sign(), self.policy(), []
        for name, key in trust.witnesses.items():
            if any((line.name, line.key_id) == (key.name, key.id) for line in signed.signatures):
                continue
            url = trust.urls.get(str(key))
            if send is None or url is None:
                problems.append(f"{name} was not asked")
                continue
            try:
                line = witness.submit(signed, key, self._consistency, lambda b, u=url: send(f"{u.rstrip('/')}/add-checkpoint", b), self._now_s())  # type: ignore[misc]
            except Unverified:
                raise
            except TemoinError as err:
                problems.append(f"{name}: {err}")
                continue
            signed = note.Note(text=signed.text, signatures=(*signed.signatures, line))
            self.ledger.cosigned(signed)
        return signed, problems

    def _consistency(self, old: int, new: int) -> list[bytes]:
        with self.ledger.database.look() as rows:
            return trunk.consistency(rows, old, new)

    def _now_s(self) -> int:
        return int(self.ledger.clock().timestamp())

    def stamp(self, send: Send, authorities: Sequence[Authority] = ()) -> list[Stamping]:
        """Have the head stamped by every authority; each answer is kept with the checkpoint, and its digest sealed.

        One that fails does not stop the others. Raises Misused where no authority is known.
        """
        wanted = [*self.config.authority, *authorities]
        if not wanted:
            raise Misused(f"no time-stamp authority is known: name two in {CONFIG}")
        signed = self.ledger.sign()
        size, told = checkpoint.parse(signed.text).size, []
        for one in wanted:
            try:
                pem = (self.folder / one.root).read_bytes()
                reply, made = stamp.take(signed.text.encode(), [stamp.read_root(pem)], lambda q, u=one.url: _granted(send, u, q), self.ledger.clock)  # type: ignore[misc]
            except (TemoinError, OSError) as err:
                told.append(Stamping(one.name, None, str(err)))
                continue
            row = {"size": size, "authority": one.name, "reply": reply, "root_pem": pem}
            self.ledger.seal([self._anchor(one.name, size, reply, made)], lambda rows, _, row=row: rows.execute(tables.stamps.insert().values(**row)))  # type: ignore[misc]
            told.append(Stamping(one.name, made, None))
        return told

    def _anchor(self, name: str, size: int, reply: bytes, made: Stamp) -> Draft:
        detail: dict[str, Any] = {"authority": name, "size": size, "at": instant(made.at), "sha256": sha256(reply).hexdigest()}
        return Draft(kind="anchor", case=self.ledger.state("house"), detail=detail)

    def witness_key(self, name: str) -> SigningKey:
        """Return the key with which this workspace cosigns for others, made at the first call."""
        try:
            return self.ledger.keyring.signing("witness")
        except Unreachable:
            key = SigningKey.generate(name, COSIGN_ED25519, random=self.ledger.random)
            self.ledger.keyring.keep("witness", key)
            return key

    def answer(self, body: bytes, logs: Sequence[VerifyingKey], key: SigningKey) -> witness.Answer:
        """Answer another log's add-checkpoint request."""
        known: dict[str, list[VerifyingKey]] = {}
        for log in logs:
            known.setdefault(log.name, []).append(log)
        return witness.answer(body, known, [key], Witnessed(self.ledger.database), self._now_s)

    # ── erasing, checking ──

    def erase(self, index: int, ground: Ground, by: By) -> int:
        """Erase an entry by the decision of two officers, and sign the log. Returns the tombstone's index. Raises Refused, Unverified."""
        stone = propose(self.ledger, index, ground)
        signed = by(stone.text) if callable(by) else tombstone.sign(stone, by)
        if msgspec.structs.replace(tombstone.parse(signed.text), at=stone.at) != stone:
            raise Refused(f"the decision is about something else than entry {index} and the ground {ground}")
        done = erase(self.ledger, signed)
        self.ledger.sign()
        return done

    def problems(self) -> list[str]:
        """Derive everything again from the disk and return what does not hold."""
        found = audit(self.ledger)
        try:
            self.policy()
        except TemoinError as err:
            found.append(f"{POLICY}: {err}")
        return found


def _granted(send: Send, url: str, query: bytes) -> bytes:
    status, reply = send(url, query)
    if status != 200:
        raise Unreachable(f"the authority answers {status}")
    return reply


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Give the files meant by paths, folders opened, hidden files and links out of a folder left alone, each folder in order of names."""
    for path in paths:
        if path.is_dir():
            for folder, folders, names in sorted(_walk(path)):
                del folders
                yield from (Path(folder) / name for name in sorted(names) if not name.startswith(".") and (Path(folder) / name).is_file())
        elif path.is_file():
            yield path
        else:
            raise Unreachable(f"{path} is no file and no folder")


def _walk(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    import os

    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield folder, folders, names


def _config_text(database: str) -> str:
    return (
        f"# A Témoin workspace. Begun {datetime.now(UTC):%Y-%m-%d}.\n"
        f"database = {msgspec.json.encode(database).decode()}  # postgresql://…, or empty for SQLite in this folder\n"
        'keys = "keys"  # where the private keys are; keep them out of the nightly backup\n\n'
        "# Time-stamp authorities (RFC 3161), two or more, each with its pinned root certificate:\n"
        '# [[authority]]\n# name = "one"\n# url = "https://…"\n# root = "one.pem"\n'
    )
