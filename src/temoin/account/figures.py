"""Every number an origin has put forward about an event, and what became of it: repeated, raised, lowered, or told on when it was stale.

Figures of different origins are never mixed here, and none is dropped. A later number of the same origin supersedes the one before it only where
it can be the same tally: at most three times as much, or a third, and no smaller than one the same report still tells; else it counts something else
and stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import msgspec

from temoin.account.bounds import as_day
from temoin.account.lines import Line
from temoin.account.origins import Source
from temoin.records import Claim, Count, Reading
from temoin.records_account import Figure

Change = Literal["first", "raised", "lowered", "repeated", "stale", "changed"]
Value = tuple[int | None, int | None]
#: A tally that grows or shrinks by more than this counts something else.
_SAME_TALLY = 3.0


class _Told(msgspec.Struct, gc=False):
    line: int
    value: Value
    day: int | None
    at: int
    change: Change = "first"
    superseded_by: int = -1


def size(value: Value) -> int:
    """Return the number that stands for a value: its lower bound, else its upper one."""
    return value[0] if value[0] is not None else value[1] or 0


def phrase(low: int | None, high: int | None) -> str:
    """Return a value in words: "at least 3", "at most 26", "between 5 and 7", "64"."""
    if low is None and high is None:
        return "an unstated number"
    if high is None:
        return f"at least {low:,}"
    if low is None:
        return f"at most {high:,}"
    return f"{low:,}" if low == high else f"between {low:,} and {high:,}"


def weaker(one: Value, other: Value) -> Value:
    """Return of two values the one that claims less: the wider interval."""
    return one if _width(one) >= _width(other) else other


def _width(value: Value) -> float:
    return float("inf") if value[0] is None or value[1] is None else value[1] - value[0]


def same_number(one: Value, other: Value) -> bool:
    """Return whether two values are one number with other bounds: "at least four" and "four", "more than 300" and "300"."""
    if one == other:
        return True
    (low, high), (least, most) = one, other
    if (low is None or high is None or least is None or most is None) and (
        (low is not None and low in (least, most)) or (high is not None and high in (least, most))
    ):
        return True
    for open_one, exact in ((one, other), (other, one)):
        if exact[0] is not None and exact[0] == exact[1]:
            if open_one[1] is None and open_one[0] == exact[0] + 1:
                return True  # more than 300: 301 and up
            if open_one[0] is None and open_one[1] == exact[0] - 1:
                return True  # fewer than 10: up to 9
            if open_one[0] is not None and open_one[1] is not None and open_one[0] + open_one[1] == 2 * exact[0]:
                return True  # about 100: 90 to 110
    return False


def figures(
    readings: Sequence[Reading], lines: Sequence[Line], sources: Sequence[Source], event_of: Sequence[str], drifted: Collection[int] = (),
) -> tuple[Figure, ...]:  # fmt: skip
    """Return the figures of an account, by event and origin, the latest first.

    drifted: claims whose number was changed on the way; they are kept, and supersede nothing.
    """
    series: dict[tuple[str, str], list[_Told]] = {}
    for n, line in enumerate(lines):
        count = line.claim.count
        if count is None or line.claim.stance != "asserts":
            continue
        series.setdefault((event_of[n], sources[n].origin), []).append(_Told(n, (count.low, count.high), line.day, line.at))
    units = _units(readings, lines)
    out: list[Figure] = []
    for (event, origin), told in series.items():
        _follow(told, drifted)
        for figure in sorted(told, key=lambda t: (t.day is None, -(t.day or 0), t.at, t.line)):
            out.append(
                Figure(
                    event=event, origin=origin, claim=lines[figure.line].id, low=figure.value[0], high=figure.value[1], unit=units.get(figure.line),
                    day=as_day(figure.day), superseded_by=lines[figure.superseded_by].id if figure.superseded_by >= 0 else None, change=figure.change,
                )
            )  # fmt: skip
    return tuple(out)


def _follow(told: list[_Told], drifted: Collection[int]) -> None:
    """Say of each figure of one origin what it is beside those before it."""
    told.sort(key=lambda t: (t.day is None, t.day or 0, t.at, t.line))
    heads: list[tuple[Value, int | None, int]] = []  # tallies as they stand: value, first day, line
    past: dict[Value, int] = {}  # values that were superseded, by the line that did it
    by_report: dict[int, set[Value]] = {}
    for figure in told:
        by_report.setdefault(figure.at, set()).add(figure.value)
    for figure in told:
        if figure.line in drifted:
            figure.change = "changed"
            continue
        old = next((value for value in past if same_number(value, figure.value)), None)
        if old is not None:
            figure.superseded_by = past[old]
            newer = told_value(told, past[old])
            beside = any(same_number(newer, value) for value in by_report[figure.at])
            figure.change = "repeated" if beside else "stale"
            continue
        known = next((n for n, (value, _, _) in enumerate(heads) if same_number(value, figure.value)), None)
        if known is not None:
            value, first, line = heads[known]
            figure.change = "repeated" if value == figure.value else "changed"
            heads[known] = (weaker(value, figure.value), first, line)
            continue
        earlier = [
            (abs(size(value) - size(figure.value)), n) for n, (value, first, _) in enumerate(heads)
            if first is not None and figure.day is not None and first < figure.day and _one_tally(value, figure.value)
            # a smaller number told beside the tally itself is a part of it: "at least four were killed, two of them in the town"
            and not (size(figure.value) < size(value) and any(same_number(value, beside) for beside in by_report[figure.at]))
        ]  # fmt: skip
        if not earlier:
            heads.append((figure.value, figure.day, figure.line))
            continue
        _, which = min(earlier)
        value, _, _ = heads[which]
        figure.change = "raised" if size(figure.value) > size(value) else "lowered" if size(figure.value) < size(value) else "changed"
        past[value] = figure.line
        heads[which] = (figure.value, figure.day, figure.line)
        for before in told:
            if before is not figure and same_number(before.value, value) and before.superseded_by < 0:
                if before.at == figure.at or (before.day is not None and figure.day is not None and before.day <= figure.day):
                    before.superseded_by = figure.line


def told_value(told: Sequence[_Told], line: int) -> Value:
    """Return the value of the figure on a line."""
    return next(figure.value for figure in told if figure.line == line)


def _one_tally(one: Value, other: Value) -> bool:
    a, b = sorted((size(one), size(other)))
    return a > 1 and b <= _SAME_TALLY * a


def _units(readings: Sequence[Reading], lines: Sequence[Line]) -> dict[int, str]:
    """Return what is counted, as written, where the reader found a noun beside the number of a claim."""
    out: dict[int, str] = {}
    for n, line in enumerate(lines):
        if line.claim.count is None:
            continue
        unit = _unit(readings[line.at], line.claim, line.claim.count)
        if unit:
            out[n] = unit
    return out


def _unit(reading: Reading, claim: Claim, count: Count) -> str | None:
    near = [
        quantity.counted for quantity in reading.quantities
        if quantity.counted and claim.start <= quantity.start < claim.end and (quantity.low, quantity.high) == (count.low, count.high)
    ]  # fmt: skip
    return Counter(near).most_common(1)[0][0] if near else None


def by_event(figures: Sequence[Figure]) -> Mapping[str, list[Figure]]:
    """Return the figures of each event, in their order."""
    out: dict[str, list[Figure]] = {}
    for figure in figures:
        out.setdefault(figure.event, []).append(figure)
    return out
