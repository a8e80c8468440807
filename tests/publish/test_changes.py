"""Changes, answers and equal numbers, told in the words of the page's language and in an order that serves a reader in a hurry."""

from __future__ import annotations

from datetime import date

import pytest
from markupsafe import escape

from temoin import publish
from temoin.account import account
from temoin.publish.changes import ends
from temoin.publish.index import Index
from temoin.publish.story import numbers, tell
from temoin.publish.wording import LANGUAGES, words
from temoin.records import Claim, Count, EventType, Reading, Stance
from temoin.records_account import RULES, Account, Drift


def _report(rid: str, day: int, *rows: tuple[str, EventType, Stance, str | None, int | None], open_end: bool = False) -> Reading:
    text = " ".join(row[0] for row in rows)
    claims = tuple(
        Claim(
            start=text.index(quote), end=text.index(quote) + len(quote), quote=quote, event=event, stance=stance, claimant=who, claimant_name=who,
            where="Lyon", count=None if n is None else Count(low=n, high=None if open_end else n),
        )
        for quote, event, stance, who, n in rows
    )  # fmt: skip
    return Reading(id=rid, lang="en", outlet=f"Outlet {rid.upper()}", published=date(2031, 4, day), text=text, claims=claims)


@pytest.fixture(scope="module")
def made() -> Account:
    promised = ("Ann Lee will bring 25 people out.", "evacuation", "promises", "Ann Lee", 25)
    done = ("25 people were brought out.", "evacuation", "asserts", None, 25)
    doubts = ("Bo Kim could not confirm the killings.", "killing", "doubts", "Bo Kim", None)
    denies = ("Bo Kim denied the killings.", "killing", "denies", "Bo Kim", None)
    killed = ("Nine men were killed, Ann Lee said.", "killing", "asserts", "Ann Lee", 9)
    again = ("Nine were killed, Cy Orr said.", "killing", "asserts", "Cy Orr", 9)
    third = ("Nine, a neighbour said.", "killing", "asserts", "a neighbour", 9)
    other = ("Twelve were killed, Di Poe said.", "killing", "asserts", "Di Poe", 12)
    return account([_report("a", 1, promised, doubts, killed, other), _report("b", 9, done, denies, again, third)])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_change_is_told_in_the_words_of_the_page(made: Account, lang: str) -> None:
    own, index = words(lang), Index(made)
    told = {drift.kind: ends(drift, index, own) for drift in made.drifts}
    assert told["stage"] == (f"{own.say('stance.promises')}{own.colon} 25", f"{own.say('text.as_done')}{own.colon} 25")
    assert told["certainty"] == (own.say("stance.doubts"), own.say("stance.denies"))
    assert "told as done: 25" not in publish.html(made, lang=lang) or lang == "en"


def test_equal_numbers_stand_once_with_all_who_give_them(made: Account) -> None:
    index = Index(made)
    story = tell(index)
    groups = numbers(index, story.alleged[0])
    assert [(each.figure.low, len(each.origins), each.unnamed) for each in groups] == [(9, 2, 1), (12, 1, 0)]
    page = publish.html(made, lang="en")
    assert "1 unnamed source" in page


def test_who_answers_is_told_once_with_all_that_is_answered(made: Account) -> None:
    answers = tell(Index(made)).answers
    assert [(answer.by.split("-")[0], answer.stances, answer.answered) for answer in answers] == [("bo", ("denies", "doubts"), ("killing",))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_what_every_rule_of_reckoning_would_give(made: Account, lang: str) -> None:
    own, page = words(lang), publish.html(made, lang=lang)
    assert own.say("text.rules") in page
    assert all(str(escape(own.say(f"rule.{rule}"))) in page for rule in RULES)


def test_rules_that_give_the_same_are_not_told_apart(made: Account) -> None:
    one = account([made.readings[1]])
    assert not any(reckoning.choices for reckoning in one.reckonings)
    assert {choice.rule: (choice.low, choice.high) for choice in made.reckonings[0].choices or made.reckonings[1].choices} == {
        "span": (9, 12), "lowest": (9, 9), "highest": (12, 12), "latest": (9, 9), "most_repeated": (9, 9),
    }  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_speaker_without_a_name_is_noted_in_the_words_of_the_page(made: Account, lang: str) -> None:
    index, own = Index(made), words(lang)
    unnamed = next(claim for claim in made.claims if not index.origins[claim.origin].named)
    named = next(claim for claim in made.claims if index.origins[claim.origin].name == "Ann Lee")
    drift = Drift(kind="speaker", origin=unnamed.origin, earlier=unnamed.id, later=named.id, was="x (unnamed, in y)", became="z", weight=4, why="")
    assert ends(drift, index, own) == (f"a neighbour ({own.say('text.unnamed')})", "Ann Lee")
