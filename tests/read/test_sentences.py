"""Sentences end where a reader would say they end."""

import pytest

from temoin.read.quotes import quotes
from temoin.read.sentences import paragraphs, sentences, wrapped
from temoin.read.words import words


def split(text: str, lang: str, abbreviations: tuple[str, ...] = (), *, ordinal_dots: bool = False) -> list[str]:
    got = words(text, lang)
    return [text[got[a].start : got[b - 1].end] for a, b in sentences(got, abbreviations, ordinal_dots=ordinal_dots)]


@pytest.mark.parametrize(
    ("lang", "text", "abbreviations", "expected"),
    [
        ("en", "He left. She stayed.", (), ["He left.", "She stayed."]),
        ("en", "Mr. Smith left. She stayed.", ("mr",), ["Mr. Smith left.", "She stayed."]),
        ("en", "“Go. Stay,” he said.", (), ["“Go.", "Stay,” he said."]),
        ("en", "“I left.” She stayed.", (), ["“I left.”", "She stayed."]),
        ("en", "J. Doe was 3.5 metres away.", (), ["J. Doe was 3.5 metres away."]),
        ("en", "“Why?” asked Ann.", (), ["“Why?” asked Ann."]),
        ("fr", "« Partez ! » a-t-il dit.", (), ["« Partez ! » a-t-il dit."]),
        ("ru", "Он ушёл. «Да», — сказал он.", (), ["Он ушёл.", "«Да», — сказал он."]),
    ],
)
def test_a_sentence_ends_at_its_mark_but_not_at_an_abbreviation(lang: str, text: str, abbreviations: tuple[str, ...], expected: list[str]) -> None:
    assert split(text, lang, abbreviations) == expected


def test_a_german_ordinal_does_not_end_a_sentence() -> None:
    assert split("Am 3. März kam er. Dann ging er.", "de", ordinal_dots=True) == ["Am 3. März kam er.", "Dann ging er."]


def test_lines_broken_to_a_width_are_one_paragraph() -> None:
    line = "a line of mail that was broken at about seventy characters of width"
    text = "\n".join([line] * 6) + "\n\n" + line
    assert wrapped(text)
    assert len(paragraphs(text)) == 2
    assert len(paragraphs("Headline\nA story.\nAnother.")) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" twice.', ["no"]),
        ("« oui », dit-il", [" oui "]),
        ("„ja“, sagte er", ["ja"]),
        ("“He said ‘go’ to me,” she said", ["He said ‘go’ to me,"]),
        ("“A long first paragraph that is never closed here", ["A long first paragraph that is never closed here"]),
        ("5'10\" tall", []),
    ],
)
def test_quotations_are_found_whatever_their_marks(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotes(text, 0, len(text))] == expected
