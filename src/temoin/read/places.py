"""Places: what a text names or points at on the map, in six languages and two scripts.

A name is a place where the gazetteer knows it and nothing speaks against it: a first name before it ("Marina Orlova"), a
longer name around it ("Washington Post"), an ordinary word of the language at the head of a sentence ("Nice"). The less known the
place and the more ordinary the word, the more must speak for it: a preposition of place, a noun such as "town", its country
named elsewhere in the text. Homonyms are decided by the countries the text speaks of, then by the number of inhabitants.
Pure: reads the packed gazetteer once, else only its arguments.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

from temoin.read.gazetteer import AREA, CAPITAL, COUNTRY, REGION, adjectives, country_of, inside
from temoin.read.placespans import BLANKS, Candidate, Token, candidates, cues, shape, spot, tokens
from temoin.read.unknownplaces import Found, unknown
from temoin.records import Place

__all__ = ["country_of", "inside", "places"]

CHUNK = 200_000  # code points read at once, so that memory does not grow with the text
LARGE, MIDDLE = 500_000, 50_000  # inhabitants: known without a clue; known with a weak one
METROPOLIS = 1_000_000
TITLE_SHARE = 0.7  # of a line's longer words capitalised: a headline
UNCOUNTED = 5.5  # weight of a region whose inhabitants GeoNames gives no way to count: that of 300,000
_LINE = re.compile(r"[^\n]*")
_AND = frozenset(["and", "et", "y", "e", "und", "и", "or", "ou", "o", "oder", "или"])
_DATELINE = re.compile(r"(?:, ?[^.\n]{2,40}?)?\s{0,2}(?:\([^()\n]{2,30}\)\s{0,2})?(?:[.,]\s?)?[-–—]")


def places(text: str, lang: str) -> list[Place]:
    """Return the places that a text names, and those its adjectives and names of peoples point at.

    text: any text; offsets are code points into it.
    lang: BCP 47; the language's own cues are used for en, fr, es, pt, de, ru, those of English for any other.
    Returns them in text order, never overlapping, the longest name where several begin together.
    Raises Unreachable or Broken where the gazetteer's file is missing or damaged.
    """
    found: list[Place] = []
    code = lang[:2].lower()
    start = 0
    while start < len(text):
        stop = _chunk_end(text, start)
        found += _read(text, start, stop, code)
        start = stop
    return found


def _chunk_end(text: str, start: int) -> int:
    """Return where a chunk ends: at the last line break before the limit, else at the last blank, else at the limit."""
    stop = start + CHUNK
    if stop >= len(text):
        return len(text)
    for mark in ("\n", " "):
        at = text.rfind(mark, start + CHUNK // 2, stop)
        if at > 0:
            return at + 1
    return stop


def _read(text: str, start: int, stop: int, lang: str) -> list[Place]:
    table = cues(lang)
    words = tokens(text, start, stop)
    found = candidates(text, words, lang)
    _mark_headlines(text, words, found, start, stop)
    for one in found:
        if not one.adjective:
            shape(text, words, one, table, lang)
            _dateline(text, words, one)
    _lean_on_neighbours(text, words, found)
    persons = _persons(words, found)
    context = _context(found, persons)
    taken = _decide(text, words, found, context, persons)
    known: list[Found] = [(words[one.first].start, words[one.last].end, one.row, one.first, one.last) for one in taken]
    made = [_place(begin, end, row) for begin, end, row, _, _ in known]
    made += unknown(text, words, known, table, lang)
    return sorted(made, key=lambda place: place.start)


def _place(start: int, end: int, row: int) -> Place:
    here = spot(row)
    return Place(start=start, end=end, name=here.name, country=here.country, lat=here.lat, lon=here.lon)


def _mark_headlines(text: str, words: list[Token], found: list[Candidate], start: int, stop: int) -> None:
    """Mark the names in lines where most words are capitalised: there, a capital before or after means nothing."""
    at = name = 0
    for line in _LINE.finditer(text, start, stop):
        if name >= len(found):
            break
        long = capital = 0
        while at < len(words) and words[at].start < line.end():
            if len(words[at].word) > 3:
                long += 1
                capital += words[at].capital
            at += 1
        while name < len(found) and words[found[name].first].start < line.end():
            found[name].titled = long >= 4 and capital >= TITLE_SHARE * long and not line[0].rstrip().endswith(".")
            name += 1


def _dateline(text: str, words: list[Token], one: Candidate) -> None:
    """A name at the head of a line, then a date or an agency, then a dash: the place the report was sent from."""
    begin, end = words[one.first].start, words[one.last].end
    if (begin == 0 or text[begin - 1] == "\n") and _DATELINE.match(text, end, end + 100):
        one.level = max(one.level, 2)
        one.after = False


def _lean_on_neighbours(text: str, words: list[Token], found: list[Candidate]) -> None:
    """Let neighbours in a list share a preposition ("in Mwanza, Arusha and Dodoma"), and know that two names are not one."""
    for left, right in pairwise(found):
        between = words[left.last + 1 : right.first]
        gap = text[words[left.last].end : words[right.first].start]
        if right.first == left.last + 1 and not right.adjective and not left.adjective:
            if gap in BLANKS and right.given and left.given:
                continue  # "Marina Orlova"
            if _firm(left) and (_firm(right) or gap not in BLANKS):
                left.after = right.before = False
            if gap.strip() == "," and len(gap) <= 2 and not right.level:
                right.level = min(left.level, 2)
        elif left.adjective and right.first == left.last + 1:
            right.before = False
        elif right.adjective and right.first == left.last + 1 and words[right.first].capital and not _firm(left):
            continue
        elif len(between) == 1 and between[0].plain in _AND and len(gap) <= 8 and not right.adjective and right.level < 2:
            right.level = max(right.level, min(left.level, 2))


def _firm(one: Candidate) -> bool:
    """Tell whether a name is that of a country, an area or a large city, and of nobody."""
    return not one.given and any(spot(row).kind in (AREA, COUNTRY, CAPITAL) or spot(row).population >= LARGE for row in one.rows)


def _persons(words: list[Token], found: list[Candidate]) -> set[str]:
    """Return the words that the text uses as names of persons: after a title or a first name, or a first name before another name."""
    persons: set[str] = set()
    for one in found:
        if one.adjective or one.level == 4:
            continue
        if one.person:
            persons.add(one.name)
        elif one.given and one.after and one.first == one.last:
            persons.update((one.name, words[one.last + 1].plain))
        elif one.before and one.first == one.last and one.level == 0 and not one.titled and not _firm(one):
            persons.add(one.name)
    return persons


def _context(found: list[Candidate], persons: set[str]) -> Counter[str]:
    """Return how often the text speaks of each country, by its names, its people, its capital and its large cities."""
    context: Counter[str] = Counter()
    for one in found:
        if one.adjective:
            country = spot(one.rows[0]).country
            if country:
                context[country] += 2
            continue
        if one.person or one.name in persons or one.before or one.after or (one.ordinary and one.level < 2):
            continue
        weights: dict[str, int] = {}
        for row in one.rows:
            here = spot(row)
            if here.country and (here.kind in (COUNTRY, CAPITAL) or here.population >= LARGE or (len(one.rows) == 1 and one.level >= 2)):
                weights[here.country] = max(weights.get(here.country, 0), 3 if here.kind == COUNTRY else 2 if here.kind == CAPITAL else 1)
        if len(weights) == 1:
            context.update(weights)
        elif weights:
            country = max(weights, key=lambda code: (weights[code], code))
            context[country] += weights[country]
    return context


def _weight(row: int, context: Counter[str], total: int, beside: str | None) -> float:
    """Return how likely a homonym is meant: by kind, inhabitants and the countries the text speaks of."""
    here = spot(row)
    value = math.log10(here.population + 10) if here.population or here.kind != REGION else UNCOUNTED
    if here.kind == COUNTRY:
        value = 10.0
    elif here.kind == AREA:
        value = 9.0
    elif here.kind == CAPITAL:
        value += 1.5
    elif here.kind == REGION:
        value -= 1.0  # of a city and the region around it, the city has the better point on the map
    if here.country and context[here.country]:
        value += 2.0 + context[here.country] / total
    if beside and here.country == beside:
        value += 4.0
    return value


def _decide(text: str, words: list[Token], found: list[Candidate], context: Counter[str], persons: set[str]) -> list[Candidate]:
    """Choose what each name means, keep those that are places."""
    total = max(1, context.total())
    sure: set[str] = set()
    for at, one in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if one.adjective:
            one.row = one.rows[0]
            continue
        beside = _country_beside(text, words, one, following)
        one.row = max(one.rows, key=lambda row: (_weight(row, context, total, beside) - (row in one.doubtful), -row))
        if beside and spot(one.row).country == beside:
            one.level = max(one.level, 2)
        if one.level >= 2 and _is_place(one, context, persons):
            sure.add(one.name)
    return [one for one in found if one.adjective or _is_place(one, context, persons, known=one.name in sure)]


def _country_beside(text: str, words: list[Token], one: Candidate, following: Candidate | None) -> str | None:
    """Return the country of a country or region that stands right after a comma or in brackets: "Paris, Texas", "Kumbo (Cameroun)"."""
    if following is None or following.first != one.last + 1 or following.adjective:
        return None
    gap = text[words[one.last].end : words[following.first].start]
    if gap.strip() not in (",", "("):
        return None
    wide = [spot(row) for row in following.rows if spot(row).kind in (COUNTRY, REGION)]
    countries = {here.country for here in wide}
    return max(wide, key=lambda here: here.population).country if len(countries) >= 1 and wide else None


def _is_place(one: Candidate, context: Counter[str], persons: set[str], *, known: bool = False) -> bool:
    """Tell whether enough speaks for a name.

    1. A title or first name before it, or use as a person's name elsewhere: only a noun such as "city" outweighs it.
    2. Part of a longer capitalised name: only a sure preposition before it outweighs that, for names that are nobody's; any
       preposition for countries ("le président de la Russie Vladimir Poutine").
    3. Then the clue that its fame, its ordinariness and the rest of the text ask for.
    """
    here = spot(one.row)
    if one.level == 4:
        return _firm(one) or not one.after
    if one.quoted and not _firm(one):
        return False
    wide = here.kind in (AREA, COUNTRY)
    if one.person or (one.name in persons and not wide and one.level < 3):
        return False
    if (one.before or one.after) and not (one.titled and _firm(one)):
        if one.given or (one.ordinary and not wide) or one.level < (1 if wide else 3) or one.before:
            return False
    if wide:  # "Turkey is dry" at the head of a sentence, in a text that has no other word of that country
        return not (one.ordinary and one.initial and not one.level) or bool(here.country and context[here.country])
    return one.level >= _needed(one, context, known)


def _needed(one: Candidate, context: Counter[str], known: bool) -> int:
    """Return the least clue before a name: 0 none, 1 weak, 2 likely, 3 sure, 4 a noun such as "town"."""
    here = spot(one.row)
    near = bool(here.country and context[here.country])
    famous = here.kind == CAPITAL or here.population >= (METROPOLIS if one.given else LARGE)
    words = one.name.count(" ") + 1
    if one.row in one.doubtful and not known:
        return 2 if famous and not (one.ordinary or one.given) else 3 if near else 4
    if known and not one.ordinary:
        return 0
    if one.given:
        return 1 if famous and near else 2 if famous else 3
    if one.ordinary:
        if one.telling and not one.titled and (here.population >= MIDDLE if here.kind != REGION else near):
            return 2
        return 2 if famous or known else 3 if near or (here.population >= MIDDLE and here.kind != REGION) else 4
    if famous or (words > 1 and near):
        return 0
    if here.population >= MIDDLE:
        return 0 if near else 1
    return 1 if near else 2


def warm(lang: str) -> None:
    """Load what `places` needs for one language, so that the first report is not slower than the next."""
    cues(lang)
    adjectives(lang)
