"""The ledger: seals things, in order, once, and for good. Payload durable, then entry and tree in one transaction, then the word.

Promises: what was acknowledged is on the disk; what was not leaves no trace in the log; a log that is older than what it last published is
not signed again; an erasure is decided by two officers, destroys keys, and leaves every other proof as it was.
Clock and randomness are arguments. Rows of other rooms join the same transaction by `also`.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from temoin.errors import Broken, Misused, Refused, Unreachable, Unverified
from temoin.seal import checkpoint as checkpoints
from temoin.seal import note
from temoin.seal.checkpoint import Checkpoint
from temoin.seal.key import SigningKey, VerifyingKey
from temoin.store import audit, durable, envelope, tables, trunk
from temoin.store.database import Database
from temoin.store.draft import Draft, Prepared, Sealed, well_formed
from temoin.store.keyring import Keyring
from temoin.store.line import Hand, Line, write
from temoin.store.statement import Statement
from temoin.store.vault import Place, Vault

TOOL = "temoin 0.1.0"
#: Cases whose end is kept in memory, some hundred bytes each.
_REMEMBERED = 10_000
_insert = Statement(insert(tables.entries), Line._fields)


def now_utc() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def instant(at: datetime) -> str:
    """Return a time as entries spell it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


class Ledger:
    """An open log. One writer at a time: a lock on the folder holds others off."""

    def __init__(
        self,
        folder: Path,
        *,
        database: str | None = None,
        keys: Path | None = None,
        read_only: bool = False,
        clock: Callable[[], datetime] = now_utc,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.random = random
        self.read_only = read_only
        self.vault = Vault(folder / "originals", random)
        self.keyring = Keyring(keys or folder / "keys", random)
        self._lock = self._take_lock()
        self.database = Database(database or folder / "temoin.db", read_only=read_only)
        self.trunk = trunk.Trunk()
        # Where each case ends, as far as it was asked for, and the current epoch's key: like the trunk, they follow the database.
        self._ends: dict[str, tuple[int, str | None]] = {}
        self._key: tuple[int, bytes] | None = None
        try:
            self._follow()
        except BaseException:
            self.close()
            raise

    def _take_lock(self) -> int | None:
        if self.read_only:
            return None
        handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as err:
            os.close(handle)
            raise Unreachable(f"another Témoin is writing to {self.folder.name}", hint="Wait for it, or stop it.") from err
        return handle

    def close(self) -> None:
        """Close; nothing is pending, since nothing is acknowledged before it is durable."""
        if hasattr(self, "database"):
            self.database.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @classmethod
    def found(cls, folder: Path, origin: str, log: SigningKey, officer_keys: Sequence[VerifyingKey], **edges: Any) -> Ledger:
        """Begin a log: keys, tables, and the first entries, which name the log's key and the officers' keys."""
        ledger = cls(folder, **edges)
        try:
            if ledger.trunk.size:
                raise Refused(f"{folder.name} holds a log already")
            # Empty: nothing is published yet. From now on the file is there, and its absence means something.
            durable.write(folder / "published", b"", mode=0o644)
            ledger.vault.create()
            ledger.keyring.create()
            ledger.keyring.new_epoch(1)
            house, first = (ledger.random(16).hex() for _ in range(2))
            ledger.epoch = 1

            def begin(rows: Connection, _: list[int]) -> None:
                values = {"origin": origin, "key": str(log.public), "epoch": "1", "house": house}
                rows.execute(insert(tables.state), [{"name": name, "value": value} for name, value in values.items()])
                rows.execute(insert(tables.cases), [{"case_id": first, "name": "main"}])

            ledger.keyring.keep("log", log)
            named = [("log", log.public), *(("officer", key) for key in officer_keys)]
            drafts = [Draft(kind="key-event", case=house, detail={"role": role, "action": "add", "vkey": str(key)}) for role, key in named]
            ledger.seal(drafts, begin)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def prepare(self, drafts: Sequence[Draft]) -> list[Prepared]:
        """Make the payloads durable. What is prepared and then not sealed is swept at the next opening."""
        wanted = [draft.source for draft in drafts if draft.source is not None]
        stored = iter(self.vault.put(wanted) if wanted else [])
        return [Prepared(draft=draft, stored=next(stored) if draft.source is not None else None) for draft in drafts]

    def seal(self, drafts: Sequence[Draft], also: Callable[[Connection, list[int]], None] | None = None) -> list[int]:
        """Seal drafts in order and return their indexes. They are durable when this returns; on any error none of them is in the log.

        also: writes other rows in the same transaction, given the connection and the new indexes.
        """
        prepared = self.prepare(drafts)
        try:
            return self.append(prepared, also)
        except BaseException:
            self.discard(prepared)
            raise

    def discard(self, prepared: Sequence[Prepared]) -> None:
        """Remove payloads that were prepared and not sealed. Where an error leaves that open, they stay, and the next opening decides."""
        names = {one.stored.name for one in prepared if one.stored}
        if not names or self.database.stopped:
            return
        with self.database.look() as rows:
            names.difference_update(rows.scalars(select(tables.entries.c.payload).where(tables.entries.c.payload.in_(names))))
        for name in names:
            self.vault.path(name).unlink(missing_ok=True)

    def append(self, prepared: Sequence[Prepared], also: Callable[[Connection, list[int]], None] | None = None) -> list[int]:
        """Seal what was prepared, in one transaction."""
        if self.read_only and not self.database.stopped:
            raise Refused("the log is open for reading only")
        try:
            with self.database.unit() as rows:
                indexes = self.append_rows(rows, prepared)
                if also:
                    also(rows, indexes)
        except BaseException:
            self.recover()
            raise
        return indexes

    def append_rows(self, rows: Connection, prepared: Sequence[Prepared]) -> list[int]:
        """Seal what was prepared inside a transaction of the caller, who calls `recover` where it fails."""
        if not prepared:
            return []
        first = self.trunk.size
        hand = Hand(instant(self.clock()), TOOL, self.epoch, self._epoch_key(), self.random)
        lines, leaves, ends = write(prepared, first, lambda case: self._ends.get(case) or self._end(rows, case), hand)
        _insert.many(rows, lines)
        self.trunk.grow(rows, leaves)
        if len(self._ends) > _REMEMBERED:
            self._ends.clear()
        self._ends.update(ends)
        return list(range(first, first + len(lines)))

    def _epoch_key(self) -> bytes:
        if self._key is None or self._key[0] != self.epoch:
            self._key = (self.epoch, self.keyring.epoch(self.epoch))
        return self._key[1]

    def _end(self, rows: Connection, case: str) -> tuple[int, str | None]:
        found = rows.execute(
            select(tables.entries.c.seq, tables.entries.c.commitment)
            .where(tables.entries.c.case_id == case)
            .order_by(tables.entries.c.seq.desc())
            .limit(1)
        ).first()
        return (found.seq + 1, bytes(found.commitment).hex()) if found else (0, None)

    def recover(self) -> None:
        """Let memory follow the database again. Where it cannot be read, it stays stopped until it is opened anew."""
        try:
            self._follow()
        except Exception:
            self.read_only = True

    def _follow(self) -> None:
        self._ends.clear()
        with self.database.look() as rows:
            self.trunk.reload(rows)
            noted = self._state(rows, "epoch")
            noted = "0" if noted is None else noted
            if not str(noted).isdecimal():
                raise Broken(f"the database says epoch {noted!r}, no number", hint="Restore it from a backup, then run temoin verify.")
            self.epoch = int(noted)

    def _state(self, rows: Connection, name: str) -> str | None:
        return rows.scalar(select(tables.state.c.value).where(tables.state.c.name == name))

    def state(self, name: str) -> str:
        """Return a single value, such as origin, key or house. Raises Broken where there is no log."""
        with self.database.look() as rows:
            value = self._state(rows, name)
        if value is None:
            raise Broken(f"the database says nothing of its {name}: it holds no log", hint="Begin with temoin init.")
        return value

    def key(self) -> VerifyingKey:
        """Return the log's public key."""
        return VerifyingKey.parse(self.state("key"))

    def rows(self, since: int = 0, *, case: str | None = None, chunk: int = 500) -> Iterator[Any]:
        """Give the rows of entries as they are kept, in order of index."""
        at = since
        while True:
            query = select(tables.entries).where(tables.entries.c.idx >= at).order_by(tables.entries.c.idx).limit(chunk)
            if case is not None:
                query = query.where(tables.entries.c.case_id == case)
            with self.database.look() as rows:
                found = rows.execute(query).all()
            if not found:
                return
            for row in found:
                # A damaged page can give rows for ever.
                if not isinstance(row.idx, int) or row.idx < at:
                    raise Broken(f"the rows of the log stand out of order after entry {at - 1}: the database is damaged")
                at = row.idx + 1
                yield row

    def read(self, since: int = 0, *, case: str | None = None) -> Iterator[Sealed]:
        """Give entries in order of index from `since`, opened: all, or those of a case. Raises Broken where one does not open."""
        keys: dict[int, bytes] = {}
        for row in self.rows(since, case=case):
            yield self.opened(row, keys)

    def one(self, index: int) -> Sealed:
        """Return one entry, opened. Raises Misused where there is none."""
        with self.database.look() as rows:
            row = rows.execute(select(tables.entries).where(tables.entries.c.idx == index)).first()
        if row is None:
            raise Misused(f"there is no entry {index}")
        return self.opened(row, {})

    def opened(self, row: Any, keys: dict[int, bytes]) -> Sealed:
        """Open a row. keys: epoch keys already read, added to. Raises Broken where a byte of it was changed."""
        if not well_formed(row):
            raise Broken(f"the row of entry {row.idx} was changed or damaged in the database")
        letter = None
        if row.sealed is not None:
            if row.epoch not in keys:
                keys[row.epoch] = self.keyring.epoch(row.epoch)
            key = envelope.unwrap(bytes(row.wrapped or b""), keys[row.epoch], row.idx)
            letter = envelope.unseal(bytes(row.sealed), key, row.idx)
        return Sealed(
            index=row.idx, commitment=bytes(row.commitment), case=row.case_id, seq=row.seq, kind=row.kind, letter=letter, payload=row.payload
        )

    def find(self, sha256: str) -> list[int]:
        """Return the entries whose payload has this SHA-256, in order."""
        with self.database.look() as rows:
            wanted = envelope.finder(sha256, envelope.finding(self._epoch_key()))
            return list(rows.scalars(select(tables.entries.c.idx).where(tables.entries.c.finder == wanted).order_by(tables.entries.c.idx)))

    def pieces(self, sealed: Sealed) -> Iterator[bytes]:
        """Give the payload of an entry in pieces, each checked. Raises Broken or Unreachable, Refused where there is none."""
        if sealed.letter is None or sealed.payload is None or sealed.letter.payload_key is None:
            raise Refused(f"entry {sealed.index} has no payload")
        place = sealed.letter.place
        return self.vault.read(sealed.payload, sealed.letter.payload_key, Place(*place) if place else None)

    def payload(self, sealed: Sealed) -> bytes:
        """Return the whole payload of an entry, checked."""
        return b"".join(self.pieces(sealed))

    def case(self, name: str) -> str | None:
        """Return the id of a case by the name people here give it."""
        with self.database.look() as rows:
            return rows.scalar(select(tables.cases.c.case_id).where(tables.cases.c.name == name))

    def case_name(self, case: str) -> str:
        """Return the name that people here give a case, its id where they have given none."""
        with self.database.look() as rows:
            return rows.scalar(select(tables.cases.c.name).where(tables.cases.c.case_id == case)) or case

    def new_case(self, name: str) -> str:
        """Begin a case and return its id, drawn at random."""
        if not name.strip() or len(name) > 200:
            raise Misused("a case has a name of at most 200 characters")
        made = self.random(16).hex()
        with self.database.unit() as rows:
            rows.execute(insert(tables.cases).values(case_id=made, name=name))
        return made

    def counts(self) -> dict[str, int]:
        """Return how many entries each case has, erased ones included."""
        with self.database.look() as rows:
            found = rows.execute(select(tables.entries.c.case_id, func.count()).group_by(tables.entries.c.case_id))
            return {row[0]: row[1] for row in found}

    def head(self) -> note.Note | None:
        """Return the last checkpoint that was signed, None before the first."""
        with self.database.look() as rows:
            found = rows.scalar(select(tables.checkpoints.c.note).order_by(tables.checkpoints.c.size.desc()).limit(1))
        return note.parse(found) if found else None

    def sign(self) -> note.Note:
        """Sign the state of the log and return the checkpoint. What is new since the last one is first derived again from the disk.

        Raises Unverified where anything does not hold, or the log is older than what it published: then nothing is signed.
        """
        log = self.keyring.signing("log")
        if log.public != self.key():
            raise Unverified("the key at hand is not the key of this log")
        self.check_published()
        last = self.head()
        since = checkpoints.verify(last, log.public).size if last else 0
        if last and since == self.trunk.size:
            return last
        problems = audit.audit(self, since=since, strays=False)
        if problems:
            raise Unverified(f"not signed: {problems[0]}" + (f" (and {len(problems) - 1} more)" if problems[1:] else ""))
        with self.database.look() as rows:
            root = trunk.root(rows, self.trunk.size)
        signed = checkpoints.sign(Checkpoint(origin=log.public.name, size=self.trunk.size, root=root), log)
        with self.database.unit() as rows:
            rows.execute(insert(tables.checkpoints).values(size=self.trunk.size, note=str(signed)))
        durable.write(self.folder / "published", str(signed).encode(), mode=0o644)
        return signed

    def cosigned(self, signed: note.Note) -> None:
        """Keep witnesses' lines with a checkpoint."""
        size = checkpoints.parse(signed.text).size
        with self.database.unit() as rows:
            rows.execute(update(tables.checkpoints).where(tables.checkpoints.c.size == size).values(note=str(signed)))

    def check_published(self) -> None:
        """Raise Unverified where the database is older than, or another than, what this log last published (file `published`)."""
        try:
            raw = (self.folder / "published").read_bytes()
        except OSError as err:
            raise Unverified("the file `published` cannot be read: nobody can tell whether this log was rolled back") from err
        if not raw:
            return  # nothing was ever published
        stated = checkpoints.verify(note.parse(raw), self.key())
        if stated.size > self.trunk.size:
            raise Unverified(
                f"the log was rolled back: it published size {stated.size} and now holds {self.trunk.size}",
                hint="Restore the newer database. A log that signs again after this shows two histories.",
            )
        with self.database.look() as rows:
            found = trunk.root(rows, stated.size)
        if found != stated.root:
            raise Unverified(f"the log holds another history than it published at size {stated.size}")
