"""Where the acts of a report lie, and who its short names are, by small invented reports."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from temoin.account import account
from temoin.records import Claim, Count, EventType, Place, Reading, Stance
from temoin.records_account import Account

#: Invented towns of one country, and the country.
_COUNTRY = {"Port Amaro": "CO", "Alta": "CO", "Colombia": "CO"}


def _claim(text: str, words: str, event: EventType, *, stance: Stance = "asserts", who: str | None = None, count: int = 0, where: str = "") -> Claim:
    start = text.index(words)
    number = Count(low=count, high=count) if count else None
    return Claim(
        start=start, end=start + len(words), quote=words, event=event, stance=stance, claimant=who, claimant_name=who, count=number,
        where=where or None,
    )  # fmt: skip


def _report(text: str, *claims: Claim, rid: str = "a", day: int = 1, outlet: str = "The Post", title: str | None = None) -> Reading:
    places = tuple(
        Place(start=got.start(), end=got.end(), name=name, country=code, lat=None, lon=None)
        for name, code in _COUNTRY.items()
        for got in re.finditer(name, text)
    )
    return Reading(id=rid, lang="en", published=date(2032, 5, day), outlet=outlet, title=title, text=text, claims=claims, places=places)


def _where(got: Account, event: str) -> set[str | None]:
    return {each.where for each in got.events if each.type == event}


def _around(name: str) -> frozenset[str]:
    return frozenset({"Colombia"}) if name != "Colombia" else frozenset()


def test_a_country_counts_as_the_place_in_it_that_the_words_of_the_claim_name() -> None:
    text = "Killings in the Colombian port of Port Amaro. In Alta nobody was killed. Three were killed in Port Amaro."
    one = _claim(text, "Killings in the Colombian port of Port Amaro", "killing", where="Colombia")
    other = _claim(text, "Three were killed in Port Amaro", "killing", count=3, where="Port Amaro")
    assert len({sourced.event for sourced in account([_report(text, one, other)], around=_around).claims}) == 1


def test_acts_do_not_lie_where_people_are_brought() -> None:
    text = "Fourteen were brought to Alta. Seventeen leaders were killed, says Ann Lee. Families left Port Amaro by boat."
    brought = _claim(text, "Fourteen were brought to Alta", "evacuation", count=14, where="Alta")
    killed = _claim(text, "Seventeen leaders were killed", "killing", who="Ann Lee", count=17)
    got = account([_report(text, brought, killed)], around=_around)
    assert {sourced.event_why for sourced in got.claims if sourced.claim.event == "killing"} == {"Port Amaro, named elsewhere in the report"}


def test_where_two_other_places_are_named_no_ground_is_guessed() -> None:
    text = "Fourteen were brought to Alta. Seventeen leaders were killed, says Ann Lee. Families left Port Amaro and Colombia, Santa Fe."
    brought = _claim(text, "Fourteen were brought to Alta", "evacuation", count=14, where="Alta")
    killed = _claim(text, "Seventeen leaders were killed", "killing", who="Ann Lee", count=17)
    reading = _report(text, brought, killed)
    start = text.index("Santa Fe")
    more = Place(start=start, end=start + 8, name="Santa Fe", country="CO", lat=None, lon=None)
    got = account([msgspec.structs.replace(reading, places=(*reading.places, more))])
    assert _where(got, "killing") == {None}


def test_a_smaller_number_beside_the_tally_is_a_part_of_it() -> None:
    first = "At least four were killed, says Ann Lee."
    second = "At least four were killed, says Ann Lee, two of them in Alta."
    four = [_claim(text, "At least four were killed", "killing", who="Ann Lee", count=4, where="Alta") for text in (first, second)]
    two = _claim(second, "two of them in Alta", "killing", who="Ann Lee", count=2, where="Alta")
    third = _report(first, four[0], rid="c", day=9)
    got = account([_report(first, four[0]), _report(second, four[1], two, rid="b", day=4), third])
    assert {(figure.low, figure.change) for figure in got.figures} == {(4, "first"), (4, "repeated"), (2, "first")}
    assert not [drift for drift in got.drifts if drift.kind == "stale"]


def test_an_outlet_that_calls_itself_by_half_its_name_is_itself() -> None:
    text = "The Network counts nine dead."
    got = account([_report(text, _claim(text, "nine dead", "killing", who="The Network", count=9), outlet="Green Coast Network")])
    assert [origin.name for origin in got.origins] == ["Green Coast Network"]


def test_the_first_line_is_the_headline_where_no_title_is_given() -> None:
    text = "Nine dead, newspaper says\n\nNine people are dead, the newspaper Port Herald says."
    above = _claim(text, "Nine dead", "killing", who="newspaper", count=9)
    below = _claim(text, "Nine people are dead", "killing", who="the newspaper Port Herald", count=9)
    got = account([_report(text, above, below)])
    assert [origin.name for origin in got.origins] == ["Port Herald"]


def test_a_place_in_a_dateline_is_no_agency() -> None:
    text = "PORT AMARO (Colombia) — Nine are dead."
    other = "Colombia counts nine dead."
    speaks = _report(other, _claim(other, "nine dead", "killing", who="Colombia", count=9), rid="b", outlet="The Other")
    got = account([_report(text, _claim(text, "Nine are dead", "killing", count=9)), speaks])
    origin = next(sourced.origin for sourced in got.claims if sourced.report == "a")
    assert next(each.name for each in got.origins if each.id == origin) == "The Post"


def test_a_visa_told_as_asylum_is_found_by_its_number_where_the_story_is_one() -> None:
    one = "Three men got humanitarian visas, says the ministry. Ann Lee counts 64 arrests."
    other = "Three men were granted asylum in Colombia. Ann Lee counts 64 arrests."
    arrests = [_claim(text, "64 arrests", "detention", who="Ann Lee", count=64, where="Alta") for text in (one, other)]
    visas = _claim(one, "Three men got humanitarian visas", "asylum", who="the ministry", count=3, where="Port Amaro")
    asylum = _claim(other, "Three men were granted asylum", "asylum", count=3, where="Colombia")
    got = account([_report(one, visas, arrests[0]), _report(other, asylum, arrests[1], rid="b", day=2, outlet="The Other")])
    assert [(drift.kind, drift.later.split("#")[0]) for drift in got.drifts if drift.kind == "kind"] == [("kind", "b")]


def test_what_is_still_told_as_promised_has_not_been_overtaken() -> None:
    def told(rid: str, day: int, count: int) -> Reading:
        text = f"Ann Lee will bring {count} people out."
        return _report(text, _claim(text, text[:-1], "evacuation", stance="promises", who="Ann Lee", count=count), rid=rid, day=day, outlet=rid)

    states = {c.claim.split("#")[0]: c.state for c in account([told("a", 1, 25), told("b", 3, 10), told("c", 4, 25)]).commitments}
    assert states["a"] == "open"
    states = {c.claim.split("#")[0]: c.state for c in account([told("a", 1, 25), told("b", 3, 10)]).commitments}
    assert states["a"] == "overtaken"
