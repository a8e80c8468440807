"""Every claim of every report on one line: with its id, its report, and the day it was published.

Reports stand in order of publication and id, claims in the order of the text; so whatever order the readings came in, the account is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from temoin.records import Claim, EventType, Reading

#: Acts that a persecution consists of, and what follows for its victims; a blanket denial answers these.
HARM: frozenset[EventType] = frozenset(
    {"killing", "detention", "abduction", "torture", "sexual_violence", "threat", "persecution"},
)
#: Event types that share the ground of the persecution they belong to: a claim without a place takes it from these before it.
GROUND: frozenset[EventType] = HARM | {"displacement", "complaint", "investigation", "judgment"}
#: Stances about what is to come; the others speak of what is said to be or to have been.
TO_COME = frozenset({"promises", "demands"})


class Line(msgspec.Struct, frozen=True, gc=False):
    """A claim in its place."""

    id: str
    at: int  # index of the report
    claim: Claim
    day: int | None  # ordinal of the day of publication


def in_order(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings by day of publication (undated last) and id, equal ones once, each with an id of its own.

    Two different readings under one id keep it with "~2", "~3" behind it, in the order of their content.
    """
    keyed = sorted(readings, key=lambda r: (r.published is None, r.published.toordinal() if r.published else 0, r.id))
    counts: dict[str, int] = {}
    for reading in keyed:
        counts[reading.id] = counts.get(reading.id, 0) + 1
    if max(counts.values(), default=0) < 2:
        return tuple(keyed)
    out: list[Reading] = []
    twins: dict[str, dict[str, Reading]] = {}
    for reading in keyed:
        if counts[reading.id] == 1:
            out.append(reading)
        else:
            twins.setdefault(reading.id, {})[hashlib.sha256(msgspec.json.encode(reading)).hexdigest()] = reading
    for same, by_digest in twins.items():
        ordered = sorted(by_digest.items(), key=lambda item: (item[1].published is None, str(item[1].published), item[0]))
        taken = set(counts)
        for nth, (_, reading) in enumerate(ordered):
            new = same
            while nth and new in taken:
                nth += 1
                new = f"{same}~{nth}"
            taken.add(new)
            out.append(msgspec.structs.replace(reading, id=new))
    return tuple(sorted(out, key=lambda r: (r.published is None, r.published.toordinal() if r.published else 0, r.id)))


def lines(readings: Sequence[Reading]) -> list[Line]:
    """Return one line for each claim, ids `<report id>#<n>`, n from 0 in the order of the text."""
    out: list[Line] = []
    for at, reading in enumerate(readings):
        day = reading.published.toordinal() if reading.published else None
        ordered = sorted(reading.claims, key=lambda c: (c.start, c.end, c.event, c.stance, c.claimant or "", str(c.count)))
        out.extend(Line(f"{reading.id}#{n}", at, claim, day) for n, claim in enumerate(ordered))
    return out
