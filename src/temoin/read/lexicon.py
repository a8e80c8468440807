"""A language's lexicon, compiled: which words may tell an event, a speech act or a party, found in a sentence in one pass.

A pattern is words apart by spaces, "a|b" for either, "stem*" for any ending, "*end" for any beginning, "..." for up to six words
between, "&" between parts that stand in any order in one clause (docs/howto/add-a-language.md). Words are compared in lower case
with typographic marks made plain; a separable verb and its particle ("nahm … fest") also as the one word they make ("festnahm").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from temoin.languages import tables

_GAP = "..."
_GAP_WORDS = 6
_APART = " & "
_REACH = 14  # words between parts in any order
_BEFORE_END = 3  # letters that "*end" must have before it
#: A gap never runs over these.
_STOPS = frozenset(".;:!?")
#: Behind the particle of a separable verb its clause ends.
_CLAUSE_ENDS = frozenset(".,;:!?\"'()-")
_BRACKET = 24  # words between a verb and its particle
#: Roles of a trigger that is a verb: done to somebody, undergone or done by the subject, or the subject's arrival somewhere.
VERBAL = frozenset({"verbs", "happen", "arrivals"})


class WordSet:
    """Words, stems ("tortur*") and ends ("*mord"); remembers what it was asked, since a language has few forms and texts have many words."""

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        forms = [f for p in patterns for f in p.split("|")]
        self._exact = frozenset(f for f in forms if "*" not in f)
        self._stems = tuple(f[:-1] for f in forms if f.endswith("*"))
        self._ends = tuple(f[1:] for f in forms if f.startswith("*"))
        self._known: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        try:  # the quickest way: this is asked thousands of times a report
            return self._known[word]
        except KeyError:
            known = word in self._exact or word.startswith(self._stems) or (word.endswith(self._ends) and self._compound(word))
            if len(self._known) < 200_000:
                self._known[word] = known
            return known

    def _compound(self, word: str) -> bool:
        return any(word.endswith(end) and len(word) - len(end) >= _BEFORE_END for end in self._ends)

    def __bool__(self) -> bool:
        return bool(self._exact or self._stems or self._ends)


class Entry(NamedTuple):
    """One pattern of the lexicon and what it stands for."""

    kind: str  # "event", "cue", "view", "blanket", "phrase", "attribution", "ignore"
    code: str  # event type, speech act, or the name of the list
    role: str  # "verbs", "happen", "arrivals", "nouns", "people", "phrases"; for a cue "verbs" or "nominal"
    weak: bool
    pattern: tuple[WordSet | None, ...]  # None is a gap
    text: str  # as written, for explanations
    others: tuple[tuple[WordSet | None, ...], ...] = ()  # parts that stand before or behind it in its clause


class Hit(NamedTuple):
    """Where an entry matched: word indexes, stop excluded."""

    start: int
    stop: int
    entry: Entry


class Lexicon:
    """The compiled tables of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.table: dict[str, Any] = tables(lang, "lexicon")
        self._exact: dict[str, list[Entry]] = {}
        self._stems: dict[str, list[Entry]] = {}
        self._ends: dict[str, list[Entry]] = {}
        self._forms: set[str] = set()
        self._particles = frozenset(self.table["words"].get("particles", ()))
        self._clause_openers = (
            frozenset([*self.table["words"].get("and", ()), *self.table["words"].get("opening", ())]) if self._particles else frozenset()
        )
        self._known: dict[str, tuple[Entry, ...]] = {}
        for code, event in self.table["events"].items():
            for key, patterns in event.items():
                self._add("event", code, key.removeprefix("weak_"), patterns, weak=key.startswith("weak_"))
        for act, cue in self.table["cues"].items():
            for key, patterns in cue.items():
                self._add("cue", act, key, patterns)
        for key, patterns in self.table.get("views", {}).items():
            self._add("view", "says", key, patterns)
        for key in ("denies", "doubts", "complaint_doubts"):
            self._add("blanket", key, "phrases", self.table["blanket"].get(key, ()))
        self._add("ignore", "ignore", "phrases", self.table.get("ignore", {}).get("phrases", ()))
        self._add("phrase", "future", "phrases", self.table["words"].get("future_phrases", ()))
        self._add("phrase", "first", "phrases", self.table["words"].get("the_first", ()))
        attribution = self.table["attribution"]
        self._add("attribution", "before", "phrases", attribution["before"])
        self._add("attribution", "after", "phrases", attribution.get("after", ()))
        for key in ("before_name", "own", "whole"):
            self._add("attribution", key, "phrases", attribution.get(key, ()))
        self._add("attribution", "inner", "phrases", attribution.get("inner", ()))
        self._add("attribution", "back", "phrases", attribution.get("back", ()))
        self._add("attribution", "for", "phrases", attribution.get("for", ()))
        self._add("attribution", "as", "phrases", attribution.get("as", ()))
        self._add("attribution", "citing", "phrases", attribution.get("citing", ()))
        self._add("attribution", "quoted_in", "phrases", attribution.get("quoted_in", ()))
        self._sets: dict[str, WordSet] = {}

    def _add(self, kind: str, code: str, role: str, patterns: Iterable[str], *, weak: bool = False) -> None:
        for text in patterns:
            self._forms.update(form for word in text.lower().split() for form in word.split("|"))
            first, *others = [tuple(None if p == _GAP else WordSet([p]) for p in part.split()) for part in text.lower().split(_APART)]
            entry = Entry(kind, code, role, weak, first, text, tuple(others))
            for form in text.lower().split()[0].split("|"):
                if form.startswith("*"):
                    self._ends.setdefault(form[1:], []).append(entry)
                elif form.endswith("*"):
                    self._stems.setdefault(form[:-1], []).append(entry)
                else:
                    self._exact.setdefault(form, []).append(entry)

    def set(self, path: str) -> WordSet:
        """Return the words under a dotted path of the tables ("people.persons"); empty where there is none."""
        try:
            return self._sets[path]
        except KeyError:
            node: Any = self.table
            for key in path.split("."):
                node = node.get(key, ()) if isinstance(node, dict) else ()
            got = self._sets[path] = WordSet(node)
            return got

    def flag(self, path: str) -> bool:
        """Return a yes or no of the tables; no where it is absent."""
        section, key = path.split(".")
        return bool(self.table[section].get(key, False))

    def beginning(self, word: str) -> tuple[Entry, ...]:
        """Return the entries whose first word this may be."""
        known = self._known.get(word)
        if known is None:
            found = list(self._exact.get(word, ()))
            for n in range(2, len(word) + 1):
                found += self._stems.get(word[:n], ())
            for n in range(_BEFORE_END, len(word)):
                found += self._ends.get(word[n:], ())
            known = tuple(found)
            if len(self._known) < 200_000:
                self._known[word] = known
        return known

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Return all matches in a sentence, in order of their first word.

        words: lower case. Of one entry the shortest match from each word is given.
        """
        found = []
        joined = self._joined(words)
        for i, word in enumerate(words):
            entries = self.beginning(word)
            if i in joined:
                entries = (*(e for e in entries if len(e.pattern) > 1 or e.others), *self.beginning(joined[i]))
            for entry in entries:
                stop = i + 1 if len(entry.pattern) == 1 else _match(entry.pattern, 1, words, i + 1, joined)
                if stop and entry.others:
                    start, stop = _widened(entry, i, stop, words, joined)
                    if stop:
                        found.append(Hit(start, stop, entry))
                elif stop:
                    found.append(Hit(i, stop, entry))
        if any(h.entry.others for h in found):
            found.sort(key=lambda h: h.start)
        return found

    def _joined(self, words: Sequence[str]) -> dict[int, str]:
        """Return separable verbs as one word each, by the place of the verb: "nahm … fest" is "festnahm", if the lexicon knows that word."""
        got: dict[int, str] = {}
        if not self._particles:
            return got
        for p, word in enumerate(words):
            if (
                word not in self._particles
                or p == 0
                or not (p + 1 == len(words) or words[p + 1] in _CLAUSE_ENDS or words[p + 1] in self._clause_openers)
            ):
                continue
            for i in range(p - 1, max(-1, p - _BRACKET), -1):
                if words[i] in _STOPS:
                    break
                if i not in got and word + words[i] in self._forms:
                    got[i] = word + words[i]
                    break
        return got


def _is(i: int, atom: WordSet, words: Sequence[str], joined: Mapping[int, str]) -> bool:
    return words[i] in atom or (i in joined and joined[i] in atom)


def _match(pattern: tuple[WordSet | None, ...], p: int, words: Sequence[str], i: int, joined: Mapping[int, str]) -> int:
    """Return where the rest of a pattern ends, or 0."""
    while p < len(pattern):
        atom = pattern[p]
        if atom is None:
            for skip in range(_GAP_WORDS + 1):
                if i + skip >= len(words) or (skip and words[i + skip - 1] in _STOPS):
                    return 0
                stop = _match(pattern, p + 1, words, i + skip, joined)
                if stop:
                    return stop
            return 0
        if i >= len(words) or not _is(i, atom, words, joined):
            return 0
        p, i = p + 1, i + 1
    return i


def _widened(entry: Entry, start: int, stop: int, words: Sequence[str], joined: Mapping[int, str]) -> tuple[int, int]:
    """Return the words from the first to the last part of an entry whose other parts stand around its first; stop 0 where one is missing."""
    lo, hi = start, stop
    for part in entry.others:
        near = min(_places(part, start, stop, words, joined), key=lambda at: min(abs(at[0] - stop), abs(start - at[1])), default=None)
        if near is None:
            return start, 0
        lo, hi = min(lo, near[0]), max(hi, near[1])
    return lo, hi


def _places(part: tuple[WordSet | None, ...], start: int, stop: int, words: Sequence[str], joined: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Return where a part stands in the clause around some words: no stop between, nor one comma alone, which would end the clause."""
    for step in (1, -1):
        commas = 0
        for i in range(stop, min(len(words), stop + _REACH)) if step > 0 else range(start - 1, max(-1, start - 1 - _REACH), -1):
            if words[i] in _STOPS:
                break
            commas += words[i] == ","
            if commas % 2 == 0 and (end := _match(part, 0, words, i, joined)):
                yield i, end


@cache
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language; read once. Raises KeyError, FileNotFoundError as `temoin.languages.tables` does."""
    return Lexicon(lang)
