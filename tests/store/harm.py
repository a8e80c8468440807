"""Ways to harm a log, and the one question asked after each: is everything acknowledged still there, and nothing else?"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from temoin.errors import TemoinError
from temoin.seal import checkpoint, note
from temoin.store.audit import audit
from temoin.store.draft import Draft
from temoin.store.erasure import sweep
from temoin.store.ledger import Ledger
from tests.store.conftest import LOG, OFFICERS

SEALER = Path(__file__).with_name("sealer.py")
ROOT = Path(__file__).resolve().parents[2]


def begun(folder: Path) -> Path:
    """Begin a log and close it."""
    folder.mkdir()
    Ledger.found(folder, LOG.public.name, LOG, OFFICERS).close()
    return folder


@dataclass
class Told:
    """What the sealer acknowledged."""

    entries: dict[int, str] = field(default_factory=dict)
    signed: int = 0
    refused: str = ""

    def hear(self, out: str) -> None:
        for line in out.split("\n")[:-1]:  # a kill may cut the last line short: then it was not said
            word, _, rest = line.partition(" ")
            if word == "signed":
                self.signed = int(rest)
            elif word == "refused":
                self.refused = rest
            elif word.isdigit() and len(rest) == 64:
                self.entries[int(word)] = rest


def seal_under(command: list[str], folder: Path, told: Told, *, kill_after_s: float | None = None, rounds: int | None = None) -> int:
    """Run the sealer, perhaps under another program, perhaps killed after a while, and note what it acknowledged."""
    words = [*command, sys.executable, str(SEALER), str(folder), *([str(rounds)] if rounds else [])]
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env, start_new_session=True) as child:
        try:
            out, _ = child.communicate(timeout=kill_after_s or 120)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            out, _ = child.communicate()
    told.hear(out)
    return child.returncode


def examine(folder: Path, told: Told) -> list[str]:
    """Open the log as after a crash, finish what was begun, and say what is wrong with it."""
    try:
        with Ledger(folder) as ledger:
            sweep(ledger)
            wrong = audit(ledger)
            held = {one.index: one.entry.payload.sha256 for one in ledger.read() if one.letter and one.entry.payload}
            wrong += [f"entry {index} was acknowledged and is lost" for index, digest in told.entries.items() if held.get(index) != digest]
            head = ledger.head()
            if told.signed and (head is None or checkpoint.parse(head.text).size < told.signed):
                wrong.append(f"checkpoint {told.signed} was acknowledged and is lost")
            case = ledger.case("main")
            assert case
            ledger.seal([Draft(kind="heartbeat", case=case)])
            ledger.sign()
            return wrong
    except TemoinError as err:
        return [f"cannot be opened: {err}"]


def kill_loop(folder: Path, rounds: int, seed: int, told: Told) -> list[str]:
    """Kill the sealer `rounds` times at random moments; say what is wrong after each."""
    seeded = random.Random(seed)
    for turn in range(rounds):
        seal_under([], folder, told, kill_after_s=1.0 + seeded.random())
        if wrong := examine(folder, told):
            return [f"after kill {turn}: {said}" for said in wrong]
    return []


def strace(call: str, number: int, how: str) -> list[str]:
    """Return what makes the system harm the sealer at its nth call of that name: error=EIO, error=ENOSPC or signal=KILL."""
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{how}:when={number}"]


def strace_works() -> bool:
    """Whether strace may be used here."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run([*strace("close", 9999, "error=EIO"), "true"], capture_output=True, timeout=20).returncode == 0


# ── byte flips ──


def spots(ledger: Ledger) -> list[tuple[tuple[Path, range], int]]:
    """Return where each payload lies, file and bytes, and whose it is."""
    found = []
    for one in ledger.read():
        if one.payload and one.letter and one.letter.place:
            start, length = one.letter.place
            found.append(((ledger.vault.path(one.payload), range(start, start + length)), one.index))
    return found


def snapshot(folder: Path) -> dict[str, Any]:
    """Everything the log says, for comparison."""
    with Ledger(folder, read_only=True) as ledger:
        head = ledger.head()
        return {
            "entries": [(one.index, one.letter, one.commitment, ledger.payload(one) if one.payload else b"") for one in ledger.read()],
            "head": str(head) if head else "",
            "root": ledger.trunk.frontier.root(),
            "counts": ledger.counts(),
        }


def flipped(folder: Path, path: Path, at: int, bit: int) -> list[str] | None:
    """Flip one bit of a file, and return what the audit says; None where it says nothing and nothing that the log says has changed."""
    before = snapshot(folder)
    raw = path.read_bytes()
    bad = bytearray(raw)
    bad[at] ^= 1 << bit
    path.write_bytes(bytes(bad))
    try:
        try:
            with Ledger(folder, read_only=True) as ledger:
                said = audit(ledger)
            if not said and snapshot(folder) == before:
                return None
            return said
        except TemoinError as err:
            return [str(err)]
    finally:
        path.write_bytes(raw)
        for name in ("temoin.db-wal", "temoin.db-shm"):
            (folder / name).unlink(missing_ok=True)


# ── power cuts: a disk that forgets what was not synced ──


class Recorder(apsw.VFS):
    """Passes every call on, and keeps the order of writes and syncs of the database's files."""

    def __init__(self) -> None:
        self.journal: list[tuple[str, str, int, bytes]] = []
        self.name = f"recorder{id(self)}"
        super().__init__(self.name, "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        return _Recorded(self, Path(path).name if path else "", name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.journal.append((Path(filename).name, "delete", 0, b""))
        super().xDelete(filename, syncdir)


class _Recorded(apsw.VFSFile):
    def __init__(self, vfs: Recorder, label: str, name: Any, flags: list[int]) -> None:
        self.vfs, self.label = vfs, label
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.vfs.journal.append((self.label, "write", offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self.vfs.journal.append((self.label, "truncate", size, b""))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self.vfs.journal.append((self.label, "sync", 0, b""))


@contextmanager
def recording() -> Iterator[Recorder]:
    """Every database opened inside is recorded."""
    recorder = Recorder()
    try:
        yield recorder
    finally:
        recorder.unregister()


def image(start: dict[str, bytes], journal: list[tuple[str, str, int, bytes]], cut: int, keep: str, seeded: random.Random) -> dict[str, bytes]:
    """Return the files as a power cut after `cut` calls may leave them. keep: all, none or some of what was not synced, some of it torn."""
    files = {name: bytearray(content) for name, content in start.items()}
    synced = {label: max((n for n in range(cut) if journal[n][:2] == (label, "sync")), default=-1) for label in {call[0] for call in journal}}
    for n, (label, call, offset, data) in enumerate(journal[:cut]):
        if call == "sync":
            continue
        if n > synced[label] and (keep == "none" or (keep == "some" and seeded.random() < 0.5)):
            continue
        content = files.setdefault(label, bytearray())
        if call == "delete":
            files.pop(label)
        elif call == "truncate":
            del content[offset:]
            content.extend(b"\0" * (offset - len(content)))
        else:
            if n > synced[label] and keep == "some" and len(data) > 512 and seeded.random() < 0.3:
                data = data[: 512 * seeded.randrange(1, len(data) // 512 + 1)]
            if len(content) < offset + len(data):
                content.extend(b"\0" * (offset + len(data) - len(content)))
            content[offset : offset + len(data)] = data
    return {name: bytes(content) for name, content in files.items()}


def power_cuts(folder: Path, scratch: Path, *, every: int, samples: int, seed: int) -> tuple[int, list[str]]:
    """Seal and sign with a recorder under the database, then cut the power after every `every`th call.

    Returns how many images of the disk were looked at, and what is wrong with them.
    Payload files are synced before the database hears of them, and are kept as they are: they only ever come first.
    """
    with Ledger(folder) as ledger:
        ledger.database.forget()
    start = {path.name: path.read_bytes() for path in folder.glob("temoin.db*")}
    acknowledged: list[tuple[int, int, str, int]] = []
    with recording() as recorder, Ledger(folder) as ledger:
        case = ledger.case("main")
        assert case
        signed = 0
        for turn in range(12):
            for index in ledger.seal([Draft(kind="capture", case=case, source=b"%d/%d" % (turn, n)) for n in range(turn % 3 + 1)]):
                payload = ledger.one(index).entry.payload
                assert payload
                acknowledged.append((len(recorder.journal), index, payload.sha256, signed))
            if turn % 4 == 3:
                signed = checkpoint.parse(ledger.sign().text).size
    journal, seeded, wrong, looked = list(recorder.journal), random.Random(seed), [], 0
    plan = [(cut, keep) for cut in range(0, len(journal) + 1, every) for keep in ("all", "none", *["some"] * samples)]
    for cut, keep in plan:
        target = scratch / f"image{looked}"
        shutil.copytree(folder, target, ignore=shutil.ignore_patterns("temoin.db*", ".lock", "published"))
        for name, content in image(start, journal, cut, keep, seeded).items():
            if not name.endswith("-shm"):
                (target / name).write_bytes(content)
        told = Told({index: digest for at, index, digest, _ in acknowledged if at <= cut}, 0)
        # `published` is written after its checkpoint is durable: it may be as old as the last one acknowledged.
        known = max([s for at, _, _, s in acknowledged if at <= cut], default=0)
        (target / "published").write_text(_published(folder, known))
        looked += 1
        wrong += [f"cut after call {cut} of {len(journal)}, {keep} kept: {said}" for said in examine(target, told)]
        shutil.rmtree(target)
    return looked, wrong


def _published(folder: Path, size: int) -> str:
    from sqlalchemy import select

    from temoin.store import tables

    with Ledger(folder, read_only=True) as ledger, ledger.database.look() as rows:
        found = rows.scalar(select(tables.checkpoints.c.note).where(tables.checkpoints.c.size == size))
    return str(note.parse(found)) if found else ""
