"""Which claim of an echo is which claim of its source: by the copied words, or by the same place in the running order.

A claim whose sentence was copied word for word points at the source's claim there. A claim that was reworded is matched by what it says
(same type of event, same speaker); that pair shows drift, and never decides where a claim goes back to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

import msgspec

from temoin.account.lines import Line
from temoin.records import Count
from temoin.records_account import Echo

#: Part of a claim's quotation that must lie in copied words for the claim to count as copied.
_COPIED = 0.5


class Copy(msgspec.Struct, frozen=True, gc=False):
    """A claim of an echo and the claim of its source."""

    line: int  # index of the claim in the echo
    of: int  # index of the claim in the source; -1 where the source holds no such claim
    source: int  # index of the source report
    words: bool  # copied word for word; else matched by what it says


def counts_meet(one: Count | None, other: Count | None) -> bool:
    """Return whether two counts can be one number: both unstated, or with a number that lies in both."""
    if one is None or other is None:
        return one is None and other is None
    low = max(one.low if one.low is not None else 0, other.low if other.low is not None else 0)
    highs = [c.high for c in (one, other) if c.high is not None]
    return not highs or low <= min(highs)


def copies(lines: Sequence[Line], by_report: Sequence[range], echoes: Sequence[Echo], report_at: Mapping[str, int]) -> dict[int, Copy]:
    """Return for each claim whose words are copied its source, by index of the line; the largest echo decides."""
    out: dict[int, Copy] = {}
    for echo in sorted(echoes, key=lambda e: (-e.share, e.report, e.of)):
        at, source = report_at[echo.report], report_at[echo.of]
        starts = [p.start for p in echo.passages]
        for n in by_report[at]:
            claim = lines[n].claim
            if n in out or not claim.end > claim.start:
                continue
            covered, window = 0, [0, 0]
            for p in echo.passages[max(0, bisect_right(starts, claim.start) - 1) :]:
                if p.start >= claim.end:
                    break
                over = min(p.end, claim.end) - max(p.start, claim.start)
                if over > 0:
                    covered += over
                    window = [min(window[0], p.of_start) if window[1] else p.of_start, max(window[1], p.of_end)]
            if covered < _COPIED * (claim.end - claim.start):
                continue
            same = [
                m for m in by_report[source]
                if lines[m].claim.event == claim.event and lines[m].claim.start < window[1] and lines[m].claim.end > window[0]
            ]  # fmt: skip
            best = max(same, key=lambda m: (lines[m].claim.count == claim.count, lines[m].claim.stance == claim.stance, -m), default=-1)
            out[n] = Copy(n, best, source, True)
    return out


def matches(
    by_report: Sequence[range],
    echo: Echo,
    report_at: Mapping[str, int],
    events: Sequence[str],
    origins: Sequence[str],
    alike: Callable[[int, int], float],
) -> list[tuple[int, int]]:
    """Return pairs (claim of the echo, claim of its source) that say the same thing, best first, each claim once.

    events, origins: the type of event and the origin of each claim, by index; claims that share neither are not compared.
    alike: says how well two claims agree, by index; 0 where they are not the same thing.
    """
    of_event: dict[str, list[int]] = {}
    of_origin: dict[str, list[int]] = {}
    for m in by_report[report_at[echo.of]]:
        of_event.setdefault(events[m], []).append(m)
        of_origin.setdefault(origins[m], []).append(m)
    scored: list[tuple[float, int, int]] = []
    for n in by_report[report_at[echo.report]]:
        event = events[n]
        scored += [(-score, n, m) for m in of_event.get(event, ()) if (score := alike(n, m)) > 0]
        scored += [(-score, n, m) for m in of_origin.get(origins[n], ()) if events[m] != event and (score := alike(n, m)) > 0]
    scored.sort()
    used_n: set[int] = set()
    used_m: set[int] = set()
    out: list[tuple[int, int]] = []
    for _, n, m in scored:
        if n not in used_n and m not in used_m:
            used_n.add(n)
            used_m.add(m)
            out.append((n, m))
    return out
