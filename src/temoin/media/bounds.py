"""How much a medium may be before it is refused: one frozen record, each bound with its reason."""

from __future__ import annotations

import msgspec

MEGABYTE = 10**6


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds on one medium and on the process that opens it."""

    input_bytes: int = 512 * MEGABYTE  # it is held in memory while it is opened, never on the disk
    pixels: int = 100 * MEGABYTE  # of one picture with all its frames; the largest phones make 50 million a picture
    frames: int = 1_000  # of an animation, pages of a TIFF
    pages: int = 500  # of a PDF
    page_pixels: int = 25 * MEGABYTE  # of one page of a PDF as it is drawn: A3 has 9 million
    memory_bytes: int = 2_000 * MEGABYTE  # address space of the process, libraries included
    picture_s: int = 60  # processor time for a picture
    paper_s: int = 600  # for a PDF: half a second a page is usual
    film_s: int = 3_600  # for a film


BOUNDS = Bounds()
