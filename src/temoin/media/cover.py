"""Covers: rectangles that a person has drawn over what must not be seen. They are filled with black, before anything is written.

A blur can be undone; a filled rectangle holds nothing. Nobody but a person decides where it goes: no face is looked for here.
"""

from __future__ import annotations

import re

import msgspec

from temoin.errors import Misused

_SPELLED = re.compile(r"(?:(\d{1,6}):)?(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})", re.ASCII)


class Cover(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rectangle in pixels of the public copy, from its upper left corner; right and bottom are exclusive.

    page: of a PDF or a TIFF, from 1; 0 covers the same place on every page or frame.
    """

    left: int
    top: int
    right: int
    bottom: int
    page: int = 0

    def __str__(self) -> str:
        return (f"{self.page}:" if self.page else "") + f"{self.left},{self.top},{self.right},{self.bottom}"


def parse(text: str) -> Cover:
    """Read a cover as a person writes it: LEFT,TOP,RIGHT,BOTTOM or PAGE:LEFT,TOP,RIGHT,BOTTOM. Raises Misused."""
    found = _SPELLED.fullmatch(text.strip())
    if not found:
        raise Misused(f"{text[:60]!r} is no rectangle", hint="Write LEFT,TOP,RIGHT,BOTTOM in pixels, for one page PAGE:LEFT,TOP,RIGHT,BOTTOM.")
    page, left, top, right, bottom = (int(part or 0) for part in found.groups())
    if left >= right or top >= bottom:
        raise Misused(f"the rectangle {text} is empty", hint="RIGHT lies right of LEFT, BOTTOM below TOP.")
    return Cover(left=left, top=top, right=right, bottom=bottom, page=page)
