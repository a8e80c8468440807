"""What is new beside an earlier account: found from what reports say, each once, with the claim that tells it."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.account import account, news
from temoin.records import Claim, Reading
from temoin.records_account import Account, News
from tests.account.marked import GOLD, inside, readings


def told(rid: str, day: int, *claims: Claim, outlet: str = "The Post") -> Reading:
    return Reading(id=rid, lang="en", outlet=outlet, published=date(2031, 4, day), text=f"report {rid}", claims=claims)


def said(event: str, n: int | None = None, *, stance: str = "asserts", who: str | None = None, at: int = 0, when: str | None = "2031-03") -> Claim:
    row = {"start": at, "end": at + 5, "quote": "quote", "event": event, "stance": stance, "claimant": who, "claimant_name": who, "where": "Lyon"}
    return msgspec.convert({**row, "when": when, "count": None if n is None else {"low": n, "high": n}}, Claim)


def kinds(old: Account, new: Account) -> list[tuple[str, str | None]]:
    names = {origin.id: origin.name for origin in new.origins}
    return [(item.kind, names.get(item.origin or "")) for item in news(old, new).news]


FIRST = told("a", 1, said("killing", 4, who="Maria Silva"), said("detention", who="Maria Silva", at=10))


def test_nothing_is_new_beside_the_same_account() -> None:
    made = account([FIRST])
    found = news(made, made)
    assert (found.reports, found.gone, found.news) == ((), (), ())


def test_a_raised_figure_says_what_it_was() -> None:
    new = account([FIRST, told("b", 9, said("killing", 7, who="Maria Silva"))])
    [item] = news(account([FIRST]), new).news
    assert (item.kind, item.was_low, item.low, item.claim) == ("raised", 4, 7, "b#0")


def test_a_lowered_figure_is_told_as_lowered() -> None:
    assert kinds(account([FIRST]), account([FIRST, told("b", 9, said("killing", 3, who="Maria Silva"))])) == [("lowered", "Maria Silva")]


def test_a_new_happening_a_new_origin_and_a_new_denial_are_told_each_once() -> None:
    denied = said("killing", stance="denies", who="Karl Ott", at=20)
    later = told("b", 9, said("torture", 2, who="Ana Costa"), said("killing", 4, who="Ana Costa", at=10), denied)
    again = told("c", 10, said("killing", stance="denies", who="Karl Ott"), outlet="The Mirror")
    got = kinds(account([FIRST]), account([FIRST, later, again]))
    assert got == [("event", "Ana Costa"), ("origin", "Ana Costa"), ("denied", "Karl Ott")]


def test_a_repetition_of_what_was_known_is_no_news() -> None:
    assert kinds(account([FIRST]), account([FIRST, told("b", 9, said("killing", 4, who="Maria Silva"), outlet="The Mirror")])) == []


def test_a_promise_is_new_once_and_then_kept_or_overdue() -> None:
    promise = told("p", 2, said("asylum", 20, stance="promises", who="Paul Desmaret", when="2031-04-20"))
    done = told("q", 15, said("asylum", 20, who="Ana Costa", when="2031-04"), outlet="The Mirror")
    before = account([FIRST])
    open_, kept = account([FIRST, promise], today=date(2031, 4, 3)), account([FIRST, promise, done], today=date(2031, 4, 16))
    late = account([FIRST, promise], today=date(2031, 5, 1))
    assert kinds(before, open_) == [("promised", "Paul Desmaret")]
    assert ("kept", "Paul Desmaret") in kinds(open_, kept)
    assert kinds(open_, late) == [("overdue", "Paul Desmaret")]
    assert kinds(late, late) == []


def test_a_report_under_another_id_is_the_same_report_and_a_missing_one_is_gone() -> None:
    moved = msgspec.structs.replace(FIRST, id="z")
    found = news(account([FIRST, told("b", 2)]), account([moved]))
    assert (found.reports, found.gone, found.news) == ((), ("The Post",), ())


def test_an_old_account_that_points_nowhere_is_taken_as_it_is() -> None:
    old = account([FIRST])
    broken = msgspec.structs.replace(old, readings=(), events=(), origins=())
    assert [item.kind for item in news(broken, old).news] == ["event", "event"]


@pytest.mark.skipif(not GOLD.is_dir(), reason="the marked development documents are absent")
@given(st.integers(1, 28), st.sampled_from(["S1", "S2", "S3"]))
@settings(max_examples=12, deadline=None)
def test_every_item_leads_somewhere_and_an_account_beside_itself_has_none(day: int, scenario: str) -> None:
    marked = readings(scenario)
    days = sorted(reading.published for reading in marked if reading.published)
    cut = days[day * len(days) // 29]
    new = account(marked, inside=inside)
    old = account([reading for reading in marked if reading.published and reading.published < cut], today=cut, inside=inside)
    found = news(old, new, day=cut)
    claims = {sourced.id: sourced for sourced in new.claims}
    fresh = set(found.reports)
    assert fresh == {reading.id for reading in marked if reading.published and reading.published >= cut}
    for item in found.news:
        assert item.claim in claims
        assert item.event in {event.id for event in new.events}
        if item.kind in ("raised", "lowered", "figure", "denied", "doubted", "event", "origin"):
            assert claims[item.claim].report in fresh
    assert len({News(kind=i.kind, claim=i.claim, event=i.event, origin=i.origin) for i in found.news}) == len(found.news)
    assert not news(new, new).news
