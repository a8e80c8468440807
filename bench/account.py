"""The account of many reports, already read: seconds, memory, and what one report more costs. Budget: 10,000 in 10 s and 1 GB.

    python -m bench account            3,000 readings, so that it ends within the minute
    python -m bench.account 10000      another number

Time is that of the processor, since the account uses one core and other work on the machine only adds waiting. It also empties the caches, so a
plain loop over the words of the same reports is timed beside it: their ratio holds on a busy machine too.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Sequence

from bench import Row
from bench.seeded import readings
from temoin.account import EchoIndex, account
from temoin.records import Reading

BUDGET_S, BUDGET_MB, BUDGET_COUNT = 10.0, 1024.0, 10_000


def _plain_loop(made: Sequence[Reading]) -> float:
    """Return the seconds in which the words of these reports are counted, report by report, and listed by word."""
    begin = time.process_time()
    listed: dict[str, list[int]] = {}
    for reading in made:
        counted: dict[str, int] = {}
        for word in reading.text.split():
            counted[word] = counted.get(word, 0) + 1
        for word, times in counted.items():
            listed.setdefault(word, []).append(times)
    return time.process_time() - begin


def main(count: int = 3_000) -> list[Row]:
    """Return the rows; print what the account held."""
    account(readings(50))  # tables and caches, as in a process that serves
    made = readings(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each_ms = []
    loop_s = _plain_loop(made)
    for part in (count // 3, count):
        begin, wall = time.process_time(), time.perf_counter()
        got = account(made[:part])
        seconds, waited = time.process_time() - begin, time.perf_counter() - wall
        each_ms.append(1e3 * seconds / part)
        print(
            f"{part:>7} readings, {len(got.claims)} claims: {seconds:.2f} s ({waited:.2f} s by the clock), {each_ms[-1]:.2f} ms a reading; "
            f"{len(got.events)} events, {len(got.parties)} parties, {len(got.origins)} origins, {len(got.echoes)} echoes, {len(got.drifts)} drifts",
            file=sys.stderr,
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    index = EchoIndex()
    index.add_all(made)
    begin = time.process_time()
    for reading in made[:200]:
        index.add(reading)
    added_ms = (time.process_time() - begin) / 200 * 1e3
    share_s, share_mb = BUDGET_S * count / BUDGET_COUNT, BUDGET_MB * count / BUDGET_COUNT
    loop_s = (loop_s + _plain_loop(made)) / 2
    held, flat = peak - before, each_ms[1] / each_ms[0]
    return [
        Row(f"account of {count:,} readings", f"{seconds:.1f} s", f"{share_s:.1f} s", seconds / share_s, "10,000 in 10 s", seconds <= share_s),
        Row("  against counting its words in a plain loop", f"{seconds:.1f} s", f"{loop_s:.1f} s", seconds / loop_s, "none", None),
        Row("  memory for it", f"{held:.0f} MB", f"{share_mb:.0f} MB", held / share_mb, "10,000 in 1 GB", held <= share_mb),
        Row("  a reading, of all against of a third", f"{each_ms[1]:.2f} ms", f"{each_ms[0]:.2f} ms", flat, "flat: at most 1.5", flat <= 1.5),
        Row(f"one report more among {count:,}, echoes", f"{added_ms:.1f} ms", "100 ms", added_ms / 100, "100 ms", added_ms <= 100),
    ]


if __name__ == "__main__":
    for row in main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000):
        print(*row, sep="  ")
