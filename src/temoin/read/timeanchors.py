"""Times that hang on a time stated before: "the next day", "three weeks later", "that month", "promised on 4 July … within 60 days".

What was stated counts only where it is near; where nothing was stated at all, the day of publication stands in.
"""

from __future__ import annotations

from temoin.read import calendar, timeline
from temoin.read.calendar import Stretch
from temoin.read.timecounts import counted_from
from temoin.read.timepoints import Context, Point, is_told
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
    if there is None or there.first_day is None:
        return context if held.value else None
    if held.value < 0 and context.published and there.first_day > context.published:
        return context  # "next Monday or the previous Monday"
    return context._replace(published=there.first_day)


def hung(it: Point, start: int, earlier: Time | None, context: Context) -> Point:
    """Fix a point that hangs on the time stated before; as it is where it does not, or where that time is not known."""
    published, there = context.published, near(start, earlier)
    stretch: Stretch | None = None
    if it.kind == "anaphor":
        day = published if earlier is None else there.first_day if there and there.first_day == there.last_day else None
        stretch = calendar.one(calendar.plus_days(day, it.day)) if day else None
    elif it.kind == "later":
        stretch = counted_from(there.edtf, it.steps) if there else None
    elif it.kind in ("within", "in") and there and there.first_day and there.first_day == there.last_day:
        if timeline.promised(context.text, there.end, start, context.words):
            end: Stretch | None = counted_from(there.edtf, it.steps)
            stretch = calendar.between(there.first_day, end and end.last)
    return Point("fixed", stretch) if stretch else it


def passed(it: Point, start: int, earlier: Time | None) -> Point | None:
    """Count «через неделю» that is told in the past from the time stated before; None where there is none."""
    there = near(start, earlier)
    stretch = counted_from(there.edtf, it.steps) if there else None
    return Point("fixed", stretch) if stretch else None
