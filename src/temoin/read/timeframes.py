"""What stands before and between points of time: since, until, before, intervals; each with what it makes of its points.

Both ends of an interval are written: "from April to June" is "2031-04/2031-06". What its days are by the convention of calendars,
`temoin.read.timedays` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from temoin.read import calendar, edtf, timedays, timeline
from temoin.read.calendar import Stretch
from temoin.read.timedays import Stated, stated
from temoin.read.timepoints import Point
from temoin.read.timewords import Atom

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
    ("since", f"p{_PREPOSITION}0?{_PREPOSITION}{_P}"),
    ("since_count", "pa?[dn][uW]"),
    ("before", f"[BV]{_PREPOSITION}{_P}"),
    ("until", f"[Ub]t?{_PREPOSITION}{_P}"),
    ("towards", f"F{_PREPOSITION}{_P}"),
    ("until_day", f"E{_P}"),
    ("until_count", "ba?[dn][uW]"),
    ("week_of", f"u[OTAp]{{1,2}}{_P}"),
    ("night", f"0{_PREPOSITION}{_P}"),
    ("point", _P),
)
FRAMES = re.compile("|".join(f"(?P<{name}_{i}>{pattern})" for i, (name, pattern) in enumerate(_FRAMES)))
ALONE = re.compile(f"(?P<point_0>{_P})")


class Item(NamedTuple):
    """A point or a small word, and where it stands."""

    kind: str  # "P", "Y" for a weak point, else the letter of the word
    start: int
    end: int
    point: Point | None
    atom: Atom | None


Maker = Callable[[list[Item], list[Point], date | None, str | None], Stated | None]


def made(name: str, part: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    """Return what a frame makes of its points, None where that cannot be known.

    name: of one of the frames; part: its words; direction: the tense about it, as `timeline.tense` gives it.
    """
    return _MAKERS[name](part, points, published, direction)


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


def _point(_: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    it = points[0]
    if it.kind == "copied":
        return stated(it.name)
    stretch = timeline.place(it, published, direction)
    if stretch is None:
        return None
    if direction is None and published:
        stretch = timeline.untensed(it, published, stretch)
    days = it.days if it.edge is None else timedays.cut(stretch, it.edge, it.current)
    if it.kind == "so_far" and stretch.grain == "days":
        return stated(edtf.from_days(stretch.first, stretch.last, "day"), it.fixed)
    return stated(_code(stretch), days)


def _interval(_: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    both = timeline.join(points[0], points[1], published, direction)
    if both is None:
        return None
    left, right = _low(both[0]), edtf.written(both[1].last, _grain(both[1]))
    return stated(left if left == right else f"{left}/{right}", timedays.up_to(both[0], points[0].edge, both[1], points[1].edge))


def _dash(part: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    kinds = {"date" if p.fixed and p.fixed.grain == "day" else "month" if p.fixed and p.fixed.grain == "month" else p.kind for p in points}
    if kinds != {"date"} and len(kinds) > 1 and kinds != {"date", "month"}:
        return None
    return _interval(part, points, published, direction)


def _so_far(part: list[Item], points: list[Point], published: date | None, __: str | None) -> Stated | None:
    atom = next((i.atom for i in part if i.kind == "u"), None)
    if published and not points and atom:
        stretch = calendar.around(published, atom.value)
    else:
        stretch = timeline.place(points[0], published, None) if points else None
    if stretch is None or published is None or not stretch.first <= published:
        return None
    return stated(edtf.from_days(stretch.first, published, "day"), timedays.so_far(stretch.first, published))


def _since(part: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    starting = part[0].atom is not None and part[0].atom.value == 1 and direction != "past"  # "from 1 May on": ahead, unless told in the past
    it = points[0]
    stretch = timeline.place(it, published, "future" if starting else "past")
    if stretch is None:
        return None
    if it.kind == "so_far":
        return stated(f"{edtf.written(stretch.first, 'year')}/..")
    if it.edge == 0 and stretch.grain == "year":
        if published and stretch.first <= published <= stretch.last:
            return stated(edtf.from_days(stretch.first, published, "day"), timedays.so_far(stretch.first, published))
        return stated(f"{edtf.written(stretch.first, 'month')}/..")
    if it.edge == 2 and stretch.grain == "year":
        return stated(f"{edtf.written(stretch.last, 'month')}/..")
    return stated(f"{_low(stretch)}/..")


def _since_count(part: list[Item], _: list[Point], published: date | None, __: str | None) -> Stated | None:
    stretch = _counted(part, published, -1)
    if stretch and stretch.grain == "year" and (there := _there(part, published, -1)):
        return stated(f"{edtf.written(there, 'month')}/..")  # "for two years": to the month, as they are counted
    return stated(stretch and f"{_low(stretch)}/..")


def _until_count(part: list[Item], _: list[Point], published: date | None, __: str | None) -> Stated | None:
    stretch = _counted(part, published, 1)
    return stated(stretch and f"../{edtf.written(stretch.last, stretch.grain)}")


def _there(part: list[Item], it: date | None, sign: int) -> date | None:
    """Return the day so many units away: "three weeks" before or after a day."""
    count, unit = (next(i.atom.value for i in part if i.atom and i.kind in kinds) for kinds in ("dn", "uW"))
    return it and calendar.plus(it, sign * count, unit)


def _counted(part: list[Item], it: date | None, sign: int) -> Stretch | None:
    """Return the same no more exactly than said: months from a day give a month."""
    unit, there = next(i.atom.value for i in part if i.atom and i.kind in "uW"), _there(part, it, sign)
    if there is None or unit not in ("month", "year"):
        return calendar.one(there)
    return calendar.around(there, unit)


def _until(_: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    stretch = timeline.place(points[0]._replace(kind="fixed") if points[0].kind == "so_far" else points[0], published, direction)
    return stated(stretch and f"../{_high(stretch, points[0])}")


def _until_day(part: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    stretch = timeline.place(points[0], published, direction)
    return _until(part, points, published, direction) if stretch and stretch.grain == "day" else stated(stretch and _code(stretch))


def _before(part: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    """Before a day or a month is up to the one before it; before its end is up to its last day."""
    stretch = timeline.place(points[0], published, direction)
    if stretch is None:
        return None
    if points[0].edge == 2:
        return _until(part, points, published, direction)
    last = calendar.plus_days(stretch.first, -1)
    return stated(f"../{edtf.written(last, _grain(stretch))}" if last else None)


def _offset(part: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    """ "Three days after 12 January", "two weeks before Christmas"."""
    stretch = timeline.place(points[0], published, direction)
    if stretch is None or stretch.grain != "day":
        return None
    at = next(n for n, i in enumerate(part) if i.kind in "kfpBbV")
    word, atom = part[at].kind, part[at].atom
    if word == "p" and atom and atom.value == 1:  # "three days starting on Monday"
        after = _counted(part[:at], stretch.first, 1)
        last = after and calendar.plus_days(after.first, -1)
        return stated(edtf.from_days(stretch.first, last, "day")) if last and last >= stretch.first else None
    sign = 1 if word in "kfp" else -1
    found = _counted(part, stretch.first, sign)
    return stated(found and _code(found), calendar.one(_there(part, stretch.first, sign)))


def _weekday_from(part: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    """ "Monday two weeks from now", « lundi dans deux semaines »: the weekday of the week so far ahead."""
    if points[0].kind != "weekday" or points[0].weekday is None:
        return None
    counted = any(i.kind in "uW" for i in part)
    if not counted and (points[1].kind not in ("in", "through") or direction == "past"):
        return None
    there = _offset(part[1:], points[1:], published, direction) if counted else _point(part, points[1:], published, direction)
    week = there and there.first_day and calendar.around(there.first_day, "week")
    found = week and calendar.plus_days(week.first, points[0].weekday)
    return stated(found.isoformat() if found else None)


def _week_of(part: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    stretch = timeline.place(points[0], published, direction)
    if stretch is None or stretch.grain != "day" or part[0].atom is None or part[0].atom.value != "week":
        return None
    week = calendar.around(stretch.first, "week")
    return stated(week and edtf.from_days(week.first, week.last, "day"))


def _night(_: list[Item], points: list[Point], published: date | None, direction: str | None) -> Stated | None:
    """ "In der Nacht zum Dienstag", «в ночь на вторник»: the evening before and the day."""
    stretch = timeline.place(points[0], published, direction)
    if stretch is None or stretch.grain != "day":
        return None
    evening = calendar.plus_days(stretch.first, -1)
    return stated(edtf.from_days(evening, stretch.last, "day")) if evening else None


_MAKERS: dict[str, Maker] = {
    "offset": _offset, "weekday_from": _weekday_from,
    "interval": _interval, "dash": _dash, "so_far": _so_far, "since": _since, "since_count": _since_count,
    "before": _before, "until": _until, "until_day": _until_day, "towards": _point, "until_count": _until_count,
    "week_of": _week_of, "night": _night, "point": _point,
}  # fmt: skip
