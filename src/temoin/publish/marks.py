"""A report's text with its claims marked, however they overlap, and its furniture greyed.

Marks come out properly nested, as HTML wants them: where two stretches cross, the later one is cut at the end of the earlier one and goes on
after it. Each claim's first piece carries its id, so that every link has one place to lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from temoin.publish.neutral import neutral


class Mark(NamedTuple):
    """A stretch to be marked: code points, the anchor it gets, where its back link leads, and what is said of it."""

    start: int
    end: int
    anchor: str
    back: str
    label: str  # for the back link: read aloud by a screen reader
    short: str  # shown in the back link
    check: bool


class _Piece(NamedTuple):
    start: int
    end: int
    mark: Mark
    first: bool
    last: bool


def nested(marks: Iterable[Mark]) -> list[_Piece]:
    """Return the marks cut into pieces that nest: any two either lie one in the other or apart. Longest first where they begin together.

    marks: each with start < end. Cost n log n for marks that nest; every crossing adds one piece.
    """
    waiting = sorted((_Piece(mark.start, mark.end, mark, True, True) for mark in marks), key=lambda p: (p.start, -p.end), reverse=True)
    done: list[_Piece] = []
    open_ends: list[int] = []
    while waiting:
        piece = waiting.pop()
        while open_ends and open_ends[-1] <= piece.start:
            open_ends.pop()
        if open_ends and piece.end > open_ends[-1]:
            cut = open_ends[-1]
            rest = piece._replace(start=cut, first=False)
            piece = piece._replace(end=cut, last=False)
            at = len(waiting)  # the rest waits in its order, from the end
            while at and (waiting[at - 1].start, -waiting[at - 1].end) < (rest.start, -rest.end):
                at -= 1
            waiting.insert(at, rest)
        done.append(piece)
        open_ends.append(piece.end)
    return done


def marked(text: str, marks: Sequence[Mark], furniture: Sequence[tuple[int, int]] = ()) -> Markup:
    """Return the text as paragraphs of HTML with nested `<mark>` elements, links back after each, furniture in `<span class="furniture">`.

    text: as the report holds it; offsets are code points. Marks outside the text, or empty, are left out (see `astray`).
    """
    text = neutral(text)
    size = len(text)
    pieces = nested(mark for mark in marks if 0 <= mark.start < mark.end <= size)
    grey = _merged((max(0, start), min(size, end)) for start, end in furniture)
    # Furniture is cut at every edge of a mark, so that it stays innermost and never crosses one.
    cuts = sorted({edge for piece in pieces for edge in (piece.start, piece.end)} | {edge for stretch in grey for edge in stretch} | {0, size})
    opens: dict[int, list[_Piece]] = {}
    closes: dict[int, list[_Piece]] = {}
    for piece in pieces:
        opens.setdefault(piece.start, []).append(piece)
        closes.setdefault(piece.end, []).insert(0, piece)  # pieces are listed outermost first, so the last opened closes first
    out: list[str] = []
    at_grey = 0
    for here, following in zip(cuts, [*cuts[1:], size], strict=True):
        out.extend(_close(piece) for piece in closes.get(here, ()))
        out.extend(_open(piece) for piece in opens.get(here, ()))
        if following <= here:
            continue
        while at_grey < len(grey) and grey[at_grey][1] <= here:
            at_grey += 1
        plain = str(escape(text[here:following]))
        is_grey = at_grey < len(grey) and grey[at_grey][0] <= here
        out.append(f'<span class="furniture">{plain}</span>' if is_grey and plain.strip() else plain)
    return Markup("".join(out))


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches in order, those that touch or overlap made one, empty ones left out."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _open(piece: _Piece) -> str:
    kind = "unsure" if piece.mark.check else "sure"
    return f'<mark class="{kind}" id="{escape(piece.mark.anchor)}">' if piece.first else f'<mark class="{kind}">'


def _close(piece: _Piece) -> str:
    if not piece.last:
        return "</mark>"
    mark = piece.mark
    return f'</mark><a class="back" href="#{escape(mark.back)}" aria-label="{escape(mark.label)}">{escape(mark.short)}</a>'


def astray(text: str, stretches: Iterable[tuple[int, int, str]]) -> list[int]:
    """Return the places in the list of (start, end, quote) whose quote does not stand at its offsets in the text."""
    return [n for n, (start, end, quote) in enumerate(stretches) if not 0 <= start < end <= len(text) or text[start:end] != quote]
