"""Who speaks where a report names nobody: in its headline, by a pronoun, in its own voice, or in the very words that somebody denies."""

from __future__ import annotations

from datetime import date

import msgspec

from temoin.account import account
from temoin.account.names import take_apart
from temoin.records import Claim, Reading
from temoin.records_account import Account

HEAD = "More than 100 men detained, Russian newspaper says"
BODY = "The Russian newspaper Novaya Gazeta reported that more than 100 men had been detained."


def claim(quote: str, event: str = "detention", **row: object) -> Claim:
    text = f"{HEAD}\n{BODY}"
    start = text.find(quote)
    fields = {"start": start, "end": start + len(quote), "quote": quote, "event": event, "stance": "asserts", "where": "Chechnya"}
    return msgspec.convert({**fields, **row}, Claim)


def report(*claims: Claim, rid: str = "r", day: int = 5, outlet: str | None = "The Post", title: str | None = HEAD) -> Reading:
    return Reading(id=rid, lang="en", outlet=outlet, published=date(2017, 4, day), title=title, text=f"{HEAD}\n{BODY}", claims=claims)


def origins(made: Account) -> list[str]:
    return sorted(origin.name for origin in made.origins)


MORE = {"low": 101, "high": None}
HEADLINE = claim("More than 100 men detained", claimant="Russian newspaper", count=MORE)
NAMED = claim("more than 100 men had been detained", claimant="The Russian newspaper Novaya Gazeta", claimant_name="Novaya Gazeta", count=MORE)


def test_the_headlines_newspaper_is_the_one_the_text_names_and_the_way_says_why() -> None:
    made = account([report(HEADLINE, NAMED)])
    assert origins(made) == ["Novaya Gazeta"]
    assert "the headline’s “Russian newspaper” is named in the text" in made.claims[0].chain[0].why


def test_another_number_or_another_role_stays_unnamed() -> None:
    other = msgspec.structs.replace(NAMED, count=msgspec.convert({"low": 5, "high": 5}, type(NAMED.count)))
    official = msgspec.structs.replace(HEADLINE, claimant="official")
    assert len(origins(account([report(HEADLINE, other)]))) == 2
    assert len(origins(account([report(official, NAMED, title=HEAD.replace("Russian newspaper", "official"))]))) == 2


def test_two_named_parties_of_the_role_leave_the_headline_unnamed() -> None:
    second = claim("100 men had been detained", claimant="the Russian newspaper Kommersant", claimant_name="Kommersant", count=MORE)
    assert len(origins(account([report(HEADLINE, NAMED, second)]))) == 3


def test_outside_the_headline_a_role_stays_unnamed() -> None:
    assert len(origins(account([report(HEADLINE, NAMED, title="Something else")]))) == 2


def test_a_pronoun_is_nobody_by_name() -> None:
    [origin] = account([report(claim("men detained", claimant="they"))]).origins
    assert origin.name == "somebody (unnamed, in The Post)"


def test_an_article_that_began_a_sentence_begins_no_name() -> None:
    assert take_apart("Le ministre de l’Intérieur", "fr").core == "le ministre de l’Intérieur"
    assert take_apart("The Kremlin and Chechen government", "en").core == "the Kremlin and Chechen government"


def test_the_words_in_which_somebody_denies_a_thing_are_no_assertion_of_it() -> None:
    denied = claim("more than 100 men had been detained", claimant="Karl Ott", claimant_name="Karl Ott", stance="denies")
    inside = claim("men had been detained", claimant="Karl Ott", claimant_name="Karl Ott")
    [event] = account([report(denied, inside)]).events
    assert event.origins == ()
    counted = msgspec.structs.replace(inside, count=msgspec.convert({"low": 5, "high": 5}, type(NAMED.count)))
    [event] = account([report(denied, counted)]).events
    assert len(event.origins) == 1


def test_two_times_that_come_to_overlap_are_one_event_where_somebody_tells_of_both() -> None:
    by = {"claimant": "Novaya Gazeta", "claimant_name": "Novaya Gazeta"}
    first = report(claim("detained", when="2017-04-01", **by), claim("men", when="2017-02", **by))
    later = report(claim("men", when="2017-02-20/2017-04-20", claimant="Maria Silva", claimant_name="Maria Silva"), rid="s", day=25)
    made = account([first, later])
    assert len({sourced.event for sourced in made.claims}) == 1
    assert any("told by the same origin" in sourced.event_why for sourced in made.claims)
