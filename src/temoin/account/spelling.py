"""One spelling for many: what is left of a name when case, accents, script and romanisation are taken away.

`fold` keeps the script and serves to compare with word lists; `skeleton` crosses scripts: Волжский, Volzhsky and Wolschski meet in it.
A skeleton is for finding, never for showing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

#: One sound, many romanisations: English, French, German, Spanish, Portuguese and the anyascii table. Order matters, longest first.
_SOUNDS = (
    ("shch", "sh"), ("tsch", "ch"), ("dsch", "j"), ("tch", "ch"), ("sch", "sh"), ("zh", "sh"), ("kh", "h"), ("ch", "h"), ("sh", "s"),
    ("dzh", "j"), ("dj", "j"), ("ph", "f"), ("th", "t"), ("gh", "g"), ("ck", "k"), ("qu", "k"), ("gue", "ge"), ("gui", "gi"),
    ("ts", "s"), ("tz", "s"),
    ("x", "ks"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "v"), ("q", "k"), ("z", "s"), ("y", "i"), ("j", "i"), ("ie", "e"),
)  # fmt: skip
_HEARD = re.compile("|".join(written for written, _ in _SOUNDS))
_NO_LETTER = re.compile(r"[^a-z0-9]")
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]+")


class _Plain(dict[int, int | None]):
    """What is left of a character: nothing of a combining mark, a straight apostrophe of a curly one; each asked for once."""

    def __missing__(self, point: int) -> int | None:
        self[point] = None if unicodedata.combining(chr(point)) else point
        return self[point]


_PLAIN = _Plain({ord("’"): ord("'")})


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return the text without case and accents, in its own script."""
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFD", text.casefold()).translate(_PLAIN)


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Return one word in plain Latin letters, with one letter for one sound, however it was romanised."""
    flat = _NO_LETTER.sub("", (word if word.isascii() else str(anyascii(word))).casefold())
    flat = _SOFT_C.sub("s", flat)
    if _HEARD.search(flat):
        for written, heard in _SOUNDS:
            if written in flat:
                flat = flat.replace(written, heard)
    flat = _DOUBLE.sub(r"\1", flat.replace("c", "k"))
    if len(flat) > 2 and flat[0] == "h":
        flat = flat[1:]
    return flat


@lru_cache(maxsize=200_000)
def consonants(bones: str) -> str:
    """Return a skeleton without its vowels; a word of vowels only stays as it is."""
    return _VOWELS.sub("", bones) or bones


def slug(text: str) -> str:
    """Return a short readable piece of an identifier: Latin letters, digits and hyphens, at most 40."""
    return re.sub(r"[^a-z0-9]+", "-", str(anyascii(text)).casefold()).strip("-")[:40] or "x"


def is_cyrillic(text: str) -> bool:
    """Return whether any letter is Cyrillic."""
    return not text.isascii() and any("\u0400" <= c <= "\u04ff" for c in text)
