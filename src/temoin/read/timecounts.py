"""Counted time: "two weeks ago", "in ten days", "the past three weeks", "three weeks later", "the rest of the year".

What is counted is no more exact than said: weeks and days from a day give a day, months a month, years a year.
"""

from __future__ import annotations

from datetime import date

from temoin.read import calendar, timedays
from temoin.read.timepoints import Context, Point, first_of, fixed, number_of, unit_of, value_of
from temoin.read.timewords import Atom

Steps = tuple[tuple[int, str], ...]
_LENGTHS = {4: "year", 7: "month", 10: "day"}  # of an EDTF text, by what it names

_COUNTED_FROM = {"month": {"month", "year", "decade"}, "year": {"year", "decade"}}  # from a day everything


def ago(atoms: list[Atom], c: Context) -> Point | None:
    """ "Two weeks ago" is a day; "two months ago" a month and "two years ago" a year: no more exact than said."""
    return away(c.published, steps(atoms, -1))


def ahead(atoms: list[Atom], c: Context) -> Point | None:
    """ "In two weeks", from publication; told in the past it is how long something took."""
    if unit_of(atoms) == "decade":
        return None  # "the worst in a decade"
    point = away(c.published, steps(atoms, 1))
    return point and point._replace(kind="in", steps=steps(atoms, 1))


def later(atoms: list[Atom], c: Context) -> Point | None:
    """ "Three weeks later", "a month earlier": counted from the time stated before."""
    word = first_of(atoms, "J")
    if not first_of(atoms, "dn") and c.text[atoms[0].start : atoms[0].end].lower() in c.words.plurals:
        return None  # "days earlier": nobody says how many
    return Point("later", steps=steps(atoms, word.value if word else 1))


def through(atoms: list[Atom], c: Context) -> Point | None:
    """«Через неделю», « au bout de deux jours »: in the past from the time stated before, else from publication."""
    point = ahead(atoms, c)
    return Point("through", point.fixed if point else None, steps=steps(atoms, 1))


def steps(atoms: list[Atom], sign: int) -> Steps:
    """Return what is counted, in the order of the words: "two years and a month" is ((2, "year"), (1, "month"))."""
    counts = [a.value for a in atoms if a.kind in "dn"] or [1]
    units = ["weekend" if a.kind == "W" else str(a.value) for a in atoms if a.kind in "uW"]
    return tuple((sign * count, unit) for count, unit in zip(counts, units, strict=False))


def counted_from(edtf: str, taken: Steps) -> Point | None:
    """Return the time so many steps from a stated day, month or year; from a month only months and years can be counted."""
    grain = None if "/" in edtf else _LENGTHS.get(len(edtf))
    if grain is None or not taken or not {unit for _, unit in taken} <= _COUNTED_FROM.get(grain, {unit for _, unit in taken}):
        return None
    return away(date.fromisoformat(f"{edtf}-01-01"[:10]), taken, grain)


def away(it: date | None, taken: Steps, least: str = "day") -> Point | None:
    """Return the point so many steps from a day, None outside the calendar. least: how exactly what was counted from is known."""
    for count, unit in taken:
        it = it and calendar.plus(it, count, unit)
    if it is None:
        return None
    grain = taken[-1][1] if taken[-1][1] in ("month", "year") else least
    if grain == "day":
        return fixed(calendar.one(it))
    point = fixed(calendar.around(it, "month" if least == "month" and len(taken) > 1 else grain))
    return point and point._replace(days=calendar.one(it) if least == "day" else None)


def within(atoms: list[Atom], c: Context) -> Point | None:
    """ "Within 60 days": from publication, which is the first of them."""
    shift = value_of(atoms, "lL")
    if c.published is None or shift:
        return span(atoms, c) if shift else None
    end = calendar.plus(c.published, number_of(atoms), unit_of(atoms))
    point = fixed(calendar.between(c.published, end and calendar.plus_days(end, -1)))
    return point and point._replace(kind="within", steps=steps(atoms, 1))


def span(atoms: list[Atom], c: Context) -> Point | None:
    """ "The past three weeks" end with the day of publication, by the calendar the day before; "the next three weeks" begin the day after."""
    shift, unit = value_of(atoms, "lL"), unit_of(atoms)
    plural = any(word in c.words.plurals for a in atoms for word in c.text[a.start : a.end].lower().split())
    if c.published is None or not shift or not (plural or number_of(atoms) == 1):  # "only 3 next week" counts no weeks
        return None
    sign = 1 if shift > 0 else -1
    far: date | None = c.published
    for count, each in steps(atoms, shift):
        far = far and calendar.plus(far, count, each)
    near = calendar.plus(c.published, sign, "workday" if unit == "workday" else "day")
    if unit in ("quarter", "decade"):
        here = calendar.around(c.published, unit, sign)
        there = calendar.around(c.published, unit, shift * number_of(atoms))
        low, high = (here, there) if shift > 0 else (there, here)
        return fixed(calendar.between(low and low.first, high and high.last))
    begin, end = (near, far) if shift > 0 else (far, near)
    days = calendar.between(begin, end)
    if shift < 0:
        end = c.published
    if unit in ("month", "year") and begin and end:  # no more exact than said
        first, last = calendar.around(begin, "month"), calendar.around(end, "month")
        begin, end = first and first.first, last and last.last
    return Point("fixed", calendar.between(begin, end), days=days) if days else None


def rest(atoms: list[Atom], c: Context) -> Point | None:
    """ "Later this week" is what is left of it, "earlier this year" what has passed; "later last year" is not known more exactly."""
    shift, unit, word = value_of(atoms, "lL"), first_of(atoms, "uW"), first_of(atoms, "J")
    if c.published is None or unit is None or word is None:
        return None
    whole = calendar.around(c.published, unit_of([unit]), shift or 0)
    if whole is None or unit.value == "day":
        return None
    if shift:
        return Point("fixed", whole, days=timedays.cut(whole, timedays.LATE if word.value > 0 else timedays.EARLY, False))
    if word.value > 0:
        return Point("fixed", calendar.between(c.published, whole.last), days=timedays.later(whole, c.published))
    return Point("fixed", calendar.between(whole.first, c.published), days=timedays.earlier(whole, c.published))
