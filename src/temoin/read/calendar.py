"""Stretches of days: what a month, a week, a season or a feast covers, and how to step from one to another.

Pure arithmetic on `datetime.date`. Whatever would leave the years 1 to 9999 is None, never an overflow. Weeks begin on Monday;
seasons are the northern meteorological ones (summer is June to August).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

#: Months that a unit spans, for units that are counted in whole months.
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
DAYS_IN = {"day": 1, "week": 7, "weekend": 7, "workweek": 7, "fortnight": 14}
WORKDAYS = 5  # Monday to Friday; public holidays differ from place to place and are not known
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # first month
#: Feasts with a fixed day: month and day.
FIXED_FEASTS = {
    "new_year": (1, 1), "epiphany": (1, 6), "womens_day": (3, 8), "labour_day": (5, 1), "victory_day": (5, 9), "bastille_day": (7, 14),
    "independence_day": (7, 4), "saint_john": (6, 24), "assumption": (8, 15), "halloween": (10, 31), "all_saints": (11, 1),
    "christmas_eve": (12, 24), "christmas": (12, 25), "boxing_day": (12, 26), "new_years_eve": (12, 31), "saint_patrick": (3, 17),
    "earth_day": (4, 22), "valentine": (2, 14), "german_unity": (10, 3), "saint_peter_paul": (6, 29), "russia_day": (6, 12),
    "orthodox_christmas": (1, 7), "old_new_year": (1, 14), "defender_day": (2, 23), "unity_day": (11, 4), "political_prisoners": (10, 30),
    "world_press_freedom_day": (5, 3), "against_homophobia": (5, 17), "refugee_day": (6, 20), "trans_remembrance": (11, 20),
    "aids_day": (12, 1), "human_rights_day": (12, 10), "saint_barbara": (12, 4), "saint_nicholas": (12, 6), "reformation_day": (10, 31),
    "austria_day": (10, 26), "swiss_day": (8, 1), "all_souls": (11, 2), "day_of_the_dead": (11, 2), "columbus_day": (10, 12),
    "aparecida": (10, 12), "augsburg_peace": (8, 8), "brazil_independence": (9, 7), "black_awareness": (11, 20),
}  # fmt: skip
#: Feasts that move with Western Easter: days after Easter Sunday.
MOVING_FEASTS = {
    "carnival_saturday": -50, "carnival_sunday": -49, "carnival_monday": -48, "shrove_tuesday": -47, "ash_wednesday": -46,
    "palm_sunday": -7, "maundy_thursday": -3, "good_friday": -2, "holy_saturday": -1, "easter": 0, "easter_monday": 1, "ascension": 39,
    "pentecost": 49, "whit_monday": 50, "corpus_christi": 60,
}  # fmt: skip
#: Feasts on the `n`-th of a weekday from a day on: month, day, weekday from Monday, n from 0.
NTH_WEEKDAYS = {
    "thanksgiving": (11, 1, 3, 3), "labor_day": (9, 1, 0, 0), "memorial_day": (5, 25, 0, 0), "harvest_sunday": (10, 1, 6, 0),
    "advent_1": (11, 27, 6, 0), "advent_2": (12, 4, 6, 0), "advent_3": (12, 11, 6, 0), "advent_4": (12, 18, 6, 0),
    "sunday_of_the_dead": (11, 20, 6, 0), "penance_day": (11, 16, 2, 0),
}  # fmt: skip


class Stretch(NamedTuple):
    """Days from first to last, both included, and how exactly they were stated: "day", "month", "year", or "days" for anything else."""

    first: date
    last: date
    grain: str


def day(year: int, month: int, number: int) -> Stretch | None:
    """Return one day, or None where the calendar has no such day."""
    try:
        it = date(year, month, number)
    except ValueError:
        return None
    return Stretch(it, it, "day")


def one(it: date | None) -> Stretch | None:
    """Return a day as a stretch, None for None."""
    return None if it is None else Stretch(it, it, "day")


def month(year: int, number: int) -> Stretch | None:
    """Return a month, or None outside the calendar."""
    return months(year, number, 1, "month")


def year(number: int) -> Stretch | None:
    """Return a year, or None outside the calendar."""
    return months(number, 1, 12, "year")


def months(year: int, first: int, count: int, grain: str = "days") -> Stretch | None:
    """Return `count` whole months from month `first` of `year` on; `first` may lie outside 1 to 12 and is carried over."""
    start, stop = year * 12 + first - 1, year * 12 + first - 1 + count
    if not 12 <= start < stop <= 12 * 10000:
        return None
    last = date.max if stop == 12 * 10000 else date(stop // 12, stop % 12 + 1, 1) - timedelta(days=1)
    return Stretch(date(start // 12, start % 12 + 1, 1), last, grain)


def plus_days(it: date, count: int) -> date | None:
    """Return the day `count` days later (earlier where negative), None outside the calendar."""
    try:
        return it + timedelta(days=count)
    except OverflowError:
        return None


def plus(it: date, count: int, unit: str) -> date | None:
    """Return the day `count` units later; the 31st becomes the month's last day where the month is shorter."""
    if unit in DAYS_IN:
        return plus_days(it, count * DAYS_IN[unit])
    if unit == "workday":
        return _plus_workdays(it, count)
    there = months(it.year, it.month + count * MONTHS_IN[unit], 1)
    return there and there.first.replace(day=min(it.day, there.last.day))


def _plus_workdays(it: date, count: int) -> date | None:
    """Return the working day `count` working days later; a Saturday or Sunday counts as the Friday before it, backwards as the Monday after."""
    weekday = it.weekday()
    if weekday >= WORKDAYS:
        there = plus_days(it, WORKDAYS - 1 - weekday if count > 0 else 7 - weekday)
        return there and _plus_workdays(there, count)
    weeks, left = divmod(weekday + count, WORKDAYS)
    return plus_days(it, weeks * 7 + left - weekday)


def between(first: date | None, last: date | None, grain: str = "days") -> Stretch | None:
    """Return the days from first to last, None where either is missing or they are the wrong way round."""
    return Stretch(first, last, grain) if first and last and first <= last else None


def around(it: date, unit: str, shift: int = 0) -> Stretch | None:
    """Return the calendar unit that holds a day, or the one `shift` units later."""
    if unit == "day":
        return one(plus_days(it, shift))
    if unit in DAYS_IN:
        monday = plus_days(it, -it.weekday() + shift * DAYS_IN[unit])
        if monday is None:
            return None
        if unit == "weekend":
            return between(plus_days(monday, 5), plus_days(monday, 6))
        return between(monday, plus_days(monday, (WORKDAYS if unit == "workweek" else DAYS_IN[unit]) - 1))
    if unit == "workday":
        return one(plus(it, shift, "workday") if shift else it)
    size = MONTHS_IN[unit]
    if unit == "decade":
        return months((it.year // 10 + shift) * 10, 1, 120)
    first = (it.month - 1) // size * size + 1 + shift * size
    return months(it.year, first, size, unit if unit in ("month", "year") else "days")


def season(year: int, name: str) -> Stretch | None:
    """Return a season by the year in which it begins: the winter of 2031 ends in February 2032."""
    return months(year, SEASONS[name], 3)


def easter(year: int) -> date:
    """Return Easter Sunday of the Western churches. Source: the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    el = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * el) // 451
    return date(year, (h + el - 7 * m + 114) // 31, (h + el - 7 * m + 114) % 31 + 1)


def orthodox_easter(year: int) -> date | None:
    """Return Easter Sunday of the Eastern churches, by our calendar; None beyond it. Source: Meeus, Astronomical Algorithms, 8, Julian Easter."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month_, day_ = divmod(d + e + 114, 31)
    return plus_days(date(year, month_, day_ + 1), year // 100 - year // 400 - 2)


def feast(year: int, name: str) -> Stretch | None:
    """Return the day of a feast in a year."""
    if not 1 <= year <= 9999:
        return None
    if name in FIXED_FEASTS:
        return day(year, *FIXED_FEASTS[name])
    if name == "black_friday":  # the day after Thanksgiving
        thanks = feast(year, "thanksgiving")
        return thanks and one(plus_days(thanks.first, 1))
    if name in NTH_WEEKDAYS:
        month_, from_day, weekday, n = NTH_WEEKDAYS[name]
        start = date(year, month_, from_day)
        return one(plus_days(start, (weekday - start.weekday()) % 7 + 7 * n))
    if name == "orthodox_easter":
        return one(orthodox_easter(year))
    return one(plus_days(easter(year), MOVING_FEASTS[name]))
