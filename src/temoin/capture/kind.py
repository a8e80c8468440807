"""Kind: what a file is, judged by its content first and by its name only where content leaves it open."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from temoin.capture.encoding import decode
from temoin.capture.original import Kind
from temoin.errors import Unreadable

HEAD_BYTES = 1 << 16

#: First bytes of things that people do put into a folder of reports and that hold no text for us: what it is, and what to do.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .msg)", "save it as .docx or .pdf"),
    (b"{\\rtf", "a Rich Text file", "save it as .docx or .txt"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "have its text read by an OCR program first"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", "have its text read by an OCR program first"),
    (b"GIF8", "a picture (GIF)", "have its text read by an OCR program first"),
    (b"II*\x00", "a picture (TIFF)", "have its text read by an OCR program first"),
    (b"MM\x00*", "a picture (TIFF)", "have its text read by an OCR program first"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"MZ\x90\x00", "a program", "leave it out"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and give the folder"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it and give the folder"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it"),
    (b"SQLite format 3\x00", "a database", "export its reports as JSON Lines"),
    (b"ID3", "a sound recording", "write down what is said"),
    (b"OggS", "a sound recording", "write down what is said"),
    (b"\x1aE\xdf\xa3", "a film", "write down what is said"),
)

TEXT_ENDINGS = frozenset({"", ".txt", ".text", ".md", ".markdown"})
_PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
_LINE_ENDINGS = frozenset({".jsonl", ".ndjson"})
_MAIL_ENDINGS = frozenset({".eml", ".mht", ".mhtml"})

_PAGE_START = re.compile(r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<(p|div|span|a|h[1-6]|title|meta|article|section|br|table|ul)\b[^<>]*>", re.IGNORECASE)
_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]*):(?:[ \t]|$)", re.MULTILINE)
_MAIL_HEADERS = frozenset({
    "from", "to", "cc", "subject", "date", "reply-to", "sender", "message-id", "mime-version", "received", "return-path", "content-type",
    "content-transfer-encoding", "delivered-to", "dkim-signature", "x-mailer", "list-id", "content-location",
})  # fmt: skip
#: Headers that nobody types at the head of a plain text.
_MACHINE_HEADERS = frozenset({"message-id", "mime-version", "received", "return-path", "content-type", "delivered-to", "dkim-signature"})


def kind(head: bytes, name: str, whole: Callable[[], BinaryIO], *, named: bool = True) -> Kind:
    """Return what a file is.

    head: its first bytes (up to HEAD_BYTES); name: its file name, for the ending; whole: opens it, asked for ZIP and gzip only.
    named: False where somebody gave only the folder it lies in, so that text with an unknown ending is not taken for a report.
    Raises Unreadable, with what it is instead, where it is nothing that can be read.
    """
    ending = _ending(name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(whole, ending)
    if head.startswith(b"\x1f\x8b"):
        return _of_gzip(head, name)
    if b"%PDF-" in head[:1024] and not _readable(head[: head.index(b"%PDF-")]):
        return "pdf"
    if re.match(rb"WARC/\d\.\d+\r?\n", head):
        return "warc"
    if head[4:8] == b"ftyp":
        raise Unreadable("a film or sound recording, not a report", hint="write down what is said")
    for start, what, hint in _FOREIGN:
        if head.startswith(start):
            raise Unreadable(f"{what}, not a report", hint=hint)
    decoded = decode(_whole_letters(head))
    if decoded is None:
        raise Unreadable("binary data, not a report", hint=f"Témoin reads {READS}")
    return _of_text(decoded.text, ending, named)


READS = ".txt, .md, .html, .pdf, .docx, .eml, .mhtml, .warc, .warc.gz, .wacz and .jsonl"


def _ending(name: str) -> str:
    stem, dot, rest = name.rpartition(".")
    return f".{rest.lower()}" if dot and stem and len(rest) <= 8 and " " not in rest else ""


def _readable(before: bytes) -> bool:
    """Tell whether a sentence stands before the mark, as in a text that speaks of PDF."""
    return len(re.findall(rb"[A-Za-z]{2,}", before)) > 3


def _whole_letters(head: bytes) -> bytes:
    """Return the head without a UTF-8 letter or UTF-16 unit that its end cuts in two."""
    if len(head) < HEAD_BYTES:
        return head
    cut = len(head) & ~3
    for back in range(1, 4):
        byte = head[cut - back]
        if byte >= 0xC0:
            return head[: cut - back]
        if byte < 0x80:
            break
    return head[:cut]


def _of_zip(whole: Callable[[], BinaryIO], ending: str) -> Kind:
    try:
        with whole() as file, zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as err:
        what = {".docx": "DOCX", ".wacz": "WACZ"}.get(ending, "ZIP archive")
        raise Unreadable(f"broken {what} ({err})", hint="the file is cut or damaged; get it again") from err
    if "word/document.xml" in names or ("[Content_Types].xml" in names and ending == ".docx"):
        return "docx"
    if any(re.fullmatch(r"archive/.+\.warc(\.gz)?", one) for one in names) or ending == ".wacz":
        return "wacz"
    what, hint = "a ZIP archive", "unpack it and give the folder"
    if "[Content_Types].xml" in names:
        what, hint = "a spreadsheet or slides", "save it as .pdf"
    elif "mimetype" in names:
        what, hint = "an OpenDocument or EPUB file", "save it as .docx or .pdf"
    raise Unreadable(f"{what}, not a report", hint=hint)


def _of_gzip(head: bytes, name: str) -> Kind:
    try:
        start = zlib.decompressobj(wbits=31).decompress(head, HEAD_BYTES)
    except zlib.error:
        start = b""
    lower = name.lower()
    if start.startswith(b"WARC/") or lower.endswith(".warc.gz"):
        return "warc"
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or lower.endswith((".jsonl.gz", ".ndjson.gz")):
        return "lines.gz"
    raise Unreadable("a gzip archive, not a report", hint="unpack it")


def _of_text(text: str, ending: str, named: bool) -> Kind:
    if ending in _LINE_ENDINGS:
        return "lines"
    start = text.lstrip()
    if start.startswith("{") and _object_in_first_line(start):
        return "lines"
    if ending == ".json":
        raise Unreadable("JSON, but not one object a line", hint='write one report a line, with its text under "text", and call it .jsonl')
    if _PAGE_START.match(text) or (ending in _PAGE_ENDINGS and _TAGS.search(text)):
        return "page"
    headers = [h.lower() for h in _HEADER.findall(re.split(r"\r?\n\r?\n", text.lstrip("\r\n"), maxsplit=1)[0])]
    known = set(headers) & _MAIL_HEADERS
    if _starts_with_header(text) and ((len(known) >= 3 and known & _MACHINE_HEADERS) or (known and ending in _MAIL_ENDINGS)):
        return "mail"
    if ending not in TEXT_ENDINGS and ending not in _PAGE_ENDINGS | _MAIL_ENDINGS and not named and _ending_is_of_another_kind(ending):
        raise Unreadable(f"not a kind of file that holds reports ({ending})", hint="name the file itself to have it read as plain text")
    return "text"


def _ending_is_of_another_kind(ending: str) -> bool:
    """Tell whether an ending looks like one: short, letters first. "Report of 3.5.2017" has none."""
    return re.fullmatch(r"\.[a-z][a-z0-9]{0,7}", ending) is not None


def _starts_with_header(text: str) -> bool:
    return re.match(r"\s*(From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]*:", text) is not None


def _object_in_first_line(start: str) -> bool:
    line = start.split("\n", 1)[0].strip()
    if len(line) >= HEAD_BYTES // 4 and '"' in line[:200]:
        return True  # one line longer than the head: an object whose end is not in sight
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeError):
        return False
    except RecursionError:
        return True  # only something nested that deep raises it; line by line it is refused by name
