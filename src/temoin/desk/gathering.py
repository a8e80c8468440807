"""What the arguments name becomes a stream of reports, readings made earlier, and what cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import msgspec

from temoin.desk.reading import Item
from temoin.records import Report


def gather(paths: Sequence[str], *, lang: str | None = None) -> Iterator[Item]:
    """Yield everything that the paths name or hold, in a stable order, one at a time; "-" is standard input.

    lang: given to reports whose language nobody has said; what a report says of itself is never overruled.
    """
    from temoin import capture

    for item in capture.gather(paths, stdin=sys.stdin.buffer):
        if lang and isinstance(item, Report) and item.lang is None:
            yield msgspec.structs.replace(item, lang=lang)
        else:
            yield item
