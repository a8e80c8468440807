"""Which year, which week: points of time placed on the calendar, by the day of publication and the tense of their sentence.

Past or no sign of tense: the last such day or month up to publication. Future: the next one. A point whose year is stated needs neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from temoin.read import calendar
from temoin.read.calendar import Stretch
from temoin.read.timepoints import Point, part
from temoin.read.timewords import Words

#: How many characters of the sentence are looked at on each side, and how far a comma sets the words beyond it apart.
WINDOW = 160
COMMA = 40
DEADLINE = 110
ADJACENT = 12
#: A day of a month without any sign of tense: how long past it must be, and how soon to come, to be the one to come. In days.
_LONG_PAST, _SOON = 240, 45
_WORD = re.compile(r"['’]?[^\W\d_]+|,")
_STOP = re.compile(r"[.!?;:…\n][\"»”’)\s]|\n")


def tense(text: str, start: int, end: int, words: Words, deadline: bool = False, exact: bool = False) -> str | None:
    """Return "past" or "future", whichever mark stands nearer in the sentence around text[start:end]; None where none does.

    deadline: for "by" and "until", any mark of the future is worth more than a mark of the past, and without one it is "nearest".
    exact: the time is a day. "Promised on 5 April" is when it was promised, "promised for autumn" what was promised.
    """
    before, after = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
    stops = list(_STOP.finditer(before))
    before = before[stops[-1].end() :] if stops else before
    stop = _STOP.search(after)
    after = after[: stop.start()] if stop else after
    opens = after.lstrip(" ,").lower().startswith(words.that)
    best: tuple[int, str] | None = None
    for side, back in ((before, True), (after, False)):
        found = _WORD.findall(side.lower())
        distance, last = 0, ""
        if back:
            found.reverse()
        for at, word in enumerate(found):
            pair = f"{word} {last}" if back else f"{last} {word}"
            name = _tense_of(word, words) or words.tenses.get(pair)
            if name == "past" and back and _ahead(found[at + 1 : at + 4], words):
                name = "future"
            if name == "past" and (found[at + 1] if back and at + 1 < len(found) else last) in words.neutral:
                name = None  # "asked that they be released"
            if name == "promised":
                name = "past" if not deadline and ((exact and distance <= ADJACENT) or (back and opens)) else "future"
            if name == "future" and deadline and distance < DEADLINE:
                return "future"
            if name and (best is None or distance < best[0]):
                best = (distance, name)
            if name and not deadline:
                break
            distance += COMMA if word == "," else len(word) + 1
            last = word
    return "nearest" if deadline else best[1] if best else None


def ended(text: str, end: int, start: int) -> bool:
    """Say whether a sentence ends between two places."""
    return _STOP.search(text, end, start) is not None


def promised(text: str, start: int, words: Words) -> bool:
    """Say whether the sentence of text[start:] tells, before it, of a promise made in the past."""
    before = text[max(0, start - WINDOW) : start]
    stops = list(_STOP.finditer(before))
    return any(words.tenses.get(word) == "promised" for word in _WORD.findall(before[stops[-1].end() if stops else 0 :].lower()))


def _ahead(earlier: list[str], words: Words) -> bool:
    """Say whether a participle belongs to the future: "will be released", « sera versé ». `earlier`: the words before it, nearest first."""
    for word in earlier:
        name = _tense_of(word, words)
        if name == "future":
            return True
        if word == "," or name:
            return False
    return False


def _tense_of(word: str, words: Words) -> str | None:
    known = words.tenses.get(word)
    if known or len(word) < 4:
        return known
    return "future" if word.endswith(words.future_endings) else "past" if word.endswith(words.past_endings) else None


def candidates(point: Point, around: date) -> Iterator[Stretch]:
    """Yield the places where a point without a year may lie, oldest first."""
    reach = 9 if (point.month, point.day) == (2, 29) else 2  # the 29th of February may be eight years away
    years = range(around.year - reach, around.year + reach + 1)
    found: Iterator[Stretch | None]
    if point.kind == "date":
        found = (calendar.day(y, point.month, point.day) for y in years if 1 <= y <= 9999)
    elif point.kind == "month":
        found = (_part_of_month(y, point) for y in years)
    elif point.kind == "season":
        found = (calendar.season(y, point.name) for y in years)
    elif point.kind == "feast":
        found = (calendar.feast(y, point.name) for y in years)
    elif point.kind == "part":
        size = calendar.MONTHS_IN[point.name]
        found = (calendar.months(y, (point.day - 1) * size + 1, size) for y in years)
    elif point.kind == "weekday":
        found = (calendar.one(calendar.plus_days(around, d)) for d in range(-7, 8))
        found = (s for s in list(found) if s and s.first.weekday() == point.weekday)
    elif point.kind == "weekend":
        found = (calendar.around(around, "weekend", w) for w in (-1, 0, 1))
    elif point.kind == "day":
        months = (calendar.months(around.year, around.month + m, 1) for m in range(-2, 3))
        found = (calendar.day(m.first.year, m.first.month, point.day) for m in months if m)
    else:  # a weekday and its number in the month: "Friday 13"
        months = (calendar.months(around.year, around.month + m, 1) for m in range(-26, 27))
        found = (calendar.day(m.first.year, m.first.month, point.day) for m in months if m)
        found = (s for s in list(found) if s and s.first.weekday() == point.weekday)
    return (s for s in found if s)


def _part_of_month(year: int, point: Point) -> Stretch | None:
    whole = calendar.month(year, point.month)
    if not point.name:
        return whole
    unit, rank, count = point.name.split()
    return part(whole, unit, int(rank), int(count))


def place(point: Point, published: date | None, direction: str | None) -> Stretch | None:
    """Return the days that a point means, None where that cannot be known.

    published: the day to count from; direction: "past", "future" or None, as `tense` gives it.
    """
    if point.kind == "so_far" and published and point.fixed and direction == "past":
        return Stretch(point.fixed.first, published, "days")
    if point.kind in ("in", "within", "through") and direction == "past":
        return None  # "killed in two days": how long, not when
    if point.fixed:
        return point.fixed
    if point.kind in ("anaphor", "later", "through"):
        return None
    if point.year is not None:
        return in_year(point, point.year)
    if published is None:
        return None
    if direction == "nearest":
        return min(candidates(point, published), key=lambda s: (abs((s.last - published).days), s.last), default=None)
    if point.kind == "weekday_day":  # a weekday and a number meet about twice a year: where they do so about now, that day is meant
        known = list(candidates(point, published))
        here = next((s for s in known if direction != "past" and (s.first.year, s.first.month) == (published.year, published.month)), None)
        here = here or min((s for s in known if abs((s.first - published).days) <= 31), key=lambda s: abs((s.first - published).days), default=None)
        if here:
            return here
    if point.name == "this" and direction != "past":
        week = calendar.around(published, "week")
        return week and calendar.one(calendar.plus_days(week.first, point.weekday or 0))
    if direction == "future":
        later = candidates(point, published)
        strict = point.kind in ("weekday", "day", "weekday_day")
        return next((s for s in later if (s.first > published if strict else s.last >= published)), None)
    return before(point, published)


def untensed(point: Point, published: date, past: Stretch) -> Stretch:
    """Return the day meant where nothing tells the tense ("Judgment on 11 May."): the past one, unless it is long past and the next near."""
    if point.kind != "date" or point.year is not None or (published - past.first).days <= _LONG_PAST:
        return past
    return next((s for s in candidates(point, published) if 0 <= (s.first - published).days <= _SOON), past)


def in_year(point: Point, year: int) -> Stretch | None:
    """Return the days of a date, month, season or feast in a known year."""
    if point.kind == "date":
        return calendar.day(year, point.month, point.day)
    if point.kind == "month":
        return _part_of_month(year, point)
    if point.kind == "season":
        return calendar.season(year, point.name)
    return calendar.feast(year, point.name) if point.kind == "feast" else None


def before(point: Point, day: date) -> Stretch | None:
    """Return the last place of a point that begins on or before a day."""
    return max((s for s in candidates(point, day) if s.first <= day), default=None)


def join(left: Point, right: Point, published: date | None, direction: str | None) -> tuple[Stretch, Stretch] | None:
    """Place the two ends of an interval: a year stated on one side serves both, and the end comes after the beginning."""
    known_left, known_right = left.fixed or left.year is not None, right.fixed or right.year is not None
    if not known_right and (known_left or direction is None):
        start = place(left, published, direction)
        end = start and _after(right, start)
    else:
        end = place(right, published, direction)
        start = place(left, published, direction) if known_left else end and before(left, end.first)
    if start is None or end is None or start.first > end.last:
        return None
    return start, end


def _after(point: Point, start: Stretch) -> Stretch | None:
    return min((s for s in candidates(point, start.first) if s.first >= start.first), default=None)
