"""Measurements against the budgets, each a ratio taken in the same run: `make bench`, or `python -m bench start` for one.

A bench is a module here with a function `main`. It returns rows, or prints by itself and returns None. It takes under a minute,
says what it measured against, and takes the best of several tries, since other work on the machine only ever adds time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One measurement: what, how much of what, against what, and whether the budget holds (None where there is none)."""

    what: str
    seen: str
    against: str
    ratio: float | None
    budget: str
    holds: bool | None


class Run(NamedTuple):
    """One process: how long it took by the clock, and the most memory it held."""

    wall_s: float
    peak_mb: float


def run(command: Sequence[str], *, tries: int = 3) -> Run:
    """Run a command several times and return its least time and its largest memory. Raises CalledProcessError where it fails."""
    walls, peaks = [], []
    for _ in range(tries):
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert child.stderr is not None
        told = child.stderr.read()
        child.stderr.close()
        _, status, usage = os.wait4(child.pid, 0)
        walls.append(time.perf_counter() - begin)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, list(command), stderr=told)
        # Linux counts in kibibytes, macOS in bytes.
        peaks.append(usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
    return Run(min(walls), max(peaks))
