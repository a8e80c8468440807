"""What is new stands first, in every form and language; without an earlier account nothing is said of it."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from temoin import publish
from temoin.account import account, news
from temoin.errors import Broken
from temoin.publish import news as telling
from temoin.publish.index import Index
from temoin.publish.wording import LANGUAGES, words
from temoin.records import Claim, Count, Reading
from temoin.records_account import Account, News


def report(rid: str, day: int, text: str, n: int) -> Reading:
    row = {"start": 0, "end": len(text), "quote": text, "event": "killing", "stance": "asserts", "claimant": "Maria Silva", "where": "Lyon"}
    claim = msgspec.convert({**row, "claimant_name": "Maria Silva", "count": {"low": n, "high": n}}, Claim)
    return Reading(id=rid, lang="en", outlet=f"Outlet {rid}", published=date(2031, 4, day), text=text, claims=(claim,))


OLD = report("a", 1, "Maria Silva said that four men had been killed.", 4)
NEW = report("b", 9, "Seven <b>men</b> were killed, *Maria Silva* said.", 7)


@pytest.fixture(scope="module")
def made() -> Account:
    new = account([OLD, NEW])
    return msgspec.structs.replace(new, since=news(account([OLD]), new))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_news_stand_before_all_else_in_every_language(made: Account, lang: str) -> None:
    own = words(lang)
    raised = own.say("news.was", was="4", now="7")
    for text in (publish.terminal(made, lang=lang), publish.markdown(made, lang=lang), publish.html(made, lang=lang)):
        assert own.say("news.raised") in text
        assert raised in text
    page = publish.html(made, lang=lang)
    assert page.index('id="news"') < page.index('id="summary"')
    screen = publish.terminal(made, lang=lang)
    assert screen.index(own.say("section.news").upper()) < screen.index(own.say("section.alleged").upper())


def test_the_words_of_a_report_stay_words(made: Account) -> None:
    assert "<b>men" not in publish.html(made)
    assert "*Maria" not in publish.markdown(made).replace("\\*", "")


def test_the_page_says_beside_what_it_is_new(made: Account) -> None:
    assert "Beside an earlier account (1 report, until April 1, 2031): 1 new report." in publish.html(made)


def test_since_a_day_says_the_day_and_that_nothing_is_new() -> None:
    same = account([OLD])
    text = publish.terminal(msgspec.structs.replace(same, since=news(same, same, day=date(2031, 5, 1))))
    assert "Since May 1, 2031: 0 new reports." in text
    assert "Nothing else is new." in text


def test_what_is_gone_is_named() -> None:
    same = account([NEW])
    assert "No longer among the reports: Outlet a." in publish.terminal(msgspec.structs.replace(same, since=news(account([OLD, NEW]), same)))


def test_without_an_earlier_account_nothing_is_said() -> None:
    page = publish.html(account([OLD]))
    assert 'id="news"' not in page
    assert words("en").say("section.news") not in page


def test_json_brings_the_news_back(made: Account) -> None:
    assert publish.from_json(publish.json(made)) == made


def test_the_paper_has_them_too(made: Account) -> None:
    assert publish.pdf(made).startswith(b"%PDF")


def test_news_that_point_nowhere_are_refused(made: Account) -> None:
    assert made.since is not None
    astray = msgspec.structs.replace(made.since, news=(News(kind="raised", claim="nowhere#0"),))
    with pytest.raises(Broken):
        publish.html(msgspec.structs.replace(made, since=astray))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_news_of_one_happening_stand_under_its_name_and_harm_comes_first(lang: str) -> None:
    text = "Ann Lee said that a march was held. Ann Lee said that nine men had been killed. Bo Kim denied the killings. Bo Kim will march."
    rows = [
        ("a march was held", "protest", "asserts", "Ann Lee", None),
        ("nine men had been killed", "killing", "asserts", "Ann Lee", 9),
        ("denied the killings", "killing", "denies", "Bo Kim", None),
        ("will march", "protest", "promises", "Bo Kim", None),
    ]
    claims = tuple(
        Claim(
            start=text.index(words_), end=text.index(words_) + len(words_), quote=words_, event=event, stance=stance, claimant=who,
            claimant_name=who, where="Lyon", count=None if n is None else Count(low=n, high=n),
        )
        for words_, event, stance, who, n in rows
    )  # fmt: skip
    new = account([Reading(id="n", lang="en", outlet="The Post", published=date(2031, 4, 9), text=text, claims=claims)])
    since = news(account([]), new)
    found = telling.groups(since, Index(new))
    types = [new_event.type for group in found if group.event for new_event in new.events if new_event.id == group.event]
    assert types == ["killing", "protest"]
    assert [item.kind for item in found[0].items] == ["event", "denied"]
    assert found[-1].party is not None
    own = words(lang)
    made = msgspec.structs.replace(new, since=since)
    assert telling.tally(since, own).startswith(f"{own.say('news.event')}{own.colon} 2")
    for shown in (publish.terminal(made, lang=lang), publish.markdown(made, lang=lang), publish.html(made, lang=lang)):
        assert shown.index(own.say("event.killing")) < shown.index(own.say("event.protest"))
