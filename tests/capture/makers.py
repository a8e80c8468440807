"""Small files of every kind, built in the test that needs them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from temoin import capture
from temoin.records import Reading, Report, Unread

STORY = (
    "Seven journalists were detained in the capital on Tuesday, a rights group said. According to their lawyer, four of them were beaten in "
    "custody and given no water for two days. The interior ministry denies it and says that nobody was ill-treated. A court will hear the "
    "case in June, and the union of journalists has called for a vigil in front of the ministry tonight."
)


def gathered(*paths: Path | str, limits: capture.Limits = capture.LIMITS) -> list[Report | Reading | Unread]:
    """Return everything that the paths hold."""
    return list(capture.gather([str(p) for p in paths], limits=limits))


def one(path: Path, limits: capture.Limits = capture.LIMITS) -> Report:
    """Return the one report that a file holds."""
    (found,) = gathered(path, limits=limits)
    assert isinstance(found, Report), found
    return found


def refused(path: Path, limits: capture.Limits = capture.LIMITS) -> Unread:
    """Return why a file is unread."""
    (found,) = gathered(path, limits=limits)
    assert isinstance(found, Unread), found
    assert found.reason
    return found


def pdf(pages: Sequence[Sequence[str]], info: str = "") -> bytes:
    """Return a PDF with the given lines on its pages, 14 points apart; "" leaves a gap, as between paragraphs."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        shown = b"BT /F1 11 Tf 14 TL 72 770 Td\n"
        for line in lines:
            escaped = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            shown += (b"(" + escaped + b") Tj T*\n") if line else b"T*\n"
        shown += b"ET"
        objects.append(b"<< /Length %d >>\nstream\n" % len(shown) + shown + b"\nendstream")
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        objects.append(page.encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects.append(f"<< {info} >>".encode("cp1252"))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(objects), start)
    return out


CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/>'
    b'<Override PartName="/word/document.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def raw_docx(document: bytes, extra: dict[str, bytes] | None = None) -> bytes:
    """Return a DOCX container around a document part as given, with any further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document, **(extra or {})}.items():
            archive.writestr(name, data)
    return out.getvalue()


def word_xml(body: str, before: str = "") -> bytes:
    """Return the XML of a Word document with the given body."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()


def page(title: str = "Seven detained", head: str = "", story: str = STORY) -> str:
    """Return a small news page, with a menu and a story."""
    return (
        f"<!DOCTYPE html><html><head><title>{title} - The Example</title>{head}</head><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
        f"<article><h1>{title}</h1><p>{story}</p><p>{story.replace('Seven', 'The seven')}</p></article><footer>© The Example</footer></body></html>"
    )
