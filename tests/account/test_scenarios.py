"""The shared invented events, told in six languages: what the account makes of them, as a table and with floors.

Once from the marked claims, where everything planted must come out right; once from what the reader makes of the texts, where the floors keep
the whole chain from getting worse. Floors are raised when it gets better.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from temoin.account import account
from temoin.desk.accounting import make_account
from temoin.desk.reading import read_one
from temoin.records import Report
from temoin.records_account import Account
from tests.account import scenarios
from tests.account.marked import GOLD, echo_pairs, inside, readings
from tests.account.scenarios import BEYOND, SCENARIOS, Found, table

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the development documents (../shared/gold) are not here")

#: The day of the latest report of each event, on which its promises are judged.
LAST_DAY = {"S1": date(2031, 5, 23), "S2": date(2031, 12, 5), "S3": date(2032, 7, 25)}
LISTS: dict[str, Callable[[Account, Account, str], Found]] = {
    "parties": lambda got, _, scenario: scenarios.parties(got, scenario),
    "figures": scenarios.figures,
    "denials": scenarios.denials,
    "promises": scenarios.promises,
    "drifts": lambda got, _, scenario: scenarios.drifts(got, scenario),
}
#: Through the reader: least found and most invented of each list, over the three events together; a little below what is reached
#: (14, 17, 8, 5 and 26 found), since the reader is mended in other places too.
READ_FLOORS = {"parties": (13, 0), "figures": (15, 10), "denials": (7, 10), "promises": (4, 4), "drifts": (23, 4)}


@cache
def _marked(scenario: str) -> Account:
    return account(readings(scenario), inside=inside)


@cache
def _read(scenario: str) -> Account:
    rows = [json.loads(line) for path in sorted(GOLD.glob("dev-*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    reports = [
        Report(id=row["id"], text=row["text"], lang=row["lang"], outlet=row["outlet"], published=date.fromisoformat(row["published"]))
        for row in rows
        if row["scenario"] == scenario
    ]
    return make_account([read_one(report, faults=True) for report in reports], today=LAST_DAY[scenario])


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("what", LISTS)
def test_everything_planted_comes_out_of_the_marked_claims_and_nothing_else(scenario: str, what: str) -> None:
    got = _marked(scenario)
    found = LISTS[what](got, got, scenario)
    table(scenario, what, found, BEYOND[scenario] if what == "drifts" else ())
    assert not found.missed
    assert not found.invented


@pytest.mark.parametrize("what", LISTS)
def test_the_reader_and_the_account_together_find_no_less_than_before(what: str) -> None:
    rows = {scenario: LISTS[what](_read(scenario), _marked(scenario), scenario) for scenario in SCENARIOS}
    for scenario, found in rows.items():
        table(scenario, what, found)
    least, most = READ_FLOORS[what]
    assert sum(len(found.right) for found in rows.values()) >= least
    assert sum(len(found.invented) for found in rows.values()) <= most


def test_every_denial_says_what_it_answers_or_why_it_answers_nothing() -> None:
    assert all(denial.answers or denial.why for scenario in SCENARIOS for denial in _marked(scenario).denials)


def test_every_marked_echo_is_found_and_no_other() -> None:
    found = {(echo.report, echo.of) for echo in account(readings()).echoes}
    table("all", "echoes", Found(sorted(found & echo_pairs()), sorted(echo_pairs() - found), sorted(found - echo_pairs())))
    assert found == echo_pairs()
