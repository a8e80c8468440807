"""A point of time before its place on the calendar is known, and how the words of a phrase are read for it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from temoin.read import calendar
from temoin.read.calendar import Stretch
from temoin.read.timewords import Atom, Words


class Point(NamedTuple):
    """A time before the tense is known: a fixed stretch of days, or a day, month, season or feast that waits for its year."""

    # "fixed", "so_far", "in", "within", "date", "month", "weekday", "weekday_day", "day", "season", "feast", "weekend", "part",
    # or, seen from a time stated before, "anaphor", "later", "through", and "copied", whose name is the EDTF
    kind: str
    fixed: Stretch | None = None
    year: int | None = None
    month: int = 0
    day: int = 0
    weekday: int | None = None
    name: str = ""
    edge: int | None = None  # 0 early, 1 mid, 2 end
    weak: bool = False  # to be taken only where a preposition or an interval supports it
    steps: tuple[tuple[int, str], ...] = ()  # what is counted, with its sign
    used: int | None = None  # how many of the phrase's words it took, None for all
    days: Stretch | None = None  # by the convention of calendars (`timedays`), where they are not those of what was said
    current: bool = False  # named as this one, last or next, not by its number


class Context(NamedTuple):
    """What a phrase is read with."""

    text: str
    words: Words
    published: date | None


def fixed(stretch: Stretch | None) -> Point | None:
    """Return a point whose days are known."""
    return Point("fixed", stretch) if stretch else None


def first_of(atoms: list[Atom], kinds: str) -> Atom | None:
    """Return the first word of one of the kinds, None where there is none."""
    return next((a for a in atoms if a.kind in kinds), None)


def value_of(atoms: list[Atom], kinds: str) -> int | None:
    """Return what the first word of one of the kinds stands for."""
    found = first_of(atoms, kinds)
    return None if found is None else found.value


def number_of(atoms: list[Atom]) -> int:
    """Return the day or the count; the Portuguese weekdays are ordinals too."""
    found = first_of(atoms, "dno")
    if found is not None:
        return int(found.value)
    return int(atoms[-1].value) + 2 if atoms and atoms[-1].kind == "Q" else (value_of(atoms, "Q") or 0) + 2


def is_told(shift: Atom, c: Context) -> bool:
    """Say whether a word such as "that", "following" is seen from the time stated before."""
    return c.text[shift.start : shift.end].lower() in c.words.anchored


def year_of(atoms: list[Atom], published: date | None) -> int | None:
    """Return the year that is stated, in figures or as "last year"; None where none is."""
    stated = value_of(atoms, "y")
    if stated is not None:
        return stated
    shift = first_of(atoms, "lL")
    if shift and published and any(a.kind == "u" and a.value == "year" for a in atoms):
        return int(published.year + shift.value)
    return None


def unit_of(atoms: list[Atom]) -> str:
    """Return the name of the unit of time that a phrase counts in."""
    units = [a for a in atoms if a.kind in "uW"]
    return "weekend" if units[-1].kind == "W" else str(units[0].value)


def part(whole: Stretch | None, unit: str, rank: int, count: int) -> Stretch | None:
    """Return the `rank`-th unit of a stretch and `count` units from there, or the last `count` where rank is negative.

    A week belongs to the month or year that holds its Thursday (ISO 8601).
    """
    if whole is None or unit not in ("day", "week", "weekend", "month") or count > 400 or rank > 400:
        return None
    if unit == "month":
        first = whole.first.month + rank - 1 if rank > 0 else whole.last.month - count + 1
        return calendar.months(whole.first.year, first, count, "month" if count == 1 else "days")
    if unit == "day":
        one = calendar.plus_days(whole.first, rank - 1) if rank > 0 else calendar.plus_days(whole.last, 1 - count)
        return calendar.between(one, one and calendar.plus_days(one, count - 1))
    step = calendar.DAYS_IN["week"]
    edge = calendar.around(whole.first if rank > 0 else whole.last, "week")
    if edge is None:
        return None
    inside = edge.first.toordinal() + 3
    if rank > 0:
        offset = (rank - 1) * step + (0 if inside >= whole.first.toordinal() else step)
    else:
        offset = -(count - 1) * step - (0 if inside <= whole.last.toordinal() else step)
    first_day = calendar.plus_days(edge.first, offset)
    if unit == "weekend":
        first_day = first_day and calendar.plus_days(first_day, 5)
        return calendar.between(first_day, first_day and calendar.plus_days(first_day, 1))
    return calendar.between(first_day, first_day and calendar.plus_days(first_day, count * step - 1))
