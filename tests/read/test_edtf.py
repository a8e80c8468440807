"""Our EDTF subset: what it means in days, and that days written out come back as themselves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.errors import Unreadable
from temoin.read import edtf


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2031", date(2031, 1, 1), date(2031, 12, 31)),
        ("2032-02", date(2032, 2, 1), date(2032, 2, 29)),
        ("2031-04-19", date(2031, 4, 19), date(2031, 4, 19)),
        ("2031-02/..", date(2031, 2, 1), None),
        ("../2031-03", None, date(2031, 3, 31)),
        ("2017-01-01/2017-05-30", date(2017, 1, 1), date(2017, 5, 30)),
        ("2032-01/2032-06-30", date(2032, 1, 1), date(2032, 6, 30)),
        ("1990/1999", date(1990, 1, 1), date(1999, 12, 31)),
        ("2031-04~", date(2031, 4, 1), date(2031, 4, 30)),
        ("2031?", date(2031, 1, 1), date(2031, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_an_edtf_text_covers_its_days(text: str, first: date | None, last: date | None) -> None:
    assert edtf.days(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "..", "../..", "/", "2031-13", "2031-02-30", "31-04", "2031/2030", "2031-4", "0000", "1/2/3", "２０３１", "2031-04-19\n", "x" * 9000]
)
def test_what_is_not_of_the_subset_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        edtf.days(text)


@pytest.mark.parametrize(
    ("first", "last", "grain", "text"),
    [
        (date(2031, 1, 1), date(2031, 12, 31), None, "2031"),
        (date(2031, 4, 1), date(2031, 4, 30), None, "2031-04"),
        (date(2031, 4, 1), date(2031, 4, 30), "day", "2031-04-01/2031-04-30"),
        (date(2031, 6, 1), date(2031, 8, 31), None, "2031-06/2031-08"),
        (date(1990, 1, 1), date(1999, 12, 31), None, "1990/1999"),
        (date(2031, 4, 19), None, None, "2031-04-19/.."),
        (None, date(2031, 4, 30), "month", "../2031-04"),
    ],
)
def test_days_are_written_in_the_coarsest_grain_unless_one_is_asked_for(first: date | None, last: date | None, grain: str | None, text: str) -> None:
    assert edtf.from_days(first, last, grain) == text


def test_a_grain_that_cannot_say_the_days_is_refused() -> None:
    with pytest.raises(ValueError, match="whole months"):
        edtf.from_days(date(2031, 4, 2), date(2031, 4, 30), "month")
    with pytest.raises(ValueError, match="both sides"):
        edtf.from_days(None, None)
    with pytest.raises(ValueError, match="later"):
        edtf.from_days(date(2031, 4, 2), date(2031, 4, 1))


@given(st.dates(), st.dates(), st.booleans(), st.booleans())
@settings(max_examples=100, deadline=None)
def test_days_written_out_come_back_as_themselves(a: date, b: date, open_start: bool, open_end: bool) -> None:
    first, last = (None if open_start else min(a, b)), (None if open_end and not open_start else max(a, b))
    assert edtf.days(edtf.from_days(first, last)) == (first, last)


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    try:
        first, last = edtf.days(text)
    except Unreadable:
        return
    assert first is not None or last is not None
