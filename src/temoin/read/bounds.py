"""Bounds: what the words around a number make of it ("at least three", "30 people or more"), and what makes it no count at all.

The words are a language's table `numbers`; the rules here are the same for every language. Inclusive bounds, None where open:
exact 3..3; at least 3..; more than 3: 4..; up to ..3; fewer than ..2; nearly ..3; about: ten per cent either way, drawn in to whole
numbers; a vague word keeps its own span (dozens 20..99). Source of the figures: docs/explanation/claims.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from temoin.read.numerals import Numeral, spelled

#: How a phrase before or after a number bounds it.
OPERATORS = ("ge", "gt", "le", "lt", "almost", "about")
_TOKEN = re.compile(r"[^\W\d_]+'?|[0-9]+|[<>=]+|\n[ \t\r]*\n|[^\w\s]|_")
_NEAR, _BEFORE, _AFTER = 24, 72, 48  # characters looked at: two words before, a phrase or two before, the noun and a phrase behind
_FEW = 9  # tokens behind a number that are looked at
_SIGNS = {">": "gt", ">=": "ge", "> =": "ge", "≥": "ge", "<": "lt", "<=": "le", "< =": "le", "≤": "le", "=": "exactly"}


class Token(NamedTuple):
    """A word, a number or a mark, and where it stands."""

    text: str
    start: int
    end: int


class Before(NamedTuple):
    """What the words before a number say of it."""

    start: int  # where the bounding phrase begins, or the number itself
    op: str | None = None
    about: bool = False
    stressed: bool = False  # "only one", "just one": a number even where "one" could be an article
    opener: str | None = None  # between, from, change ("rose from"): a second number may follow
    opens_at: int = 0  # where the opener begins
    never: str | None = None  # why it is no count: label, age, day, month, money
    negative: bool = False
    previous: str = ""  # the word before it all
    tokens: tuple[Token, ...] = ()


class Phrases:
    """Phrases by what they mean, matched longest first against the tokens that end, or begin, at a place."""

    def __init__(self, roles: dict[str, Iterable[str]]) -> None:
        self._known: dict[str, str] = {}
        for role, phrases in roles.items():
            for phrase in spelled(phrases):
                self._known[" ".join(_TOKEN.findall(phrase))] = role
        self._lasts = self._lengths(2)
        self._firsts = self._lengths(0)

    def _lengths(self, edge: int) -> dict[str, list[int]]:
        """Return, for each word that a phrase ends (2) or begins (0) with, how long such phrases are, longest first: few are ever tried."""
        lengths: dict[str, set[int]] = {}
        for key in self._known:
            word = key.rpartition(" ")[2] if edge else key.partition(" ")[0]
            lengths.setdefault(word, set()).add(key.count(" ") + 1)
        return {word: sorted(found, reverse=True) for word, found in lengths.items()}

    def may_end(self, word: str) -> bool:
        """Say whether any phrase ends with this word."""
        return word in self._lasts

    def may_begin(self, word: str) -> bool:
        """Say whether any phrase begins with this word."""
        return word in self._firsts

    def ending(self, tokens: Sequence[Token], stop: int) -> tuple[str, int] | None:
        """Return the role of the longest phrase that ends before token `stop`, and where it begins."""
        if stop <= 0:
            return None
        for length in self._lasts.get(tokens[stop - 1].text, ()):
            if length <= stop:
                role = self._known.get(" ".join([t.text for t in tokens[stop - length : stop]]))
                if role:
                    return role, stop - length
        return None

    def beginning(self, tokens: Sequence[Token], first: int) -> tuple[str, int] | None:
        """Return the role of the longest phrase that begins at token `first`, and the token after it."""
        if first >= len(tokens):
            return None
        for length in self._firsts.get(tokens[first].text, ()):
            if first + length <= len(tokens):
                role = self._known.get(" ".join([t.text for t in tokens[first : first + length]]))
                if role:
                    return role, first + length
        return None


class Bounds:
    """The words of one language that bound a number or forbid to count it, from its table `numbers`."""

    def __init__(self, table: dict[str, Any]) -> None:
        before, after, never, ranges = (table.get(name, {}) for name in ("before", "after", "never", "ranges"))
        self._before = Phrases(
            {
                "never:money": ["$", "€", "£", "¥", "₽", *never.get("money_before", [])],
                "never:label": ["§", "№", "#", "n°", "nº", *never.get("label", [])],
                "never:age": never.get("age", []),
                "never:month": never.get("months", []) if never.get("month_first") else [],
                "the": table.get("the", []),
                "day": never.get("day_before", []),
                "negative": ["-", "−", *table.get("negative", [])],
                **{op: before.get(op, []) for op in (*OPERATORS, "exactly")},
                **{opener: ranges.get(opener, []) for opener in ("between", "from", "change")},
            }
        )
        self._after = Phrases({role: [*after.get(role, []), *(["+"] if role == "ge" else [])] for role in (*OPERATORS, "or_equal")})
        self._never = Phrases(
            {
                "money": ["$", "€", "£", "¥", "₽", *never.get("money", [])],
                "percent": ["%", "‰", *never.get("percent", [])],
                "measure": ["°", *never.get("measure", [])],
                "month": never.get("months", []),
                **{reason: never.get(reason, []) for reason in ("time", "ratio", "idiom")},
            }
        )
        self._named = {*spelled(never.get("named", []))}
        self._fillers = {*spelled(never.get("fillers", []))}
        self._capital_months = bool(never.get("months_capitalised"))
        self._between = Phrases({kind: ranges.get(kind, []) for kind in ("to", "and", "or")})
        self._fill = {*spelled(ranges.get("fill", [])), *spelled(table.get("the", []))}

    def before(self, low: str, start: int) -> Before:
        """Read the words before a number that begins at `start`, nearest first, as far as they belong to it."""
        tokens = tokens_before(low, start, _NEAR)
        if tokens and (self._before.may_end(tokens[-1].text) or tokens[-1].text[-1] in "<>=≤≥"):
            tokens = tokens_before(low, start, _BEFORE)
        op: str | None = None
        about = stressed = day = negative = False
        opener = never = None
        at, begin, opens_at = len(tokens), start, start
        for _ in range(5):
            found = self._sign(low, tokens, at) or self._before.ending(tokens, at)
            if not found:
                break
            role, first = found
            if role.startswith("never:"):
                if not (op or stressed or about) or role == "never:age":  # "the number equals 20" is no label
                    never = role[6:]
                break
            if role == "negative" and tokens[first].text in "-−" and tokens[first].end != start:
                break
            at = first
            if role in ("between", "from", "change"):
                opener, opens_at = role, tokens[at].start
                break
            if role == "day":
                day = True
            elif role == "negative":
                negative = True
            elif role == "exactly":
                stressed = True
            elif role == "about":
                about, begin = True, tokens[at].start
            elif role != "the":
                op, begin = op or role, tokens[at].start
        if day and not op and not opener:
            never = never or "day"
        if not never and len(tokens) > 1 and at == len(tokens) and tokens[-2].text in self._named and tokens[-1].text.isalpha():
            never = "label"
        previous = tokens[at - 1].text if at > 0 else ""
        return Before(begin, op, about, stressed, opener, opens_at, never, negative and bool(op or opener), previous, tuple(tokens))

    def _sign(self, low: str, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """Read a sign of comparison; the ">" that ends a tag or opens a line of quoted mail is none."""
        if at <= 0 or tokens[at - 1].text[-1] not in "<>=≤≥":
            return None
        first = at - 1
        if tokens[first].text == "=" and first and tokens[first - 1].text in "<>":
            first -= 1
        role = _SIGNS.get(" ".join(t.text for t in tokens[first:at]))
        begin = tokens[first].start
        opens_line = begin == 0 or low[begin - 1] == "\n"
        if role is None or opens_line or (tokens[first].text.startswith(">") and any("<" in t.text for t in tokens[:first])):
            return None
        return role, first

    def never_after(self, text: str, tokens: Sequence[Token]) -> str | None:
        """Say why a number with these tokens after it counts nothing ("years", "€", "%", "June"), or None."""
        for first in (0, 1, 2):
            found = self._never.beginning(tokens, first)
            if found:
                role, _ = found
                if role == "month" and self._capital_months and not text[tokens[first].start].isupper():
                    return None
                if first and role in ("idiom", "percent", "ratio"):
                    return None
                return role
            if first >= len(tokens) or tokens[first].text not in self._fillers:
                return None
        return None

    def may_refuse(self, word: str) -> bool:
        """Say whether a number before this word may count nothing ("years", "euros")."""
        return self._never.may_begin(word)

    def after(self, tokens: Sequence[Token]) -> tuple[str, int, int] | None:
        """Return the bound written after a number, where it ends, and how many words stand between (the noun counted: "30 people or more")."""
        for first in range(min(4, len(tokens))):
            found = self._after.beginning(tokens, first)
            if found:
                role, stop = found
                end = tokens[stop - 1].end
                if first and tokens[first].text in "+-":
                    return None
                return role, end, first
            if not tokens[first].text[0].isalpha():
                return None
        return None

    def connector(self, gap: str) -> str | None:
        """Say how the words between two numbers join them: "to", "and", "or", "hyphen", or None."""
        mark = gap.strip()
        if not mark or mark == "," or len(gap) > 40:
            return None
        if mark in ("-", "–", "—", "~", "−", "‒", "..", "...", "…", "÷"):
            return None if mark == "—" and gap != mark else "hyphen"
        tokens = [Token(m.group(), *m.span()) for m in _TOKEN.finditer(gap)]
        found = self._between.beginning(tokens, 0)
        if not found or any(t.text not in self._fill for t in tokens[found[1] :]):
            return None
        return found[0]


def bounded(numeral: Numeral, op: str | None, about: bool) -> tuple[int | None, int | None, bool]:
    """Return lowest, highest and whether they are approximate, for a number under an operator (None: as it stands)."""
    point = numeral.point
    if point is None and op is not None or about:
        point = numeral.sole if point is None else point
    about = about or numeral.about
    if point is None:
        if op in ("ge", "gt"):
            return numeral.low, None, True
        return (None if op in ("le", "lt", "almost") else numeral.low), numeral.high, True
    if op == "ge":
        return point, None, about
    if op == "gt":
        return point + 1, None, about
    if op == "le":
        return None, point, about
    if op == "lt":
        return None, point - 1, about
    if op == "almost":
        return None, point, True
    return (-(-point * 9 // 10), point * 11 // 10, True) if about else (point, point, False)


def tokens_before(low: str, start: int, reach: int) -> list[Token]:
    """Return the tokens of the `reach` characters before a place; a word cut in two is left out."""
    first = max(0, start - reach)
    tokens = [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(low, first, start)]
    if first and tokens and tokens[0].start == first and low[first - 1].isalnum():
        del tokens[0]
    return tokens


def tokens_after(low: str, end: int) -> list[Token]:
    """Return the first few tokens from a place on; a word cut in two is left out."""
    last = min(len(low), end + _AFTER)
    tokens = [Token(m.group(), m.start(), m.end()) for m in islice(_TOKEN.finditer(low, end, last), _FEW)]
    if last < len(low) and tokens and tokens[-1].end == last and low[last].isalnum():
        del tokens[-1]
    return tokens
