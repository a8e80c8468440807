"""First and last day of a stated time, and a stated time for two days: the small part of EDTF that claims use.

Days are ordinals (`date.toordinal()`), None where a side is open or unknown. What cannot be read is unknown on both sides, never an error:
a claim with a strange date is still a claim.
Source: Extended Date/Time Format (ISO 8601-2:2019), levels 0 and 1, as far as the reader writes it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

Days = tuple[int | None, int | None]

_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?[?~%]?")
#: EDTF seasons: spring, summer, autumn, winter, as months of the northern half of the world; winter ends in the next year.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


@lru_cache(maxsize=65536)
def days(edtf: str | None) -> Days:
    """Return the first and the last day of a stated time, as ordinals; None where a side is open or unknown."""
    if not edtf:
        return None, None
    first, slash, last = edtf.strip().partition("/")
    if not slash:
        return _single(first)
    return _single(first)[0], _single(last)[1]


def _single(text: str) -> Days:
    got = _DATE.fullmatch(text.strip())
    if got is None:
        return None, None
    low_year, high_year = int(got[1].replace("X", "0")), int(got[1].replace("X", "9"))
    if not 1 <= low_year <= high_year <= 9998:
        return None, None
    month = 0 if got[2] in (None, "XX") else int(got[2])
    if month == 0 or low_year != high_year:
        return date(low_year, 1, 1).toordinal(), date(high_year, 12, 31).toordinal()
    if month in _SEASONS:
        first, last = _SEASONS[month]
        end_year = low_year + (last < first)
        return date(low_year, first, 1).toordinal(), date(end_year, last, monthrange(end_year, last)[1]).toordinal()
    if not 1 <= month <= 12:
        return None, None
    length = monthrange(low_year, month)[1]
    if got[3] in (None, "XX"):
        return date(low_year, month, 1).toordinal(), date(low_year, month, length).toordinal()
    day = int(got[3])
    if not 1 <= day <= length:
        return None, None
    at = date(low_year, month, day).toordinal()
    return at, at


def overlap(one: Days, other: Days, *, slack_days: int = 0) -> bool:
    """Return whether two times can share a day; an open or unknown side bars nothing."""
    return (one[0] is None or other[1] is None or one[0] <= other[1] + slack_days) and (
        other[0] is None or one[1] is None or other[0] <= one[1] + slack_days
    )


def span_edtf(first: int | None, last: int | None) -> str | None:
    """Return the EDTF of two days: a day where both are one, ".." where a side is open, None where both are."""
    if first is None and last is None:
        return None
    begins = date.fromordinal(first).isoformat() if first is not None else ".."
    ends = date.fromordinal(last).isoformat() if last is not None else ".."
    return begins if begins == ends else f"{begins}/{ends}"


def as_day(ordinal: int | None) -> date | None:
    """Return the date of an ordinal; None stays None."""
    return None if ordinal is None else date.fromordinal(ordinal)
