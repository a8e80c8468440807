"""Phrases of time: patterns over the letters of time words, the same for every language, each with what it makes.

First a run's words become points ("3 May", "last week", "two days ago"), then points become since, until, intervals (in
`temoin.read.times`). A point knows its year, or leaves it open for the tense to decide. Patterns stand in order: the first that fits
at a place is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from temoin.read import calendar, timecounts, timeparts
from temoin.read.timepoints import Context, Point, first_of, fixed, is_told, number_of, unit_of, value_of, year_of
from temoin.read.timewords import Atom
from temoin.read.yearwords import of_two_digits, short_year

Maker = Callable[[list[Atom], Context], Point | None]

_WD = r"(?:[wvQ](?:[,(TA]|T\(|,T)*)?"
_DAY, _SH = "[dnoQ]", "[lL]"
_YEAR = r"(?:[OTAij,/\-]{0,3}(?:u[OT]?)?y|[OTA]{0,2}(?:lu|Lu|u[lL]))"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("spaced", "ddy(?![dny])|ydd(?![dny])"),
    ("numeric", _WD + "D"),
    ("numeric_day", f"(?:{_SH}T?)?" + _WD + "u?N"),
    ("numeric_month", "X"),
    ("part_week", f"[dn]?[lLoQ][dn]?[uW][OTAij]{{1,3}}(?:[mM](?:[OTA,]{{0,2}}y)?|(?:u)?y|{_SH}u|u{_SH})|[lLoQ][dn]?[uW](?:[mM]|{_SH}u)"),
    ("named", r"y[-/][mM][-/]d|y[-/]d[-/][mM]|d-y-[mM]|[mM]-y-d|[mM][-/]d[-/]y|d[-/][mM][-/]y"),
    ("named", f"(?:{_SH}T?)?{_WD}(?:u)?[TA]?{_DAY}[TOA-]{{0,2}}[mM]{_YEAR}"),
    ("named", f"(?:{_SH}T?)?{_WD}[mM]T?[dno][TOA,]{{0,2}}y"),
    ("named_short", f"{_WD}(?:u)?[TA]?{_DAY}[TOA-]{{0,2}}[mM][OTA-]{{0,2}}[nd](?![uWmM])"),
    ("named", f"(?:{_SH}T?)?{_WD}(?:u)?[TA]?{_DAY}[TOA-]{{0,2}}[mM]"),
    ("month_day", f"(?:{_SH}T?)?(?:[wv]-)?{_WD}[mM](?:[T/-]?[dno]|,o|O[TA]?n(?![uW]))"),
    ("numbers", r"dO[T]?dO[T]?y|(?<=T)dOd(?![dnouWmMy])|(?:[wvQ](?:[,(TA]|T\(|,T)*|T|(?<=j))[do][/-]?[do](?![dnouWmM])y?"),
    ("part_year", f"(?:[oQ]|dT?)u[OTA,-]{{0,3}}(?:(?:u)?y|{_SH}u|u{_SH}|u)|Rd[OTA-]{{0,2}}y|y-?Rd"),
    ("shifted_month", f"{_SH}T?[mM](?:[OTA,]{{0,2}}y)?|[mM][OTA]{{0,2}}(?:{_SH}u|u{_SH})|[mM]{_SH}"),
    ("month", r"[mM][OTA,/\-ij]{0,2}(?:u[OT]?)?y|y[-/,]?[mM]"),
    ("weekday_of_week", f"[wvQ][OTA,(]{{0,2}}(?:{_SH}u|u{_SH})|(?:{_SH}u|u{_SH})[,ijfOTA-]{{0,2}}[wv]"),
    ("shifted_weekday", f"{_SH}{{1,2}}[wvQ]|[wvQ]T?{_SH}(?![dn]?u)"),
    ("weekday_day", "[wvQ][,(TA]{0,2}(?:u?[dno](?![dnuWymM/])|ou)|T[dn]w"),
    ("shifted_day", f"{_SH}ud(?![dnuW])"),
    ("day_of_month", f"u?[TA]?(?:o|d[TA]?O)[TOA]{{0,2}}u?[OTA]{{0,2}}(?:{_SH}u|u{_SH})|u[do]{_SH}u"),
    ("ago", "(?:[dn][uW](?:c?[dn][uW])*|u)g|Ga?[dn][uW]|Va?[dn][uW]"),
    ("later", "(?:[dn][uW](?:c?[dn][uW])*|u)J"),
    ("through", "Ca?[dn]?[uW]"),
    ("ahead", "ia?[dn][uW]"),
    ("within", f"I[TA]?{_SH}?[dn]{_SH}?[uW]"),
    ("span", f"{_SH}[dn][uW](?:c?[dn][uW])*|[dn]{_SH}[uW]|[dn][uW]{_SH}"),
    ("rest", f"J[ijOTA]{{0,3}}(?:{_SH}u|u{_SH}|T?u)|{_SH}uJ"),
    ("week_number", f"ud[OTA]{{0,2}}(?:y|{_SH}u|u{_SH})|ud(?!O[uT]|c)"),
    ("year", f"{_SH}?u[OT]?y|yu"),
    ("unit", f"{_SH}{{1,2}}u?W|{_SH}{{1,2}}T?u|[uW]T?{_SH}|W"),
    ("edge_unit", "K(?:O?y)?|e[OTA]{0,3}[uW](?![OTA]{0,2}[lLy])"),
    ("season", f"{_SH}?T?s(?:[OTA,]{{0,2}}(?:u[OT]?)?y)|{_SH}T?s|s[OTA]{{0,2}}(?:{_SH}u|u{_SH})|s{_SH}|s"),
    ("feast", f"{_SH}?h(?:[OTAij,]{{0,3}}(?:u[OT]?)?y|[OTAij]{{0,2}}(?:{_SH}u|u{_SH}))|{_SH}?h|h{_SH}"),
    ("decade", "y-?z|zO?T?y|z[dn]"),
    ("decade_word", "S"),
    ("named_day", "u[do]|[do]u|T[do]"),
    ("relative", "r"),
    ("anaphor", "Z"),
    ("present", "H"),
    ("month", "[mM]"),
    ("weekday", "[wQ]"),
    ("bare_year", "y"),
)
#: One expression for all patterns; the group that matched names the maker.
POINTS = re.compile("|".join(f"(?P<{name}_{i}>{pattern})" for i, (name, pattern) in enumerate(_PATTERNS)))


def point(name: str, atoms: list[Atom], context: Context) -> Point | None:
    """Return what a phrase means, None where its numbers make no time."""
    return _MAKERS[name](atoms, context)


def _numeric(atoms: list[Atom], c: Context) -> Point | None:
    year, month, day = atoms[-1].value
    return fixed(calendar.day(of_two_digits(year, c.published) if year < 100 else year, month, day))


def _numeric_day(atoms: list[Atom], c: Context) -> Point | None:
    month, day = atoms[-1].value
    strong = len(atoms) > 1 or c.text[atoms[-1].start] == "0" or len(c.text) <= 12
    return _dated(None, month, day, atoms, c)._replace(weak=not strong)


def _numeric_month(atoms: list[Atom], _: Context) -> Point | None:
    return fixed(calendar.month(*atoms[0].value))


def _dated(year: int | None, month: int, day: int, atoms: list[Atom], c: Context) -> Point:
    """A day of a month; "this" and "next" before it choose the year."""
    shift = first_of(atoms[:2], "lL")
    if year is None and shift and c.published:
        if atoms[0] is shift and not first_of(atoms, "wvQ") and shift.value > 0:
            year = c.published.year + ((month, day) <= (c.published.month, c.published.day))
        elif atoms[0] is shift and shift.value >= 0:
            year = c.published.year
    return Point("date", None, year, month, day)


def _named(atoms: list[Atom], c: Context) -> Point | None:
    at = next(i for i, a in enumerate(atoms) if a.kind in "mM")
    before = [a for a in atoms[:at] if a.kind in "dnoQ"]
    number = number_of(before[-1:]) if before and (before[-1].kind != "Q" or len(before) == 1) else number_of(atoms)
    if not 1 <= number <= 31:
        return None
    return _dated(year_of(atoms, c.published), atoms[at].value, number, atoms, c)


def _month_day(atoms: list[Atom], c: Context) -> Point | None:
    """ "May 3"; after a month, "May three people" and outside English "mai 3 personnes" count people instead."""
    month, last = next(a for a in atoms if a.kind in "mM"), atoms[-1]
    if last.kind in "dn" and (year := short_year(c.text, last.start, last.end, last.value, c.published, follows=atoms[-2] is not month)):
        return Point("month", None, year, month.value)
    counted = re.match(r"\s+[^\W\d_A-Z]" if c.words.month_first else r"\s+[^\W\d_]", c.text[last.end : last.end + 4]) is not None
    if not 1 <= last.value <= 31 or (counted and (last.kind == "n" or (last.kind == "d" and not c.words.month_first))):
        return Point("month", None, None, month.value, weak=month.kind == "M", used=atoms.index(month) + 1)
    return _dated(None, month.value, int(last.value), atoms, c)


def _named_short(atoms: list[Atom], c: Context) -> Point | None:
    """ "2 October ’92", « le 2 octobre 92 »; where no year can be meant, the day and the month."""
    last, at = atoms[-1], next(i for i, a in enumerate(atoms) if a.kind in "mM")
    dated = _named(atoms[: at + 1], c)
    year = short_year(c.text, last.start, last.end, last.value, c.published, follows=atoms[-2] is not atoms[at])
    return dated and (dated._replace(year=year) if year else dated._replace(used=at + 1))


def _numbers(atoms: list[Atom], c: Context) -> Point | None:
    """Day and month both as numbers: "9 de 8 de 1971", "el 17 del 11", "am siebten vierten", "am 27. 11."."""
    day, month = (int(a.value) for a in atoms if a.kind in "do")
    last, year = atoms[-1], value_of(atoms, "y")
    joined = any(a.kind == "O" for a in atoms)
    weekday = value_of(atoms[:1], "wvQ")
    if not 1 <= month <= 12 or not 1 <= day <= 31 or (not joined and not c.words.ordinal_months) or (joined and not c.words.day_first):
        return None if weekday is None else Point("weekday", weekday=weekday, used=1)
    if joined and year is None and re.match(r"\s+\w", c.text[last.end : last.end + 4]):
        return None
    if not joined and not all(a.kind == "o" or c.text[a.end : a.end + 1] == "." for a in atoms if a.kind in "do"):
        return None
    return Point("date", None, year, month, day)


def _shifted_month(atoms: list[Atom], c: Context) -> Point | None:
    month, year, shift = value_of(atoms, "mM") or 0, year_of(atoms, c.published), first_of(atoms, "lL")
    if year is None and c.published and shift and not first_of(atoms, "u"):
        here = c.published
        year = here.year + (shift.value if shift.value == 0 or (month - here.month) * shift.value <= 0 else 0)
    return fixed(calendar.month(year, month)) if year is not None else None


def _month(atoms: list[Atom], c: Context) -> Point | None:
    found = next(a for a in atoms if a.kind in "mM")
    return Point("month", None, year_of(atoms, c.published), found.value, weak=len(atoms) == 1 and found.kind == "M")


def _weekday_of_week(atoms: list[Atom], c: Context) -> Point | None:
    unit, shift, weekday = first_of(atoms, "u"), first_of(atoms, "lL"), value_of(atoms, "wvQ")
    if unit is None or shift is None or unit.value != "week" or c.published is None or weekday is None:
        return None
    week = calendar.around(c.published, "week", shift.value)
    it = week and calendar.plus_days(week.first, weekday)
    return fixed(calendar.one(it))


def _shifted_weekday(atoms: list[Atom], c: Context) -> Point | None:
    """ "Last Friday": the Friday of last week, or, with words that say "most recent", the last one before publication."""
    shifts, weekday = [a for a in atoms if a.kind in "lL"], value_of(atoms, "wvQ")
    if c.published is None or weekday is None:
        return None
    shift, told = shifts[-1].value, is_told(shifts[-1], c)
    if told and not shift and atoms[-1].kind != "w" and (atoms[-1].kind == "v" or re.match(r"\s+\w", c.text[atoms[-1].end : atoms[-1].end + 4])):
        return None  # "essa segunda vítima"
    if shifts[-1].kind == "L" or (len(shifts) > 1 and shift):
        least = 1 if len(shifts) > 1 else 2  # yesterday and tomorrow are called so; only "this past Friday" may be yesterday
        gap = ((c.published.weekday() - weekday) * (1 if shift < 0 else -1) - least) % 7 + least
        it = calendar.plus_days(c.published, -gap if shift < 0 else gap)
    elif not shift:
        return Point("weekday", weekday=weekday, name="this")
    else:
        week = calendar.around(c.published, "week", shift)
        it = week and calendar.plus_days(week.first, weekday)
    return fixed(calendar.one(it))


def _weekday_day(atoms: list[Atom], c: Context) -> Point | None:
    number, last, unit = number_of([a for a in atoms if a.kind in "dno"]), atoms[-1], first_of(atoms, "u")
    behind = last is unit and c.text[last.start : last.end].lower()  # «в субботу, 14-го числа», not "Friday, the first day"
    if unit and (unit.value != "day" or (behind and behind not in c.words.bare_day_after)):  # "on Thursday, week 23"
        return Point("weekday", weekday=value_of(atoms, "wvQ"), used=1)
    follows = last.kind != "u" and re.match(r"[\s-]+\w", c.text[last.end : last.end + 4]) is not None
    if atoms[0].kind == "w" and follows and (last.kind != "d" or "," in [a.kind for a in atoms]):  # "on Friday, the first to arrive"
        return Point("weekday", weekday=atoms[0].value, used=1)
    return Point("weekday_day", day=number, weekday=value_of(atoms, "wvQ")) if 1 <= number <= 31 else None


def _day_of_month(atoms: list[Atom], c: Context) -> Point | None:
    units, shift, number = [a.value for a in atoms if a.kind == "u"], first_of(atoms, "lL"), number_of(atoms)
    if units[0] == "week" and atoms[0].kind == "u":  # "week 27 of last year"
        return timeparts.week_number(atoms, c)
    if units[-1] != "month" or shift is None or c.published is None:
        return None
    whole = calendar.around(c.published, "month", shift.value)
    return fixed(whole and calendar.day(whole.first.year, whole.first.month, number))


def _shifted_day(atoms: list[Atom], c: Context) -> Point | None:
    """« El pasado día 14 », « no próximo dia 3 »: the last or the next day of that number."""
    shift, unit, number = first_of(atoms, "lL"), first_of(atoms, "u"), number_of(atoms)
    if c.published is None or shift is None or unit is None or unit.value != "day" or not shift.value:
        return None
    months = (calendar.months(c.published.year, c.published.month + m, 1) for m in range(-2, 3))
    known = [day for m in months if m and (day := calendar.day(m.first.year, m.first.month, number))]
    if shift.value < 0:
        return fixed(next((d for d in reversed(known) if d.first < c.published), None))
    return fixed(next((d for d in known if d.first > c.published), None))


def _year_point(atoms: list[Atom], c: Context) -> Point | None:
    if unit_of(atoms) != "year":
        return None
    return fixed(calendar.year(value_of(atoms, "y") or 0))


def _unit_point(atoms: list[Atom], c: Context) -> Point | None:
    unit, shifts = unit_of(atoms), [a.value for a in atoms if a.kind in "lL"]
    if shifts and any(word in c.words.plurals for a in atoms for word in c.text[a.start : a.end].lower().split()):
        return None
    if c.published is None or (unit == "day" and shifts and not shifts[0]):
        return None
    if unit == "weekend" and not shifts:
        return Point("weekend", weak=True)
    shift = shifts[-1] if shifts else 0
    if len(shifts) > 1 and shifts[0] and shifts[1]:
        shift = sum(shifts)
    found = fixed(calendar.around(c.published, unit, shift))
    this_year = unit == "year" and not shift and not all(is_told(a, c) for a in atoms if a.kind in "lL")
    return found._replace(kind="so_far" if this_year else "fixed", current=bool(shifts)) if found else None


def _edge_unit(atoms: list[Atom], c: Context) -> Point | None:
    first = atoms[0]
    edge, unit = first.value if first.kind == "K" else (first.value, unit_of(atoms))
    if unit == "day":
        return None  # "at the end of the day" names no day
    year = year_of(atoms, None)
    whole = calendar.year(year) if year else c.published and calendar.around(c.published, unit)
    return Point("fixed", whole, edge=edge, current=not year) if whole else None


def _named_day(atoms: list[Atom], c: Context) -> Point | None:
    """ "Dia 9", «9 числа»; "the 18th" and "le 23" only where no noun follows."""
    number, follows = number_of(atoms), re.match(r"[\s-]+\w", c.text[atoms[-1].end : atoms[-1].end + 4]) is not None
    unit = first_of(atoms, "u")
    if unit and unit.value in ("quarter", "half") and atoms[0].kind == "o":
        named = number <= 12 // calendar.MONTHS_IN[unit.value] and c.text[unit.start : unit.end].lower() in c.words.halves
        return Point("part", day=number, name=unit.value) if named else None
    if not 1 <= number <= 31:
        return None
    if unit:
        allowed = c.words.bare_day if atoms[0] is unit else c.words.bare_day_after
        return Point("day", day=number) if c.text[unit.start : unit.end].lower() in allowed else None
    if follows or c.text[atoms[0].start : atoms[0].end].lower() not in c.words.bare_day or (c.words.month_first and atoms[-1].kind != "o"):
        return None
    return Point("day", day=number)


def _relative(atoms: list[Atom], c: Context) -> Point | None:
    """ "Yesterday"; "overnight" is two days."""
    ends = atoms[0].value if isinstance(atoms[0].value, list) else [atoms[0].value]
    days = [c.published and calendar.plus_days(c.published, end) for end in ends]
    return fixed(calendar.one(days[0]) if len(days) == 1 else calendar.between(days[0], days[-1]))


def _present(_: list[Atom], c: Context) -> Point | None:
    """ "Now" is a time only as an end of an interval."""
    it = fixed(calendar.one(c.published))
    return it and it._replace(weak=True)


def _anaphor(atoms: list[Atom], _: Context) -> Point | None:
    """ "The next day" is a number of days away; "since then" and "the same period" have a name."""
    held = atoms[0].value
    return Point("anaphor", name=held) if isinstance(held, str) else Point("anaphor", day=held)


def _spaced(atoms: list[Atom], c: Context) -> Point | None:
    """ "18 08 1978", "2016 10 16": with nothing but spaces between."""
    numbers = [a.value for a in atoms]
    if not re.fullmatch(r"[0-9]+ [0-9]+ [0-9]+", c.text[atoms[0].start : atoms[-1].end]):
        return None
    year, month, day = numbers if numbers[0] > 31 else (numbers[2], numbers[1], numbers[0])
    return fixed(calendar.day(year, month, day)) if 1900 <= year <= 2150 else None


def _weekday(atoms: list[Atom], _: Context) -> Point | None:
    return Point("weekday", weekday=atoms[0].value, weak=atoms[0].kind == "Q")


def _bare_year(atoms: list[Atom], _: Context) -> Point | None:
    found = fixed(calendar.year(atoms[0].value))
    return found and found._replace(weak=True)


_MAKERS: dict[str, Maker] = {
    "numeric": _numeric, "numeric_day": _numeric_day, "numeric_month": _numeric_month, "named": _named, "month_day": _month_day,
    "named_short": _named_short, "numbers": _numbers, "shifted_month": _shifted_month, "month": _month, "shifted_day": _shifted_day,
    "weekday_of_week": _weekday_of_week, "shifted_weekday": _shifted_weekday, "weekday_day": _weekday_day, "day_of_month": _day_of_month,
    "part_week": timeparts.part_week, "week_number": timeparts.week_number, "part_year": timeparts.part_year, "season": timeparts.season,
    "feast": timeparts.feast, "decade": timeparts.decade, "decade_word": timeparts.decade_word,
    "ago": timecounts.ago, "ahead": timecounts.ahead, "within": timecounts.within, "span": timecounts.span, "later": timecounts.later,
    "through": timecounts.through, "rest": timecounts.rest, "year": _year_point, "unit": _unit_point, "edge_unit": _edge_unit,
    "named_day": _named_day, "relative": _relative, "anaphor": _anaphor, "present": _present, "spaced": _spaced, "weekday": _weekday,
    "bare_year": _bare_year,
}  # fmt: skip
