"""The first and last day of a stated time by the convention of calendars, beside the EDTF that keeps both ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.read import calendar, timedays
from temoin.read.calendar import Stretch
from temoin.read.times import times
from tests.read.times_table import DAY

EXAMPLES = [
    ("en", "from January to March", "2031-01/2031-03", "2031-01-01", "2031-02-28"),
    ("en", "from 3 to 12 March", "2031-03-03/2031-03-12", "2031-03-03", "2031-03-11"),
    ("fr", "de 2027 à 2029", "2027/2029", "2027-01-01", "2028-12-31"),
    ("de", "vom 3. März bis heute", "2031-03-03/2031-04-19", "2031-03-03", "2031-04-18"),
    ("en", "between mid-January and the end of March", "2031-01/2031-03", "2031-01-16", "2031-03-31"),
    ("es", "a mediados de marzo", "2031-03", "2031-03-10", "2031-03-20"),
    ("pt", "no início de março", "2031-03", "2031-03-01", "2031-03-15"),
    ("en", "at the end of 2029", "2029", "2029-09-01", "2029-12-31"),
    ("en", "at the end of this year", "2031", "2031-07-01", "2031-12-31"),
    ("fr", "il y a deux mois", "2031-02", "2031-02-19", "2031-02-19"),
    ("ru", "два года назад", "2029", "2029-04-19", "2029-04-19"),
    ("en", "so far this year", "2031-01-01/2031-04-19", "2031-01-01", "2031-04-18"),
    ("en", "earlier this month", "2031-04-01/2031-04-19", "2031-04-01", "2031-04-15"),
    ("en", "later this year", "2031-04-19/2031-12-31", "2031-07-01", "2031-12-31"),
    ("en", "in March", "2031-03", "2031-03-01", "2031-03-31"),
    ("en", "from 19 to 19 April", "2031-04-19", "2031-04-19", "2031-04-19"),
]


@pytest.mark.parametrize(("lang", "text", "edtf", "first", "last"), EXAMPLES, ids=[f"{x[0]}: {x[1]}" for x in EXAMPLES])
def test_the_edtf_keeps_both_ends_and_the_days_follow_the_calendar(lang: str, text: str, edtf: str, first: str, last: str) -> None:
    assert [(t.edtf, str(t.first_day), str(t.last_day)) for t in times(text, lang, DAY)] == [(edtf, first, last)]


def test_an_open_side_stays_open() -> None:
    assert [(t.first_day, t.last_day) for t in times("since February. It runs until the end of June", "en", DAY)] == [
        (date(2031, 2, 1), None),
        (None, date(2031, 6, 30)),
    ]


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), st.integers(0, 400))
@settings(max_examples=100, deadline=None)
def test_the_day_after_an_interval_is_its_last_end(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), date.max)
    left, right = Stretch(first, first, "day"), Stretch(last, last, "day")
    got = timedays.up_to(left, None, right, None)
    assert got is None if length == 0 else got is not None and got.first == first and got.last + timedelta(days=1) == last


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), st.sampled_from(["week", "month", "year", "quarter"]), st.integers(0, 2), st.booleans())
@settings(max_examples=100, deadline=None)
def test_early_mid_and_late_lie_inside_what_they_cut(day: date, unit: str, edge: int, current: bool) -> None:
    whole = calendar.around(day, unit)
    assert whole is not None
    got = timedays.cut(whole, edge, current)
    assert (got is None) == (unit == "quarter")
    assert got is None or whole.first <= got.first <= got.last <= whole.last
