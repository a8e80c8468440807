"""How much capture accepts before it says no: one frozen record of bounds, each with its reason.

Every bound protects somebody's machine from one hostile or mistaken file. What exceeds a bound becomes an `Unread` that names the size
seen and the size allowed; nothing is cut silently.
"""

from __future__ import annotations

from temoin.records import Record

MEGABYTE = 10**6
GIGABYTE = 10**9


class Limits(Record, frozen=True):
    """Bounds on what is read; sizes in bytes, counts in items."""

    file_bytes: int = 64 * MEGABYTE  # one file that is held in memory whole: text, page, PDF, DOCX, mail
    stream_bytes: int = 4 * GIGABYTE  # one file that is read piece by piece: JSON Lines, WARC, WACZ
    hashed_bytes: int = GIGABYTE  # one file that is not read: hashed all the same, so that it can be named, unless it is larger
    line_bytes: int = 64 * MEGABYTE  # one line of JSON Lines
    markup_bytes: int = 16 * MEGABYTE  # one page once pictures, scripts and styles are out; a parse tree takes some 10 times that
    tags: int = 100_000  # of one page; the largest news pages have a tenth, and time grows faster than their number
    report_characters: int = 4_000_000  # the text of one report; a book of a thousand pages has half of that
    inflated_bytes: int = 256 * MEGABYTE  # everything that one compressed file (DOCX, JSON Lines in gzip) unfolds to
    inflated_stream_bytes: int = 16 * GIGABYTE  # everything that one web archive unfolds to, record by record
    members: int = 10_000  # parts of a DOCX or WACZ
    pages: int = 2_000  # of a PDF
    records: int = 1_000_000  # of a WARC
    nesting: int = 5  # attachments in attachments, mails in mails
    attachments: int = 500  # of one mail, all depths together
    folder_depth: int = 64


LIMITS = Limits()


def bytes_told(size: int) -> str:
    """Return a size for a person: "312 bytes", "1.5 MB", "200 MB" (decimal units, as file managers show them)."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            told = f"{size / unit:.1f}".removesuffix(".0")
            return f"{told} {name}"
    return f"{size} byte{'' if size == 1 else 's'}"
