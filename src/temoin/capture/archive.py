"""Web archives: the pages, PDFs and texts among a WARC's successful responses, and those of every WARC in a WACZ.

Records are read one after another; a broken record ends its file with an Unread, and what came before it stays. The address is the record's
target; the day of capture is noted, never taken for the day of publication.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from temoin.capture.container import SPOILED, Metered, opened
from temoin.capture.limits import Limits, bytes_told
from temoin.capture.original import Original
from temoin.errors import Unreadable

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

ReadInside = Callable[..., Iterator[object]]

#: What a report may come as. Whatever else a page loads (pictures, scripts, data) is passed over in silence: there are hundreds a page.
_REPORTS = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf",
                      "application/vnd.openxmlformats-officedocument.wordprocessingml.document"})  # fmt: skip

HINT = "the archive is cut or damaged; get it again"


def read_warc(original: Original, limits: Limits, read_inside: ReadInside) -> Iterator[object]:
    """Yield the reports of one WARC, plain or gzipped."""
    try:
        with original.open() as file:
            yield from _records(file, original, limits, read_inside)
    except OSError as err:
        yield original.unread(f"cannot be read ({err.strerror or err})")


def read_wacz(original: Original, limits: Limits, read_inside: ReadInside) -> Iterator[object]:
    """Yield the reports of every WARC inside a WACZ, in the order of their names."""
    try:
        with original.open() as file, opened(file, members=limits.members, inflated_bytes=limits.inflated_stream_bytes) as archive:
            names = sorted(n for n in archive.namelist() if n.startswith("archive/") and n.endswith((".warc", ".warc.gz")))
            if not names:
                yield original.unread("WACZ without a WARC inside", HINT)
            for name in names:
                try:
                    with archive.open(name) as part:
                        yield from _records(part, original, limits, read_inside)
                except SPOILED as err:
                    yield original.unread(f"broken part {name!r} ({err})", HINT)
    except Unreadable as err:
        yield original.unread(f"WACZ: {err}", err.hint)
    except OSError as err:
        yield original.unread(f"cannot be read ({err.strerror or err})")


def _records(file: IO[bytes], original: Original, limits: Limits, read_inside: ReadInside) -> Iterator[object]:
    from warcio.archiveiterator import ArchiveIterator  # imported here: a run on plain text need not load it
    from warcio.exceptions import ArchiveLoadFailed

    found, told, declared = 0, 0, 0
    try:
        for number, record in enumerate(ArchiveIterator(io.BufferedReader(Metered(file, limits.stream_bytes))), start=1):
            declared += _length(record)
            if number > limits.records or declared > limits.inflated_stream_bytes:
                allowed = f"{limits.records} records" if number > limits.records else bytes_told(limits.inflated_stream_bytes)
                yield original.unread(f"more than the {allowed} allowed; the rest was not read", "cut the archive in pieces")
                return
            told += 1
            part = _report_in(record, limits)
            if part is None:
                continue
            found += 1
            name, data, charset, url, day = part
            if isinstance(data, str):
                yield original.inside(name, "page", b"").unread(data, HINT)
                continue
            yield from read_inside(original, name, data, limits, charset=charset, url=url, notes=(f"captured {day}",) if day else ())
    except (ArchiveLoadFailed, EOFError, zlib.error, ValueError, IndexError, KeyError, AttributeError, TypeError, UnicodeError, Unreadable) as err:
        why = str(err)[:160].strip() or type(err).__name__
        yield original.unread(f"broken web archive after {told} record{'' if told == 1 else 's'} ({why})", HINT)
        return
    if not found:
        yield original.unread("web archive without a page" if told else "web archive without a record", "it may hold only pictures and scripts")


def _length(record: ArcWarcRecord) -> int:
    try:
        return max(0, int(record.rec_headers.get_header("Content-Length") or 0))
    except ValueError:
        return 0


def _report_in(record: ArcWarcRecord, limits: Limits) -> tuple[str, bytes | str, str | None, str | None, str | None] | None:
    """Return name, bytes (or why not), charset, address and day of capture of a record that may hold a report; None for any other."""
    if record.rec_type not in ("response", "resource"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    url = url.strip("<>") if url else None
    headers = record.http_headers
    if record.rec_type == "response":
        if headers is None or headers.get_statuscode() != "200":
            return None
        stated = headers.get_header("Content-Type") or ""
    else:
        stated = record.rec_headers.get_header("Content-Type") or ""
    kind, _, rest = stated.partition(";")
    if kind.strip().lower() not in _REPORTS:
        return None
    charset = rest.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
    day = (record.rec_headers.get_header("WARC-Date") or "")[:10] or None
    data = record.content_stream().read(limits.file_bytes + 1)
    name = url or "record"
    if len(data) > limits.file_bytes:
        return name, f"a record of more than the {bytes_told(limits.file_bytes)} allowed", None, url, day
    if missing := getattr(record.raw_stream, "limit", 0):  # what the record's header promised and the archive does not hold
        return name, f"a record cut short, {bytes_told(missing)} of it missing", None, url, day
    return (name, data, charset, url, day) if data.strip() else None
