"""Whatever comes in: no exception, offsets that cut their quotation, the same bytes twice, and no report that changes another's reading."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.languages import CODES
from temoin.read import read, statements
from temoin.records import Reading

PACKS = [code for code in CODES if (Path(__file__).parents[2] / "src" / "temoin" / "languages" / code / "second").is_dir()]
WORDS = st.sampled_from(
    "the police said that 3 12 dozens of gay men were arrested tortured killed in Grozny “ ” \" , . : ; ? ! - — \n \n\n "
    "According to Novaya Gazeta denied not if "
    "selon l’ONG a-t-il dit , des hommes auraient été enlevés « » qu’ aucun убиты по словам 2017 March mai".split(" ")
)  # fmt: skip
REPORT = (
    "The rights group Open Door said on Monday that at least 40 activists had been arrested in Moscow.\n\n"
    "“They beat us for two days,” said Ivan Petrov, one of them. The ministry denied that anybody had been tortured."
)


def whole(reading: Reading, text: str) -> None:
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.quote
        for span in (claim.trigger, claim.claimant_span, claim.cue, claim.counted):
            assert span is None or text[span.start : span.end] == span.text
    for statement in reading.statements:
        assert 0 <= statement.start < statement.end <= len(text)
        for span in (statement.source, statement.cue, statement.addressee):
            assert span is None or text[span.start : span.end] == span.text
    for thing in (*reading.quantities, *reading.times, *reading.places):
        assert 0 <= thing.start < thing.end <= len(text)
    assert all(0 <= a < b <= len(text) for a, b in reading.furniture)
    msgspec.json.encode(reading)


@given(st.text(max_size=400), st.sampled_from(PACKS))
@settings(max_examples=60)
def test_any_text_of_any_script_is_read_without_an_exception(text: str, lang: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    whole(read(text, lang=lang, published=date(2031, 5, 20)), text)


@given(st.lists(WORDS, min_size=1, max_size=90).map(" ".join), st.sampled_from(PACKS))
@settings(max_examples=80)
def test_any_order_of_our_words_is_read_and_every_offset_cuts_its_quotation(text: str, lang: str) -> None:
    whole(read(text, lang=lang), text)


def test_reading_twice_gives_the_same_bytes() -> None:
    assert msgspec.json.encode(read(REPORT, published=date(2031, 5, 20))) == msgspec.json.encode(read(REPORT, published=date(2031, 5, 20)))


@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
@settings(max_examples=25)
def test_a_report_read_before_changes_nothing(other: str) -> None:
    alone = msgspec.json.encode(read(REPORT, lang="en"))
    read(other, lang="en")
    assert msgspec.json.encode(read(REPORT, lang="en")) == alone


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\ufeff", "\u202e\u202d", "a" * 50_000, "arrested " * 5_000, "“" * 3_000, "said, " * 3_000, "12 " * 5_000]
)
def test_hostile_text_ends_in_time_with_whatever_it_holds(text: str) -> None:
    whole(read(text, lang="en"), text)


def test_a_language_without_a_pack_is_said_so_and_not_guessed_at() -> None:
    reading = read("Poliisi pidätti lauantaina kolme miestä Helsingin keskustassa, kertoo sanomalehti. Heidät vapautettiin myöhemmin illalla.")
    assert reading.lang == "fi"
    assert reading.claims == ()
    assert "no language pack" in reading.notes[0]


def test_statements_are_found_where_no_event_of_ours_is_told() -> None:
    text = "The mayor said that the bridge would open in June. “It is a fine bridge,” said his deputy, Ann Lee."
    said = [(text[s.start : s.end], s.source.text if s.source else None, s.cue.text if s.cue else None) for s in statements(text, "en")]
    assert ("that the bridge would open in June", "The mayor", "said") in said
    assert any(content == "It is a fine bridge," and source is not None and "deputy" in source for content, source, _ in said)
