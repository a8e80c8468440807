"""Power cuts: a disk that forgets what was not synced. Every write and sync of the database, of payloads and of what is published is recorded;
then every moment is played as the last one, with what was not synced kept, lost, or kept in part and torn at 512 bytes.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from temoin.seal import checkpoint
from temoin.store.draft import Draft
from temoin.store.ledger import Ledger
from tests.store.harm import Told, examine

Call = tuple[str, str, int, bytes]


@dataclass
class Named:
    """A file that got its name: what was in it, whether that was synced before, and when the folder was, which makes the name stay."""

    at: int  # how many calls of the database came before
    path: str
    content: bytes
    synced: bool
    stays: int | None = None


@dataclass
class Files:
    """What happens to files beside the database, told by what the program asks of the system."""

    folder: Path
    clock: Sequence[Call]
    named: list[Named] = field(default_factory=list)
    synced: set[str] = field(default_factory=set)

    def sync(self, path: str) -> None:
        """A file was synced, or a folder with its names."""
        if Path(path).is_dir():
            for one in self.named:
                if one.stays is None and str(Path(path, Path(one.path).name)) == str(self.folder / one.path):
                    one.stays = len(self.clock)
        else:
            self.synced.add(path)

    def name(self, source: Path, target: Path) -> None:
        """A file is given its name."""
        if target.is_relative_to(self.folder):
            known = str(source) in self.synced
            self.synced.discard(str(source))
            self.named.append(Named(len(self.clock), str(target.relative_to(self.folder)), source.read_bytes(), known))

    def left(self, cut: int, keep: str, seeded: random.Random) -> dict[str, bytes | None]:
        """Return what a cut after so many calls leaves of each: its content, or None for nothing."""
        found: dict[str, bytes | None] = {}
        for one in self.named:
            lasting = one.stays is not None and one.stays < cut
            if one.at > cut or (not lasting and (keep == "none" or (keep == "some" and seeded.random() < 0.5))):
                found.setdefault(one.path, None)
                continue
            content = one.content
            if not one.synced and keep != "all":
                content = content[: 512 * seeded.randrange(len(content) // 512 + 1)] if keep == "some" else b""
            found[one.path] = content
        return found


class Recorder(apsw.VFS):
    """Passes every call on, and keeps the order of writes and syncs of the database's files."""

    def __init__(self) -> None:
        self.journal: list[Call] = []
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


@contextmanager
def watching(folder: Path, clock: Sequence[Call]) -> Iterator[Files]:
    """What is synced and named inside is recorded, by what `os.fsync` and `Path.replace` are asked."""
    files, fsync, replace = Files(folder, clock), os.fsync, Path.replace

    def told_fsync(handle: Any) -> None:
        fsync(handle)
        files.sync(str(Path(f"/proc/self/fd/{handle}").readlink()))

    def told_replace(self: Path, target: Any) -> Path:
        files.name(self, Path(target))
        return replace(self, target)

    os.fsync, Path.replace = told_fsync, told_replace  # type: ignore[method-assign]
    try:
        yield files
    finally:
        os.fsync, Path.replace = fsync, replace  # type: ignore[method-assign]


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
    """Seal and sign while everything is recorded, then cut the power after every `every`th call.

    Returns how many images of the disk were looked at, and what is wrong with them.
    """
    with Ledger(folder) as ledger:
        ledger.database.forget()
    start = {path.name: path.read_bytes() for path in folder.glob("temoin.db*")}
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.name.startswith(("temoin.db", ".lock"))}
    acknowledged: list[tuple[int, int, str, int]] = []
    with recording() as recorder, watching(folder, recorder.journal) as files, Ledger(folder) as ledger:
        case = ledger.case("main")
        assert case
        signed = 0
        for turn in range(12):
            for index in ledger.seal([Draft(kind="capture", case=case, source=b"%d/%d" % (turn, n) * 300) for n in range(turn % 3 + 1)]):
                payload = ledger.one(index).entry.payload
                assert payload
                acknowledged.append((len(recorder.journal), index, payload.sha256, signed))
            if turn % 4 == 3:
                signed = checkpoint.parse(ledger.sign().text).size
    journal, seeded, wrong, looked = list(recorder.journal), random.Random(seed), [], 0
    plan = [(cut, keep) for cut in range(0, len(journal) + 1, every) for keep in ("all", "none", *["some"] * samples)]
    for cut, keep in plan:
        target = scratch / f"image{looked}"
        for part in range(256):
            (target / "originals" / f"{part:02x}").mkdir(parents=True, exist_ok=True)
        present: dict[str, bytes | None] = {str(path.relative_to(folder)): content for path, content in before.items()}
        present |= {name: content for name, content in files.left(cut, keep, seeded).items() if content is not None or name not in present}
        present |= {name: content for name, content in image(start, journal, cut, keep, seeded).items() if not name.endswith("-shm")}
        for name, content in present.items():
            if content is not None:
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                (target / name).write_bytes(content)
        heard = [one for one in acknowledged if one[0] <= cut]
        told = Told({index: digest for _, index, digest, _ in heard}, max([size for *_, size in heard], default=0))
        looked += 1
        wrong += [f"cut after call {cut} of {len(journal)}, {keep} kept: {said}" for said in examine(target, told)]
        shutil.rmtree(target)
    return looked, wrong
