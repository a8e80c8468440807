"""PDF drawn page by page and put together anew: what is seen stays, everything else is gone. `draw` runs in the cell.

Promises: the copy holds one picture a page and nothing else: no text under a cover, no fields, scripts, attachments, earlier versions or
properties; its bytes are the one form that its pictures give (`compose`), and `check` holds it to that.
The price: its text can no longer be searched or read aloud. Source of the form: ISO 32000-1, 7.5 and 8.9.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from temoin.errors import Broken, Refused, Unreadable, Unverified
from temoin.media import anatomy, cover
from temoin.media.bounds import BOUNDS

MEDIA_TYPE = "application/pdf"
DOTS_PER_INCH = 150
_POINTS_PER_INCH = 72


def draw(raw: bytes, covers: list[str] | tuple[str, ...] = ()) -> tuple[dict[str, Any], bytes]:
    """Return what is said of the copy (pages, size of the first) and the copy. covers: in pixels at 150 dots an inch.

    Raises Unreadable for what is no PDF, is broken, or asks for a password; Refused for one that is too large and for a cover outside its page.
    """
    import pypdfium2
    from PIL import ImageDraw

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as err:
        locked = "password" in str(err).lower()
        hint = "Save it without a password." if locked else None
        raise Unreadable("the PDF asks for a password" if locked else "the PDF is broken", hint=hint) from err
    count = len(document)
    if not 0 < count <= BOUNDS.pages:
        raise Refused(f"a PDF of {count} pages; 1 to {BOUNDS.pages} are drawn")
    wanted = [cover.parse(text) for text in covers]
    if beyond := next((one for one in wanted if one.page > count), None):
        raise Refused(f"cover {beyond} is on page {beyond.page} of {count}")
    pictures = []
    for number in range(1, count + 1):
        page = document[number - 1]
        width, height = (side * DOTS_PER_INCH / _POINTS_PER_INCH for side in page.get_size())
        if width * height > BOUNDS.page_pixels or min(width, height) < 1:
            raise Refused(f"page {number} would be drawn with {width:.0f} × {height:.0f} pixels; {BOUNDS.page_pixels} are drawn at most")
        # Annotations and form fields are drawn too: what a reader sees belongs to the page.
        drawn = page.render(scale=DOTS_PER_INCH / _POINTS_PER_INCH, may_draw_forms=True).to_pil().convert("RGB")
        page.close()
        pen = ImageDraw.Draw(drawn)
        for one in wanted:
            if one.page in (0, number):
                if one.right > drawn.width or one.bottom > drawn.height:
                    raise Refused(f"cover {one} reaches beyond page {number} of {drawn.width} × {drawn.height}", hint="Nothing was made.")
                pen.rectangle((one.left, one.top, one.right - 1, one.bottom - 1), fill=(0, 0, 0))
        out = BytesIO()
        drawn.save(out, "JPEG", quality=85, optimize=True)
        pictures.append(out.getvalue())
    made = compose(pictures)
    width, height = _size(pictures[0])
    return {"media_type": MEDIA_TYPE, "width": width, "height": height, "pages": count, "notes": ["its text cannot be searched any more"]}, made


def compose(pictures: Sequence[bytes]) -> bytes:
    """Return the one PDF of these JPEG pictures, one a page. The same pictures give the same bytes."""
    out, places = bytearray(b"%PDF-1.4\n%\xc2\xb5\xc2\xb6\n"), []

    def object_(body: bytes) -> None:
        places.append(len(out))
        out.extend(b"%d 0 obj\n%s\nendobj\n" % (len(places), body))

    kids = b" ".join(b"%d 0 R" % (3 + 3 * n) for n in range(len(pictures)))
    object_(b"<</Type/Catalog/Pages 2 0 R>>")
    object_(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pictures), kids))
    for n, picture in enumerate(pictures):
        width, height = _size(picture)
        box = b"%.2f %.2f" % tuple(side * _POINTS_PER_INCH / DOTS_PER_INCH for side in (width, height))
        at = 3 + 3 * n
        object_(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>>>>>" % (box, at + 1, at + 2))
        shown = b"%s 0 0 %s 0 0 cm/P Do" % tuple(box.split())
        object_(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
        head = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>"
        object_(head % (width, height, len(picture)) + b"stream\n" + picture + b"\nendstream")
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)
    return bytes(out)


def check(raw: bytes) -> list[str]:
    """Return the names of the parts of a copy where it is nothing but its pictures, and they nothing but pixels; raise Unverified otherwise."""
    pictures = list(_pictures(raw))
    if not pictures or compose(pictures) != raw:
        raise Unverified("the PDF holds more than its pages' pictures")
    return sorted({part for picture in pictures for part in anatomy.check(picture, "image/jpeg")})


def _pictures(raw: bytes) -> Iterator[bytes]:
    at = 0
    while found := re.search(rb"/Filter/DCTDecode/Length (\d{1,10})>>stream\n", raw[at : at + 1_000_000]):
        start = at + found.end()
        at = start + int(found[1])
        yield raw[start:at]


def _size(jpeg: bytes) -> tuple[int, int]:
    """Return width and height as the frame header says. Source: ITU-T T.81, B.2.2."""
    at = 2
    while at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        if jpeg[at + 1] in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack_from(">HH", jpeg, at + 5)
            return width, height
        at += 2 + struct.unpack_from(">H", jpeg, at + 2)[0]
    raise Broken("a page's picture has no frame header")
