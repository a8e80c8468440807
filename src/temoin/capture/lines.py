"""JSON Lines: one report a line, or one reading that `temoin read --json` wrote. A bad line is Unread; the others are read.

A report's line has `text` and may have `id, title, published, outlet, url, lang`; keys that are not known are passed over, so that any
export will do. A line with `statements` is a reading and is checked strictly, field by field. Lines are read one at a time: a file of
many gigabytes costs the memory of its longest line.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import msgspec

from temoin.capture.container import Metered
from temoin.capture.limits import Limits, bytes_told
from temoin.capture.names import from_word
from temoin.capture.original import Original
from temoin.capture.plain import head
from temoin.errors import Unreadable
from temoin.records import Reading, Report, Unread

if TYPE_CHECKING:
    from typing_extensions import Buffer


class _Line(msgspec.Struct):
    """The keys of a report's line. Types are looked at one by one, so that one odd field does not cost the report."""

    text: Any = None
    id: Any = None
    title: Any = msgspec.UNSET
    published: Any = msgspec.UNSET
    outlet: Any = msgspec.UNSET
    url: Any = None
    lang: Any = None
    statements: msgspec.Raw = msgspec.Raw()


_LINE = msgspec.json.Decoder(_Line)
_READING = msgspec.json.Decoder(Reading)

HINT = 'each line is one JSON object with the report under "text"'


def read(original: Original, limits: Limits) -> Iterator[Report | Reading | Unread]:
    """Yield one report, reading or Unread for each line that is not blank, in order. Ids are as the lines say, "" where they say none."""
    try:
        with original.open() as file:
            for number, line in enumerate(_lines(_unfolded(file, original, limits), limits), start=1):
                if isinstance(line, int):
                    allowed = bytes_told(limits.line_bytes)
                    yield original.unread(f"line {number}: {bytes_told(line)} long, more than the {allowed} allowed", "split it")
                elif line.strip():
                    yield _of_line(line, number, original)
    except Unreadable as err:
        yield original.unread(str(err), err.hint)
    except (OSError, EOFError, zlib.error) as err:
        yield original.unread(f"broken in the middle ({err}); the lines before it were read", "the file is cut or damaged; get it again")


def _unfolded(file: BinaryIO, original: Original, limits: Limits) -> io.BufferedReader[Any]:
    """Return a reader of UTF-8 lines: gzip unfolded under a meter, UTF-16 (as PowerShell writes it) turned into UTF-8."""
    reader = io.BufferedReader(Metered(file, limits.stream_bytes))
    if original.kind == "lines.gz":
        reader = io.BufferedReader(Metered(cast(BinaryIO, gzip.GzipFile(fileobj=reader)), limits.inflated_bytes))
    mark = reader.peek(4)[:4]
    if mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return io.BufferedReader(_Recoded(io.TextIOWrapper(reader, encoding="utf-16", errors="replace", newline="")))
    if mark.startswith(codecs.BOM_UTF8):
        reader.read(len(codecs.BOM_UTF8))
    return reader


class _Recoded(io.RawIOBase):
    """Gives a text stream as UTF-8 bytes."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        if not self.rest:
            self.rest = self.text.read(1 << 16).encode("utf-8", "replace")
        chunk, self.rest = self.rest[: len(view)], self.rest[len(view) :]
        view[: len(chunk)] = chunk
        return len(chunk)


def _lines(reader: io.BufferedReader[Any], limits: Limits) -> Iterator[bytes | int]:
    """Yield each line's bytes, or its length where it is longer than allowed; such a line is passed over in pieces."""
    while line := reader.readline(limits.line_bytes + 1):
        if len(line) <= limits.line_bytes:
            yield line
            continue
        length, end = len(line), line.endswith(b"\n")
        del line
        while not end and (piece := reader.readline(1 << 20)):
            length, end = length + len(piece), piece.endswith(b"\n")
        yield length


def _of_line(line: bytes, number: int, original: Original) -> Report | Reading | Unread:
    try:
        found = _LINE.decode(line)
        if bytes(found.statements).lstrip().startswith(b"["):
            return _readable(_READING.decode(line))
    except msgspec.ValidationError as err:
        what = "not a reading as this version writes them" if b'"statements"' in line else "not an object"
        return original.unread(f"line {number}: {what} ({err})", HINT)
    except (msgspec.DecodeError, UnicodeError) as err:
        return original.unread(f"line {number}: not JSON in UTF-8 ({err})", HINT)
    except RecursionError:
        return original.unread(f"line {number}: nested too deep to be a report", HINT)
    if not isinstance(found.text, str):
        what = 'no "text"' if found.text is None else f'"text" is not a string but {type(found.text).__name__}'
        return original.unread(f"line {number}: {what}", HINT)
    if not found.text.strip():
        return original.unread(f'line {number}: its "text" is empty', HINT)
    return _report(found, found.text, number, original)


def _report(line: _Line, text: str, number: int, original: Original) -> Report:
    notes = []
    # A key that is missing is looked for in the text; a null says that nobody knows.
    about = head(text)
    published = about.published if line.published is msgspec.UNSET else _day(line.published)
    if line.published not in (None, "", msgspec.UNSET) and published is None:
        notes.append(f'line {number}: "published" is not a day: {str(line.published)[:40]!r}')
    lang = line.lang.lower().split("-")[0].split("_")[0] if isinstance(line.lang, str) else None
    if lang is not None and not re.fullmatch(r"[a-z]{2,3}", lang):
        notes.append(f'line {number}: "lang" is not a language code: {str(line.lang)[:20]!r}')
        lang = None
    wish = line.id if isinstance(line.id, str | int) and not isinstance(line.id, bool) else None
    return Report(
        id=from_word(str(wish)) if wish not in (None, "") else "", text=text, path=original.path, sha256=original.sha256, lang=lang,
        published=published, outlet=about.outlet if line.outlet is msgspec.UNSET else _told(line.outlet),
        title=about.title if line.title is msgspec.UNSET else _told(line.title), url=_told(line.url), media_type=original.media_type,
        notes=(*original.notes, *notes),
    )  # fmt: skip


def _day(value: object) -> date | None:
    """Return the day that "2031-05-03" or an instant beginning with it names, else None."""
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d(?:$|[T ])", value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _told(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _readable(reading: Reading) -> Reading:
    """Return the reading; refuse one whose offsets lie outside its text, which would point a person to nothing.

    Raises msgspec.ValidationError.
    """
    if reading.text:
        ends = [x.end for group in (reading.statements, reading.quantities, reading.times, reading.places, reading.claims) for x in group]
        starts = [x.start for group in (reading.statements, reading.quantities, reading.times, reading.places, reading.claims) for x in group]
        if max(ends, default=0) > len(reading.text) or min(starts, default=0) < 0:
            raise msgspec.ValidationError(f"offset {max(ends)} lies outside its text of {len(reading.text)} characters")
    return reading
