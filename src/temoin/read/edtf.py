"""A small subset of EDTF, as exact as its source: YYYY, YYYY-MM, YYYY-MM-DD, and intervals of these with "/" and open "..".

A trailing "~", "?" or "%" (approximate, uncertain, both) is accepted and does not move the days. A decade is an interval ("1990/1999").
Source: ISO 8601-2:2019, levels 0 and 1 in part.
"""

from __future__ import annotations

import re
from datetime import date

from temoin.errors import Unreadable
from temoin.read import calendar

_SIDE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?\Z", re.ASCII)
_WANTED = 'wanted "2031", "2031-04", "2031-04-19", "2031-02/.." or "../2031-03"'
GRAINS = ("day", "month", "year")


def days(edtf: str) -> tuple[date | None, date | None]:
    """Return the first and the last day that an EDTF text covers; None on an open side.

    Raises Unreadable where the text is not of our subset, names no real day, is open on both sides or ends before it begins.
    """
    sides = edtf.split("/")
    if len(sides) == 1:
        whole = _side(sides[0], edtf)
        return whole.first, whole.last
    if len(sides) != 2 or sides == ["..", ".."]:
        raise Unreadable(f"not a date of our EDTF subset: {edtf[:60]!r}", hint=_WANTED)
    first = None if sides[0] == ".." else _side(sides[0], edtf).first
    last = None if sides[1] == ".." else _side(sides[1], edtf).last
    if first and last and first > last:
        raise Unreadable(f"the interval {edtf[:60]!r} ends before it begins")
    return first, last


def from_days(first: date | None, last: date | None, grain: str | None = None) -> str:
    """Write two days, both included, as EDTF; None on an open side.

    grain: "day", "month" or "year", how exactly to write; None takes the coarsest that covers the very same days.
    Raises ValueError where both sides are open, the days are the wrong way round, or the grain cannot say them.
    """
    if first is None and last is None:
        raise ValueError("an interval that is open on both sides says nothing")
    if first and last and first > last:
        raise ValueError(f"{first} is later than {last}")
    fits = [g for g in GRAINS if _starts(first, g) and _ends(last, g)]
    chosen = fits[-1] if grain is None else grain
    if chosen not in fits:
        raise ValueError(f"{first} to {last} cannot be written in whole {chosen}s")
    left, right = ("" if it is None else written(it, chosen) for it in (first, last))
    return left if left and left == right else f"{left or '..'}/{right or '..'}"


def written(it: date, grain: str) -> str:
    """Write a day as exactly as the grain says: "2031-04-19", "2031-04" or "2031"."""
    return it.isoformat()[: {"day": 10, "month": 7, "year": 4}[grain]]


def _side(text: str, whole: str) -> calendar.Stretch:
    found = _SIDE.match(text)
    year, month, day = (int(x) if x else None for x in found.groups()) if found else (None, None, None)
    stretch = None
    if year:
        stretch = calendar.year(year) if month is None else calendar.month(year, month) if day is None else calendar.day(year, month, day)
    if stretch is None or (month is not None and not 1 <= month <= 12):
        raise Unreadable(f"not a date of our EDTF subset: {whole[:60]!r}", hint=_WANTED)
    return stretch


def _starts(it: date | None, grain: str) -> bool:
    return it is None or grain == "day" or (it.day == 1 and (grain == "month" or it.month == 1))


def _ends(it: date | None, grain: str) -> bool:
    if it is None or grain == "day":
        return True
    unit = calendar.around(it, grain)
    return unit is not None and unit.last == it
