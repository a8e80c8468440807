"""The account of many reports, already read: seconds, memory, and what one report more costs. Budget: 10,000 in 10 s and 1 GB.

python bench/account.py            10,000 readings
python bench/account.py --count N  another number
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from seeded import readings

from temoin.account import EchoIndex, account


def main() -> None:
    """Print the figures, and fail where the budget is broken."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=10_000)
    chosen = options.parse_args()
    account(readings(50))  # tables and caches
    made = readings(chosen.count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for part in (chosen.count // 4, chosen.count):
        start = time.perf_counter()
        got = account(made[:part])
        seconds = time.perf_counter() - start
        print(
            f"{part:>7} readings, {len(got.claims)} claims: {seconds:.2f} s, {1e3 * seconds / part:.3f} ms a reading; "
            f"{len(got.events)} events, {len(got.parties)} parties, {len(got.origins)} origins, {len(got.echoes)} echoes, {len(got.drifts)} drifts"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory: {peak / 1024:.0f} MB at the peak, {(peak - before) / 1024:.0f} MB of it for the account")
    index = EchoIndex()
    index.add_all(made)
    start = time.perf_counter()
    for reading in made[:200]:
        index.add(reading)
    print(f"one report more in the echo index of {chosen.count}: {(time.perf_counter() - start) / 200 * 1e3:.2f} ms")
    budget_s = 10 * chosen.count / 10_000
    print(f"budget: {seconds / budget_s:.2f} of {budget_s:.0f} s, {peak / 1024 / 1024:.2f} of 1 GB")
    if seconds > budget_s or peak > 1024 * 1024:
        sys.exit(1)


if __name__ == "__main__":
    main()
