"""Days written out in full in one of six languages: day, month and year, so that nothing has to be guessed.

"3 May 2031", "May 3, 2031", "le 1er mai 2031", "23. Mai 2031", "3 de mayo de 2031", «5 марта 2031», "2031-05-03", "23.05.2031". Numbers
with slashes count only where they can be read in one way. This is capture's own small reader for mastheads; the times told in the story
are another room's work.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS: tuple[str, ...] = (
    "january jan janvier janv enero ene janeiro januar jän jänner января янв январь",
    "february feb février fevrier févr febrero fevereiro fev februar февраля фев февр февраль",
    "march mar mars marzo março marco märz maerz mrz марта мар март",
    "april apr avril avr abril abr апреля апр апрель",
    "may mai mayo maio мая май",
    "june jun juin junio junho juni июня июн июнь",
    "july jul juillet juil julio julho juli июля июл июль",
    "august aug août aout agosto ago августа авг август",
    "september sept sep septembre septiembre setiembre setembro set сентября сент сен сентябрь",
    "october oct octobre octubre outubro out oktober okt октября окт октябрь",
    "november nov novembre noviembre novembro ноября нояб ноя ноябрь",
    "december dec décembre decembre déc diciembre dic dezembro dez dezember декабря дек декабрь",
)
_MONTH = {name: n for n, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"

_HAS_YEAR = re.compile(_YEAR)
_DAY = re.compile(
    rf"(?<![\w./-])(?:(?P<d1>\d{{1,2}})(?:er|st|nd|rd|th|º|\.)?\s*(?:de\s+|of\s+)?(?P<m1>{_NAME})\.?,?\s*(?:de\s+|del\s+)?(?P<y1>{_YEAR})"
    rf"|(?P<m2>{_NAME})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>{_YEAR})"
    rf"|(?P<y3>{_YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)"
    rf"|(?P<d4>\d{{1,2}})\.(?P<m4>\d{{1,2}})\.(?P<y4>{_YEAR})"
    rf"|(?P<a5>\d{{1,2}})(?P<sep>[/-])(?P<b5>\d{{1,2}})(?P=sep)(?P<y5>{_YEAR}))(?!\d)",
    re.IGNORECASE,
)


def days_in(line: str) -> list[tuple[int, int, date]]:
    """Return start, end and day for each full date in a line, in order. A date that can be read in two ways is left out."""
    found: list[tuple[int, int, date]] = []
    if not _HAS_YEAR.search(line):
        return found
    for match in _DAY.finditer(line[:2000]):
        day = _day(match)
        if day is not None:
            found.append((match.start(), match.end(), day))
    return found


def _day(match: re.Match[str]) -> date | None:
    group = match.groupdict()
    for n in "1234":
        if year := group[f"y{n}"]:
            named = n in "12"
            month = _MONTH[group[f"m{n}"].lower()] if named else int(group[f"m{n}"])
            return _real(int(year), month, int(group[f"d{n}"]))
    first, second, year = int(group["a5"]), int(group["b5"]), int(group["y5"])
    readings = {day for day in (_real(year, second, first), _real(year, first, second)) if day}
    return readings.pop() if len(readings) == 1 else None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
