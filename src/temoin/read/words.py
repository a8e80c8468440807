"""Text cut into words as the treebanks cut them, each with its offsets, and sentences as runs of words.

One regular expression per language does the cutting. spaCy's own tokenizers were not taken: the French one alone needs two
seconds to load, and the parser must see the same words, made plain in the same way, that it was trained on (docs/decisions.md).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

#: Typographic marks and what the parser sees in their place. One character becomes one, so that offsets hold.
PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‹": "'", "›": "'",
     "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "…": "."}
)  # fmt: skip


def plain(form: str) -> str:
    """Return the word with typographic quotation marks, apostrophes and dashes made plain; as long as it was."""
    return form.translate(PLAIN) if not form.isascii() else form


class Word(NamedTuple):
    """A word or mark of the text."""

    start: int
    end: int
    form: str  # as the parser sees it
    lower: str


_APOSTROPHE = "['’ʼ]"
_NUMBER = r"\d+(?:[.,:’'\u00a0\u202f ]\d{3}(?!\d))*(?:[.,:]\d+)?(?:st|nd|rd|th|er|e|º|ª|°)?(?![^\W\d_])|\d+(?:[.,:]\d+)*"
_LINK = r"https?://[^\s<>\"]{1,200}|www\.[^\s<>\"]{1,200}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|[#@]\w{1,100}"
_INITIAL = r"(?:[^\W\d_]\.){2,6}"
_WORD = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
_AGED = r"\d{1,4}[-‐‑][^\W\d_]\w*"  # "24-Jährige", «24-летний»
_COMPOUND = rf"(?:{_WORD}|\w+)(?:[-‐‑](?:\w+))*"
_MARK = r"\.{2,}|[-–—]{2,}|\S"


def _french_word() -> str:
    elided = rf"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu){_APOSTROPHE}"
    pronoun = r"(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce|moi|toi|lui|leur|les?|la|en|y|ci|là)"
    whole = rf"aujourd{_APOSTROPHE}hui|{elided}(?=\w|[\"«“])|-{pronoun}(?!\w|[-‐‑]\w)|[^\W\d_]\.(?=[-‐‑ ]?[^\W\d_]\.)"
    compound = rf"(?:{_WORD}|\w+)(?:[-‐‑](?!{pronoun}(?!\w|[-‐‑]\w))\w+)*"
    name = rf"(?-i:[NDM]{_APOSTROPHE}[BCDFGJKLMNPQRSTVWXZ]\w+)"  # "N'Djamena", "N'Guessan": a real "n'" stands before a vowel
    return f"{name}|{whole}|{compound}"


def _english_word() -> str:
    # "don't" is do + n't, "can't" ca + n't, "Macron's" Macron + 's, as in the treebanks; hyphens stand alone.
    clitic = rf"(?:n{_APOSTROPHE}t|{_APOSTROPHE}(?:s|re|ve|ll|d|m))(?!\w)"
    return rf"can(?=not(?!\w))|{clitic}|[^\W\d_]+?(?=n{_APOSTROPHE}t(?!\w))|[^\W_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|{_APOSTROPHE}(?!\w)"


@cache
def _cutter(lang: str | None) -> re.Pattern[str]:
    if lang == "fr":
        word = _french_word()
    elif lang == "en":
        word = _english_word()
    else:
        word = rf"[dlDL]{_APOSTROPHE}(?=\w)|{_COMPOUND}" if lang in ("es", "pt") else _COMPOUND
    aged = rf"{_AGED}|" if lang in ("de", "ru") else ""
    return re.compile(rf"{_LINK}|{_INITIAL}|{aged}{_NUMBER}|{word}|{_MARK}", re.IGNORECASE)


def words(text: str, lang: str | None, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words and marks of a stretch of the text, in order, never overlapping, with offsets into the whole text."""
    got = []
    for m in _cutter(lang).finditer(text, start, len(text) if end is None else end):
        form = plain(m.group())
        got.append(Word(m.start(), m.end(), form, form.lower().replace("ё", "е")))
    return got
