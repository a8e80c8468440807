"""Whom the outputs name: a report that speaks for itself, somebody without a name, and an origin's number as it gave it first."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from temoin import publish
from temoin.account import account
from temoin.publish.index import Index
from temoin.publish.wording import LANGUAGES, words
from temoin.records import Claim, Count, Reading


def report(rid: str, day: int, *claims: Claim, outlet: str | None = "The Post", title: str | None = None) -> Reading:
    text = "".join(one.quote for one in claims)
    return Reading(id=rid, lang="en", outlet=outlet, title=title, published=date(2031, 4, day), text=text, claims=claims)


def said(who: str | None, low: int | None = None, high: int | None = None, quote: str = "Men were killed.") -> Claim:
    row = {"start": 0, "end": len(quote), "quote": quote, "event": "killing", "stance": "asserts", "claimant": who, "claimant_name": who}
    return msgspec.convert({**row, "where": "Lyon", "count": None if low is high is None else Count(low=low, high=high)}, Claim)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_without_an_outlet_speaks_for_itself_and_is_no_unnamed_source(lang: str) -> None:
    made, own = account([report("r", 1, said(None), outlet=None, title="Men killed in Lyon")]), words(lang)
    for text in (publish.terminal(made, lang=lang, width=110), publish.markdown(made, lang=lang), publish.html(made, lang=lang)):
        assert own.say("text.own_voice") in text
        assert f"({own.say('text.unnamed')})" not in text
        assert f">({own.say('text.unnamed')})<" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_somebody_meant_by_a_pronoun_is_told_in_the_readers_language(lang: str) -> None:
    made, own = account([report("r", 1, said("they"))]), words(lang)
    for text in (publish.terminal(made, lang=lang), publish.markdown(made, lang=lang)):
        assert f"{own.say('text.somebody')} ({own.say('text.unnamed')})" in text.replace("\\", "")


def test_a_number_told_again_keeps_the_day_it_was_first_told() -> None:
    made = account([report("a", 1, said("Maria Silva", 4, 4)), report("b", 9, said("Maria Silva", 4, 4), outlet="The Mirror")])
    [figure] = Index(made).current_figures(made.events[0].id)
    assert figure.day == date(2031, 4, 1)


def test_a_number_that_lost_its_bound_is_not_shown_as_its_origins_own() -> None:
    kept, lost = report("a", 1, said("Maria Silva", 4)), report("b", 2, said("Maria Silva", 4, 4), outlet="The Mirror")
    made = account([kept, lost])
    assert [drift.kind for drift in made.drifts] == ["bound"]
    assert [(figure.low, figure.high) for figure in Index(made).current_figures(made.events[0].id)] == [(4, None)]
    assert len(made.figures) == 2


def test_the_lead_of_a_russian_page_ends_in_one_full_stop() -> None:
    assert ".." not in publish.terminal(account([report("a", 1, said("Maria Silva", 4))]), lang="ru")
