"""Words are cut as the treebanks cut them, and always lie where they say."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.words import agreement
from temoin.languages import CODES
from temoin.read.words import plain, words

TREEBANKS = Path(__file__).parents[3] / "shared" / "treebanks"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "They don't know Macron’s plan.", ["They", "do", "n't", "know", "Macron", "'s", "plan", "."]),
        ("en", "an anti-gay purge", ["an", "anti", "-", "gay", "purge"]),
        ("en", "1,500 people, 3.5%", ["1,500", "people", ",", "3.5", "%"]),
        ("fr", "L’ONG dit qu’aujourd’hui", ["L'", "ONG", "dit", "qu'", "aujourd'hui"]),
        ("fr", "a-t-il dit", ["a", "-t-il", "dit"]),
        ("fr", 'qu’"au moins trois"', ["qu'", '"', "au", "moins", "trois", '"']),
        ("fr", "le porte-parole", ["le", "porte-parole"]),
        ("de", "im US-Konsulat", ["im", "US-Konsulat"]),
        ("ru", "кто-то сказал", ["кто-то", "сказал"]),
    ],
)
def test_words_are_cut_as_in_the_treebanks(lang: str, text: str, expected: list[str]) -> None:
    assert [w.form for w in words(text, lang)] == expected


@given(st.text(), st.sampled_from([*CODES, None, "fi"]))
def test_words_lie_in_order_where_they_say_and_lose_nothing_but_space(text: str, lang: str | None) -> None:
    got = words(text, lang)
    assert all(plain(text[w.start : w.end]) == w.form for w in got)
    assert all(a.end <= b.start for a, b in pairwise(got))
    assert "".join(text[w.start : w.end] for w in got) == "".join(text.split())


@pytest.mark.parametrize(
    ("lang", "file", "floor"),
    [("en", "pud", 99), ("fr", "pud", 99), ("es", "pud", 99), ("ru", "pud", 98.5), ("de", "pud", 97), ("pt", "bosque-dev", 98.5)],
)
def test_words_agree_with_the_treebank(lang: str, file: str, floor: float) -> None:
    path = TREEBANKS / lang / f"{file}.conllu.xz"
    if not path.exists():
        pytest.skip(f"the treebanks are not beside the project: {path}")
    assert agreement(path, lang)[0] >= floor
