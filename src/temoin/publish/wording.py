"""The page's own words in six languages: message tables, plural rules, numbers with bounds, stated dates.

Tables are TOML in `messages/`, one a language, all with the same keys. Plurals, digits, dates and lists follow CLDR (babel).
Quotations are never translated.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from temoin.errors import Misused
from temoin.publish.neutral import line
from temoin.records import Claim

LANGUAGES = ("en", "fr", "ru", "es", "pt", "de")
#: Ranges that a quantity word stands for (the marking guide's table): the word is told with its bounds.
_ROUND_RANGES = {(3, 9): "several", (20, 99): "dozens", (200, 999): "hundreds", (2000, 9999): "thousands"}
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_FIRST_OF_MONTH = re.compile(r"(?<!\d)1(?=(?:\s|\u202f)+[^\W\d]|\s*[–-]\s*\d{1,2}\s)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")


@cache
def _tables(lang: str) -> Mapping[str, Any]:
    """Return a language's tables flattened: "count.reports" → text, or a mapping of plural categories."""
    tree = tomllib.loads(files(__package__).joinpath("messages", f"{lang}.toml").read_text(encoding="utf-8"))
    flat: dict[str, Any] = {}
    for section, entries in tree.items():
        for key, value in entries.items():
            flat[f"{section}.{key}"] = value
    return flat


@cache
def _territories() -> Mapping[str, str]:
    """Return the codes of countries by their English names."""
    return {str(name): str(code) for code, name in Locale.parse("en").territories.items() if len(code) == 2}


@cache
def words(lang: str) -> Words:
    """Return the words of a language. Raises Misused for a language without a table."""
    primary = lang.split("-")[0].lower()
    if primary not in LANGUAGES:
        raise Misused(f"no page can be written in {line(lang, 20)!r}", hint=f"choose one of {', '.join(LANGUAGES)}")
    return Words(primary)


def _rounded(low: int, high: int) -> int | None:
    """Return the round number of which two bounds are a tenth less and a tenth more, as "about 100" is read; None where there is none."""
    middle, odd = divmod(low + high, 2)
    return middle if not odd and middle >= 10 and middle % 10 == 0 and (low, high) == (round(0.9 * middle), round(1.1 * middle)) else None


class Words:
    """One language's words. `say` gives plain text, `html` gives markup with every part escaped."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.locale = Locale.parse(lang)
        self._messages = _tables(lang)
        self._short_days: dict[date, str] = {}

    @property
    def colon(self) -> str:
        """The colon with the space that French puts before it."""
        return "\N{NO-BREAK SPACE}:" if self.lang == "fr" else ":"

    def _pattern(self, key: str, n: int | None) -> str:
        message = self._messages[key]
        if isinstance(message, str):
            return message
        chosen = message.get(self.locale.plural_form(n or 0), message["other"])
        return str(chosen)

    def say(self, key: str, n: int | None = None, **parts: object) -> str:
        """Return the message as plain text; `n` chooses the plural and fills {n}."""
        if n is not None:
            parts["n"] = self.digits(n)
        pattern = self._pattern(key, n)
        return pattern.format(**parts) if parts else pattern

    def check(self, claim: Claim) -> str:
        """Return what marks a claim that is not sure: "check", or that a language model proposed it."""
        return self.say("page.check" if claim.proposed_by is None else "page.proposed")

    def html(self, key: str, n: int | None = None, **parts: object) -> Markup:
        """Return the message as markup: parts that are not markup already are escaped."""
        if n is not None:
            parts["n"] = self.digits(n)
        return Markup(self._pattern(key, n)).format(**parts)

    def digits(self, n: int) -> str:
        """Return a whole number with the language's grouping."""
        return str(format_decimal(n, locale=self.locale))

    def share(self, part: float) -> str:
        """Return 0.42 as "42%" in the language's manner."""
        return str(format_percent(min(max(part, 0.0), 1.0), locale=self.locale))

    def count(self, low: int | None, high: int | None) -> str:
        """Return a number with inclusive bounds in words: (3, None) is "at least 3"; both None is "no number stated"."""
        if low is None and high is None:
            return self.say("number.unstated")
        if high is None:
            # whole numbers: 301 and up is what a speaker calls "more than 300"
            return self.say("number.more_than", low - 1) if low is not None and low > 10 and low % 10 == 1 else self.say("number.at_least", low)
        if low is None:
            return self.say("number.fewer_than", high + 1) if high > 10 and (high + 1) % 100 == 0 else self.say("number.up_to", high)
        if low == high:
            return self.say("number.exact", low)
        if (middle := _rounded(low, high)) is not None:
            return self.say("number.about", middle=self.digits(middle), low=self.digits(low), high=self.digits(high))
        kind = _ROUND_RANGES.get((low, high), "range")
        return self.say(f"number.{kind}", low=self.digits(low), high=self.digits(high))

    def span(self, low: int | None, high: int | None) -> str:
        """Return what several figures come to: its ends as they are, since no word such as "about" or "dozens" was anybody's."""
        if low is None or high is None or low == high:
            return self.count(low, high)
        return self.say("number.range", low=self.digits(low), high=self.digits(high))

    def names(self, items: Iterable[str]) -> Markup:
        """Return names joined as the language joins a list; items that are not markup are escaped."""
        return Markup(format_list([str(escape(item)) for item in items], locale=self.locale))

    def day(self, when: date | None) -> str:
        """Return a day in full, or the words for a day that is not known."""
        return self.say("page.unknown_day") if when is None else self._first(str(format_date(when, "long", locale=self.locale)))

    def short_day(self, when: date | None) -> str:
        """Return a day in the middle length, for tables."""
        if when is None:
            return self.say("page.unknown_day")
        if when not in self._short_days:
            self._short_days[when] = self._first(str(format_date(when, "medium", locale=self.locale)))
        return self._short_days[when]

    def month(self, when: date) -> str:
        """Return the month and year of a day."""
        return str(format_skeleton("yMMMM", when, locale=self.locale))

    def edtf(self, stated: str) -> str:
        """Return an EDTF date or interval in words; what is not of our subset is given back as it stands, neutral."""
        first, slash, last = stated.partition("/")
        if not slash:
            return self._stated(first)
        if first in ("..", "") and last in ("..", ""):
            return line(stated, 40)
        if last in ("..", ""):
            return self.say("date.since", first=self._stated(first))
        if first in ("..", ""):
            return self.say("date.until", last=self._stated(last))
        if first == last:
            return self._stated(first)
        if _DAY.fullmatch(first) and _DAY.fullmatch(last):
            try:
                return self.days(date.fromisoformat(first), date.fromisoformat(last))
            except ValueError:
                pass
        return self.say("date.range", first=self._stated(first), last=self._stated(last))

    def due(self, stated: str | None, day: date | None) -> str:
        """Return by when a promise is due, as exactly as it was stated: the end of an interval; "" where no day is known."""
        end = (stated or "").rpartition("/")[2]
        return self.edtf(end) if end not in ("", "..") else self.day(day) if day is not None else ""

    def days(self, first: date, last: date) -> str:
        """Return a stretch of days, what both have in common said once: "April 4 – May 31, 2017"."""
        if first == last:
            return self.day(first)
        return self._first(str(format_interval(first, last, "yMMMd", locale=self.locale)))

    def _first(self, said: str) -> str:
        """Return a date in which the first of a month is written as French writes it: "1er mai". CLDR has the bare number."""
        return _FIRST_OF_MONTH.sub("1er", said) if self.lang == "fr" else said

    def _stated(self, stated: str) -> str:
        found = _EDTF.fullmatch(stated)
        if found is None:
            return line(stated, 40)
        year, month, day, doubt = found.groups()
        try:
            if month is None:
                said = str(format_skeleton("y", date(int(year), 1, 1), locale=self.locale))
            elif int(month) in _SEASONS:
                said = self.say(f"date.{_SEASONS[int(month)]}", year=year)
            elif day is None:
                said = self.month(date(int(year), int(month), 1))
            else:
                said = self.day(date(int(year), int(month), int(day)))
        except ValueError:  # "2017-02-31": a report may state it, no calendar holds it
            return line(stated, 40)
        if doubt in ("~", "%"):
            said = self.say("date.approximate", date=said)
        elif doubt == "?":
            said = self.say("date.uncertain", date=said)
        return said

    def place(self, name: str) -> str:
        """Return a place's name in this language where it is a country that CLDR knows by its English name, else the name as it stands."""
        code = _territories().get(name)
        return str(self.locale.territories.get(code, name)) if code else line(name, 60)

    def language(self, tag: str) -> str:
        """Return the name of a language in this one, the tag where CLDR has none."""
        if not tag:
            return self.say("page.unknown_lang")
        try:
            return Locale.parse(tag, sep="-").get_display_name(self.lang) or line(tag, 20)
        except Exception:  # babel raises several kinds for tags without data; the tag itself is then the honest answer
            return line(tag, 20)
