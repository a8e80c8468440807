"""JSON: an account comes back equal, and the schema in the documentation is the one the records give."""

from __future__ import annotations

import json as standard
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.errors import Unreadable
from temoin.publish import from_json, json, schema
from temoin.records import Claim, Reading
from temoin.records_account import Account
from tests.publish.accounts_for_pages import GOLD, from_gold, small

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "reference" / "account.schema.json"


def test_an_account_comes_back_equal() -> None:
    assert from_json(json(small())) == small()


@pytest.mark.skipif(not GOLD.exists(), reason="the marked documents are not beside this checkout")
def test_a_scenario_comes_back_equal() -> None:
    account = from_gold("S2")
    assert from_json(json(account)) == account


@given(
    st.lists(
        st.builds(
            Reading, text=st.text(), title=st.none() | st.text(), claims=st.lists(st.from_type(Claim), max_size=2).map(tuple), places=st.just(())
        ),
        max_size=2,
    )
)
@settings(max_examples=50, deadline=None)
def test_any_reading_comes_back_equal(readings: list[Reading]) -> None:
    account = Account(readings=tuple(readings))
    assert from_json(json(account)) == account


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    reading = msgspec.structs.replace(small().readings[0], title="a\ud800b")
    back = from_json(json(msgspec.structs.replace(small(), readings=(reading,))))
    assert back.readings[0].title == "a\ufffdb"


def test_equal_accounts_give_the_same_bytes() -> None:
    assert json(small()) == json(small())


def test_the_documented_schema_is_current() -> None:
    assert SCHEMA.read_bytes() == schema(), "make docs writes it again"


def test_the_schema_names_every_part_of_an_account() -> None:
    made = standard.loads(schema())
    assert set(made["$defs"]["Account"]["properties"]) == set(Account.__struct_fields__)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"readings": 3}', b"\xff", b'{"readings": [], "more": 1}'])
def test_what_is_not_an_account_is_refused_with_a_word(body: bytes) -> None:
    with pytest.raises(Unreadable):
        from_json(body)
