"""Copying: from an original to the public copy, by the way that fits its kind, and checked afterwards.

Promises: what comes back was made in the cell and taken apart here, part by part, before anybody gets it; it is what a stranger may have.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from temoin.errors import Refused
from temoin.media import anatomy, cell, film, paper
from temoin.media.bounds import BOUNDS
from temoin.media.cover import Cover


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A public copy, and how it was made."""

    content: bytes
    media_type: str
    operation: str
    covers: tuple[str, ...]
    width: int
    height: int
    pages: int  # of a PDF or TIFF, frames of an animation; 1 for anything else
    notes: tuple[str, ...]  # what a person should know of the difference
    tools: dict[str, str]  # what made it, with versions
    parts: tuple[str, ...]  # the kinds of parts that it was found to hold: all of them


#: The first bytes of what is rebuilt as a picture. (offset, bytes)
_PICTURES = ((0, b"\xff\xd8\xff"), (0, b"\x89PNG\r\n\x1a\n"), (8, b"WEBP"), (0, b"II*\0"), (0, b"MM\0*"), (0, b"GIF8"))


def copy(original: bytes, covers: Sequence[Cover] = ()) -> Made:
    """Return the public copy of a picture, a PDF, a film or a sound. covers: rectangles that a person has drawn.

    Raises Refused for a kind that cannot be copied, with what to do; Unreadable for a broken file; Unverified where the copy holds too much.
    """
    spelled = tuple(map(str, covers))
    if any(original[at : at + len(mark)] == mark for at, mark in _PICTURES):
        said, content = cell.run("picture", original, seconds=BOUNDS.picture_s, covers=spelled)
        operation, tools, parts = "rebuilt from pixels", _tools("pillow"), anatomy.check(content, said["media_type"])
    elif original[:1024].find(b"%PDF-") >= 0:
        said, content = cell.run("paper", original, seconds=BOUNDS.paper_s, covers=spelled)
        operation, tools, parts = f"drawn at {paper.DOTS_PER_INCH} dots an inch", _tools("pypdfium2", "pillow"), paper.check(content)
    elif film.is_one(original):
        said, content = film.copy(original, covers)
        operation, tools, parts = "encoded anew", {"ffmpeg": film.version()}, film.check(content)
    else:
        raise Refused(
            "of this kind of file no public copy can be made; the original is sealed all the same",
            hint="Pictures (JPEG, PNG, WebP, TIFF, GIF), PDF, and films can. Save a copy in one of these, and seal that.",
        )
    return Made(
        content=content,
        media_type=said["media_type"],
        operation=operation,
        covers=spelled,
        width=said["width"],
        height=said["height"],
        pages=said["pages"],
        notes=tuple(said["notes"]),
        tools=tools,
        parts=tuple(dict.fromkeys(parts)),
    )


def _tools(*names: str) -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in names}
