"""Stated times, resolved to EDTF against the day of publication.

`times` reads a text in three steps: (1) runs of time words (`timewords`), (2) points of time in them (`timephrases`), placed on the
calendar by the tense of their sentence (`timeline`), (3) what stands before and between points: since, until, before, intervals.
Both ends of an interval are included: "from April to June" ends on the last of June. An end of a month or a year counts as its last
day where it bounds ("before the end of June"); elsewhere early, mid and end leave the month or the year as it is. What hangs on another
time ("three weeks later") is counted from the one stated before (`timeanchors`). What cannot be resolved is left out, and so are centuries.
So far for the EDTF; the first and last day follow the convention of calendars (`timedays`).
"""

from __future__ import annotations

import re
from datetime import date

from temoin.read import calendar, timeanchors, timeline
from temoin.read.timeframes import ALONE, FRAMES, Item, made
from temoin.read.timephrases import POINTS, point
from temoin.read.timepoints import Context, Point
from temoin.read.timewords import Atom, runs, words
from temoin.records import Time

_LAST_WORDS = re.compile(r"(\w+)\s(?:du|de|del|des|do|da|of)?\s?\Z")
#: Letters before a weak point (a bare year, "May", "5/12") that make it a time.
_SUPPORT = frozenset("ijfpUBbqkIVEtWwQ(OF")
_DAYS = re.compile(r"(?P<q>q)?[fOpU]?[TA]*(?P<a>[dno])[TA,]*(?P<to>[tAEU-]|c)[TA]*(?P<b>[dno])[TOA,]*(?P<m>[mM])(?:[TOAij,/-]{0,3}u?(?P<y>y))?")
_MONTH_DAYS = re.compile(r"[fOq]?T?(?P<m>[mM])T?(?P<a>[dno])[tAEU-]T*(?P<b>[dno])(?![mMdn])(?:[TOA,]{0,2}(?P<y>y))?")
_SHIFT, _TWO_DAYS = "(?P<s>[lL]u|u[lL])", "(?P<a>[do])[TA]*[tAEU-][TA]*(?P<b>[do])"
_DAYS_SHIFTED = re.compile(f"[fOpU]?[TA]*{_TWO_DAYS}[TOAij]{{0,3}}{_SHIFT}")
_SHIFTED_DAYS = re.compile(f"{_SHIFT},?[fOT][TA]*{_TWO_DAYS}(?![dnouWmM])")


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
        if match and not time and items[at].point and (match := ALONE.match(letters, at)):
            time = _frame(match, items, letters, context, found[-1] if found else earlier)
        if match and time:
            found.append(time)
            at = match.end()
        else:
            at += 1
    return found


def _items(run: list[Atom], context: Context, earlier: Time | None) -> list[Item]:
    letters = "".join(a.kind for a in run)
    items: list[Item] = []
    at = 0
    while at < len(run):
        shared = _DAYS.match(letters, at) or _MONTH_DAYS.match(letters, at)
        if shared and (made := _shared(shared, run)):
            items.extend(made)
            at = shared.end()
            continue
        shifted = _DAYS_SHIFTED.match(letters, at) or _SHIFTED_DAYS.match(letters, at)
        if shifted and (two := _shifted(shifted, run, context)):
            items.extend(two)
            at = shifted.end()
            continue
        match = POINTS.match(letters, at)
        if match:
            atoms = run[at : match.end()]
            seen = timeanchors.seen_from(atoms, context, earlier)
            it = point((match.lastgroup or "").rsplit("_", 1)[0], atoms, seen) if seen else None
            blocked = bool(items) and items[-1].kind == "!"
            if it is not None and not blocked:
                taken = it.used or len(atoms)
                items.append(Item("Y" if it.weak else "P", atoms[0].start, atoms[taken - 1].end, it, None))
                at += taken
                continue
            if blocked:
                at = match.end()
                items.pop()
                continue
        items.append(Item(run[at].kind, run[at].start, run[at].end, None, run[at]))
        at += 1
    return _edged(items)


def _shared(match: re.Match[str], run: list[Atom]) -> list[Item] | None:
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
        return [Item("P", low.start, low.end, first, None), Item("c", low.end, low.end, None, None), Item("P", high.start, end, last, None)]
    middle = min(low.end, end)
    opening = [Item("q", start, start, None, None), Item("P", start, middle, first, None)]
    return [*opening, Item("-", middle, middle, None, None), Item("P", middle, end, last, None)]


def _shifted(match: re.Match[str], run: list[Atom], context: Context) -> list[Item] | None:
    """Two days of last month or the next: "from the 4th to the 23rd of last month"."""
    words = run[match.start("s") : match.end("s")]
    unit, shift = next(a for a in words if a.kind == "u"), next(a for a in words if a.kind in "lL")
    whole = calendar.around(context.published, "month", shift.value) if context.published and unit.value == "month" else None
    ends = [whole and calendar.day(whole.first.year, whole.first.month, run[match.start(name)].value) for name in "ab"]
    if ends[0] is None or ends[1] is None or ends[0].first > ends[1].first:
        return None
    start, middle, end = run[match.start()].start, run[match.start("a")].end, run[match.end() - 1].end
    first, last = (Point("fixed", it) for it in ends)
    return [Item("P", start, middle, first, None), Item("-", middle, middle, None, None), Item("P", middle, end, last, None)]


def _edged(items: list[Item]) -> list[Item]:
    """Join "early", "mid" and "end of" to the point behind them."""
    done: list[Item] = []
    i = 0
    while i < len(items):
        j = i + 1
        while items[i].kind == "e" and j < len(items) and items[j].kind in "OTA-" and j - i < 4:
            j += 1
        behind = items[j] if items[i].kind == "e" and j < len(items) else None
        atom = items[i].atom
        if behind is not None and behind.point is not None and atom is not None:
            done.append(Item("P", items[i].start, behind.end, behind.point._replace(edge=atom.value), None))
            i = j + 1
        else:
            done.append(items[i])
            i += 1
    return done


def _frame(match: re.Match[str], items: list[Item], letters: str, context: Context, earlier: Time | None) -> Time | None:
    name = (match.lastgroup or "").rsplit("_", 1)[0]
    part = items[match.start() : match.end()]
    points = [i.point for i in part if i.point]
    start, end = part[0].start, part[-1].end
    if name == "point" and points[0].kind == "date" and points[0].year is None and _names_a_street(start, context):
        return None
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
    it = made(name, part, points, context.published, direction)
    return it and Time(start=start, end=end, edtf=it.edtf, first_day=it.first_day, last_day=it.last_day)


def _names_a_street(start: int, context: Context) -> bool:
    """Say whether a day is a part of a name: "rue du 18 janvier", "Straße des 17. Juni"."""
    before = _LAST_WORDS.search(context.text, max(0, start - 24), start)
    return before is not None and before[1].lower() in context.words.streets


def _supported(at: int, items: list[Item], letters: str, context: Context) -> bool:
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
        behind = re.match(r"\s+(\w+)", text[item.end : item.end + 24])
        return before != "" and before in "ijUBbpf" and (behind is None or behind[1].lower() in context.words.behind_weekday)
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
