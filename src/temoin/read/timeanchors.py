"""Times that hang on a time stated before: "the next day", "three weeks later", "that month", "promised on 4 July … within 60 days".

What was stated counts only where it is near; where nothing was stated at all, the day of publication stands in.
"""

from __future__ import annotations

from datetime import date

from temoin.read import calendar, edtf, timeline
from temoin.read.timecounts import counted_from
from temoin.read.timepoints import Context, Point, fixed, is_told
from temoin.read.timewords import Atom
from temoin.records import Time

#: How far behind the time it hangs on "the next day" may stand, in code points: about three sentences.
REACH = 400


def near(start: int, earlier: Time | None) -> Time | None:
    """Return the time stated before, where it is near enough to hang on."""
    return earlier if earlier and start - earlier.end <= REACH else None


def seen_from(atoms: list[Atom], context: Context, earlier: Time | None) -> Context | None:
    """Return the context in which "that month" or "the following week" is read: seen from the time stated before.

    None where "that" and "the same" point at a time too far away to know.
    """
    shifts = [a for a in atoms if a.kind in "lL"]
    if not shifts or not all(is_told(a, context) for a in shifts):  # "este mismo año" is this one
        return context
    held = shifts[0]
    if earlier is None:
        return None if context.text[held.start : held.end].lower() in context.words.distant else context
    there = near(held.start, earlier)
    first = edtf.days(there.edtf)[0] if there else None
    if first is None:
        return context if held.value else None
    if held.value < 0 and context.published and first > context.published:
        return context  # "next Monday or the previous Monday"
    return context._replace(published=first)


def hung(it: Point, start: int, earlier: Time | None, context: Context) -> Point:
    """Fix a point that hangs on the time stated before; as it is where it does not, or where that time is not known."""
    there = near(start, earlier)
    found: Point | None = None
    if it.kind == "anaphor":
        found = _pointing(it, there, context.published if earlier is None else None)
    elif it.kind == "later":
        found = counted_from(there.edtf, it.steps) if there else None
    elif it.kind in ("within", "in") and timeline.promised(context.text, start, context.words):
        day = _day(there) if there and not timeline.ended(context.text, there.end, start) else None
        if day is None or there is None:
            return Point("later")  # promised on a day that nobody names
        end = counted_from(there.edtf, it.steps)
        found = fixed(calendar.between(day, end and end.fixed and end.fixed.last))
    return found or it


def _pointing(it: Point, there: Time | None, published: date | None) -> Point | None:
    """Return what "the next day", "that morning", "since then" and "the same period" point at.

    published: given where no time was stated at all: then "the next day" is seen from it.
    """
    if it.name:
        whole = there is not None and (it.name == "same" or "/" not in there.edtf)
        written = {"since": "{}/..", "until": "../{}", "same": "{}"}[it.name]
        return Point("copied", name=written.format(there.edtf)) if there and whole else None
    day = _day(there)
    if day is None and there and not it.day and "/" not in there.edtf:
        return Point("copied", name=there.edtf)  # "that morning" in November
    day = day or (published if it.day else None)
    return fixed(calendar.one(calendar.plus_days(day, it.day))) if day else None


def passed(it: Point, start: int, earlier: Time | None) -> Point | None:
    """Count «через неделю» that is told in the past from the time stated before; None where there is none."""
    there = near(start, earlier)
    return counted_from(there.edtf, it.steps) if there else None


def _day(there: Time | None) -> date | None:
    """Return the day that a time is, None where it is longer."""
    first, last = edtf.days(there.edtf) if there else (None, None)
    return first if first == last else None
