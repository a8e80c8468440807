"""Stated times, resolved to EDTF against the day of publication.

`times` reads a text in three steps: (1) runs of time words (`timewords`), (2) points of time in them (`timephrases`), placed on the
calendar by the tense of their sentence (`timeline`), (3) what stands before and between points: since, until, before, intervals.
Both ends of an interval are included: "from April to June" ends on the last of June. An end of a month or a year counts as its last
day where it bounds ("before the end of June"); elsewhere early, mid and end leave the month or the year as it is. What hangs on another
time ("three weeks later") is counted from the one stated before (`timeanchors`). What cannot be resolved is left out, and so are centuries.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from temoin.read import calendar, edtf, timeanchors, timeline
from temoin.read.calendar import Stretch
from temoin.read.timephrases import POINTS, point
from temoin.read.timepoints import Context, Point
from temoin.read.timewords import Atom, runs, words
from temoin.records import Time

_P, _ART, _TO = "[PY]", "[TA]*", "[tAEU-]"
_PREPOSITION = "(?:O?[TA]|[Oij])*"
#: What is made of points and the small words about them, first fit first.
_FRAMES = (
    ("offset", f"a?[dn][uW][kfpBbV]{_PREPOSITION}{_P}"),
    ("weekday_from", f"{_P},?(?:a?[dn][uW][kfp]{_PREPOSITION})?{_P}"),
    ("interval", f"q{_PREPOSITION}{_P}(?:c|-){_PREPOSITION}{_P}"),
    ("interval", f"(?:[fOpqF]|ij){_PREPOSITION}{_P},?[tAEU]{_PREPOSITION}{_P}"),
    ("interval", f"{_P}[tAEU]{_PREPOSITION}{_P}"),
    ("interval", f"O{_ART}{_P}F{_PREPOSITION}{_P}"),
    ("dash", f"[fOqpF]?{_P}-{_P}"),
    ("so_far", f"x{_PREPOSITION}(?:{_P}|u)|[fp]?{_P},?x|ux"),
    ("since", f"p{_PREPOSITION}{_P}"),
    ("since_count", "pa?[dn][uW]"),
    ("before", f"[BV]{_PREPOSITION}{_P}"),
    ("until", f"[Ub]t?{_PREPOSITION}{_P}"),
    ("towards", f"F{_PREPOSITION}{_P}"),
    ("until_day", f"E{_P}"),
    ("until_count", "ba?[dn][uW]"),
    ("week_of", f"u[OTAp]{{1,2}}{_P}"),
    ("point", _P),
)
FRAMES = re.compile("|".join(f"(?P<{name}_{i}>{pattern})" for i, (name, pattern) in enumerate(_FRAMES)))
_ALONE = re.compile(f"(?P<point_0>{_P})")
#: Letters before a weak point (a bare year, "May", "5/12") that make it a time.
_SUPPORT = frozenset("ijfpUBbqkIVEtWwQ(OF")
_DAYS = re.compile(r"(?P<q>q)?[fOpU]?[TA]*(?P<a>[dno])[TA,]*(?P<to>[tAEU-]|c)[TA]*(?P<b>[dno])[TOA,]*(?P<m>[mM])(?:[TOAij,/-]{0,3}u?(?P<y>y))?")
_MONTH_DAYS = re.compile(r"[fOq]?T?(?P<m>[mM])T?(?P<a>[dno])[tAEU-]T*(?P<b>[dno])(?![mMdn])(?:[TOA,]{0,2}(?P<y>y))?")


class _Item(NamedTuple):
    """A point or a small word, and where it stands."""

    kind: str  # "P", "Y" for a weak point, else the letter of the word
    start: int
    end: int
    point: Point | None
    atom: Atom | None


def times(text: str, lang: str, published: date | None) -> list[Time]:
    """Return the times that a text states, in its order, not overlapping.

    lang: ISO 639-1 code, or BCP 47 beginning with one; a language without a table gives an empty list.
    published: the day of publication; without it only times whose year is stated are resolved.
    Offsets are code points, start included, end excluded.
    """
    try:
        known = words(lang.split("-")[0].lower())
    except (KeyError, FileNotFoundError):
        return []
    context = Context(text, known, published)
    found: list[Time] = []
    for run in runs(text, lang.split("-")[0].lower()):
        found.extend(_read(run, context, found[-1] if found else None))
    return found


def _read(run: list[Atom], context: Context, earlier: Time | None) -> list[Time]:
    """Read one run: days that share a month, then points, then frames. `earlier` is the time stated before it."""
    items = _items(run, context, earlier)
    letters = "".join(i.kind for i in items)
    found: list[Time] = []
    at = 0
    while at < len(items):
        match = FRAMES.match(letters, at)
        time = match and _frame(match, items, letters, context, found[-1] if found else earlier)
        if match and not time and items[at].point and (match := _ALONE.match(letters, at)):
            time = _frame(match, items, letters, context, found[-1] if found else earlier)
        if match and time:
            found.append(time)
            at = match.end()
        else:
            at += 1
    return found


def _items(run: list[Atom], context: Context, earlier: Time | None) -> list[_Item]:
    letters = "".join(a.kind for a in run)
    items: list[_Item] = []
    at = 0
    while at < len(run):
        shared = _DAYS.match(letters, at) or _MONTH_DAYS.match(letters, at)
        if shared and (made := _shared(shared, run)):
            items.extend(made)
            at = shared.end()
            continue
        match = POINTS.match(letters, at)
        if match:
            atoms = run[at : match.end()]
            seen = timeanchors.seen_from(atoms, context, earlier)
            it = point((match.lastgroup or "").rsplit("_", 1)[0], atoms, seen) if seen else None
            blocked = bool(items) and items[-1].kind == "!"
            if it is not None and not blocked:
                taken = it.used or len(atoms)
                items.append(_Item("Y" if it.weak else "P", atoms[0].start, atoms[taken - 1].end, it, None))
                at += taken
                continue
            if blocked:
                at = match.end()
                items.pop()
                continue
        items.append(_Item(run[at].kind, run[at].start, run[at].end, None, run[at]))
        at += 1
    return _edged(items)


def _shared(match: re.Match[str], run: list[Atom]) -> list[_Item] | None:
    """Two days of one month: "from 4 to 23 April", "November 19-20", "18 and 19 June"."""
    groups = match.groupdict()
    low, high, month = run[match.start("a")], run[match.start("b")], run[match.start("m")]
    year = run[match.start("y")].value if groups.get("y") else None
    if not (1 <= low.value <= 31 and 1 <= high.value <= 31):
        return None
    first, last = Point("date", None, year, month.value, low.value), Point("date", None, year, month.value, high.value)
    if low.value > high.value and match.start("m") < match.start("a"):  # "from April 27 to the third"
        last = Point("day", day=high.value)
    elif low.value > high.value:
        if groups.get("to", "t") == "c":
            return None
        first = Point("day", day=low.value)
    start, end = run[match.start()].start, run[match.end() - 1].end
    if groups.get("to") == "c" and not groups.get("q"):
        return [_Item("P", low.start, low.end, first, None), _Item("c", low.end, low.end, None, None), _Item("P", high.start, end, last, None)]
    middle = min(low.end, end)
    opening = [_Item("q", start, start, None, None), _Item("P", start, middle, first, None)]
    return [*opening, _Item("-", middle, middle, None, None), _Item("P", middle, end, last, None)]


def _edged(items: list[_Item]) -> list[_Item]:
    """Join "early", "mid" and "end of" to the point behind them."""
    done: list[_Item] = []
    i = 0
    while i < len(items):
        j = i + 1
        while items[i].kind == "e" and j < len(items) and items[j].kind in "OTA-" and j - i < 4:
            j += 1
        behind = items[j] if items[i].kind == "e" and j < len(items) else None
        atom = items[i].atom
        if behind is not None and behind.point is not None and atom is not None:
            done.append(_Item("P", items[i].start, behind.end, behind.point._replace(edge=atom.value), None))
            i = j + 1
        else:
            done.append(items[i])
            i += 1
    return done


def _frame(match: re.Match[str], items: list[_Item], letters: str, context: Context, earlier: Time | None) -> Time | None:
    name = (match.lastgroup or "").rsplit("_", 1)[0]
    part = items[match.start() : match.end()]
    points = [i.point for i in part if i.point]
    start, end = part[0].start, part[-1].end
    if name == "point" and part[0].kind == "Y" and not _supported(match.start(), items, letters, context):
        return None
    points = [timeanchors.hung(p, start, earlier, context) for p in points]
    direction: str | None = "future" if name == "towards" else None
    if name != "towards" and any(p.kind != "fixed" and p.year is None for p in points):
        direction = timeline.tense(
            context.text, start, end, context.words, name in ("until", "before", "until_day"), all(p.day or p.weekday is not None for p in points)
        )
    if direction != "future" and any(p.kind == "through" for p in points):
        points = [timeanchors.passed(p, start, earlier) or p for p in points]
    written = _MAKERS[name](part, points, context.published, direction)
    if written is None:
        return None
    first_day, last_day = edtf.days(written)
    return Time(start=start, end=end, edtf=written, first_day=first_day, last_day=last_day)


def _supported(at: int, items: list[_Item], letters: str, context: Context) -> bool:
    """Say whether a bare year, a month that is also a word, or a bare "5/12" is meant as a time here."""
    here = at
    item, before = items[at], letters[at - 1] if at else ""
    it = item.point
    if it is None:
        return False
    text = context.text
    if text[max(0, item.start - 2) : item.start - 1].isalnum() and text[item.start - 1] in "-‑":  # "G-2031", "now" alone below
        return False
    if it.fixed is not None and it.fixed.grain == "day":
        return False
    if it.kind == "season" or it.kind == "weekend":
        return before in _SUPPORT or before in "TA" and before != ""
    if it.kind == "weekday":
        return before != "" and before in "ijUBbpf" and not re.match(r"\s+\w", text[item.end : item.end + 4])
    if it.kind == "month" and before == "c" and at > 1 and letters[at - 2] in "PY":
        return True
    while before and before in "TA" and it.kind != "date":
        at -= 1
        before = letters[at - 1] if at else ""
    if before == "O" and (it.fixed is None or it.fixed.grain == "year") and here == len(items) - 1 and _followed(text, item.end):
        return False
    if before and before in _SUPPORT:
        return it.fixed is None or it.fixed.grain != "year" or 1700 <= it.fixed.first.year <= 2199
    if it.fixed is None or it.fixed.grain != "year":
        return before in ("T", "A") if it.kind == "date" else False
    alone = not _followed(text, item.end)
    return 1900 <= it.fixed.first.year <= 2150 and (alone or (before == "c" and at > 1 and letters[at - 2] in "PY"))


def _followed(text: str, end: int) -> bool:
    """Say whether a word follows at once, which the number may count."""
    return re.match(r"[ \u00a0-]?[^\W_]", text[end : end + 2]) is not None


Maker = Callable[[list[_Item], list[Point], date | None, str | None], str | None]


def _code(stretch: Stretch) -> str:
    return edtf.from_days(stretch.first, stretch.last, None if stretch.grain == "days" else stretch.grain)


def _grain(stretch: Stretch) -> str:
    """Return how exactly the ends are written: whole months as months, whole years as years, everything else in days."""
    if stretch.grain != "days":
        return stretch.grain
    return {4: "year", 7: "month"}.get(len(edtf.from_days(stretch.first, stretch.last).split("/")[0]), "day")


def _low(stretch: Stretch) -> str:
    return edtf.written(stretch.first, _grain(stretch))


def _high(stretch: Stretch, it: Point) -> str:
    return edtf.written(stretch.last, "day" if it.edge == 2 and stretch.grain != "day" else _grain(stretch))


def _point(_: list[_Item], points: list[Point], published: date | None, direction: str | None) -> str | None:
    stretch = timeline.place(points[0], published, direction)
    if stretch is None:
        return None
    return edtf.from_days(stretch.first, stretch.last, "day") if points[0].kind == "so_far" and stretch.grain == "days" else _code(stretch)


def _interval(_: list[_Item], points: list[Point], published: date | None, direction: str | None) -> str | None:
    both = timeline.join(points[0], points[1], published, direction)
    if both is None:
        return None
    left, right = _low(both[0]), edtf.written(both[1].last, _grain(both[1]))
    return left if left == right else f"{left}/{right}"


def _dash(part: list[_Item], points: list[Point], published: date | None, direction: str | None) -> str | None:
    kinds = {"date" if p.fixed and p.fixed.grain == "day" else "month" if p.fixed and p.fixed.grain == "month" else p.kind for p in points}
    if kinds != {"date"} and len(kinds) > 1 and kinds != {"date", "month"}:
        return None
    return _interval(part, points, published, direction)


def _so_far(part: list[_Item], points: list[Point], published: date | None, __: str | None) -> str | None:
    atom = next((i.atom for i in part if i.kind == "u"), None)
    if published and not points and atom:
        stretch = calendar.around(published, atom.value)
    else:
        stretch = timeline.place(points[0], published, None) if points else None
    if stretch is None or published is None or not stretch.first <= published:
        return None
    return edtf.from_days(stretch.first, published, "day")


def _since(part: list[_Item], points: list[Point], published: date | None, direction: str | None) -> str | None:
    starting = part[0].atom is not None and part[0].atom.value == 1 and direction != "past"  # "from 1 May on": ahead, unless told in the past
    stretch = timeline.place(points[0], published, "future" if starting else "past")
    if stretch is None:
        return None
    if points[0].kind == "so_far":
        return f"{edtf.written(stretch.first, 'year')}/.."
    if points[0].edge == 0 and stretch.grain == "year":
        if published and stretch.first <= published <= stretch.last:
            return edtf.from_days(stretch.first, published, "day")
        return f"{edtf.written(stretch.first, 'month')}/.."
    if points[0].edge == 2 and stretch.grain == "year":
        return f"{edtf.written(stretch.last, 'month')}/.."
    return f"{_low(stretch)}/.."


def _since_count(part: list[_Item], _: list[Point], published: date | None, __: str | None) -> str | None:
    stretch = _counted(part, published, -1)
    return stretch and f"{_low(stretch)}/.."


def _until_count(part: list[_Item], _: list[Point], published: date | None, __: str | None) -> str | None:
    stretch = _counted(part, published, 1)
    return stretch and f"../{edtf.written(stretch.last, stretch.grain)}"


def _counted(part: list[_Item], it: date | None, sign: int) -> Stretch | None:
    count, unit = (next(i.atom.value for i in part if i.atom and i.kind in kinds) for kinds in ("dn", "uW"))
    there = it and calendar.plus(it, sign * count, unit)
    if there is None or unit not in ("month", "year"):
        return calendar.one(there)
    return calendar.around(there, unit)


def _until(_: list[_Item], points: list[Point], published: date | None, direction: str | None) -> str | None:
    stretch = timeline.place(points[0]._replace(kind="fixed") if points[0].kind == "so_far" else points[0], published, direction)
    return stretch and f"../{_high(stretch, points[0])}"


def _until_day(part: list[_Item], points: list[Point], published: date | None, direction: str | None) -> str | None:
    stretch = timeline.place(points[0], published, direction)
    return _until(part, points, published, direction) if stretch and stretch.grain == "day" else stretch and _code(stretch)


def _before(part: list[_Item], points: list[Point], published: date | None, direction: str | None) -> str | None:
    """Before a day or a month is up to the one before it; before its end is up to its last day."""
    stretch = timeline.place(points[0], published, direction)
    if stretch is None:
        return None
    if points[0].edge == 2:
        return _until(part, points, published, direction)
    last = calendar.plus_days(stretch.first, -1)
    if last is None:
        return None
    return f"../{edtf.written(last, _grain(stretch))}"


def _offset(part: list[_Item], points: list[Point], published: date | None, direction: str | None) -> str | None:
    """ "Three days after 12 January", "two weeks before Christmas"."""
    stretch = timeline.place(points[0], published, direction)
    if stretch is None or stretch.grain != "day":
        return None
    at = next(n for n, i in enumerate(part) if i.kind in "kfpBbV")
    word, atom = part[at].kind, part[at].atom
    if word == "p" and atom and atom.value == 1:  # "three days starting on Monday"
        after = _counted(part[:at], stretch.first, 1)
        last = after and calendar.plus_days(after.first, -1)
        return edtf.from_days(stretch.first, last, "day") if last and last >= stretch.first else None
    found = _counted(part, stretch.first, 1 if word in "kfp" else -1)
    return found and _code(found)


def _weekday_from(part: list[_Item], points: list[Point], published: date | None, direction: str | None) -> str | None:
    """ "Monday two weeks from now", « lundi dans deux semaines »: the weekday of the week so far ahead."""
    if points[0].kind != "weekday" or points[0].weekday is None:
        return None
    counted = any(i.kind in "uW" for i in part)
    if not counted and (points[1].kind not in ("in", "through") or direction == "past"):
        return None
    there = _offset(part[1:], points[1:], published, direction) if counted else _point(part, points[1:], published, direction)
    day = edtf.days(there)[0] if there else None
    week = day and calendar.around(day, "week")
    found = week and calendar.plus_days(week.first, points[0].weekday)
    return found.isoformat() if found else None


def _week_of(part: list[_Item], points: list[Point], published: date | None, direction: str | None) -> str | None:
    stretch = timeline.place(points[0], published, direction)
    if stretch is None or stretch.grain != "day" or part[0].atom is None or part[0].atom.value != "week":
        return None
    week = calendar.around(stretch.first, "week")
    return week and edtf.from_days(week.first, week.last, "day")


_MAKERS: dict[str, Maker] = {
    "offset": _offset, "weekday_from": _weekday_from,
    "interval": _interval, "dash": _dash, "so_far": _so_far, "since": _since, "since_count": _since_count,
    "before": _before, "until": _until, "until_day": _until_day, "towards": _point, "until_count": _until_count, "week_of": _week_of, "point": _point,
}  # fmt: skip
