"""The days of a stated time by the convention of calendars: `Time.first_day` and `Time.last_day`.

`Time.edtf` keeps what was said, as exact as it was said, and both ends of an interval belong to it: that is what claims record, and
`temoin.read.edtf.days` gives its days. Calendars and date recognisers count otherwise, and these two fields speak with them:

- An interval runs up to its last named unit and leaves it out: "from August to October" ends on 30 September, "2014 to 2018" on the last
  day of 2017, "until today" yesterday. Whether October itself belongs is not said; these are the days that surely do.
- "Early", "mid" and "late" cut what they stand before: months in halves (mid is the 10th to the 20th), years named by their number in
  thirds, this year and this week in halves. As ends of an interval they are points: the beginning, the middle, the day after the end.
- What is counted from a day is a day: "in two months" from 5 July is 5 September.
- What has run so far ends yesterday, "earlier this month" with the first half at the latest; "later" begins with the second half.

Sources: RFC 5545, 3.6.1 (DTEND is not part of the event); Microsoft Recognizers-Text, DateTime specifications. Everything else has the
days of its EDTF.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from temoin.read import calendar, edtf
from temoin.read.calendar import Stretch

EARLY, MID, LATE = 0, 1, 2
#: First and last day of the part of a month that early, mid and late name; None is the month's last day.
_MONTH_PARTS: dict[int, tuple[int, int | None]] = {EARLY: (1, 15), MID: (10, 20), LATE: (16, None)}
#: First month and number of months: of a year named by its number, and of this year.
_THIRDS = {EARLY: (1, 4), MID: (5, 4), LATE: (9, 4)}
_HALVES = {EARLY: (1, 6), MID: (5, 4), LATE: (7, 6)}
#: First and last weekday, from Monday.
_WEEK_PARTS = {EARLY: (0, 2), MID: (2, 4), LATE: (3, 6)}
_MONTH_MIDDLE = 16
_YEAR_MIDDLE = (7, 2)


class Stated(NamedTuple):
    """A stated time in both conventions; a day of None is an open side."""

    edtf: str
    first_day: date | None
    last_day: date | None


def stated(written: str | None, days: Stretch | None = None) -> Stated | None:
    """Return a time with the days of its EDTF, or with those given; None where nothing is stated."""
    if written is None:
        return None
    return Stated(written, *((days.first, days.last) if days else edtf.days(written)))


def up_to(left: Stretch, left_edge: int | None, right: Stretch, right_edge: int | None) -> Stretch | None:
    """Return the days of an interval without its last named unit; None where nothing would be left."""
    return calendar.between(_bound(left, left_edge), _day_before(_bound(right, right_edge)))


def so_far(first: date, published: date) -> Stretch | None:
    """Return the days up to the one before publication; None on the first of them."""
    return calendar.between(first, _day_before(published))


def cut(whole: Stretch, edge: int, current: bool) -> Stretch | None:
    """Return the part of a month, a year or a week that early, mid or late names; None where the convention has none.

    current: the year was named as this one or the next, not by its number.
    """
    first, last, _ = whole
    if whole.grain == "month":
        start, end = _MONTH_PARTS[edge]
        return calendar.between(first.replace(day=start), last if end is None else last.replace(day=end))
    if whole.grain == "year":
        return calendar.months(first.year, *(_HALVES if current else _THIRDS)[edge])
    if (last - first).days == calendar.DAYS_IN["week"] - 1 and first.weekday() == 0:
        start, end = _WEEK_PARTS[edge]
        return calendar.between(calendar.plus_days(first, start), calendar.plus_days(first, end))
    return None


def earlier(whole: Stretch, published: date) -> Stretch | None:
    """Return the days of "earlier this year": its first half, as far as it has passed."""
    half, past = cut(whole, EARLY, True), so_far(whole.first, published)
    return calendar.between(whole.first, min(half.last, past.last)) if half and past else past


def later(whole: Stretch, published: date) -> Stretch | None:
    """Return the days of "later this year": its second half, as far as it lies ahead."""
    half = cut(whole, LATE, True)
    return calendar.between(max(half.first, published) if half else published, whole.last)


def _bound(it: Stretch, edge: int | None) -> date | None:
    if edge == LATE:
        return calendar.plus_days(it.last, 1)
    if edge == MID and it.grain == "month":
        return it.first.replace(day=_MONTH_MIDDLE)
    if edge == MID and it.grain == "year":
        return date(it.first.year, *_YEAR_MIDDLE)
    return it.first


def _day_before(it: date | None) -> date | None:
    return it and calendar.plus_days(it, -1)
