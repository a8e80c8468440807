"""Bytes in: files, folders, JSON Lines, mail, pages, PDFs, DOCX and web archives become reports; what cannot be read says why.

What the room promises:

- `originals(paths, stdin=…)` yields, for everything the arguments name or hold, an `Original` (bytes as received, by SHA-256) or an `Unread`,
  in a stable order: as given, inside folders by name. `count(paths)` says beforehand how many there will be, without opening a file.
- `reports(original, names)` yields what one original holds: `Report`s, `Reading`s (lines that `temoin read --json` wrote) and `Unread`s.
- `gather(paths, stdin=…)` is both in one.

Every id is given once in a run (`Names`). A bad file costs nobody else anything: each fault becomes an `Unread` with a reason and, where there
is something to do, a hint. Bounds are in `Limits`. Nothing here opens a socket, and no file is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

import msgspec

from temoin.capture import archive, folder, lines, mail, page, pdf, plain, word
from temoin.capture.kind import HEAD_BYTES, kind
from temoin.capture.limits import LIMITS, Limits
from temoin.capture.names import Names, from_file, from_url
from temoin.capture.original import Original, shown
from temoin.errors import Unreadable
from temoin.records import Reading, Report, Unread

__all__ = ["LIMITS", "Limits", "Names", "Original", "count", "gather", "held", "originals", "reports"]

Found = Report | Reading | Unread


def originals(paths: Sequence[str], *, stdin: BinaryIO | None = None, limits: Limits = LIMITS) -> Iterator[Original | Unread]:
    """Yield an original, or why there is none, for each file that the paths name or hold; "-" is standard input.

    Each real file and folder comes once, however often it is named. Raises nothing for bad input.
    """
    return folder.originals(paths, limits, stdin)


def held(data: bytes, name: str, *, limits: Limits = LIMITS) -> Original | Unread:
    """Return bytes that somebody already holds as an original, or why they are none; name is told to people and gives the id."""
    return folder.held(data, name, limits)


def count(paths: Sequence[str], *, limits: Limits = LIMITS) -> int:
    """Return how many values `originals` will yield for these paths. Looks at folders only; opens no file."""
    return folder.count(paths, limits)


def reports(original: Original, names: Names, *, limits: Limits = LIMITS) -> Iterator[Found]:
    """Yield the reports, readings and Unread that one original holds, in the order in which they stand in it.

    names: gives each report an id that no other report of the run has.
    """
    for found in _inside(original, limits):
        if isinstance(found, Unread):
            yield found
            continue
        if len(found.text) > limits.report_characters:
            reason = f"a text of {len(found.text):,} characters, more than the {limits.report_characters:,} allowed for one report"
            yield original.unread(reason, "cut it into its reports, or give them as JSON Lines")
            continue
        wish = found.id or _wish(found, original)
        yield msgspec.structs.replace(found, id=names.give(wish))


def gather(paths: Sequence[str], *, stdin: BinaryIO | None = None, limits: Limits = LIMITS) -> Iterator[Found]:
    """Yield everything that the paths name or hold: `originals`, and the `reports` of each, under ids given once."""
    names = Names()
    for original in originals(paths, stdin=stdin, limits=limits):
        if isinstance(original, Unread):
            yield original
        else:
            yield from reports(original, names, limits=limits)


def _inside(original: Original, limits: Limits) -> Iterator[Found]:
    """Hand the original to the reader of its kind; whatever the system refuses meanwhile becomes an Unread."""
    try:
        yield from _read(original, limits)
    except OSError as err:
        yield original.unread(f"not readable: {err.strerror or err}", "it may have been moved or changed while it was read")
    except MemoryError:
        yield original.unread("too large for this machine's memory", "cut it into pieces")


def _read(original: Original, limits: Limits) -> Iterator[Found]:
    match original.kind:
        case "text":
            return plain.read(original, limits)
        case "lines" | "lines.gz":
            return lines.read(original, limits)
        case "page":
            return page.read(original, limits)
        case "pdf":
            return pdf.read(original, limits)
        case "docx":
            return word.read(original, limits)
        case "mail":
            return cast(Iterator[Found], mail.read(original, limits, _read_inside))
        case "warc":
            return cast(Iterator[Found], archive.read_warc(original, limits, _read_inside))
        case "wacz":
            return cast(Iterator[Found], archive.read_wacz(original, limits, _read_inside))


def _read_inside(
    outer: Original, name: str, data: bytes, limits: Limits, *, charset: str | None = None, url: str | None = None, notes: tuple[str, ...] = ()
) -> Iterator[Found]:
    """Yield what a part found inside a file holds, unless it lies too deep or is of no kind that is read."""
    part = outer.inside(name, "text", data, url=url, charset=charset, notes=notes)
    if part.depth > limits.nesting:
        yield part.unread(f"nested deeper than {limits.nesting} files", "save it by itself")
        return
    try:
        found = kind(data[:HEAD_BYTES], name.rsplit("?", 1)[0] if url else name, part.open, named=url is not None)
    except Unreadable as err:
        yield part.unread(str(err), err.hint)
        return
    yield from _inside(outer.inside(name, found, data, url=url, charset=charset, notes=notes), limits)


def _wish(found: Report | Reading, original: Original) -> str:
    if found.url and "!/" in (found.path or "") and original.kind in ("warc", "wacz"):
        return from_url(found.url)
    inner = (found.path or "").rsplit("!/", 1)
    return from_file(inner[1]) if len(inner) == 2 and inner[1] else from_file(shown(original.name))
