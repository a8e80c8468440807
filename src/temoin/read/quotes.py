"""Quotations: where each begins and ends, over sentences and paragraphs, whatever marks a newsroom uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_PAIRS = {"“": "”", "«": "»", "„": "“”", "»": "«", "‚": "‘’", "‹": "›"}
_LONGEST = 3000


class Quote(NamedTuple):
    """A quotation: offsets of what stands between the marks, and of the whole with its marks."""

    start: int
    end: int
    outer_start: int
    outer_end: int


#: A turn of a dialogue, as books and papers print it after a dash: what is said, a dash, who says it, and, after another dash, the rest.
_TURN = re.compile(
    r"[—–]\s?(?P<said>[^\n—–«“\"]{2,400}?)(?P<between>\s[—–]\s?|\s?[—–](?=\w))(?P<who>[^\W\d_A-ZА-ЯЁÀ-Þ][^\n—–]{2,160}?)(?:\.?\s?[—–][.,]?\s+(?P<more>[^\n—–]{2,600}))?$"
)


def turns(text: str, start: int, end: int, saying: Callable[[str], bool]) -> list[Quote]:
    """Return what is said in one paragraph that is a turn of a dialogue after a dash; nothing where no word of saying stands between dashes.

    saying: says whether a word in lower case is one of saying, and is asked for the first three words behind the second dash.
    """
    m = _TURN.match(text, start, end)
    if m is None or not any(saying(w.strip(".,:;").lower()) for w in m["who"].split()[:3]):
        return []
    pieces = [m.span("said")] + ([m.span("more")] if m["more"] else [])
    return [Quote(a, b, a, b) for a, b in pieces]


def quotes(text: str, start: int, end: int) -> list[Quote]:
    """Return the quotations of one paragraph, in order, the outermost only.

    A quotation that is never closed runs to the end of the paragraph, as those do that go on in the next one; an unpaired
    straight mark at the end of a line opens nothing.
    """
    found: list[Quote] = []
    i = start
    while i < end:
        c = text[i]
        if c == '"' or c in _PAIRS:
            stop = _closing(text, i, end)
            if stop is None:
                if _opens(text, i, start) and end - i > 20 and i - start < 3:
                    found.append(Quote(i + 1, end, i, end))
                    break
            elif stop > i + 1:
                found.append(Quote(i + 1, stop, i, stop + 1))
                i = stop
        i += 1
    return found


def _opens(text: str, i: int, start: int) -> bool:
    return i == start or not text[i - 1].isalnum()


def _closing(text: str, i: int, end: int) -> int | None:
    mark = text[i]
    if not _opens(text, i, 0):
        return None
    if mark == '"':
        stop = text.find('"', i + 1, min(end, i + _LONGEST))
        return stop if stop >= 0 else None
    if mark == "»" and not re.match(r"\w", text[i + 1 : i + 2]):
        return None  # a French closing mark whose opening one is missing
    depth, closing = 0, _PAIRS[mark]
    for j in range(i + 1, min(end, i + _LONGEST)):
        if text[j] in closing and not (mark == "„" and text[j] == "“" and depth):
            if depth == 0:
                return j
            depth -= 1
        elif text[j] == mark and mark not in closing:
            depth += 1
    return None
