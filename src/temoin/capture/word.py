"""DOCX: paragraphs and tables in their order, and the title, author and day that the properties state.

Opened only behind a guard: sizes declared, bytes really inflated, number of parts, and no entity declarations, which a DOCX never needs and
a "billion laughs" always does.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from temoin.capture.container import inflated, opened
from temoin.capture.limits import Limits, bytes_told
from temoin.capture.original import Original
from temoin.capture.plain import head, masthead
from temoin.errors import Unreadable
from temoin.records import Report, Unread

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TITLE_STYLES = re.compile(r"^(title|titre|titel|título|заголовок|heading 1|titre 1|überschrift 1)$", re.IGNORECASE)
#: Word writes this year where nobody set a day.
_UNSET_YEAR = 2013
TABLE_DEPTH = 5


def read(original: Original, limits: Limits) -> Iterator[Report | Unread]:
    """Yield the one report of a DOCX, or why there is none."""
    data = original.content()
    try:
        _guard(data, limits)
    except Unreadable as err:
        yield original.unread(f"DOCX: {err}", err.hint)
        return
    import docx  # imported here: a run on plain text need not load it

    try:
        document = docx.Document(io.BytesIO(data))
        blocks = list(_blocks(document))
    except RecursionError:
        yield original.unread("DOCX nested too deep", "save it as plain text")
        return
    except Exception as err:  # python-docx and lxml raise of every kind on hostile files; one file must not end the run
        yield original.unread(f"broken DOCX ({type(err).__name__}: {str(err)[:120]})", "get the file again, or save it as plain text")
        return
    text = "\n\n".join(blocks)
    if not text.strip():
        yield original.unread("DOCX without text", "it may hold only pictures; have their text read by an OCR program first")
        return
    yield _report(document, text, original)


def _guard(data: bytes, limits: Limits) -> None:
    """Inflate every part once under a meter, and look at the XML for entity declarations. Raises Unreadable."""
    with opened(io.BytesIO(data), members=limits.members, inflated_bytes=limits.inflated_bytes) as archive:
        left = limits.inflated_bytes
        for part in archive.infolist():
            parsed = part.filename.lower().endswith((".xml", ".rels"))
            if parsed and part.file_size > limits.markup_bytes:
                size, allowed = bytes_told(part.file_size), bytes_told(limits.markup_bytes)
                raise Unreadable(f"its part {part.filename!r} unfolds to {size}, more than the {allowed} allowed", hint="save it as plain text")
            content = inflated(archive, part.filename, min(left, limits.markup_bytes) if parsed else left)
            left -= len(content)
            if parsed and _declares(content):
                raise Unreadable(f"its part {part.filename!r} declares entities, as attacks do and documents do not", hint="do not open it")


def _declares(content: bytes) -> bool:
    """Tell whether XML holds an entity or doctype declaration, also where it is written in UTF-16."""
    return _DECLARES.search(content) is not None or (b"\x00" in content[:200] and _DECLARES.search(content.replace(b"\x00", b"")) is not None)


def _blocks(document: Document) -> Iterator[str]:
    """Yield paragraphs and tables in the order in which they stand, one string each."""
    from docx.table import Table

    for block in document.iter_inner_content():
        text = _rows(block, TABLE_DEPTH) if isinstance(block, Table) else block.text.strip()
        if text.strip():
            yield text


def _rows(table: Table, depth: int) -> str:
    """Return a table as text, one line a row, cells apart by " | ".

    Walks the cells as they are written: python-docx's own `row.cells` repeats a cell for each column it claims to span, and a hostile
    file claims a thousand million.
    """
    from docx.table import _Cell

    lines = []
    for row in table._tbl.tr_lst:  # see above
        cells = []
        for tc in row.tc_lst:
            cell = _Cell(tc, table)
            inner = [_rows(t, depth - 1) for t in cell.tables] if depth else []
            cells.append(" ".join([cell.text.strip(), *inner]).strip())
        lines.append(" | ".join(c for c in cells if c))
    return "\n".join(line for line in lines if line)


def _report(document: Document, text: str, original: Original) -> Report:
    about, properties = head(text), document.core_properties
    notes = [*original.notes, *about.notes]
    title = " ".join((properties.title or "").split()) or _styled_title(document) or about.title
    published: date | None = about.published
    if published is None:
        created = _property_day(properties)
        if created is not None:
            published = created
            notes.append("day of publication taken from the file's day of creation")
    author = " ".join((properties.author or "").split())
    return Report(
        id="", text=text, path=original.path, sha256=original.sha256, title=title[:500] if title else None, published=published,
        outlet=about.outlet or masthead(text, author), authors=(author[:200],) if author and author != "python-docx" else (), url=original.url,
        media_type=original.media_type, notes=tuple(notes),
    )  # fmt: skip


def _styled_title(document: Document) -> str | None:
    for paragraph in document.paragraphs[:5]:
        if paragraph.style is not None and _TITLE_STYLES.match(paragraph.style.name or "") and paragraph.text.strip():
            return " ".join(paragraph.text.split())
    return None


def _property_day(properties: object) -> date | None:
    try:
        created = getattr(properties, "created", None)
    except (ValueError, TypeError):  # a malformed date in the properties
        return None
    return created.date() if created is not None and created.year != _UNSET_YEAR else None
