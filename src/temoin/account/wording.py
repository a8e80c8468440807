"""The words that names are built with, per language: articles, roles, offices, and the lines that say where a text was first printed.

Reads `languages/<code>/parties.toml` once. Where the language is unknown, all languages' words count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from temoin import languages
from temoin.account.spelling import fold

_LISTS = (
    "definite",
    "indefinite",
    "possessive",
    "particles",
    "joins",
    "under",
    "pronouns",
    "voices",
    "titles",
    "outlets",
    "agencies",
    "organisations",
    "people",
)


class WordList:
    """A list of words and beginnings and endings of words; asking costs a lookup, not a search."""

    def __init__(self, forms: Iterable[str]) -> None:
        listed = [fold(form) for form in forms]
        self._whole = frozenset(form for form in listed if "*" not in form)
        self._begins = tuple(form[:-1] for form in listed if form.endswith("*") and not form.startswith("*"))
        self._ends = tuple(form[1:] for form in listed if form.startswith("*") and not form.endswith("*"))
        self._holds = tuple(form.strip("*") for form in listed if form.startswith("*") and form.endswith("*"))

    def __contains__(self, word: str) -> bool:
        return (
            word in self._whole or word.startswith(self._begins) or word.endswith(self._ends)
            or (bool(self._holds) and any(part in word for part in self._holds))
        )  # fmt: skip


class Wording(NamedTuple):
    """One language's words, compiled: each list as a pattern for one folded word, offices and bodies as patterns over folded names."""

    words: dict[str, WordList]
    offices: re.Pattern[str]
    office_of: tuple[tuple[str, re.Pattern[str]], ...]
    bodies: re.Pattern[str]
    body_of: tuple[tuple[str, re.Pattern[str]], ...]
    copied: re.Pattern[str] | None
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    nouns_have_capitals: bool  # German writes every noun with a capital: a capital alone proves no name

    def is_in(self, kind: str, word: str) -> bool:
        """Return whether a folded word stands in the list `kind`."""
        return word in self.words[kind]

    def office(self, phrase: str) -> tuple[str, tuple[str, ...]]:
        """Return the code of the office a folded phrase names, and the words inside it that belong to its country; "" where it names none."""
        for code, pattern in self.office_of:
            if got := pattern.fullmatch(phrase):
                return code, tuple(word for word in got.groups() if word)
        return "", ()

    def body(self, phrase: str) -> str:
        """Return the code of the international body a folded phrase names; "" where it names none."""
        return next((code for code, pattern in self.body_of if pattern.fullmatch(phrase)), "")


@cache
def wording(lang: str | None) -> Wording:
    """Return the words of a language (BCP 47); of all languages where it is None or has no table."""
    code = (lang or "").split("-")[0].casefold()
    return _compile((code,) if code in languages.CODES else languages.CODES)


def _compile(codes: tuple[str, ...]) -> Wording:
    tables = [languages.tables(code, "parties") for code in codes]
    lists = {name: WordList(form for table in tables for form in table[name]) for name in _LISTS}
    offices, bodies = _groups(tables, "offices"), _groups(tables, "bodies")
    copied = [phrase for table in tables for phrase in table["relays"]["copied"]]
    return Wording(
        words=lists,
        offices=_any_of(offices),
        office_of=tuple((code, re.compile("|".join(forms))) for code, forms in offices),
        bodies=_any_of(bodies),
        body_of=tuple((code, re.compile("|".join(forms))) for code, forms in bodies),
        copied=re.compile(r"(?<!\w)(?:" + "|".join(f"(?i:{phrase})" for phrase in copied) + r")\s*:?\s*(?P<outlet>[^\n.;|()]{2,60})")
        if copied
        else None,
        kinds=tuple((code, re.compile(r"\b(?:" + "|".join(forms) + r")\b")) for code, forms in _groups(tables, "kinds")),
        nouns_have_capitals=codes == ("de",),
    )


def _any_of(groups: list[tuple[str, list[str]]]) -> re.Pattern[str]:
    """Return a pattern for any form of any group, the longest first."""
    forms = sorted({form for _, listed in groups for form in listed}, key=lambda form: (-len(form), form))
    return re.compile(r"\b(?:" + "|".join(forms) + r")\b")


def _groups(tables: list[dict[str, dict[str, list[str]]]], name: str) -> list[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for table in tables:
        for code, forms in table[name].items():
            groups.setdefault(code, []).extend(_pattern(form) for form in forms)
    return sorted(groups.items())


def _pattern(form: str) -> str:
    """Return the pattern of one listed form: "*" is any letters, the rest is a pattern already."""
    return fold(form).replace("*", r"\w*")
