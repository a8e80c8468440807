"""Years that are not four figures: written out in words ("nineteen ninety-six", "dos mil veinte"), or by their last two ("May ’68").

A year in words could be a count as well ("two thousand and fifteen people"): it is one beside a month, or where no noun follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

#: Two-digit years lie at most this many years after publication, else in the century before.
AHEAD = 10
#: Without a day of publication: 69 to 99 are of the twentieth century, as POSIX has it (strptime, %y).
PIVOT = 68
_APOSTROPHES = "'’‘"
_BEFORE_CHRIST = re.compile(r"\s*\(?(?:a\. ?C|BC|B\.C|av\. J|v\. ?Chr|до н)")
_WORD = re.compile(r"[^\W\d_]+")


def spelled(table: dict[str, Any], cardinals: Mapping[str, int], ordinals: Mapping[str, int]) -> dict[tuple[str, ...], int]:
    """Return the years in words of a language, each as its words in lower case, and the year.

    table: `heads` gives the value of what opens a year, `joints` the words between head and rest, `least` the smallest rest,
        `short` the heads that are a year only with a rest of two figures; `glued` and `ordinal` say how the language writes and counts.
    """
    rests = {form: value for form, value in (ordinals if table.get("ordinal") else cardinals).items() if 1 <= value <= 99}
    found: dict[tuple[str, ...], int] = {}
    for head, value in table.get("heads", {}).items():
        short = head in table.get("short", ())
        if not short and not table.get("ordinal"):
            found[tuple(_WORD.findall(head.lower()))] = value
        for joint in table.get("joints", [""]):
            for rest, more in rests.items():
                if more >= 10 or not short:
                    parts = f"{head}{joint}{rest}" if table.get("glued") else f"{head} {joint} {rest}"
                    found[tuple(_WORD.findall(parts.lower()))] = value + more
    return found


def of_two_digits(number: int, published: date | None) -> int:
    """Return the year that its last two digits mean at the day of publication: the last such year, or one at most ten years ahead."""
    latest = published.year + AHEAD if published else 2000 + PIVOT
    century = latest // 100 * 100
    return century + number if century + number <= latest else century - 100 + number


def short_year(text: str, start: int, end: int, number: int, published: date | None, follows: bool = False) -> int | None:
    """Return the year behind a month where text[start:end] can only be one: "’17", or "98" where no noun follows; else None.

    follows: a word may follow, as after "de": "maio de 68 foi …".
    """
    if end - start != 2 or not text[start:end].isdigit():
        return None
    if _BEFORE_CHRIST.match(text, end):
        return None
    marked = start > 0 and text[start - 1] in _APOSTROPHES
    if not marked and (number < 32 or (not follows and re.match(r"\s+[^\W\d_]", text[end : end + 4]))):
        return None
    return of_two_digits(number, published)
