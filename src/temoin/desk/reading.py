"""Reports become readings, on one core or on all: in the order given, in bounded memory, and nothing lost without a word.

A report on which the reader fails becomes an `Unread` with the fault as its reason; the others are read. A process that dies
takes only the report with it that killed it.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from temoin.errors import TemoinError
from temoin.records import Reading, Record, Report, Unread

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Item = Report | Reading | Unread
Outcome = Reading | Unread

#: One errand to another process: enough to outweigh the way there, little enough that all finish at about the same time.
BATCH_REPORTS = 16
BATCH_CODE_POINTS = 100_000
#: Errands under way for each process: one at work, one waiting, and one being written back.
AHEAD = 3


class _Done(Record, frozen=True):
    """One outcome on its way between processes: msgpack needs to know which it is."""

    reading: Reading | None = None
    unread: Unread | None = None


def cores() -> int:
    """Return how many cores this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def readings(items: Iterable[Item], *, jobs: int = 0, alone_below: int = 30, faults: bool = False) -> Iterator[Outcome]:
    """Yield for every item its reading, or why there is none, in the order given.

    items: reports to read; readings and unread items pass through. Taken as needed, never all at once.
    jobs: processes; 0 for every core. alone_below: with fewer reports than this no process is started.
    faults: let a fault of the reader rise, for those who mend it, instead of noting it.
    """
    stream = iter(items)
    head = list(islice(stream, alone_below))
    count = jobs or cores()
    if count == 1 or len(head) < alone_below or faults:
        for item in chain(head, stream):
            yield read_one(item, faults=faults) if isinstance(item, Report) else item
        return
    yield from _spread(chain(head, stream), count)


def read_one(report: Report, *, faults: bool = False) -> Outcome:
    """Read one report here. A fault of the reader becomes an Unread, unless `faults` lets it rise."""
    try:
        return _read(report)
    except TemoinError as error:
        return _unread(report, str(error), error.hint)
    except FileNotFoundError as error:
        lacking = Path(error.filename or "a table")
        return _unread(report, f"the pack of its language lacks {lacking.parent.name}/{lacking.name}", "temoin doctor lists the packs")
    except RecursionError:
        return _unread(report, "the reader went too deep in it", "the text is nested in a way no report is")
    except MemoryError:
        return _unread(report, "it needs more memory than there is", "split it into smaller files")
    except Exception as error:
        if faults:
            raise
        return _unread(report, f"a fault in the reader ({type(error).__name__}: {error})", "TEMOIN_FAULTS=yes shows where; please report it")


def _read(report: Report) -> Reading:
    """Carry a report to the reader, and what capture knew of it on to the reading."""
    from temoin.read import read

    # The reader's packs are named by the first part of a tag: "pt-BR" is read as "pt".
    lang = report.lang.lower().split("-")[0] if report.lang else None
    reading = read(report.text, lang=lang, published=report.published, outlet=report.outlet, id=report.id)
    kept = {name: getattr(report, name) for name in ("path", "sha256", "title", "authors", "url")}
    return msgspec.structs.replace(reading, **kept, notes=(*report.notes, *reading.notes))


def _unread(report: Report, reason: str, hint: str | None) -> Unread:
    return Unread(path=report.path or report.id, reason=reason, hint=hint, sha256=report.sha256)


def _batches(items: Iterable[Item]) -> Iterator[list[Report] | Outcome]:
    """Group neighbouring reports into errands; what needs no reading stands between them by itself."""
    batch: list[Report] = []
    size = 0
    for item in items:
        if not isinstance(item, Report):
            if batch:
                yield batch
                batch, size = [], 0
            yield item
            continue
        batch.append(item)
        size += len(item.text)
        if len(batch) >= BATCH_REPORTS or size >= BATCH_CODE_POINTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _spread(items: Iterable[Item], jobs: int) -> Iterator[Outcome]:
    """Read on several processes. At most AHEAD errands for each wait or work; the oldest is always handed on first."""
    pool = _pool(jobs)
    waiting: deque[tuple[list[Report], Future[bytes]] | Outcome] = deque()
    errands = _batches(items)
    try:
        while True:
            while len(waiting) < jobs * AHEAD and (errand := next(errands, None)) is not None:
                waiting.append((errand, _send(pool, errand)) if isinstance(errand, list) else errand)
            if not waiting:
                return
            oldest = waiting.popleft()
            if not isinstance(oldest, tuple):
                yield oldest
                continue
            reports, future = oldest
            try:
                outcomes = _unpack(future.result())
            except _died():
                pool.shutdown(wait=False, cancel_futures=True)
                outcomes = _one_by_one(reports)
                pool = _pool(jobs)
                waiting = deque((left[0], _send(pool, left[0])) if isinstance(left, tuple) else left for left in waiting)
            yield from outcomes
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one_by_one(reports: Sequence[Report]) -> list[Outcome]:
    """Read the reports of an errand that killed its process, each in a process of its own, so that only the culprit is lost."""
    outcomes: list[Outcome] = []
    pool = _pool(1)
    for report in reports:
        try:
            outcomes += _unpack(_send(pool, [report]).result())
        except _died():
            outcomes.append(_unread(report, "the process that read it died", "it may need more memory than there is"))
            pool = _pool(1)
    pool.shutdown(wait=False)
    return outcomes


def _died() -> type[Exception]:
    from concurrent.futures.process import BrokenProcessPool

    return BrokenProcessPool


def _pool(jobs: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A fork of this process would copy its threads' locks; the fork server has imported the reader once and nothing else.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["temoin.read"])
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _send(pool: ProcessPoolExecutor, reports: Sequence[Report]) -> Future[bytes]:
    """Send an errand. Where the pool has died since, the future says so when it is asked."""
    from concurrent.futures import Future

    try:
        return pool.submit(_work, msgspec.msgpack.encode(reports))
    except _died() as error:
        lost: Future[bytes] = Future()
        lost.set_exception(error)
        return lost


def _work(errand: bytes) -> bytes:
    """What another process does: read an errand, hand back its outcomes."""
    outcomes = (read_one(report) for report in msgspec.msgpack.decode(errand, type=list[Report]))
    return msgspec.msgpack.encode([_Done(reading=one) if isinstance(one, Reading) else _Done(unread=one) for one in outcomes])


def _unpack(result: bytes) -> list[Outcome]:
    return [one for done in msgspec.msgpack.decode(result, type=list[_Done]) for one in (done.reading, done.unread) if one is not None]
