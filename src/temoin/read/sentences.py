"""Paragraphs and sentences: where one ends and the next begins, by marks, capitals and the language's abbreviations.

The parser is not asked: it would have to read everything, and only sentences near a trigger or a cue are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from statistics import median

from temoin.read.words import Word

_ENDS = frozenset(".!?") | {"..", "...", "....", "?!", "!!", "…", "。"}
_CLOSING = frozenset("\"')]}")
_OPENING = frozenset("\"'([{-") | {"--", "---"}
#: Typographic marks that only ever open or only ever close a quotation, in any of our languages ("»Ja«, sagte er" aside).
_BREAK = re.compile(r"\n\s*\n")


_SENTENCE_ENDS = (".", "!", "?", "…", "“", "”", "»", '"')


def wrapped(text: str) -> bool:
    """Say whether lines were broken to a width, as mail does, so that a single line feed ends nothing."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 5:
        return False
    lengths = [len(line) for line in lines]
    ended = sum(line.rstrip().endswith(_SENTENCE_ENDS) for line in lines)  # short paragraphs are no broken lines
    return 50 <= median(lengths) <= 90 and max(lengths) <= 110 and ended <= len(lines) / 2


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the stretches between line breaks (or, in text broken to a width, between empty lines) that hold anything."""
    cut = _BREAK if wrapped(text) else re.compile(r"\n")
    got, start = [], 0
    for m in [*cut.finditer(text), None]:
        end = m.start() if m else len(text)
        stretch = text[start:end]
        if stretch.strip():
            left = len(stretch) - len(stretch.lstrip())
            got.append((start + left, start + len(stretch.rstrip())))
        start = m.end() if m else end
    return got


def sentences(words: list[Word], abbreviations: Collection[str], *, ordinal_dots: bool = False) -> list[tuple[int, int]]:
    """Return the sentences of one paragraph as runs of word indexes, start included, stop excluded.

    abbreviations: lower case, without their full stop. ordinal_dots: a small number and a full stop are an ordinal ("3. März").
    """
    got, start, i, n = [], 0, 0, len(words)
    while i < n:
        if words[i].form in _ENDS and _closes(words, i, abbreviations, ordinal_dots):
            stop = i + 1
            while stop < n and words[stop].form in _CLOSING and words[stop].start == words[stop - 1].end:
                stop += 1
            if stop >= n or _begins(words, stop):
                got.append((start, stop))
                start = i = stop
                continue
        i += 1
    if start < n:
        got.append((start, n))
    return got


def _closes(words: list[Word], i: int, abbreviations: Collection[str], ordinal_dots: bool) -> bool:
    if words[i].form != "." or i == 0 or words[i].start > words[i - 1].end:
        return True
    before = words[i - 1]
    if before.lower in abbreviations:
        return False
    if i == 1 and before.form.isdigit() and len(before.form) <= 2 and i + 1 < len(words):
        return False  # "1. Grant thirty visas": a paragraph's number is no sentence
    if len(before.form) == 1 and before.form.isalpha() and before.form.isupper():
        return i + 1 == len(words)  # an initial, unless it ends the paragraph
    small_number = before.form.isdigit() and len(before.form) <= 2
    return not (ordinal_dots and small_number and i + 1 < len(words) and words[i + 1].form.isalpha())


def _begins(words: list[Word], i: int) -> bool:
    """Say whether a sentence may begin here: after white space, with a capital, a digit or an opening mark."""
    if words[i].start == words[i - 1].end and words[i - 1].form not in _CLOSING:
        return False
    while i < len(words) and words[i].form in _OPENING:
        i += 1
    if i >= len(words):
        return True
    first = words[i].form[0]
    return first.isupper() or first.isdigit() or not (first.islower() or first in ",;:.")
