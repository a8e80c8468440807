"""Quantities: the numbers of a report that count something, each with its bounds and the noun it counts.

Numbers are found by `temoin.read.numerals`, bounded by `temoin.read.bounds`; this room decides what belongs together and what is
no count at all: ages, dates and years, clock times, durations, money, measures, percentages, fractions, telephone, page and
section numbers, scores, list numbering, hashtags, and "one" where it is an article or a pronoun. It is pure, needs no model, and
its time grows with the length of the text alone.

A report in a language without a table has its digits read, under the same rules as far as they need no words.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from temoin.languages import tables
from temoin.read.bounds import Before, Bounds, Phrases, Token, bounded, tokens_after
from temoin.read.counted import Nouns
from temoin.read.numerals import Numeral, Numerals, plain, spelled
from temoin.records import Quantity

_FIRST_YEAR, _LAST_YEAR = 1900, 2100  # bare four-digit numbers between them are years, unless they are seen to count
_OLDEST = 120  # years of age
_ROW = 6  # so many numbers side by side are a row of a table; a telephone number has fewer, and is known by itself
_LAST_DAY = 31  # of a month
_YEAR = re.compile(r"(?:^|\D)(?:19|20)[0-9]{2} $")
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+'?)")
_LIST_NUMBER = re.compile(r"[ \t]*[(\[]?[0-9]{1,3}[.)\]](?=\s)")


class _Candidate(NamedTuple):
    """A number with its bounds, or the reason why it is no count."""

    numeral: Numeral
    start: int
    end: int
    low: int | None = None
    high: int | None = None
    approximate: bool = False
    never: str | None = None
    counted: str | None = None


class _Language(NamedTuple):
    numerals: Numerals
    bounds: Bounds
    nouns: Nouns
    year_before: frozenset[str]
    one_article: bool
    one_alone: frozenset[str]
    one_after: Phrases
    one_not_before: Phrases
    one_not_after: Phrases
    day_digits: bool
    hyphens: frozenset[str]
    merge: frozenset[str]


def quantities(text: str, lang: str) -> list[Quantity]:
    """Return the counts of a text in text order, not overlapping, with inclusive bounds (None where a side is open).

    lang: ISO 639-1 code, or a BCP 47 tag that begins with one; where it has no table, digits alone are read.
    Offsets are code points into `text`. Raises nothing, whatever the text.
    """
    language = _language(lang.split("-")[0].lower())
    low = plain(text)
    numerals = _without_rows(low, language.numerals.find(low))
    candidates: list[_Candidate] = []
    i = 0
    while i < len(numerals):
        i = _take(text, low, numerals, i, language, candidates)
    candidates = _without_chains(low, candidates, language)
    return _quantities(low, candidates, language)


def _without_rows(low: str, numerals: list[Numeral]) -> list[Numeral]:
    """Leave out rows of numbers with nothing but a space between them: tables, codes, attacks; nothing tells what they would count."""
    kept: list[Numeral] = []
    row: list[Numeral] = []
    for numeral in numerals:
        if row and (numeral.start - row[-1].end > 2 or low[row[-1].end : numeral.start].strip()):
            kept += row if len(row) < _ROW else []
            row = []
        row.append(numeral)
    return kept + (row if len(row) < _ROW else [])


def _take(text: str, low: str, numerals: list[Numeral], i: int, language: _Language, candidates: list[_Candidate]) -> int:
    """Judge the number at place `i`, with the next one where the two are a range; return the place after what was judged."""
    numeral = numerals[i]
    before = language.bounds.before(low, numeral.start)
    if i and _severed(low, numerals[i - 1], numeral, language):
        before = before._replace(start=numeral.start, op=None, about=False)
    last, j = numeral, i + 1
    joined = _range(low, numerals, i, before, language)
    if joined == "score":
        candidates += [_Candidate(n, n.start, n.end, never="score") for n in numerals[i : i + 2]]
        return i + 2
    if joined:
        last, j = numerals[i + 1], i + 2
    if numeral.ordinal and not joined and not (before.op and before.tokens and before.op in ("gt", "lt")):
        return i + 1
    if numeral.one and language.one_article and not joined and _article(low, numeral, before, language):
        candidates.append(_Candidate(numeral, numeral.start, numeral.end, never="one"))
        return j
    after = tokens_after(low, last.end)
    marked = before.never if before.never != "day" or last.low <= _LAST_DAY else None
    if marked == "age" and language.nouns.counted(text, last.end, after, False):
        marked = None  # "mit 80 Teilnehmern"; years are told apart below
    never = marked or _never(text, low, numeral, last, before, after, language)
    if never and joined and never in ("time", "measure", "money") and joined != "hyphen" and numeral.digits != last.digits:
        never, joined, last, j = None, None, numeral, i + 1  # "sentenced six to 12 years"
    if not never and not joined and numeral.one and not _counts_one(low, numeral, before, after, language):
        never = "one"
    if never:
        candidates += [_Candidate(n, n.start, n.end, never=never) for n in numerals[i:j]]
        return j
    candidates.append(_bounded(text, low, numerals, numeral, last if joined else None, j, before, after, language))
    return j


def _bounded(
    text: str,
    low: str,
    numerals: list[Numeral],
    first: Numeral,
    last: Numeral | None,
    j: int,
    before: Before,
    after: list[Token],
    language: _Language,
) -> _Candidate:
    """Give a number or a range its bounds, from the words before and behind it."""
    start, end = before.opens_at if last and before.opener else before.start, (last or first).end
    op, about = before.op, before.about
    behind = language.bounds.after(after)
    if behind and j < len(numerals) and numerals[j].start - behind[1] < 40:
        following = language.bounds.before(low, numerals[j].start)
        if (following.start if following.start < numerals[j].start else behind[1]) < behind[1] or numerals[j].start - behind[1] < 2:
            behind = None  # these words bound the next number: "5000 or more than 4500"
    if behind:
        role, stop, _ = behind
        if role == "or_equal":
            op = {"gt": "ge", "lt": "le"}.get(op or "", op)
        elif role == "about":
            about = True
        else:
            op = role
        end = stop
    if behind and behind[2] == 0:
        counted = language.nouns.counted(text, end, tokens_after(low, end), first.low == 1 and not last)
    else:
        counted = language.nouns.counted(text, (last or first).end, after, first.low == 1 and not last)
    inverted = before.previous in language.nouns.inverted and not before.op and len(before.tokens) > 0
    if inverted and not (len(before.tokens) > 1 and before.tokens[-2].text.isdigit()):
        about, start = True, before.tokens[-1].start
        counted = text[before.tokens[-1].start : before.tokens[-1].end]
    if last is None:
        lowest, highest, approximate = bounded(first, op, about)
        if before.negative and first.point:
            lowest, highest, approximate = bounded(first._replace(low=-first.point, high=-first.point, point=-first.point), op, False)
    else:
        lowest, highest = _span(first, last, before.negative)
        approximate = about or first.about or last.about
        if op in ("ge", "gt") and behind:
            highest = None
    return _Candidate(first, start, end, lowest, highest, approximate, counted=counted)


def _severed(low: str, first: Numeral, second: Numeral, language: _Language) -> bool:
    """Say whether the words between two numbers tell a change and bound nothing: «с 58 до 11» is 58, then 11, not "up to 11"."""
    if not 0 < second.start - first.end < 40 or language.bounds.connector(low[first.end : second.start]) != "to":
        return False
    return language.bounds.before(low, first.start).opener in ("change", "from")


def _span(first: Numeral, last: Numeral, negative: bool) -> tuple[int, int]:
    """Return the ends of a range; a scale written once is shared: "two to three thousand", "20-30 тысяч"."""
    low, high = first.low, last.high
    if first.factor == 1 and last.factor > 1 and last.point and low * last.factor < last.point and low < last.factor:
        low *= last.factor
    return -low if negative else low, high


def _range(low: str, numerals: list[Numeral], i: int, before: Before, language: _Language) -> str | None:
    """Say how a number and the next one make a range ("to", "or", "and", "hyphen"), that they are a "score", or None."""
    if i + 1 >= len(numerals):
        return None
    first, last = numerals[i], numerals[i + 1]
    if last.start - first.end > 40:
        return None
    joined = language.bounds.connector(low[first.end : last.start])
    if joined is None or first.ordinal != last.ordinal or (first.ordinal and before.opener != "between"):
        return None
    least, most = _span(first, last, before.negative)
    rising = least < most
    if joined == "hyphen":
        chain = i + 2 < len(numerals) and language.bounds.connector(low[last.end : numerals[i + 2].start]) == "hyphen"
        if (not rising or chain) and first.digits and last.digits:
            return "score"
        return "hyphen" if rising else None
    if not rising or (joined == "and" and before.opener != "between") or before.opener == "change":
        return None
    return joined


def _never(text: str, low: str, first: Numeral, last: Numeral, before: Before, after: list[Token], language: _Language) -> str | None:
    """Say why a number counts nothing, or None. The checks go from the nearest letters outwards: marks, line, units, years, ages."""
    start, end = first.start, last.end
    previous, following = low[start - 1 : start], low[end : end + 1]
    if first.digits or last.digits:
        # 1. letters and marks that touch it: M27, 18:30, 3/5, Covid-19, +33, 24/7, 12-member, 06 12 34
        beyond = low[end + 1 : end + 2]
        if previous and (previous in "/+_\\" or (previous in ".,:'’-" and start > 1 and low[start - 2].isalnum() and not before.negative)):
            return "mark"
        if following and following in "/:.,'_\\" and beyond.isdigit():
            return "mark"
        behind_digit = previous == " " and low[start - 2 : start - 1].isdigit() and not _YEAR.search(low[max(0, start - 6) : start])
        if behind_digit or (following == " " and beyond.isdigit()):
            return "telephone"
        if low[end - 1] == "m" and not language.nouns.follow(after):
            return "measure"
        if following == "-" and beyond.isspace():
            return "compound"  # "18- to 25-year-olds"
        # 2. the number of a line in a list; a number alone in brackets
        line = low.rfind("\n", max(0, start - 8), start) + 1
        if (line or start < 8) and _LIST_NUMBER.match(low, line) and not low[line:start].strip(" \t([") and first is last:
            return "list"
        if first is last and following == "." and end - start < 3 and low[start - 2 : start] in ("  ", ": ") and beyond.isspace():
            return "list"
        if previous and previous in "([" and following and following in ")]":
            return "bracket"
    if following == "-" and low[end + 1 : end + 2].isalpha() and low[end : end + 3] not in language.hyphens and not language.bounds.after(after[:2]):
        return "compound"
    if language.day_digits and first.digits and following == "." and low[end + 1 : end + 2] == " " and _dotted(text, end, before, language):
        return "ordinal"
    # 3. what stands behind it: years, euros, per cent, June
    tokens = after[1:] if following == "." and language.day_digits and after else after
    never = language.bounds.never_after(text, tokens)
    if never and not (never == "month" and last.high > _LAST_DAY) and not (never == "ratio" and before.op):
        return never
    noun = language.nouns.follow(after)
    # 4. years
    beside = {before.previous, before.tokens[-1].text if before.tokens else ""}
    if all(n.digits and n.end - n.start == 4 and _FIRST_YEAR <= n.low <= _LAST_YEAR for n in {first, last}):
        firm = before.op in ("ge", "gt", "lt", "almost")
        if not firm and (not noun or (beside & language.year_before and before.opener is None)):
            return "year"
    if first.digits and last is not first and _FIRST_YEAR <= first.low <= _LAST_YEAR and first.end - first.start == 4 and last.low < 100:
        return "year"
    # 5. ages: ", 34," after a name; "children under five"
    if first.digits and first is last and before.start == start and first.low <= _OLDEST and _apposed(text, low, start, end, after):
        return "age"
    if before.op in ("gt", "lt") and last.low <= _OLDEST and before.previous in language.nouns.people and not noun and first.start - before.start < 7:
        return "age"  # a short word: "over", "under"; "men more than 40" is no phrase
    return None


def _dotted(text: str, end: int, before: Before, language: _Language) -> bool:
    """Say whether a number with a full stop is an ordinal ("am 14. Juli", "die 2. Kammer") and not the end of a sentence."""
    last = before.tokens[-1].text if before.tokens else ""
    return text[end + 2 : end + 3].islower() or before.previous in language.year_before or last in language.year_before


def _apposed(text: str, low: str, start: int, end: int, after: list[Token]) -> bool:
    """Say whether a number stands between commas after a name or a noun, as an age does: "Ivan Petrov, 34, said", "Man, 34, held"."""
    if low[start - 2 : start] != ", " or not low[max(0, start - 3) : start - 2].isalpha():
        return False
    word = start - 3
    while word > 0 and start - word < 40 and text[word - 1].isalpha():
        word -= 1
    if not after or after[0].text in ",;)":
        return True
    return after[0].text == "." and text[word].isupper()


def _counts_one(low: str, numeral: Numeral, before: Before, after: list[Token], language: _Language) -> bool:
    """Say whether "one" is the number: "one man", "one of them", "only one"; never "no one", "one another", an article."""
    words = [t.text for t in after[:3]]
    if language.one_not_before.ending(before.tokens, len(before.tokens)) or language.one_not_after.beginning(after, 0):
        return False
    if before.stressed or before.op or language.one_after.beginning(after, 0) or (words and words[0] in language.nouns.toll):
        return True
    opens = not before.tokens or not (before.tokens[-1].text.isalnum() or before.previous in (",", "(", "-"))
    if opens and low[numeral.start : numeral.end] in language.one_alone and words[:1] != ["из"]:
        return True  # «Одному сломали палец»
    if language.one_article:
        return False
    return language.nouns.follow(after)


def _article(low: str, numeral: Numeral, before: Before, language: _Language) -> bool:
    """Say at a glance that "un", "uma", "eine" is an article: nothing stresses it, and the next word makes it no number. Most are."""
    if before.stressed or before.op:
        return False
    following = _NEXT_WORD.match(low, numeral.end)
    word = following.group(1) if following else ""
    return not (word in language.nouns.toll or language.one_after.may_begin(word) or language.bounds.may_refuse(word))


def _without_chains(low: str, candidates: list[_Candidate], language: _Language) -> list[_Candidate]:
    """Let what a number is carry over to those it is listed with: "on 3, 5 and 9 May", "Articles 148 and 149", lines headed 1, 2, 3."""
    judged = list(candidates)

    def bare(i: int, most: int) -> bool:
        c = judged[i]
        return c.numeral.digits and c.numeral.low <= most

    lines = [i for i, c in enumerate(judged) if bare(i, 30) and (c.numeral.start == 0 or low[c.numeral.start - 1] == "\n")]
    for i, j in pairwise(lines):
        if judged[j].numeral.low == judged[i].numeral.low + 1 and judged[j].start - judged[i].end < 200:
            judged[i], judged[j] = judged[i]._replace(never="list"), judged[j]._replace(never="list")
    for i in range(len(judged) - 2, -1, -1):
        here, there = judged[i], judged[i + 1]
        if there.never == "month" and not here.never and bare(i, _LAST_DAY) and _listed(low, here, there, language):
            judged[i] = here._replace(never="month")
    for i in range(1, len(judged)):
        there, here = judged[i - 1], judged[i]
        if here.never:
            continue
        if there.never == "ratio" and here.start - there.end < 12:  # "one in five"
            judged[i] = here._replace(never="ratio")
        elif there.never in ("label", "month", "age") and here.numeral.digits and not here.counted and _listed(low, there, here, language):
            judged[i] = here._replace(never=there.never)
    return judged


def _listed(low: str, first: _Candidate, second: _Candidate, language: _Language) -> bool:
    gap = low[first.end : second.start]
    return len(gap) < 12 and (gap.strip() == "," or language.bounds.connector(gap) in ("and", "or", "to", "hyphen"))


def _quantities(low: str, candidates: list[_Candidate], language: _Language) -> list[Quantity]:
    """Turn what is left into quantities; "more than 20 and less than 30" becomes one."""
    kept: list[Quantity] = []
    for c in candidates:
        if c.never:
            continue
        start = max(c.start, kept[-1].end if kept else 0)
        was = kept[-1] if kept else None
        if was and was.counted is None and start - was.end < 12 and low[was.end : start].strip() in language.merge:
            least = was.low if c.low is None else c.low if was.low is None else None
            most = was.high if c.high is None else c.high if was.high is None else None
            one_sided = (was.low is None) != (was.high is None) and (c.low is None) != (c.high is None)
            if one_sided and least is not None and most is not None and least <= most:
                approximate = was.approximate or c.approximate
                kept[-1] = Quantity(start=was.start, end=c.end, low=least, high=most, approximate=approximate, counted=c.counted)
                continue
        kept.append(Quantity(start=start, end=c.end, low=c.low, high=c.high, approximate=c.approximate, counted=c.counted))
    return kept


@cache
def _language(lang: str) -> _Language:
    try:
        table = tables(lang, "numbers")
    except (KeyError, FileNotFoundError):
        table = {}
    return _made(table)


def _made(table: dict[str, Any]) -> _Language:
    one, never = table.get("one", {}), table.get("never", {})

    def words(*phrases: str) -> frozenset[str]:
        return frozenset(spelled(phrases))

    return _Language(
        numerals=Numerals(table),
        bounds=Bounds(table),
        nouns=Nouns(table),
        year_before=words(*table.get("year_before", []), *never.get("months", [])),
        one_article=one.get("article", False),
        one_alone=words(*one.get("alone", [])),
        one_after=Phrases({"yes": one.get("after", [])}),
        one_not_before=Phrases({"no": one.get("not_before", [])}),
        one_not_after=Phrases({"no": one.get("not_after", [])}),
        day_digits=table.get("dotted_ordinals", False),
        hyphens=words(*table.get("hyphens", [])),
        merge=words(*table.get("merge", []), *table.get("ranges", {}).get("and", []), ","),
    )
