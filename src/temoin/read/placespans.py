"""Where in a text a place may be named: words, the gazetteer's names that stand there, and what stands around them.

Nothing is decided here: `temoin.read.places` weighs what this file finds. Everything is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from temoin.read.gazetteer import CAPITAL, CITY, COUNTRY, LANGUAGES, REGION, Entry, Spot, adjectives, fold, gazetteer

WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
JOINTS = frozenset([" ", "\n", "\u00a0", "\u202f", "-", "\u2010", "\u2011", "'", "’", "ʼ", ".", ". "])
BLANKS = frozenset([" ", "\u00a0", "\u202f"])
HYPHENS = frozenset(["-", "\u2010", "\u2011"])
_OPENING = " \u00a0\"'“”„«»‘’*([–—-"
MOST_ADJECTIVE_WORDS = 3
GERMAN_ADJECTIVE = re.compile(r"(?:isch|deutsch)(?:e[rsnm]?)?$")

_fold = lru_cache(maxsize=32_768)(fold)


@lru_cache(maxsize=32_768)
def _entry(name: str) -> Entry | None:
    return gazetteer().entry(name)


@lru_cache(maxsize=8_192)
def spot(row: int) -> Spot:
    """Return one place of the gazetteer."""
    return gazetteer().spot(row)


class Token(NamedTuple):
    """One word of the text."""

    start: int
    end: int
    word: str  # as written
    plain: str  # folded
    capital: bool


class Cues(NamedTuple):
    """One language's words around places and people, folded; see tools/gazetteer/cues.toml."""

    levels: dict[str, int]  # preposition → 1 weak, 2 likely, 3 sure
    kinds: frozenset[str]
    towns: frozenset[str]
    links: frozenset[str]
    parts: frozenset[str]
    titles: frozenset[str]
    openers: frozenset[str]
    after: frozenset[str]
    heads: frozenset[str]
    bit: int  # of this language in Entry.ordinary


@dataclass(slots=True)
class Candidate:
    """A stretch of words that is somewhere the name of a place, or an adjective that points at one."""

    first: int  # token
    last: int  # token, included
    name: str  # folded
    rows: tuple[int, ...]
    doubtful: frozenset[int] = frozenset()  # rows for which the name is doubtful
    ordinary: bool = False
    given: bool = False
    adjective: bool = False
    level: int = 0  # what stands before: 0 nothing, 1 weak, 2 likely, 3 sure, 4 a noun such as "town of"
    before: bool = False  # belongs to a longer capitalised name, by the word before
    after: bool = False  # ... by the word after
    person: bool = False  # a title or a first name stands before
    initial: bool = False  # at the head of a sentence, where every word has a capital
    telling: bool = False  # its capital says that it is a name: not at the head of a sentence, not in German
    quoted: bool = False  # right after an opening quotation mark: often the name of a newspaper
    titled: bool = False  # in a line in which most words are capitalised
    row: int = field(default=-1)  # the place meant, once chosen


@cache
def cues(lang: str) -> Cues:
    """Return the cue words of a language; of English where the language is not one of ours."""
    own = gazetteer().cues
    table = own.get(lang, own["en"])
    words = {key: frozenset(fold(word) for word in listed.replace("-", " ").split()) for key, listed in table.items()}
    levels = {word: level for level, key in ((1, "weak"), (2, "likely"), (3, "sure")) for word in words[key]}
    bit = 1 << LANGUAGES.index(lang) if lang in LANGUAGES else (1 << len(LANGUAGES)) - 1
    own_words = {key: words[key] for key in ("kinds", "towns", "links", "parts", "titles", "openers", "after", "heads")}
    return Cues(levels=levels, bit=bit, **own_words)


@cache
def _adjective_heads(lang: str) -> frozenset[str]:
    """Return the first words of adjectives of several words."""
    return frozenset(form.split(" ", 1)[0] for form in adjectives(lang) if " " in form)


def tokens(text: str, start: int, stop: int) -> list[Token]:
    """Return the words of text[start:stop]."""
    found = []
    for match in WORD.finditer(text, start, stop):
        word = match[0]
        found.append(Token(match.start(), match.end(), word, _fold(word), word[0].isupper()))
    return found


def joined(text: str, words: list[Token], at: int) -> str | None:
    """Return what stands between a word and the next where both may belong to one name, else None."""
    if at + 1 >= len(words):
        return None
    gap = text[words[at].end : words[at + 1].start] if words[at + 1].start - words[at].end <= 2 else ""
    if gap not in JOINTS or (gap[0] == "." and words[at].end - words[at].start > 2):
        return None
    return gap


def _usable(rows: tuple[int, ...], word: str, one: bool) -> tuple[int, ...]:
    """Leave out what an abbreviation cannot be: "US" but not "us" or "Us"; "AFP" is no town."""
    if one and len(word) <= 4:
        if word.isupper():
            return tuple(row for row in rows if spot(row).kind <= REGION)
        if len(word) <= 3:
            return tuple(row for row in rows if spot(row).kind >= CITY or len(spot(row).name) <= 4 or spot(row).kind not in (COUNTRY, REGION))
    return rows


def _lower(rows: tuple[int, ...], token: Token, table: Cues) -> tuple[int, ...]:
    """Keep what may end in lower case: "République tchèque", «Астраханская область», but no town: "La paz" is peace."""
    most = COUNTRY if token.plain in table.openers else REGION
    return tuple(row for row in rows if spot(row).kind <= most and token.capital)


def _name_at(text: str, words: list[Token], at: int, table: Cues, lang: str) -> Candidate | None:
    token = words[at]
    head = _entry(token.plain)
    if (head is None or not head.rows) and lang == "de" and token.capital and token.plain.endswith("s"):
        genitive = _entry(token.plain[:-1])  # "Russlands"
        if genitive is not None and genitive.rows and not genitive.given and len(token.plain) > 4:
            return Candidate(at, at, token.plain[:-1], genitive.rows, genitive.doubtful, bool(genitive.ordinary & table.bit))
    if head is None:
        return None
    best: Candidate | None = None
    if token.capital and head.rows:
        rows = _usable(head.rows, token.word, True)
        if rows:
            best = Candidate(at, at, token.plain, rows, head.doubtful, bool(head.ordinary & table.bit), head.given)
    name, last = token.plain, at
    for _ in range(head.longest - 1):
        if joined(text, words, last) is None:
            break
        last += 1
        name = f"{name} {words[last].plain}"
        entry = _entry(name)
        if entry is not None and entry.rows:
            rows = entry.rows if words[last].capital or words[at].plain in table.heads else _lower(entry.rows, token, table)
            rows = rows if token.word.isupper() or len(name) > 5 else tuple(row for row in rows if spot(row).kind > COUNTRY)
            if rows:
                best = Candidate(at, last, name, rows, entry.doubtful)
    return best


def _adjective_at(text: str, words: list[Token], at: int, lang: str, heads: frozenset[str]) -> Candidate | None:
    table, token = adjectives(lang), words[at]
    if lang == "en" and not token.capital:
        return None
    best: Candidate | None = None
    row = table.get(token.plain)
    if row is not None and (lang != "de" or token.capital or GERMAN_ADJECTIVE.search(token.plain)):
        best = Candidate(at, at, token.plain, (row,), adjective=True)
    if token.plain in heads:
        name = token.plain
        for last in range(at + 1, min(at + MOST_ADJECTIVE_WORDS, len(words))):
            if joined(text, words, last - 1) is None:
                break
            name = f"{name} {words[last].plain}"
            if name in table:
                best = Candidate(at, last, name, (table[name],), adjective=True)
    return best


def candidates(text: str, words: list[Token], lang: str) -> list[Candidate]:
    """Return the names and adjectives that stand in the text, longest first where they overlap, in text order."""
    table, forms, heads = cues(lang), adjectives(lang), _adjective_heads(lang)
    found, at = [], 0
    while at < len(words):
        token = words[at]
        best: Candidate | None = None
        if token.capital or token.plain in table.heads:
            best = _name_at(text, words, at, table, lang)
        if token.plain in forms or token.plain in heads:
            other = _adjective_at(text, words, at, lang, heads)
            if other is not None and (best is None or other.last > best.last or (other.last == best.last and _is_people(best))):
                best = other
        if best is None:
            at += 1
            continue
        found.append(best)
        at = best.last + 1
    return found


def _is_people(name: Candidate) -> bool:
    """Tell whether a name that is also an adjective is better read as the adjective: it names no country and no large city."""
    return not any(spot(row).kind <= REGION or spot(row).population > 1_000_000 for row in name.rows)


def shape(text: str, words: list[Token], one: Candidate, table: Cues, lang: str) -> None:
    """Fill in what stands before and after a name: level, before, after, person."""
    first, last = one.first, one.last
    if first:
        _look_back(text, words, one, table, lang)
    one.initial = _initial(text, words[first].start)
    one.telling = not one.initial and lang != "de"
    if words[first].start and text[words[first].start - 1] in '«“„"' and text[words[last].end : words[last].end + 1] not in ",":
        one.quoted = True
    if last + 1 < len(words):
        gap = text[words[last].end : words[last + 1].start] if words[last + 1].start - words[last].end <= 2 else ""
        follower = words[last + 1]
        if follower.capital and follower.plain not in table.after:
            one.after = gap in HYPHENS if lang == "de" else gap in BLANKS or gap in HYPHENS
            one.after = one.after or (gap in BLANKS and one.given and lang == "de" and _name_like(follower))


def _initial(text: str, at: int) -> bool:
    """Tell whether a sentence or a line begins here, opening marks left aside."""
    for back in range(at - 1, max(at - 5, -1), -1):
        if text[back] not in _OPENING:
            return text[back] in "\n.!?:…"
    return at < 5


def _name_like(token: Token) -> bool:
    entry = _entry(token.plain)
    return entry is None or entry.given


def _look_back(text: str, words: list[Token], one: Candidate, table: Cues, lang: str) -> None:
    at = one.first - 1
    before = words[at]
    if one.first == before.end or words[one.first].start - before.end > 2:
        return
    gap = text[before.end : words[one.first].start]
    abbreviated = gap in (".", ". ") and len(before.word) <= 3
    if before.plain in table.titles and (gap in BLANKS or abbreviated) and before.plain not in table.levels:
        # Russian puts the place of an office right after it: «глава Чечни»
        one.person = lang != "ru" or one.given or not any(spot(row).kind <= CAPITAL or spot(row).population >= 500_000 for row in one.rows)
        one.level = 0 if one.person else 3
        return
    if before.capital and (gap in BLANKS or gap in HYPHENS or abbreviated):
        entry = _entry(before.plain)
        if before.plain not in table.levels and before.plain not in table.openers and before.plain not in table.kinds:
            if entry is not None and entry.given:
                one.person = one.before = True
            elif lang == "de":  # German nouns are capitalised: only an initial or a hyphen makes one name of two words
                one.before = len(before.word) == 1 or gap in HYPHENS
            else:
                one.before = before.plain not in adjectives(lang) and not (lang == "ru" and _initial(text, before.start))  # «Жители Москвы»
    if gap not in BLANKS and gap not in ("'", "’", "\n"):
        return
    links = False
    for back in range(at, max(at - 4, -1), -1):
        word = words[back].plain
        if back != at and (words[back + 1].start - words[back].end > 1 or text[words[back].end] in ",.;:!?()"):
            return
        if word in table.kinds:
            one.level = 4
            return
        level = table.levels.get(word, 0)
        if level > one.level and not (links and level < 2):
            one.level = level
        if word not in table.links and word not in table.parts:
            return
        if level >= 2 and word not in table.links:
            return
        links = True
