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


#: Words whose lists are remembered, for each language.
_REMEMBERED = 100_000


class WordLists:
    """Lists of words, and of beginnings, endings and parts of words. A word is looked for in all of them at once, and only the first time."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        """forms: names of lists, each with one form; "*" at either end of a form stands for any letters."""
        whole: dict[str, set[str]] = {}
        begins: dict[str, set[str]] = {}
        ends: dict[str, set[str]] = {}
        holds: dict[str, set[str]] = {}
        for kind, form in forms:
            flat = fold(form)
            open_left, open_right = flat.startswith("*"), flat.endswith("*")
            table = holds if open_left and open_right else ends if open_left else begins if open_right else whole
            table.setdefault(flat.strip("*"), set()).add(kind)
        self._whole = {form: frozenset(kinds) for form, kinds in whole.items()}
        self._begins, self._ends, self._holds = tuple(begins.items()), tuple(ends.items()), tuple(holds.items())
        # One question for all beginnings, and one for all endings, settles most words.
        self._any_begin, self._any_end = tuple(begins), tuple(ends)
        self._known: dict[str, frozenset[str]] = {}

    def of(self, word: str) -> frozenset[str]:
        """Return the names of the lists a folded word stands in."""
        got = self._known.get(word)
        if got is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            got = self._known[word] = self._look_up(word)
        return got

    def _look_up(self, word: str) -> frozenset[str]:
        found = self._whole.get(word, _NOWHERE)
        if word.startswith(self._any_begin):
            found = found.union(*(kinds for form, kinds in self._begins if word.startswith(form)))
        if word.endswith(self._any_end):
            found = found.union(*(kinds for form, kinds in self._ends if word.endswith(form)))
        for form, kinds in self._holds:
            if form in word:
                found |= kinds
        return found


_NOWHERE: frozenset[str] = frozenset()


class Wording(NamedTuple):
    """One language's words, compiled: each list as a pattern for one folded word, offices and bodies as patterns over folded names."""

    words: WordLists
    offices: re.Pattern[str]
    office_of: tuple[tuple[str, re.Pattern[str]], ...]
    bodies: re.Pattern[str]
    body_of: tuple[tuple[str, re.Pattern[str]], ...]
    copied: re.Pattern[str] | None
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    nouns_have_capitals: bool  # German writes every noun with a capital: a capital alone proves no name

    def is_in(self, kind: str, word: str) -> bool:
        """Return whether a folded word stands in the list `kind`."""
        return kind in self.words.of(word)

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
    lists = WordLists((name, form) for name in _LISTS for table in tables for form in table[name])
    offices, bodies = _groups(tables, "offices"), _groups(tables, "bodies")
    copied = [phrase for table in tables for phrase in table["relays"]["copied"]]
    return Wording(
        words=lists,
        offices=_any_of(offices),
        office_of=tuple((code, re.compile("|".join(forms))) for code, forms in offices),
        bodies=_any_of(bodies),
        body_of=tuple((code, re.compile("|".join(forms))) for code, forms in bodies),
        copied=re.compile(
            rf"(?<!\w){_first_letters(copied)}(?:" + "|".join(f"(?i:{phrase})" for phrase in copied) + r")\s*:?\s*(?P<outlet>[^\n.;|()]{2,60})"
        )
        if copied
        else None,
        kinds=tuple((code, re.compile(r"\b(?:" + "|".join(forms) + r")\b")) for code, forms in _groups(tables, "kinds")),
        nouns_have_capitals=codes == ("de",),
    )


def _first_letters(phrases: Iterable[str]) -> str:
    """Return a pattern that holds where one of the letters stands that a phrase can begin with; "" where a phrase begins with no letter.

    At most places it spares trying every phrase: a third of the time for the credits of a report (measured).
    """
    letters: set[str] = set()
    for phrase in phrases:
        rest = phrase
        while rest.startswith("(?:"):  # "(?:article |texte )?repris": a group, and what follows it where it may be left out
            inside, _, rest = rest[3:].partition(")")
            letters.update(form[0] for form in inside.split("|"))
            if not rest.startswith("?"):
                rest = ""
            rest = rest.removeprefix("?")
        letters.update(rest[:1])
    if not all(letter.isalpha() for letter in letters):
        return ""
    return f"(?=[{''.join(sorted(letters | {letter.upper() for letter in letters}))}])"


def _any_of(groups: list[tuple[str, list[str]]]) -> re.Pattern[str]:
    """Return a pattern for any form of any group, the longest first."""
    forms = sorted({form for _, listed in groups for form in listed}, key=lambda form: (-len(form), form))
    return re.compile(rf"\b{_first_letters(forms)}(?:" + "|".join(forms) + r")\b")


def _groups(tables: list[dict[str, dict[str, list[str]]]], name: str) -> list[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for table in tables:
        for code, forms in table[name].items():
            groups.setdefault(code, []).extend(_pattern(form) for form in forms)
    return sorted(groups.items())


def _pattern(form: str) -> str:
    """Return the pattern of one listed form: "*" is any letters, the rest is a pattern already."""
    return fold(form).replace("*", r"\w*")
