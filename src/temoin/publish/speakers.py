"""Whom an origin is told as: its name, and a note where it has none of its own: an unnamed source, or a report that speaks for itself."""

from __future__ import annotations

from temoin.publish.index import Index
from temoin.publish.neutral import line
from temoin.publish.wording import Words

#: What an account calls a source that its report names by a pronoun only.
_SOMEBODY = "somebody"


def told_as(index: Index, own: Words, key: str) -> tuple[str, str]:
    """Return the name of an origin on one line, and the note that belongs behind it, "" where it is named."""
    origin, name = index.origins[key], index.origin_name(key)
    if origin.named:
        return name, ""
    if origin.party is None and _is_its_report(index, origin.first_report, name):
        return name, own.say("text.own_voice")
    return own.say("text.somebody") if name == _SOMEBODY else name, own.say("text.unnamed")


def _is_its_report(index: Index, report: str, name: str) -> bool:
    """Return whether an origin without a party is called by its report: no outlet is known, and the report speaks in its own voice."""
    reading = index.readings.get(report)
    return reading is not None and any(given and line(given, 90) == name for given in (reading.title, reading.outlet, reading.id))
