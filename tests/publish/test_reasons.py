"""The account's reasons in the page's words: every kind that the account can give is known, and what is not stays as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.account import account
from temoin.publish.reasons import reason
from temoin.publish.wording import LANGUAGES, words
from tests.account.marked import GOLD, inside, readings

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("3 reports give it with its bound", "Reports that give it with its bound: 3."),
        ("1 report gives it with its bound; en-01 is the older report", "Reports that give it with its bound: 1. en-01 is the older report."),
        ("one letter differs, but one report uses both", "one letter differs, one report uses both"),
        ("the copy tells at least 4 as something else", "The copy tells at least 4 as something else."),
        ("what nobody has written", ""),
        ("", ""),
    ],
)
def test_a_reason_is_said_anew_in_english_too(noted: str, said: str) -> None:
    assert reason(noted, words("en")) == said


@pytest.mark.skipif(not GOLD.is_dir(), reason="the development documents (../shared/gold) are not here")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_of_a_drift_an_echo_and_a_name_is_known_in_every_language(lang: str) -> None:
    own = words(lang)
    for scenario in ("S1", "S2", "S3", None):
        got = account(readings(scenario), inside=inside)
        noted = [drift.why for drift in got.drifts] + [echo.why for echo in got.echoes] + [each.why for each in got.proposals]
        noted += [merge.why for party in got.parties for merge in party.merges]
        assert [why for why in noted if not reason(why, own)] == []


def test_every_reason_that_the_drifts_give_in_the_source_is_known() -> None:
    text = (ROOT / "src/temoin/account/drift.py").read_text(encoding="utf-8")
    literal = re.findall(r'self\._add\([^)]*?"([a-z][^"{}]{12,})"\)', text)
    assert literal
    assert [why for why in literal if not reason(why, words("en"))] == []


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_reason_can_be_asked_for(noted: str) -> None:
    assert isinstance(reason(noted, words("ru")), str)
