"""Sealing durably, against the syncs it waits for: counted, timed on this disk, and reckoned for the disk of the budget.

    python -m bench store

A disk's pace changes by the second, and between machines by a factor of fifty. Hence three rows for each act: how many syncs it asks for, counted by
a file system that passes every call on; how long it takes in fsyncs of 4 KiB, taken in turn with it; and how long it would take where one sync
takes 3.9 ms, as where the budgets were set: the processor's time as measured here, and 3.9 ms for each sync that was counted.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from bench import Row
from temoin.seal.key import ED25519, SigningKey
from temoin.store import tables
from temoin.store.audit import audit
from temoin.store.draft import Draft
from temoin.store.ledger import Ledger

FILES = 1000
#: Seconds for one fsync of 4 KiB where the budgets were set (SEAL 5).
SYNC_S = 0.0039


class Counting(apsw.VFS):
    """Passes every call on, and counts the syncs of databases opened meanwhile."""

    def __init__(self) -> None:
        self.count = 0
        self.name = f"counting{id(self)}"
        super().__init__(self.name, "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _Counted(self, name, flags)


class _Counted(apsw.VFSFile):
    def __init__(self, vfs: Counting, name: Any, flags: list[int]) -> None:
        self.vfs = vfs
        super().__init__("unix", name, flags)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.vfs.count += 1
        super().xSync(flags)


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Count every sync, of SQLite's files and of ours. Yields what tells the number so far."""
    vfs, real, ours = Counting(), os.fsync, [0]

    def fsync(handle: Any) -> None:
        ours[0] += 1
        real(handle)

    os.fsync = fsync
    try:
        yield lambda: vfs.count + ours[0]
    finally:
        os.fsync = real
        vfs.unregister()


@contextmanager
def log(folder: Path) -> Iterator[tuple[Ledger, str]]:
    """Begin a log. Yields it and its case."""
    folder.mkdir()
    officers = [SigningKey.generate(f"{n}.example", ED25519).public for n in "ab"]
    with Ledger.found(folder, "bench.example", SigningKey.generate("bench.example"), officers) as ledger:
        case = ledger.case("main")
        assert case
        yield ledger, case


def main() -> list[Row]:
    """Return the rows."""
    # Beside the repository, not in /tmp: that is often memory, where a sync costs nothing.
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        folder = Path(name)
        (folder / "in").mkdir()
        sources = []
        for n in range(FILES):
            sources.append(folder / "in" / f"{n}.txt")
            sources[-1].write_bytes(os.urandom(4096))
        syncs = _count(folder / "counted", sources)
        with log(folder / "work") as (ledger, case), (folder / "raw").open("wb") as raw:
            rows = [
                *_commits(ledger, case, raw, syncs),
                *_files(ledger, case, sources, folder, syncs[FILES]),
                _audit(ledger),
                *_storage(ledger, folder),
            ]
        with _clock() as took, Ledger(folder / "work") as again:
            size = again.trunk.size
        return [*rows, Row(f"store: opening a log of {size:,}", f"{took() * 1e3:.1f} ms", "", None, "", None)]


class Took(NamedTuple):
    """Seconds by the clock, and of the processor."""

    wall_s: float
    cpu_s: float

    def times(self, factor: float) -> Took:
        """The same, so many times over."""
        return Took(self.wall_s * factor, self.cpu_s * factor)


def timed(work: Callable[[], object]) -> Took:
    """Do it and say how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - cpu)


class Act(NamedTuple):
    """What an act costs: syncs, the time it usually takes here, and the least computing."""

    syncs: float
    wall_s: float
    cpu_s: float

    @classmethod
    def of(cls, tries: list[Took], syncs: float) -> Act:
        """Take the middle time, since a disk's pace changes, and the least computing, since other work only ever adds."""
        return cls(syncs, statistics.median(one.wall_s for one in tries), min(one.cpu_s for one in tries))

    @property
    def reckoned_s(self) -> float:
        """How long it takes where a sync takes what it took when the budgets were set."""
        return self.cpu_s + self.syncs * SYNC_S


@contextmanager
def _clock() -> Iterator[Callable[[], float]]:
    begin = time.perf_counter()
    yield lambda: time.perf_counter() - begin


def _count(folder: Path, sources: list[Path]) -> dict[int, float]:
    """Return the syncs for one seal, for a hundred together, and for the files; checkpoints of the database counted as they fall."""
    found = {}
    with counted() as sofar, log(folder) as (ledger, case):
        for size, rounds in ((1, 300), (100, 60)):
            before = sofar()
            for _ in range(rounds):
                ledger.seal([Draft(kind="heartbeat", case=case)] * size)
            found[size] = (sofar() - before) / rounds
        before = sofar()
        ledger.seal([Draft(kind="capture", case=case, source=source) for source in sources])
        found[len(sources)] = float(sofar() - before)
    return found


def _commits(ledger: Ledger, case: str, raw: Any, syncs: dict[int, float]) -> list[Row]:
    def one_fsync() -> None:
        raw.write(bytes(4096))
        raw.flush()
        os.fsync(raw.fileno())

    def seal(n: int) -> None:
        ledger.seal([Draft(kind="heartbeat", case=case)] * n)

    times: dict[int, list[Took]] = {0: [], 1: [], 100: []}
    for _ in range(80):
        for what, work in ((0, one_fsync), (1, lambda: seal(1)), (100, lambda: seal(100))):
            times[what].append(timed(work))
    unit = Act.of(times[0], 1)
    rows: list[Row] = []
    for size, name, budget in ((1, "one durable seal", 1.2), (100, "100 seals in one commit", 1.5)):
        rows += _three(f"store: {name}", Act.of(times[size], syncs[size]), unit, unit.wall_s, budget, at_most=True)
    return rows


def _three(what: str, ours: Act, theirs: Act, unit_s: float, budget: float, *, at_most: bool) -> Iterator[Row]:
    """Give an act's rows against another act: counted, timed here, reckoned for the budget's disk. unit_s: one sync here."""
    limit = f"{'≤' if at_most else '≥'} {budget:g}"

    def row(name: str, seen: str, against: str, one: float, other: float, *, judged: bool = True) -> Row:
        ratio = one / other if at_most else other / one
        holds = ratio <= budget if at_most else ratio >= budget
        return Row(f"{what}: {name}", seen, against, ratio, limit if judged else "", holds if judged else None)

    here = f"{theirs.wall_s * 1e3:.2f} ms, one sync being {unit_s * 1e3:.2f} ms"
    yield row("syncs", f"{ours.syncs:.2f}", f"{theirs.syncs:g}", ours.syncs, theirs.syncs)
    yield row("time on this disk", f"{ours.wall_s * 1e3:.2f} ms", here, ours.wall_s, theirs.wall_s, judged=False)
    seen, against = f"{ours.reckoned_s * 1e3:.2f} ms", f"{theirs.reckoned_s * 1e3:.2f} ms"
    yield row("time at 3.9 ms a sync", seen, against, ours.reckoned_s, theirs.reckoned_s)


def _files(ledger: Ledger, case: str, sources: list[Path], folder: Path, syncs: float) -> list[Row]:
    (folder / "naive").mkdir()
    handle = os.open(folder / "naive", os.O_RDONLY)

    def naive(some: list[Path]) -> None:
        for source in some:
            temporary = folder / "naive" / f".{source.name}"
            with temporary.open("wb") as out:
                out.write(source.read_bytes())
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(folder / "naive" / source.name)
            os.fsync(handle)

    ours, theirs, unit = [], [], []
    for turn in range(3):
        some = sources[turn * 50 : turn * 50 + 50]
        theirs.append(timed(lambda some=some: naive(some)).times(FILES / len(some)))  # type: ignore[misc]
        unit.append(theirs[-1].wall_s / FILES / 2)
        ours.append(timed(lambda: ledger.seal([Draft(kind="capture", case=case, source=source) for source in sources])))
    os.close(handle)
    what = f"store: {FILES:,} files of 4 KiB sealed, against one fsync a file"
    return list(_three(what, Act.of(ours, syncs), Act.of(theirs, 2.0 * FILES), min(unit), 20, at_most=False))


def _audit(ledger: Ledger) -> Row:
    ledger.sign()
    with _clock() as took:
        problems = audit(ledger)
        seconds = took()
    assert problems == []
    return Row("store: everything derived again from the disk", f"{ledger.trunk.size / seconds:,.0f} entries/s", "", None, "", None)


def _storage(ledger: Ledger, folder: Path) -> list[Row]:
    from sqlalchemy import func, select

    with ledger.database.look() as rows:
        size = ledger.trunk.size
        tiles = rows.scalar(select(func.sum(func.length(tables.tiles.c.hashes)))) or 0
        texts = rows.scalar(select(func.sum(func.length(tables.entries.c.sealed)))) or 0
    ledger.database.forget()
    # Commitment, its place, its share of the tree: what a line costs beyond what it says.
    each, whole = tiles / size + 32 + 8, ((folder / "work" / "temoin.db").stat().st_size - texts) / size
    return [
        Row("log: storage an entry beyond its text", f"{each:.0f} bytes", "", None, "≤ 80 bytes", each <= 80),
        Row("store: the same with keys, cases, indexes and pages", f"{whole:.0f} bytes", "", None, "", None),
    ]
