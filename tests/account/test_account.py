"""The account as a whole: the same from any order, whole on any input, and each rule by a small example."""

from __future__ import annotations

import random
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.account import RULES, account, reckon
from temoin.account.bounds import days, overlap, span_edtf
from temoin.account.figures import phrase, same_number
from temoin.records import Claim, Count, EventType, Reading, Stance, Unread
from temoin.records_account import Account, Figure
from tests.account.marked import GOLD, inside, readings


def _claim(
    event: EventType = "killing",
    stance: Stance = "asserts",
    who: str | None = None,
    count: tuple[int | None, int | None] | None = None,
    where: str | None = "Chechnya",
    via: str | None = None,
    when: str | None = None,
    at: int = 0,
    quote: str = "words",
) -> Claim:
    number = Count(low=count[0], high=count[1]) if count else None
    return Claim(
        start=at,
        end=at + len(quote),
        quote=quote,
        event=event,
        stance=stance,
        claimant=who,
        claimant_name=who,
        via=via,
        count=number,
        when=when,
        where=where,
    )


def _report(rid: str, day: int, *claims: Claim, outlet: str | None = "The Post", lang: str = "en", text: str = "") -> Reading:
    placed = tuple(msgspec.structs.replace(claim, start=10 * n, end=10 * n + 5) for n, claim in enumerate(claims))
    return Reading(id=rid, lang=lang, published=date(2017, 5, day), outlet=outlet, text=text or " " * 400, claims=placed)


def _names(got: Account) -> dict[str, str]:
    return {origin.id: origin.name for origin in got.origins}


@pytest.mark.skipif(not GOLD.is_dir(), reason="the development documents (../shared/gold) are not here")
def test_the_account_is_the_same_from_any_order() -> None:
    all_readings = readings()
    first = msgspec.json.encode(account(all_readings, inside=inside))
    for seed in range(3):
        mixed = list(all_readings)
        random.Random(seed).shuffle(mixed)
        assert msgspec.json.encode(account(mixed, inside=inside)) == first


def test_nothing_makes_an_empty_account() -> None:
    assert account([]) == Account(readings=())


def test_what_was_unread_is_kept() -> None:
    unread = Unread(path="b.pdf", reason="scanned page, no text layer")
    assert account([], unread=[unread]).unread == (unread,)


def test_equal_readings_count_once_and_different_ones_under_one_id_keep_apart() -> None:
    one, other = _report("a", 1, _claim()), _report("a", 2, _claim(who="Ann Lee"))
    got = account([one, one, other])
    assert sorted(reading.id for reading in got.readings) == ["a", "a~2"] or sorted(reading.id for reading in got.readings) == ["a", "a~1"]
    assert len({claim.id for claim in got.claims}) == 2


def test_a_claim_in_the_reports_own_voice_goes_back_to_its_outlet() -> None:
    got = account([_report("a", 1, _claim())])
    assert _names(got)[got.claims[0].origin] == "The Post"


def test_a_relayed_claim_goes_back_to_its_innermost_speaker_and_keeps_the_way() -> None:
    got = account([_report("a", 1, _claim(who="Joël Deumier", via="FranceInfo"))])
    assert _names(got)[got.claims[0].origin] == "Joël Deumier"
    assert [link.role for link in got.claims[0].chain] == ["claimant", "via", "outlet"]


def test_unnamed_sources_count_one_for_each_report() -> None:
    got = account([_report("a", 1, _claim(who="several associations")), _report("b", 2, _claim(who="several associations"), outlet="The Times")])
    event = got.events[0]
    assert len(event.origins) == 2 and not any(origin.named for origin in got.origins)


def test_a_headline_number_goes_back_to_whom_the_text_gives_it() -> None:
    got = account([_report("a", 1, _claim(count=(26, 26)), _claim(who="Novaya Gazeta", count=(None, 26)))])
    assert {_names(got)[claim.origin] for claim in got.claims} == {"Novaya Gazeta"}


def test_a_span_runs_from_the_lowest_to_the_highest_bound_and_is_no_sum() -> None:
    got = account([_report("a", 1, _claim(who="Tanya Lokshina", count=(3, None)), _claim(who="Novaya Gazeta", count=(None, 26)))])
    reckoning = got.reckonings[0]
    assert (reckoning.low, reckoning.high) == (3, 26)
    assert "at least 3" in reckoning.working and "at most 26" in reckoning.working
    assert len(reckoning.low_origins) == len(reckoning.high_origins) == 1


def test_other_rules_can_be_chosen_and_an_unknown_one_is_refused() -> None:
    figures = [
        Figure(event="e", origin=o, claim=f"{o}#0", low=n, high=n, unit=None, day=date(2017, 5, d))
        for o, n, d in (("a", 3, 1), ("b", 26, 2), ("c", 26, 1), ("d", 9, 3))
    ]
    got = {rule: reckon(figures, rule=rule)[0] for rule in RULES}
    assert [(got[rule].low, got[rule].high) for rule in RULES] == [(3, 26), (3, 3), (26, 26), (9, 9), (26, 26)]
    with pytest.raises(ValueError, match="no rule"):
        reckon(figures, rule="sum")


def test_a_later_figure_of_the_same_origin_supersedes_and_the_old_one_told_again_is_stale() -> None:
    got = account(
        [
            _report("a", 1, _claim(who="Nile Desk", count=(57, 57))),
            _report("b", 5, _claim(who="Nile Desk", count=(64, 64)), outlet="B"),
            _report("c", 9, _claim(who="Nile Desk", count=(57, 57)), outlet="C"),
        ]
    )
    assert {figure.claim: figure.change for figure in got.figures} == {"a#0": "first", "b#0": "raised", "c#0": "stale"}
    assert [(drift.kind, drift.later) for drift in got.drifts] == [("stale", "c#0")]
    assert (got.reckonings[0].low, got.reckonings[0].high) == (64, 64)


def test_a_lost_bound_is_shown_with_both_claims() -> None:
    got = account([_report("a", 1, _claim(who="Nile Desk", count=(4, None))), _report("b", 2, _claim(who="Nile Desk", count=(4, 4)), outlet="B")])
    drift = got.drifts[0]
    assert (drift.kind, drift.earlier, drift.later, drift.was, drift.became) == ("bound", "a#0", "b#0", "at least 4", "4")


def test_a_blanket_denial_answers_every_act_the_report_tells_of() -> None:
    got = account(
        [_report("a", 1, _claim(who="Novaya Gazeta"), _claim("torture", who="Ann Lee"), _claim("persecution", "denies", who="the Kremlin"))]
    )
    types = {event.id: event.type for event in got.events}
    assert {types[event] for event in got.denials[0].answers} == {"killing", "torture"}


def test_a_promise_is_kept_on_anothers_word_overdue_without_and_open_before_its_day() -> None:
    promise = _report("a", 1, _claim("asylum", "promises", who="Claire Montalvan", count=(20, 20), when="../2017-06"))
    told = _report(
        "b",
        20,
        _claim("asylum", who="Paul Desmaret", count=(20, 20)),
        _claim("asylum", "promises", who="Claire Montalvan", count=(20, 20)),
        outlet="B",
    )
    assert account([promise]).commitments[0].state == "open"
    assert account([promise], today=date(2017, 7, 1)).commitments[0].state == "overdue"
    assert account([promise, told]).commitments[0].state == "kept"


def test_a_promise_told_as_done_in_a_reports_own_voice_is_drift_not_proof() -> None:
    got = account(
        [
            _report("a", 1, _claim("asylum", "promises", who="Claire Montalvan", count=(20, 20))),
            _report("b", 9, _claim("asylum", count=(20, 20)), outlet="B"),
        ]
    )
    assert [(drift.kind, drift.later) for drift in got.drifts] == [("stage", "b#0")]
    assert got.commitments[0].state == "open"


def test_a_translation_is_told_as_likely_and_an_independent_report_is_not() -> None:
    said = [_claim(who=f"Ann Lee{n % 3 * 'x'}", count=(n + 4, n + 4), event="killing" if n % 2 else "detention") for n in range(9)]
    first, second = _report("a", 1, *said), _report("b", 3, *said, outlet="Le Monde", lang="fr")
    echo = account([first, second]).echoes[0]
    assert (echo.report, echo.of, echo.translated, len(echo.passages)) == ("b", "a", True, 9)
    shuffled = _report("c", 3, *reversed(said), outlet="Le Monde", lang="fr")
    assert account([first, shuffled]).echoes == ()


def test_places_that_exclude_each_other_are_never_one_event() -> None:
    got = account([_report("a", 1, _claim(where="Chechnya", who="Ann Lee")), _report("b", 2, _claim(where="Minya", who="Ann Lee"))])
    assert len(got.events) == 2


def test_a_town_is_in_its_region_where_somebody_says_so() -> None:
    two = [_report("a", 1, _claim(where="Chechnya", who="Ann Lee")), _report("b", 2, _claim(where="Argun", who="Bob Roy"))]
    assert len(account(two).events) == 2
    assert len(account(two, inside=lambda inner, outer: (inner, outer) == ("Argun", "Chechnya")).events) == 1


def test_times_that_cannot_meet_are_two_events() -> None:
    got = account([_report("a", 1, _claim(when="2014-05", who="Ann Lee")), _report("b", 2, _claim(when="2017-04", who="Ann Lee"))])
    assert len(got.events) == 2


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-04", date(2017, 4, 1), date(2017, 4, 30)),
        ("2017-02-28", date(2017, 2, 28), date(2017, 2, 28)),
        ("2017-02/..", date(2017, 2, 1), None),
        ("../2017-05-30", None, date(2017, 5, 30)),
        ("2017-01/2017-06-30", date(2017, 1, 1), date(2017, 6, 30)),
        ("2017-24", date(2017, 12, 1), date(2018, 2, 28)),
        ("201X", date(2010, 1, 1), date(2019, 12, 31)),
        ("2017~", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-13", None, None),
        ("nonsense", None, None),
        ("", None, None),
        (None, None, None),
        ("2017-02-30", None, None),
    ],
)
def test_a_stated_time_has_a_first_and_a_last_day(edtf: str | None, first: date | None, last: date | None) -> None:
    assert days(edtf) == (first.toordinal() if first else None, last.toordinal() if last else None)


@given(st.integers(1, 3_000_000), st.integers(0, 4000))
def test_a_time_made_of_two_days_has_these_days(first: int, length: int) -> None:
    assert days(span_edtf(first, first + length)) == (first, first + length) or first < 366


@given(st.tuples(st.integers(0, 90), st.integers(0, 90)), st.tuples(st.integers(0, 90), st.integers(0, 90)))
def test_meeting_is_mutual(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert same_number(one, other) == same_number(other, one)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(3, None, "at least 3"), (None, 26, "at most 26"), (64, 64, "64"), (5, 7, "between 5 and 7"), (None, None, "an unstated number")],
)
def test_a_figure_can_be_said(low: int | None, high: int | None, words: str) -> None:
    assert phrase(low, high) == words


_CLAIMS = st.builds(
    _claim,
    event=st.sampled_from(["killing", "detention", "asylum", "persecution", "protest"]),
    stance=st.sampled_from(["asserts", "denies", "doubts", "promises", "demands"]),
    who=st.sampled_from([None, "Ann Lee", "the police", "several witnesses", "he", "Новая газета", "Novaya Gazeta", "  ", "«»", "\u202e"]),
    count=st.none() | st.tuples(st.none() | st.integers(0, 50), st.none() | st.integers(0, 50)),
    where=st.sampled_from([None, "Chechnya", "Russia", "Argun", ""]),
    when=st.sampled_from([None, "2017-04", "2017/..", "bad", "../2016"]),
    via=st.sampled_from([None, "The Post", "FranceInfo", "x"]),
)


@given(
    st.lists(st.tuples(st.integers(1, 28), st.lists(_CLAIMS, max_size=4), st.sampled_from([None, "The Post", "Agence X"])), max_size=6),
    st.randoms(use_true_random=False),
)
def test_every_pointer_of_an_account_leads_somewhere_whatever_the_claims(
    rows: list[tuple[int, list[Claim], str | None]], chance: random.Random
) -> None:
    made = [_report(f"r{n}", day, *claims, outlet=outlet, text=("word " * 60)) for n, (day, claims, outlet) in enumerate(rows)]
    got = account(made)
    mixed = list(made)
    chance.shuffle(mixed)
    assert account(mixed) == got
    claims, origins, events, parties = ({x.id for x in held} for held in (got.claims, got.origins, got.events, got.parties))
    assert len(claims) == sum(len(reading.claims) for reading in got.readings)
    assert all(c.origin in origins and c.event in events and all(link.party in parties for link in c.chain) for c in got.claims)
    assert sorted(claim for event in got.events for claim in event.claims) == sorted(claims)
    assert all(set(event.origins) <= origins for event in got.events)
    assert all(f.event in events and f.origin in origins and f.claim in claims and (f.superseded_by or f.claim) in claims for f in got.figures)
    assert all(r.event in events and set(r.low_origins) | set(r.high_origins) <= origins for r in got.reckonings)
    assert all(d.claim in claims and set(d.answers) <= events for d in got.denials)
    assert all(c.claim in claims and set(c.evidence) <= claims for c in got.commitments)
    assert all(d.earlier in claims and d.later in claims for d in got.drifts)
    assert all(gap.about in events | claims for gap in got.gaps)
    assert all(p.one in parties and p.other in parties for p in got.proposals)


def test_the_places_that_hold_one_serve_as_well_as_a_question_about_each_pair() -> None:
    def told(n: int, where: str) -> Reading:
        text = f"Men were detained in {where}."
        claim = Claim(start=0, end=len(text), quote=text, event="detention", stance="asserts", where=where, when="2017-03")
        return Reading(id=f"r{n}", lang="en", outlet=f"Outlet {n}", text=text, claims=(claim,))

    held = {"Argun": ("Chechnya", "Russia", "Europe"), "Chechnya": ("Russia", "Europe"), "Russia": ("Europe",), "Paris": ("France", "Europe")}
    places = ("Argun", "Chechnya", "Russia", "Paris", "Europe", "Argun")
    readings = [told(n, where) for n, where in enumerate(places)]
    asked = account(readings, inside=lambda inner, outer: outer in held.get(inner, ()))
    assert asked == account(readings, around=lambda name: held.get(name, ()))
    assert next(event.reports for event in asked.events if "r0" in event.reports)[:2] == ("r0", "r1")
