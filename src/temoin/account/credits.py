"""Lines by which a report says whose text it is: "originally published on X", "(AFP)" in the dateline, "with files from Y".

Only the head and the foot of a report are read: in between, a name is an attribution of one sentence, not of the whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from temoin.account.spelling import fold
from temoin.account.wording import wording

_EDGE_CHARS = 700
_DATELINE = re.compile(r"\(([A-ZÀ-ÞА-Я][\w .'’-]{1,30})\)\s*(?:[-–—.:]|\.-)")
_LEADING = re.compile(r"^(?:the|le|la|les|el|los|o|a|os|as|der|die|das)\s+(?=[A-ZÀ-ÞА-Я«\"])", re.IGNORECASE)


class Credit(NamedTuple):
    """Whose text a report says it is, and in which words."""

    outlet: str
    words: str


@lru_cache(maxsize=16384)  # asked once where echoes find their direction, and again for each report's own voice
def credits(text: str, lang: str | None) -> tuple[Credit, ...]:
    """Return the outlets a report credits for its text, in order, each once."""
    copied = wording(lang).copied
    found: list[Credit] = []
    parts = (text,) if len(text) <= 2 * _EDGE_CHARS else (text[:_EDGE_CHARS], text[-_EDGE_CHARS:])
    for part in parts:
        for got in copied.finditer(part) if copied else ():
            name = _clean(got["outlet"])
            if name:
                found.append(Credit(name, " ".join(got[0].split())[:90]))
    for got in _DATELINE.finditer(text[:_EDGE_CHARS]):
        found.append(Credit(got[1].strip(), got[0].strip()))
    seen: dict[str, Credit] = {}
    for credit in found:
        seen.setdefault(fold(credit.outlet), credit)
    return tuple(seen.values())


def _clean(name: str) -> str:
    """Return the outlet's name without article, quotation marks and what follows a comma."""
    name = re.split(r"[,:!?]|\s[-–—]\s|\s(?:on|le|am|el|em)\s\d", name)[0].strip(" \t«»“”„\"'’")
    name = _LEADING.sub("", name).strip()
    return name if name and name[0].isupper() else ""


def is_credited(outlet: str | None, credit: str) -> bool:
    """Return whether a credit names an outlet: equal, or the one is a part of the other in whole words ("Meridian" of "Meridian News Agency")."""
    if not outlet:
        return False
    one, other = fold(outlet).split(), fold(credit).split()
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return any(long[n : n + len(short)] == short for n in range(len(long) - len(short) + 1))
