"""What a language model proposes becomes a claim only where the text bears it out, and any answer at all does no harm."""

from __future__ import annotations

import itertools
import json
from datetime import date
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.read import read
from temoin.read.proposals import EVENTS, QUESTION_CODE_POINTS, SCHEMA, STANCES, Kept, Question, kept, questions
from temoin.records import EventType, Reading, Stance

TEXT = (
    "The hospice by the river opened its doors again on Sunday.\n"
    "Since then at least 14 families have slept under its roof, says Sister Odile Varga.\n"
    "The mayor of Brenn says nobody has been driven from home, and that nobody will be.\n"
)
READING = msgspec.structs.replace(read(TEXT, lang="en", published=date(2031, 5, 20)), claims=())
WHOLE = Question(0, len(TEXT))
SHELTERED = {
    "quote": "at least 14 families have slept under its roof",
    "event": "aid",
    "stance": "asserts",
    "claimant": "Sister Odile Varga",
    "number": "14",
}


def answered(*proposals: Any, reading: Reading = READING) -> Kept:
    return kept(reading, WHOLE, json.dumps({"claims": list(proposals)}), "small-model")


def test_a_proposal_is_kept_with_the_readers_own_number_and_the_models_name() -> None:
    (claim,) = answered(SHELTERED).claims
    assert TEXT[claim.start : claim.end] == claim.quote == SHELTERED["quote"]
    assert (claim.event, claim.stance, claim.claimant) == ("aid", "asserts", "Sister Odile Varga")
    assert claim.count is not None and (claim.count.low, claim.count.high) == (14, None)
    assert claim.proposed_by == "small-model" and not claim.sure and claim.found_by == "second reader"
    assert claim.claimant_span is not None and TEXT[claim.claimant_span.start : claim.claimant_span.end] == "Sister Odile Varga"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": "at least 40 families have slept under its roof"}, "its quotation is not in the text"),
        ({"quote": "At least 14 families have slept under its roof"}, "its quotation is not in the text"),
        ({"quote": "milies have slept under its ro"}, "its quotation is no clause"),
        ({"quote": "14"}, "its quotation is no clause"),
        ({"quote": ""}, "its quotation is no clause"),
        ({"claimant": "Bishop Odile Varga"}, "its claimant is not named near it"),
        ({"claimant": "dile Varg"}, "its claimant is not named near it"),
        ({"event": "treason"}, "no claim of the form asked for"),
        ({"stance": "swears"}, "no claim of the form asked for"),
        ({"quote": 14}, "no claim of the form asked for"),
        ({"claimant": ["Sister Odile Varga"]}, "no claim of the form asked for"),
    ],
)
def test_a_proposal_that_the_text_does_not_bear_out_is_dropped_with_its_reason(change: dict[str, Any], reason: str) -> None:
    found = answered(SHELTERED | change, SHELTERED)
    assert found.dropped == {reason: 1}
    assert [claim.quote for claim in found.claims] == [SHELTERED["quote"]], "one bad proposal costs no other"


def test_a_number_that_the_quotation_does_not_hold_is_not_taken_from_the_model() -> None:
    (claim,) = answered(SHELTERED | {"number": "four hundred"}).claims
    assert claim.count is None and claim.counted is None


def test_a_relay_that_the_text_does_not_name_is_left_out() -> None:
    (claim,) = answered(SHELTERED | {"via": "The Daily Example"}).claims
    assert claim.via is None


def test_what_a_rule_has_read_already_is_not_claimed_twice() -> None:
    (claim,) = answered(SHELTERED).claims
    known = msgspec.structs.replace(READING, claims=(claim,))
    assert answered(SHELTERED, reading=known) == Kept([], {"found already": 1})  # type: ignore[arg-type]
    assert answered(SHELTERED | {"stance": "denies"}, reading=known).dropped == {"found already, read otherwise": 1}
    assert answered(SHELTERED, SHELTERED).dropped == {"found already": 1}, "nor when a model says it twice"


@pytest.mark.parametrize(
    "wrapped",
    ["```json\n{}\n```", "Here are the claims:\n{}\nI hope this helps {{}}", '<think>{{"claims": "none?"}}</think>\n{}', "  {}  "],
)
def test_fences_courtesies_and_thinking_round_an_answer_are_passed_over(wrapped: str) -> None:
    answer = wrapped.format(json.dumps({"claims": [SHELTERED]}))
    assert len(kept(READING, WHOLE, answer, "m").claims) == 1


def test_an_answer_that_breaks_off_keeps_what_stands_before() -> None:
    answer = json.dumps({"claims": [SHELTERED, SHELTERED | {"quote": "nobody has been driven from home"}]})
    assert len(kept(READING, WHOLE, answer[:-40], "m").claims) == 1


NO_ANSWERS = ["", "I cannot help with that.", '{"claims": 3}', '{"claims": [' * 50_000, '{"claims": [{"quote": "' + "x" * 100_000, "\ud800"]


@pytest.mark.parametrize("answer", [*NO_ANSWERS, '{"claims": null}', "[]", "{" * 100_000])
def test_an_answer_that_is_none_gives_no_claim_and_says_so(answer: str) -> None:
    assert kept(READING, WHOLE, answer, "m") == Kept([], {"the answer is not the JSON asked for": 1})  # type: ignore[arg-type]


def test_a_flood_of_proposals_is_cut() -> None:
    found = answered(*[SHELTERED | {"quote": f"invented quotation number {n}"} for n in range(5_000)])
    assert found.claims == [] and found.dropped["more proposals than a text can hold"] == 4_800


FIELDS = st.sampled_from(["claims", "quote", "event", "claimant"])
TREES = st.recursive(st.none() | st.booleans() | st.text(max_size=30), lambda below: st.lists(below) | st.dictionaries(FIELDS, below))


@given(st.text(max_size=400) | TREES.map(json.dumps))
def test_any_answer_gives_claims_whose_quotation_stands_in_the_text(answer: str) -> None:
    for claim in kept(READING, WHOLE, answer, "m").claims:
        assert TEXT[claim.start : claim.end] == claim.quote


@given(st.data())
def test_any_clause_of_the_text_proposed_keeps_its_offsets(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    quote = TEXT[start : data.draw(st.integers(start, len(TEXT)))]
    for claim in answered(SHELTERED | {"quote": quote, "claimant": None}).claims:
        assert TEXT[claim.start : claim.end] == claim.quote == quote.strip()


@given(st.text(alphabet=st.sampled_from("ab .\n\u2028é\U0001f600"), max_size=30).map(lambda text: text * 700))
def test_questions_cover_a_text_in_order_and_none_is_too_long(text: str) -> None:
    reading = Reading(id="r", text=text)
    asked = questions(reading)
    assert all(0 < q.end - q.start <= QUESTION_CODE_POINTS for q in asked)
    assert all(a.end <= b.start for a, b in itertools.pairwise(asked))
    left = "".join(text[a:b] for a, b in zip([0, *(q.end for q in asked)], [*(q.start for q in asked), len(text)], strict=True))
    assert not left.strip()


def test_page_furniture_is_not_asked_about() -> None:
    menu = TEXT.index("The mayor")
    asked = questions(msgspec.structs.replace(READING, furniture=((menu, len(TEXT)),)))
    assert all(q.end <= menu for q in asked) and asked


def test_the_model_is_told_every_event_and_every_stance() -> None:
    assert set(EVENTS) == set(get_args(EventType)) and set(STANCES) == set(get_args(Stance))
    assert SCHEMA["properties"]["claims"]["items"]["properties"]["event"]["enum"] == list(EVENTS)
