"""Parts of a year and what they are called: quarters and halves, ranked weeks, seasons, feasts, decades."""

from __future__ import annotations

from datetime import date

from temoin.read import calendar
from temoin.read.calendar import Stretch
from temoin.read.timepoints import Context, Point, first_of, fixed, number_of, part, unit_of, value_of, year_of
from temoin.read.timewords import Atom


def part_week(atoms: list[Atom], c: Context) -> Point | None:
    """ "The last week of July", "the first two weeks of 2031", « les trois premiers mois de 2031 »."""
    if atoms[0].kind in "dn":
        atoms = [atoms[1], atoms[0], *atoms[2:]] if atoms[2].kind in "uW" else atoms[1:]
    at = next(i for i, a in enumerate(atoms) if a.kind in "uW")
    unit, rank = unit_of(atoms[: at + 1]), atoms[0]
    if unit in ("quarter", "half"):
        return part_year(atoms, c)
    rank = rank._replace(kind="o", value=rank.value + 2) if rank.kind == "Q" else rank
    vague = atoms[1].kind not in "dn" and c.text[atoms[at].start : atoms[at].end].lower() in c.words.plurals  # "the first months of 2030"
    count = atoms[1].value if atoms[1].kind in "dn" else 1
    rest = atoms[at + 1 :]
    month, year = value_of(rest, "mM"), year_of(rest, c.published)
    shift = first_of(rest, "lL")
    whole: Stretch | None
    if rank.kind in "lL" and rank.value == 0:  # "the same month of last year"
        if unit != "month" or (month is None and (year is None or c.published is None)):
            return None
        return Point("month", None, year, month) if month else fixed(calendar.month(year or 0, c.published.month if c.published else 0))
    if month is None and year is None:
        other = first_of(rest, "u")
        if not (other and shift and c.published):
            return None
        whole = calendar.around(c.published, str(other.value), shift.value)
    elif month is None:
        whole = calendar.year(year or 0)
    elif year is None and vague:
        return Point("month", None, None, month)
    elif year is None:
        return Point("month", None, None, month, name=f"{unit} {rank.value if rank.kind == 'o' else -1} {count}")
    else:
        whole = calendar.month(year, month)
    return fixed(whole if vague else part(whole, unit, rank.value if rank.kind == "o" else -1, count))


def week_number(atoms: list[Atom], c: Context) -> Point | None:
    if "\n" in c.text[atoms[0].start : atoms[-1].end]:
        return None
    if atoms[0].value != "week":  # "dia 9"
        return Point("day", day=atoms[1].value) if len(atoms) == 2 and c.text[atoms[0].start : atoms[0].end].lower() in c.words.bare_day else None
    year = year_of(atoms[2:], c.published) or (c.published and c.published.year)
    return fixed(part(calendar.year(year), "week", atoms[1].value, 1)) if year else None


def part_year(atoms: list[Atom], c: Context) -> Point | None:
    mark, number, year = first_of(atoms, "R"), number_of(atoms), year_of(atoms, c.published)
    unit = str(mark.value) if mark else str(next(a.value for a in atoms if a.kind == "u"))
    if year is None and c.published and atoms[-1].kind == "u" and atoms[-1].value == "year":
        year = c.published.year
    size = {"quarter": 3, "half": 6, "month": 1}.get(unit)
    if unit == "week" and year is not None:
        return fixed(part(calendar.year(year), "week", number, 1))
    if size is None or year is None or not 1 <= number <= 12 // size:
        return None
    return fixed(calendar.months(year, (number - 1) * size + 1, size, "month" if size == 1 else "days"))


def _last_or_next(known: list[Stretch], here: date, way: int) -> Stretch | None:
    """Return the last stretch that ended before a day where `way` is negative, else the next that begins after it."""
    if way < 0:
        return next((s for s in reversed(known) if s.last < here), None)
    return next((s for s in known if s.first > here), None)


def season(atoms: list[Atom], c: Context) -> Point | None:
    name, year, shift = str(first_of(atoms, "s").value), year_of(atoms, c.published), first_of(atoms, "lL")  # type: ignore[union-attr]
    if year is None and shift and c.published and not first_of(atoms, "u"):
        here = c.published
        candidates = [s for y in range(here.year - 2, here.year + 3) if (s := calendar.season(y, name))]
        if shift.value:
            return fixed(_last_or_next(candidates, here, shift.value))
        return fixed(next((s for s in candidates if s.first.year == here.year or s.first <= here <= s.last), None))
    sure = c.text[atoms[0].start : atoms[0].end].lower() in c.words.sure_seasons
    return Point("season", None, year, name=name, weak=len(atoms) == 1 and not sure)


def feast(atoms: list[Atom], c: Context) -> Point | None:
    name, year, shift = str(first_of(atoms, "h").value), year_of(atoms, c.published), first_of(atoms, "lL")  # type: ignore[union-attr]
    if year is None and shift and c.published:
        here = c.published
        known = [s for y in range(here.year - 1, here.year + 2) if (s := calendar.feast(y, name))]
        if shift.value:
            return fixed(_last_or_next(known, here, shift.value))
        year = here.year
    return Point("feast", None, year, name=name)


def decade(atoms: list[Atom], _: Context) -> Point | None:
    number = value_of(atoms, "ydn") or 0
    if number % 10 or (first_of(atoms, "y") is None and number > 90):
        return None
    start = number if number >= 1000 else 1900 + number
    return fixed(calendar.months(start, 1, 120))


def decade_word(atoms: list[Atom], _: Context) -> Point | None:
    return fixed(calendar.months(atoms[0].value, 1, 120))
