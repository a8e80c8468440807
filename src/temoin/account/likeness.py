"""How alike two names are: one spelling, another spelling of it, another script, another grammatical case; or not the same at all.

Takes skeletons (`spelling`), says why, and is strict: what differs in more than spelling is never taken for one name here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from temoin.account.spelling import consonants

#: Case endings as they look in skeletons: Russian nouns and adjectives.
_ENDINGS = frozenset(
    [
        "",
        "a",
        "u",
        "om",
        "e",
        "i",
        "oi",
        "em",
        "iu",
        "omu",
        "ogo",
        "ego",
        "emu",
        "im",
        "aia",
        "uiu",
        "oe",
        "ami",
        "ah",
        "ov",
        "ei",
        "ia",
        "am",
        "ih",
        "oiu",
    ],
)


class Likeness(NamedTuple):
    """How alike, from 0 to 1, and what differs."""

    score: float
    why: str


_SAME = Likeness(1.0, "")


def alike(one: tuple[str, ...], other: tuple[str, ...], *, one_language: bool, cyrillic: int) -> Likeness | None:
    """Return how two names agree word by word; None where they are not the same name.

    one, other: skeletons of their words.
    one_language: whether both come from reports in the same languages; vowels then count.
    cyrillic: how many of the two are written in Cyrillic (0 to 2); case endings count for nothing there.
    """
    if one == other:
        return Likeness(1.0, "the same but for case, accents or script")
    if len(one) != len(other):
        joined = "".join(one) == "".join(other)
        return Likeness(0.97, "the same letters, other spaces") if joined and len("".join(one)) > 5 else None
    worst, why, widened = 1.0, "", 0
    for a, b in zip(one, other, strict=True):
        got = _word(a, b, len(one) == 1, one_language, cyrillic)
        if got is None:
            return None
        if got.score < worst:
            worst, why = got.score, got.why
        widened += cyrillic == 2 and a != b and (a + "a" == b or b + "a" == a)
    if widened > 1:
        return None  # Александр and Александра Соколов(а): a genitive, or another person
    return Likeness(worst, why)


@lru_cache(maxsize=200_000)
def _word(a: str, b: str, alone: bool, one_language: bool, cyrillic: int) -> Likeness | None:
    if a == b:
        return _SAME
    if a[0] != b[0] and consonants(a)[:1] != consonants(b)[:1]:
        return None  # spellings of one name begin alike
    short, long = sorted((a, b), key=len)
    if cyrillic and _case(a, b):
        return Likeness(0.93, "another grammatical case")
    if len(short) < 4 or not a.isalpha() or not b.isalpha():
        return None
    if long == short + "s" and not cyrillic:
        return Likeness(0.95, "a genitive")
    if {a + "a", b + "a"} & {a, b}:
        return None  # Orlov and Orlova
    bones = consonants(a)
    if bones == consonants(b) and len(bones) >= (4 if alone else 2) and not one_language:
        return Likeness(0.92, "the same consonants, vowels as another language writes them")
    if len(short) >= (7 if alone else 6) and Levenshtein.distance(a, b, score_cutoff=1) <= 1:
        return Likeness(0.9, "one letter differs")
    return None


def _case(a: str, b: str) -> bool:
    stem = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        stem += 1
    return any(cut >= 3 and a[cut:] in _ENDINGS and b[cut:] in _ENDINGS for cut in range(max(3, stem - 2), stem + 1))


def is_acronym(short: str, words: tuple[str, ...]) -> bool:
    """Return whether a word in capitals is made of the first letters of a name's words."""
    return (
        2 <= len(short) <= 6
        and short.isupper()
        and len(words) == len(short)
        and all(w[:1] == c for w, c in zip(words, short.casefold(), strict=True))
    )
