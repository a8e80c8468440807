"""Report text made harmless: one code point for one, nothing left that can reorder, hide or break."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.publish.neutral import direction, encodable, language_tag, line, neutral

anything = st.text(st.characters(codec=None), max_size=80)


@given(anything)
@settings(max_examples=100, deadline=None)
def test_neutral_text_keeps_its_length_and_holds_no_control_or_override(text: str) -> None:
    made = neutral(text)
    assert len(made) == len(text)
    for character in made:
        assert character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}
        assert unicodedata.bidirectional(character) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    made.encode()
    assert neutral(made) == made


@given(anything)
@settings(max_examples=100, deadline=None)
def test_a_line_is_one_line_and_never_longer_than_asked(text: str) -> None:
    made = line(text, 20)
    assert len(made) <= 20
    assert "\n" not in made


def test_a_bell_and_an_escape_become_visible() -> None:
    assert neutral("a\x07b\x1b[31m") == "a␇b␛[31m"


def test_marks_that_arabic_and_hebrew_need_are_kept() -> None:
    assert neutral("\u200fאבג\u200e \u200c\u200d") == "\u200fאבג\u200e \u200c\u200d"


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert encodable("a\ud800b") == "a\ufffdb"


def test_a_language_tag_that_is_none_becomes_unknown() -> None:
    assert [language_tag(tag) for tag in ("fr", "ar-SD", None, "und", 'x" onload="', "", "a" * 60)] == ["fr", "ar-SD", "", "", "", "", ""]


def test_direction_follows_the_language_and_is_left_to_the_text_where_it_is_unknown() -> None:
    assert [direction(tag) for tag in ("fr", "ar", "he-IL", "az-Arab", None)] == ["ltr", "rtl", "rtl", "rtl", "auto"]
