"""Copies found by their words: exactly, incrementally, with the passages, and whose came first."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from temoin.account import EchoIndex
from temoin.account.shingles import SIZE, shingle, shingle_all
from temoin.records import Reading

_WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("n", "rt", "sk", "lla", "mo")]


def _text(seed: int, words: int = 120) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(_WORDS) for _ in range(words))


def _report(rid: str, text: str, day: int | None = None, outlet: str | None = None, furniture: tuple[tuple[int, int], ...] = ()) -> Reading:
    return Reading(id=rid, text=text, published=date(2031, 5, day) if day else None, outlet=outlet, furniture=furniture, lang="en")


def test_a_cut_down_copy_is_found_with_its_passages() -> None:
    source = _text(1)
    copy = "Something new stands here at the head of it. " + source[100:500]
    echo = EchoIndex().add_all([_report("a", source, 1), _report("b", copy, 2)])[0]
    assert (echo.report, echo.of) == ("b", "a") and echo.share > 0.7
    for shared in echo.passages:
        assert copy[shared.start : shared.end].split() == source[shared.of_start : shared.of_end].split()


def test_unrelated_reports_are_no_echoes() -> None:
    assert EchoIndex().add_all([_report(str(n), _text(n), 1) for n in range(30)]) == ()


def test_the_later_report_is_the_copy() -> None:
    text = _text(2)
    assert [(e.report, e.of) for e in EchoIndex().add_all([_report("z", text, 3), _report("a", text + " more words stand here now", 9)])] == [
        ("a", "z")
    ]


def test_a_line_that_credits_another_decides_against_the_date() -> None:
    text = _text(3)
    found = EchoIndex().add_all(
        [_report("a", text + "\n\nThis article was originally published on Gay Times.", 1), _report("b", text, 2, outlet="Gay Times")]
    )
    assert (found[0].report, found[0].of) == ("a", "b") and "says so" in found[0].why


def test_an_agency_is_the_source_of_the_same_day() -> None:
    text = _text(4)
    found = EchoIndex().add_all([_report("a", text, 1, outlet="Morning Post"), _report("b", text, 1, outlet="Agence Horizon")])
    assert (found[0].report, found[0].of) == ("a", "b") and "agency" in found[0].why


def test_furniture_makes_no_echo() -> None:
    menu, one, other = _text(5, 60), _text(6), _text(7)
    marked = [_report(rid, f"{menu} {text}", 1, furniture=((0, len(menu)),)) for rid, text in (("a", one), ("b", other))]
    assert EchoIndex().add_all(marked) == ()
    assert EchoIndex().add_all([_report(r.id, r.text, 1) for r in marked])


def test_case_accents_and_quotation_marks_hide_no_copy() -> None:
    source = " ".join(f"mémé été {word}" for word in _text(8, 40).split())
    changed = source.upper().replace("É", "E\u0301").replace(" ", " “", 3)
    assert EchoIndex().add_all([_report("a", source, 1), _report("b", changed, 2)])[0].share > 0.9


def test_the_thousandth_copy_finds_the_first() -> None:
    text = _text(9)
    found = EchoIndex().add_all([_report(f"{n:04}", text, 1 + n % 28) for n in range(300)])
    assert len(found) == 299 and {echo.of for echo in found} <= {f"{n:04}" for n in range(0, 300, 28)}


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 60), st.integers(1, 28)), max_size=12))
def test_adding_one_by_one_finds_what_adding_all_finds(parts: list[tuple[int, int, int]]) -> None:
    reports = [_report(f"r{n}", _text(seed)[cut * 3 :], day) for n, (seed, cut, day) in enumerate(parts)]
    whole = EchoIndex().add_all(reports)
    index = EchoIndex()
    single = {(echo.report, echo.of) for report in reports for echo in index.add(report)}
    assert {(echo.report, echo.of) for echo in whole} <= single
    assert {echo.report for echo in whole} == {report for report, _ in single} or len(single) >= len(whole)


@given(st.text(max_size=300), st.text(max_size=300))
def test_shingles_do_not_depend_on_the_company_they_are_hashed_in(one: str, other: str) -> None:
    alone, together = shingle(one), shingle_all([other, one, other], [(), (), ()])[1]
    assert alone.hashes.tolist() == together.hashes.tolist()
    assert alone.starts.tolist() == together.starts.tolist()
    assert alone.ends.tolist() == together.ends.tolist()
    assert all(0 <= start < end <= len(one) for start, end in zip(alone.starts.tolist(), alone.ends.tolist(), strict=True))


def test_fewer_than_five_words_have_no_shingle() -> None:
    assert len(shingle("one two three four").hashes) == 0
    assert len(shingle("one two three four five").hashes) == 1 and SIZE == 5
    assert len(shingle("").hashes) == 0
