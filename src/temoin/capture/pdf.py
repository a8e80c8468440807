"""PDF: the text layer, with lines joined into paragraphs, and the title, author and day that the file's properties state.

A scan has no text layer and is Unread, not empty. Lines are joined where the next one follows close below: a reader of sentences must not
see a line end in the middle of one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from temoin.capture.limits import Limits
from temoin.capture.original import Original
from temoin.capture.plain import head, masthead
from temoin.records import Report, Unread

if TYPE_CHECKING:
    import pypdfium2

_PAGE_NUMBER = re.compile(
    r"^(?:[-–—]?\s*\d{1,4}\s*[-–—]?|(?:page|seite|página|pág\.|стр\.|p\.)\s*\d{1,4}(?:\s*(?:/|of|sur|von|de|из)\s*\d{1,4})?)$", re.IGNORECASE
)
_NO_TITLE = re.compile(r"^(untitled.*|document\d*|microsoft word.*|.*\.(docx?|pdf|indd|rtf|odt|html?)|\(anonymous\)|unspecified)$", re.IGNORECASE)
_CREATED = re.compile(r"D:((?:19|20)\d\d)(\d\d)(\d\d)")

#: Where a hyphen stood at a line's end. pdfium writes U+0002 or U+FFFE there.
HYPHEN = "\x02"
#: First parts that keep their hyphen in one of our languages.
_TAKES_HYPHEN = frozenset({
    "anti", "ex", "non", "pro", "pan", "vice", "self", "co", "semi", "neo", "well", "half", "quasi", "cross", "north", "south", "east", "west",
    "high", "low", "long", "sous", "demi", "mi", "nord", "sud", "peut", "celui", "celle", "lui", "elle", "eux", "rendez", "porte", "pré", "pós",
    "recém", "além", "sem", "bem", "mal", "экс", "вице", "контр", "северо", "юго", "кое", "какой", "кто", "что", "где", "когда",
})  # fmt: skip

#: A line that begins this much lower than the line above it, in usual distances between lines, begins a paragraph.
PARAGRAPH_STEP = 1.35
#: A last line this much shorter than the longest, ending a sentence, ends its paragraph.
SHORT_LAST_LINE = 0.8


class _Line(NamedTuple):
    text: str
    top: float  # points from the page's foot


def read(original: Original, limits: Limits) -> Iterator[Report | Unread]:
    """Yield the one report of a PDF, or why there is none."""
    import pypdfium2  # imported here: a run on plain text need not load it

    try:
        document = pypdfium2.PdfDocument(original.content())
    except pypdfium2.PdfiumError as err:
        if "password" in str(err).lower():
            yield original.unread("encrypted PDF", "save it without a password")
        else:
            yield original.unread(f"broken or truncated PDF ({err})", "get the file again")
        return
    try:
        yield _report(document, original, limits)
    except (pypdfium2.PdfiumError, UnicodeError, ValueError) as err:
        yield original.unread(f"broken PDF ({err})", "get the file again")
    finally:
        document.close()


def _report(document: pypdfium2.PdfDocument, original: Original, limits: Limits) -> Report | Unread:
    count = len(document)
    if count > limits.pages:
        return original.unread(f"PDF of {count} pages, more than the {limits.pages} allowed", "cut out the pages that matter")
    if count == 0:
        return original.unread("PDF without a page", "get the file again")
    pages = [_lines(document, n) for n in range(count)]
    running = _running(pages)
    paragraphs: list[str] = []
    for lines in pages:
        found = _paragraphs([line for line in lines if line.text not in running and not _PAGE_NUMBER.match(line.text)])
        if paragraphs and found and _goes_on(paragraphs[-1], found[0]):
            paragraphs[-1] = _joined(paragraphs[-1], found.pop(0))
        paragraphs += found
    text = _unbroken("\n\n".join(paragraphs))
    if not text.strip():
        return original.unread("scanned page, no text layer", "have its text read by an OCR program first")
    about = head(text)
    notes = [*original.notes, *about.notes]
    empty = sum(not lines for lines in pages)
    if empty:
        notes.append(f"{empty} of {count} pages have no text layer")
    properties = document.get_metadata_dict()
    title = " ".join(properties.get("Title", "").split())
    published = about.published
    if published is None and (published := _created(properties.get("CreationDate", ""))):
        notes.append("day of publication taken from the file's day of creation")
    author = " ".join(properties.get("Author", "").split())
    return Report(
        id="", text=text, path=original.path, sha256=original.sha256, title=about.title if not title or _NO_TITLE.match(title) else title[:500],
        published=published, outlet=about.outlet or masthead(text, author), authors=(author[:200],) if author else (), url=original.url,
        media_type=original.media_type, notes=tuple(notes),
    )  # fmt: skip


def _lines(document: pypdfium2.PdfDocument, n: int) -> list[_Line]:
    """Return a page's lines with the height at which each begins; [] where the page is broken or has no text."""
    import pypdfium2

    try:
        page = document[n]
    except pypdfium2.PdfiumError:
        return []
    layer = page.get_textpage()
    try:
        lines, at = [], 0
        # pdfium ends lines with \r\n and marks a hyphen that breaks a word with U+0002 or U+FFFE.
        for raw in layer.get_text_range().split("\n"):
            text = raw.rstrip("\r").replace("\ufffe", "\x02")
            clean = re.sub(r"[ \t\xa0]+", " ", text).strip()
            if clean:
                lines.append(_Line(clean, _top(layer, at + len(raw) - len(raw.lstrip()))))
            at += len(raw) + 1
        return lines
    finally:
        layer.close()
        page.close()


def _top(layer: pypdfium2.PdfTextPage, index: int) -> float:
    import pypdfium2

    try:
        return float(layer.get_charbox(index, loose=True)[3])
    except (pypdfium2.PdfiumError, IndexError):
        return 0.0


def _running(pages: list[list[_Line]]) -> set[str]:
    """Return lines that head or foot at least three pages: running titles."""
    if len(pages) < 3:
        return set()
    edges = [line.text for lines in pages for line in {*lines[:1], *lines[-1:]}]
    return {text for text in edges if edges.count(text) >= 3} if len(edges) < 5_000 else set()


def _paragraphs(lines: list[_Line]) -> list[str]:
    if not lines:
        return []
    steps = [a.top - b.top for a, b in pairwise(lines) if a.top > b.top]
    usual = median(steps) if steps else 0.0
    longest = max(len(line.text) for line in lines)
    found = [lines[0].text]
    for above, line in pairwise(lines):
        step = above.top - line.top
        ended = re.search(r"[.!?…:][\"'»”’)\]]*$", above.text) is not None and len(above.text) < SHORT_LAST_LINE * longest
        if step > PARAGRAPH_STEP * usual > 0 or step < -usual or ended or _item(line.text, found[-1]):
            found.append(line.text)
        else:
            found[-1] = _joined(found[-1], line.text)
    return found


def _item(line: str, above: str) -> bool:
    """Tell whether a line begins an item of a list: with a bullet, or with the number behind that of the item above."""
    number = re.match(r"(\d{1,2})([.)])\s", line)
    if number is None:
        return re.match(r"[•▪◦–—-]\s", line) is not None
    return above.startswith(f"{int(number[1]) - 1}{number[2]}")


def _joined(above: str, line: str) -> str:
    if above.endswith((HYPHEN, "\u00ad")):
        return f"{above[:-1]}{HYPHEN}{line}"
    if re.search(r"[^\W\d_]-$", above) and line[:1].islower():
        return f"{above[:-1]}{HYPHEN}{line}"
    return f"{above} {line}"


def _unbroken(text: str) -> str:
    """Take out the hyphens that only broke a word at a line's end; keep those that belong to the word.

    The text itself is asked first (is either form written elsewhere?), then whether the first part is one that takes a hyphen.
    """
    if HYPHEN not in text:
        return text
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))

    def mended(match: re.Match[str]) -> str:
        left, right = match[1], match[2]
        whole, kept = f"{left}{right}", f"{left}-{right}"
        if words[whole.lower()] or words[kept.lower()]:
            return whole if words[whole.lower()] >= words[kept.lower()] else kept
        return kept if left.lower() in _TAKES_HYPHEN or right[:1].isupper() or not (left + right).isalpha() else whole

    return re.sub(rf"(\w+){HYPHEN}(\w+)", mended, text).replace(HYPHEN, "-")


def _goes_on(above: str, line: str) -> bool:
    """Tell whether a paragraph crosses a page end: no sentence ended above, and a small letter follows."""
    return re.search(r"[.!?…:][\"'»”’)\]]*$", above) is None and line[:1].islower()


def _created(stated: str) -> date | None:
    match = _CREATED.match(stated)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
