"""The page's own words: complete in six languages, numbers with their bounds, dates as exact as stated."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib.resources import files
from typing import get_args, get_type_hints

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from temoin import records, records_account
from temoin.errors import Misused
from temoin.publish.wording import LANGUAGES, words


def table(lang: str) -> dict[str, dict[str, object]]:
    return tomllib.loads(files("temoin.publish").joinpath("messages", f"{lang}.toml").read_text(encoding="utf-8"))


def holes(message: object) -> set[str]:
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for name in re.findall(r"{(\w+)}", str(text))}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_everything_that_english_says(lang: str) -> None:
    english, other = table("en"), table(lang)
    assert {(section, key) for section in english for key in english[section]} == {(section, key) for section in other for key in other[section]}
    for section, messages in english.items():
        for key, message in messages.items():
            assert holes(message) == holes(other[section][key]), f"{section}.{key}"
            assert isinstance(message, dict) == isinstance(other[section][key], dict), f"{section}.{key}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_plural_form_of_small_numbers_is_in_the_table(lang: str) -> None:
    needed = {Locale.parse(lang).plural_form(n) for n in range(200)}
    for section, messages in table(lang).items():
        for key, message in messages.items():
            if isinstance(message, dict):
                assert needed | {"other"} <= set(message), f"{section}.{key}"


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "1 сообщение"), (2, "2 сообщения"), (5, "5 сообщений"), (11, "11 сообщений"), (21, "21 сообщение"), (22, "22 сообщения")],
)
def test_russian_counts_take_the_right_form(n: int, said: str) -> None:
    assert words("ru").say("count.reports", n) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (3, None, "at least 3"),
        (None, 26, "up to 26"),
        (3, 3, "3"),
        (200, 999, "hundreds (200–999)"),
        (20, 99, "dozens (20–99)"),
        (2000, 9999, "thousands (2,000–9,999)"),
        (3, 9, "several (3–9)"),
        (5, 7, "5–7"),
        (0, 0, "0"),
        (0, None, "at least 0"),
        (None, None, "no number stated"),
        (301, None, "more than 300"),
        (11, None, "more than 10"),
        (1, None, "at least 1"),
        (None, 99, "fewer than 100"),
        (None, 9, "up to 9"),
        (90, 110, "about 100 (90–110)"),
        (95, 105, "95–105"),
        (10, 12, "10–12"),
    ],
)
def test_a_number_keeps_its_bounds_in_words(low: int | None, high: int | None, said: str) -> None:
    assert words("en").count(low, high) == said


@given(low=st.none() | st.integers(0, 10**9), high=st.none() | st.integers(0, 10**9), lang=st.sampled_from(LANGUAGES))
@settings(max_examples=100, deadline=None)
def test_every_stated_bound_can_be_read_in_every_language(low: int | None, high: int | None, lang: str) -> None:
    own = words(lang)
    said = own.count(low, high)
    if low is not None and high is None and said == own.say("number.more_than", low - 1):
        low -= 1
    if high is not None and low is None and said == own.say("number.fewer_than", high + 1):
        high += 1
    for bound in (low, high):
        if bound is not None:
            assert own.digits(bound) in said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2017, 5, 1), date(2017, 5, 1), "1er mai 2017"),
        (date(2017, 5, 1), date(2017, 5, 6), "1er–6 mai 2017"),
        (date(2017, 5, 11), date(2017, 6, 1), "11 mai – 1er juin 2017"),
        (date(2017, 1, 21), date(2017, 1, 31), "21–31 janv. 2017"),
    ],
)
def test_french_writes_the_first_of_a_month_as_an_ordinal(first: date, last: date, said: str) -> None:
    assert words("fr").days(first, last).replace("\u2009", " ") == said


@pytest.mark.parametrize(
    ("edtf", "lang", "said"),
    [
        ("2017", "en", "2017"),
        ("2017-04", "en", "April 2017"),
        ("2017-04", "fr", "avril 2017"),
        ("2017-04-03", "de", "3. April 2017"),
        ("2017-02/..", "en", "since February 2017"),
        ("../2017-05", "en", "until May 2017"),
        ("2017-01-01/2017-05-30", "en", "Jan 1\u2009–\u2009May 30, 2017"),
        ("2017-21", "es", "primavera de 2017"),
        ("2017-04~", "en", "April 2017 (approximately)"),
        ("2017?", "fr", "2017 (incertain)"),
        ("2017-02-31", "en", "2017-02-31"),
        ("../..", "en", "../.."),
        ("soon", "en", "soon"),
        ("", "en", ""),
    ],
)
def test_a_stated_time_is_told_as_exactly_as_it_was_stated(edtf: str, lang: str, said: str) -> None:
    assert words(lang).edtf(edtf) == said


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
@settings(max_examples=100, deadline=None)
def test_no_stated_time_breaks_the_page(stated: str, lang: str) -> None:
    assert isinstance(words(lang).edtf(stated), str)


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_no_language_tag_breaks_the_page(tag: str) -> None:
    assert isinstance(words("en").language(tag), str)


def test_a_language_without_a_table_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Misused) as caught:
        words("xx")
    assert caught.value.hint is not None
    assert "fr" in caught.value.hint


def test_parts_put_into_a_sentence_are_escaped_and_braces_stay_text() -> None:
    said = words("en").html("summary.figure", number="{origin.__class__}", origin="<b>")
    assert said == Markup("{origin.__class__} according to &lt;b&gt;")


def test_a_country_is_named_in_the_language_of_the_page_and_a_town_as_it_stands() -> None:
    assert words("fr").place("Germany") == "Allemagne"
    assert words("fr").place("Grozny") == "Grozny"


def test_a_day_that_is_not_known_is_said_to_be_unknown() -> None:
    assert words("en").day(None) == "no date"
    assert words("fr").day(date(2017, 4, 2)) == "2 avril 2017"


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("event", get_args(records.EventType)),
        ("stance", get_args(records.Stance)),
        ("modality", get_args(records.Modality)),
        ("state", get_args(records_account.CommitmentState)),
        ("drift", get_args(records_account.DriftKind)),
        ("gap", get_args(get_type_hints(records_account.Gap)["kind"])),
        ("change", tuple(code for code in get_args(get_type_hints(records_account.Figure)["change"]) if code != "first")),
    ],
)
def test_every_code_of_the_records_has_its_word(section: str, codes: tuple[str, ...]) -> None:
    assert codes
    assert set(codes) <= set(table("en")[section])


@pytest.mark.parametrize(
    ("stated", "day", "said"),
    [
        ("../2032-08-31", None, "31 août 2032"),
        ("2032-07-04/2032-09-02", None, "2 septembre 2032"),
        ("2032-09", date(2032, 9, 30), "septembre 2032"),
        ("2032-09/..", date(2032, 9, 30), "30 septembre 2032"),
        (None, date(2032, 9, 1), "1er septembre 2032"),
        (None, None, ""),
    ],
)
def test_a_promise_is_due_at_the_end_of_what_was_stated(stated: str | None, day: date | None, said: str) -> None:
    assert words("fr").due(stated, day) == said


@pytest.mark.parametrize(("low", "high", "said"), [(10, 12, "10–12"), (20, 99, "20–99"), (90, 110, "90–110"), (3, None, "at least 3"), (4, 4, "4")])
def test_what_several_figures_come_to_is_told_by_its_ends_alone(low: int | None, high: int | None, said: str) -> None:
    assert words("en").span(low, high) == said
