"""A language's lexicon, compiled: which words may tell an event, a speech act or a party, found in a sentence in one pass.

A pattern is words apart by spaces, "a|b" for either, "stem*" for any ending, "..." for up to six words between
(docs/howto/add-a-language.md). Words are compared in lower case with typographic marks made plain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from temoin.languages import tables

_GAP = "..."
_GAP_WORDS = 6
#: A gap never runs over these.
_STOPS = frozenset(".;:!?")
#: Roles of a trigger that is a verb: done to somebody, undergone or done by the subject, or the subject's arrival somewhere.
VERBAL = frozenset({"verbs", "happen", "arrivals"})


class WordSet:
    """Words and stems ("tortur*"); remembers what it was asked, since a language has few forms and texts have many words."""

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        forms = [f for p in patterns for f in p.split("|")]
        self._exact = frozenset(f for f in forms if not f.endswith("*"))
        self._stems = tuple(f[:-1] for f in forms if f.endswith("*"))
        self._known: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        try:  # the quickest way: this is asked thousands of times a report
            return self._known[word]
        except KeyError:
            known = word in self._exact or word.startswith(self._stems)
            if len(self._known) < 200_000:
                self._known[word] = known
            return known

    def __bool__(self) -> bool:
        return bool(self._exact or self._stems)


class Entry(NamedTuple):
    """One pattern of the lexicon and what it stands for."""

    kind: str  # "event", "cue", "blanket", "phrase", "attribution", "ignore"
    code: str  # event type, speech act, or the name of the list
    role: str  # "verbs", "happen", "arrivals", "nouns", "people", "phrases"; for a cue "verbs" or "nominal"
    weak: bool
    pattern: tuple[WordSet | None, ...]  # None is a gap
    text: str  # as written, for explanations


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
        self._known: dict[str, tuple[Entry, ...]] = {}
        for code, event in self.table["events"].items():
            for key, patterns in event.items():
                self._add("event", code, key.removeprefix("weak_"), patterns, weak=key.startswith("weak_"))
        for act, cue in self.table["cues"].items():
            for key, patterns in cue.items():
                self._add("cue", act, key, patterns)
        for key in ("denies", "doubts", "complaint_doubts"):
            self._add("blanket", key, "phrases", self.table["blanket"].get(key, ()))
        self._add("ignore", "ignore", "phrases", self.table.get("ignore", {}).get("phrases", ()))
        self._add("phrase", "future", "phrases", self.table["words"].get("future_phrases", ()))
        self._add("phrase", "first", "phrases", self.table["words"].get("the_first", ()))
        attribution = self.table["attribution"]
        self._add("attribution", "before", "phrases", attribution["before"])
        self._add("attribution", "after", "phrases", attribution.get("after", ()))
        self._add("attribution", "inner", "phrases", attribution.get("inner", ()))
        self._add("attribution", "back", "phrases", attribution.get("back", ()))
        self._add("attribution", "as", "phrases", attribution.get("as", ()))
        self._add("attribution", "quoted_in", "phrases", attribution.get("quoted_in", ()))
        self._sets: dict[str, WordSet] = {}

    def _add(self, kind: str, code: str, role: str, patterns: Iterable[str], *, weak: bool = False) -> None:
        for text in patterns:
            parts = tuple(None if p == _GAP else WordSet([p]) for p in text.lower().split())
            entry = Entry(kind, code, role, weak, parts, text)
            for form in text.lower().split()[0].split("|"):
                table, key = (self._stems, form[:-1]) if form.endswith("*") else (self._exact, form)
                table.setdefault(key, []).append(entry)

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
            known = tuple(found)
            if len(self._known) < 200_000:
                self._known[word] = known
        return known

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Return all matches in a sentence, in order of their first word.

        words: lower case. Of one entry the shortest match from each word is given.
        """
        found = []
        for i, word in enumerate(words):
            for entry in self.beginning(word):
                stop = i + 1 if len(entry.pattern) == 1 else _match(entry.pattern, 1, words, i + 1)
                if stop:
                    found.append(Hit(i, stop, entry))
        return found


def _match(pattern: tuple[WordSet | None, ...], p: int, words: Sequence[str], i: int) -> int:
    """Return where the rest of a pattern ends, or 0."""
    while p < len(pattern):
        atom = pattern[p]
        if atom is None:
            for skip in range(_GAP_WORDS + 1):
                if i + skip >= len(words) or (skip and words[i + skip - 1] in _STOPS):
                    return 0
                stop = _match(pattern, p + 1, words, i + skip)
                if stop:
                    return stop
            return 0
        if i >= len(words) or words[i] not in atom:
            return 0
        p, i = p + 1, i + 1
    return i


@cache
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language; read once. Raises KeyError, FileNotFoundError as `temoin.languages.tables` does."""
    return Lexicon(lang)
