"""Time words: a language's table of them, and the runs of them that stand in a text.

A run is a stretch of text that holds nothing but time words, numbers and what may stand between them, and at least one word that can
carry a time by itself. Every word becomes an atom with a one-letter kind, the same letters in every language, so that phrases can be
written once, as patterns over letters (`temoin.read.timephrases`). The kinds:

    m month  M month that is also another word   w weekday  v weekday abbreviation  Q weekday that is also an ordinal
    d number from 1 to 31  n other count  o ordinal  y year  D numeric date  N numeric day and month  X numeric month and year
    u unit  W weekend  r "yesterday"  l "last, this, next"  L the same, nearest  e "early, mid, end of"  K "Jahresende"
    s season  h feast  z mark of a decade  R mark of a quarter  x "so far"  a "about"  ! "every"  and the small words:
    p since  U until  b by  B before  V «vor»  f from  t to  A to or the  E «au»  q between  c and  i in  j in (points only)  I within
    H "now"  Z "the next day"  J "later"  C «через»  S "the nineties"  F «para» (ahead)  G «il y a»  g ago  k after  O of  T the
    0 «в ночь на»
    , - / ( as they stand
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from temoin.languages import tables
from temoin.read.yearwords import spelled

#: Letters that can carry a time; a run without any is not read.
ANCHORS = frozenset("mMwvQyDNXuWrKshRZS")
#: Runs are cut here, so that hostile text costs no more than its length.
LONGEST_RUN = 48
LONGEST_YEAR = 7  # words: "mil novecientos noventa y dos" has five
#: Sections of a language's table that are plain lists of words, and the letter that each stands for.
LISTS = {
    "of": "O", "article": "T", "from": "f", "to": "t", "to_or_article": "A", "at_day": "E", "until": "U", "by": "b", "before": "B",
    "before_or_ago": "V", "since": "p", "in": "i", "in_points": "j", "within": "I", "between": "q", "and": "c", "ago_before": "G",
    "ago_after": "g", "after": "k", "so_far": "x", "about": "a", "every": "!", "decade": "z", "towards": "F", "through": "C", "night_before": "0",
}  # fmt: skip
#: Sections that give a value to each word.
VALUES = {
    "relative_days": "r", "shifts": "l", "nearest": "L", "edges": "e", "cardinals": "n", "ordinals": "o", "weekday_ordinals": "Q",
    "marks": "R", "anaphors": "Z", "starting": "p", "present": "H", "later": "J", "decades": "S",
}  # fmt: skip
#: Sections that list the words of each value.
NAMES = {"seasons": "s", "feasts": "h", "units": "u"}

_NUMERIC = (
    r"(?<![0-9])(?<![0-9][.,:/])(?<![^\W_])(?:[12][0-9]{3}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2[12][0-9]{3}|[0-9]{1,2}([/.])[0-9]{1,2}\3[0-9]{2}"
    r"|(?<![^\W\d_][-/])(?:[12][0-9]{3}-[0-9]{1,2}|[0-9]{1,2}[-/.][12][0-9]{3})(?![-/][^\W\d_])|[0-9]{1,2}[/.][0-9]{1,2})(?![0-9]|[.,:/][0-9])"
)
TOKEN = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|" + _NUMERIC + "|[0-9]+")
_DIGITS = frozenset("0123456789")
_PARTS_BEFORE, _PARTS_AFTER = re.compile(r"[0-9][.,:]\Z"), re.compile(r"[.,:][0-9]")
_MONEY = frozenset("$€£¥₽#№%")  # a number beside one of these is no date
_GAP = {
    "": "", ".": "", "'": "", "’": "", ")": "", ",": ",", ".,": ",", "., ": ",", "/": "/", "(": "(",
    "-": "-", "–": "-", "—": "-", "‑": "-", "‐": "-", "~": "-",
}  # fmt: skip
_SUFFIX = frozenset("st nd rd th er ère ere e è eme ème re º ª o a ro do go го ое е м му й я".split())


class Atom(NamedTuple):
    """One time word: its kind, what it stands for, and where it stands."""

    kind: str
    value: Any
    start: int
    end: int


class Phrase(NamedTuple):
    """The words after the first, what the whole stands for, and when it may be read."""

    rest: tuple[str, ...]
    kind: str
    value: Any
    abbreviated: bool
    guard: dict[str, Any]


#: A word in lower case, and where it stands.
Token = tuple[str, int, int]


class Words(NamedTuple):
    """A language's time words by their first word, and what goes with them."""

    phrases: dict[str, list[Phrase]]
    day_first: bool
    dotted: bool  # "19.04." is a day and a month
    month_first: bool  # "May 3"
    bare_day: frozenset[str]  # words after which "23" or "the 23rd" is a day of the month
    bare_day_after: frozenset[str]  # and words before which it is
    plurals: frozenset[str]  # "past years" says no one time
    anchored: frozenset[str]  # "that", "the following": seen from the time stated before
    distant: frozenset[str]  # those that never point at the day of publication: "aquel"
    behind_weekday: frozenset[str]  # words behind which a weekday that is also an ordinal stays one: "na quinta a Lisboa"
    streets: frozenset[str]  # words behind which a day is a name: "rue du 18 janvier"
    sure_seasons: frozenset[str]  # seasons that need no preposition: «летом»
    parts: frozenset[str]  # every word of every phrase
    anchors: frozenset[str]  # the longest word of each phrase that can carry a time
    years: dict[tuple[str, ...], int]  # years in words
    year_heads: frozenset[str]  # and the words that open them
    halves: frozenset[str]  # words for parts of a year that need no year: "el primer semestre"
    ordinal_months: bool  # "am siebten vierten"
    tenses: dict[str, str]  # words that tell the tense: "past", "future", or "promised", which is told in the past of what lies ahead
    that: tuple[str, ...]  # words that open what was promised
    neutral: frozenset[str]  # words behind which a participle tells no past: "be", "sejam"
    future_endings: tuple[str, ...]
    past_endings: tuple[str, ...]


def plain(word: str) -> str:
    """Return the word composed and in lower case."""
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word).lower()


def bare(word: str) -> str:
    """Return the word without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not "\u0300" <= c <= "\u036f")


@cache
def words(lang: str) -> Words:
    """Return the time words of a language. Raises KeyError where there is no pack for it."""
    table = tables(lang, "times")
    guards: dict[str, dict[str, Any]] = {}
    for g in table.get("guards", []):
        for kind in g["kinds"]:
            guards[f"{g['word']}/{kind}"] = {**g, **{k: frozenset(g[k]) for k in ("after", "not_after", "before", "not_before") if k in g}}
    phrases: dict[str, list[Phrase]] = {}

    def add(form: str, kind: str, value: Any, abbreviated: bool = False) -> None:
        split = tuple(plain(m.group()) for m in TOKEN.finditer(form))
        plainer = split if form in table.get("accented", ()) else tuple(bare(p) for p in split)  # "des" is not "dès"
        for parts in dict.fromkeys((split, plainer)):
            known = phrases.setdefault(parts[0], [])
            if parts == split or not any(p.rest == parts[1:] for p in known):
                known.append(Phrase(parts[1:], kind, value, abbreviated, guards.get(f"{form}/{kind}", {})))

    counts = _fill(table, add)
    years = spelled(table.get("years", {}), *counts)
    for known in phrases.values():
        known.sort(key=lambda p: -len(p.rest))
    tense = table["tense"]
    return Words(
        phrases, table["day_first"], table.get("dotted", False), table.get("month_first", False), frozenset(table.get("bare_day", [])),
        frozenset(table.get("bare_day_after", [])), frozenset(table.get("plurals", [])),
        frozenset(table.get("anchored", [])), frozenset(table.get("distant", [])), frozenset(table.get("behind_weekday", [])),
        frozenset(table.get("streets", [])),
        frozenset(table.get("sure_seasons", [])),
        frozenset(w for first, known in phrases.items() for p in known for w in (first, *p.rest)) | {w for year in years for w in year},
        frozenset(max((first, *p.rest), key=len) for first, known in phrases.items() for p in known if p.kind in ANCHORS)
        | {year[0] for year in years},
        years, frozenset(year[0] for year in years), frozenset(table.get("halves", [])), table.get("ordinal_months", False),
        {**dict.fromkeys(tense["past"], "past"), **dict.fromkeys(tense["future"], "future"), **dict.fromkeys(tense["promised"], "promised")},
        tuple(tense["that"]), frozenset(tense.get("neutral", [])),
        tuple(tense["future_endings"]), tuple(tense["past_endings"]),
    )  # fmt: skip


@cache
def small(lang: str, section: str) -> frozenset[str]:
    """Return the small words of a language in one section, such as "after" and "since"; empty where it has none."""
    return frozenset(tables(lang, "times")["small"].get(section, ()))


def _fill(table: dict[str, Any], add: Any) -> tuple[dict[str, int], dict[str, int]]:
    """Add every phrase of a table; return its cardinals and its ordinals, the compound ones too."""
    cardinals, ordinals = dict(table["cardinals"]), dict(table["ordinals"])
    weak = set(table.get("weak", []))
    for number, forms in enumerate(table["months"], 1):
        for form in forms:
            add(form, "M" if form in weak else "m", number, form != forms[0])
    for number, forms in enumerate(table["weekdays"]):
        for form in forms:
            add(form, "v" if form in weak else "w", number, len(form) <= 5 and form != forms[0])
    for section, kind in LISTS.items():
        for form in table["small"].get(section, []):
            add(form, kind, None)
    for section, kind in VALUES.items():
        for form, value in table.get(section, {}).items():
            add(form, kind, value)
    for section, kind in NAMES.items():
        for name, forms in table.get(section, {}).items():
            for form in forms:
                add(form, "W" if name == "weekend" else kind, name)
    for form, *edge, unit in table.get("edge_units", []):
        add(form, "K", (edge[0] if edge else None, unit))
    joined = table.get("compounds", {})
    for tens, ten in joined.get("tens", {}).items():
        for unit, one in joined["ones"].items():
            for form in joined["forms"]:
                add(form.format(tens=tens, one=unit), "n", ten + one)
                cardinals[form.format(tens=tens, one=unit)] = ten + one
        for unit, one in joined.get("ordinal_ones", {}).items():
            for form in joined["forms"]:
                add(form.format(tens=tens, one=unit), "o", ten + one)
                ordinals[form.format(tens=tens, one=unit)] = ten + one
    return cardinals, ordinals


def runs(text: str, lang: str) -> Iterator[list[Atom]]:
    """Yield the runs of a text in order. Linear in the length of the text."""
    known = words(lang)
    folded = text.lower()
    if len(folded) == len(text) and unicodedata.is_normalized("NFC", text):
        tokens = [(m[0], m.start(), m.end()) for m in TOKEN.finditer(folded)]
    else:  # letters that change their length in lower case, or accents that stand apart
        tokens = [(plain(m[0]), m.start(), m.end()) for m in TOKEN.finditer(text)]
    parts, anchors, bare_day = known.parts, known.anchors, known.bare_day
    first, carries, before = -1, False, ""
    for i, (word, _, _) in enumerate(tokens):
        if word in parts:
            carries = carries or word in anchors
        elif word[0] in _DIGITS:
            carries = carries or len(word) > 2 or before in bare_day or before in anchors
        elif not (word in _SUFFIX and before[:1] in _DIGITS):
            if carries:
                yield from _runs(text, tokens, first, i, known)
            first, carries, before = -1, False, ""
            continue
        first, before = (i if first < 0 else first), word
    if carries:
        yield from _runs(text, tokens, first, len(tokens), known)


def _runs(text: str, tokens: list[Token], i: int, stop: int, known: Words) -> Iterator[list[Atom]]:
    """Yield the runs among neighbouring tokens that are all time words or numbers."""
    run: list[Atom] = []
    last_abbreviated = False
    while i < stop:
        atom, taken, abbreviated = _atom(text, tokens, i, known)
        joint = _joint(text, run, tokens[i][1], last_abbreviated) if run else ""
        if run and (joint is None or atom is None or len(run) >= LONGEST_RUN):
            if _carries(run):
                yield run
            run, joint = [], ""
        if atom is not None:
            if joint:
                run.append(Atom(joint, None, run[-1].end, tokens[i][1]))
            run.append(atom)
        last_abbreviated = abbreviated
        i += taken
    if _carries(run):
        yield run


def _carries(run: list[Atom]) -> bool:
    """Say whether a run can hold a time: by a word that is one, by "the 18th" at its end, or by "am 27. 11."."""
    if any(a.kind in ANCHORS or a.kind == "z" for a in run) or (len(run) > 1 and run[-1].kind in "do" and run[-2].kind == "T"):
        return True
    return len(run) > 2 and any(a.kind in "jT" and b.kind in "do" and c.kind in "do" for a, b, c in zip(run, run[1:], run[2:], strict=False))


def _joint(text: str, run: list[Atom], start: int, abbreviated: bool) -> str | None:
    """Return what stands between two time words as a letter, "" for nothing, None where they do not belong together."""
    end = run[-1].end
    if start - end > 6:
        return None
    gap = text[end:start]
    if gap == " ":
        return ""
    core = gap.strip()
    if gap.count("\n") > 1 or core not in _GAP:
        return None
    if core == "." and not (abbreviated or run[-1].kind in "dn"):
        return None
    return _GAP[core]


def _atom(text: str, tokens: list[Token], i: int, known: Words) -> tuple[Atom | None, int, bool]:
    word, start, _ = tokens[i]
    if word[0].isdigit():
        return _number(text, tokens, i, known)
    if word in known.year_heads and (year := _year_in_words(text, tokens, i, known)):
        return year
    behind = tokens[i + 1][0] if i + 1 < len(tokens) else ""
    for phrase in known.phrases.get(word, ()):
        if phrase.rest and phrase.rest[0] != behind:
            continue
        stop = i + 1 + len(phrase.rest)
        if phrase.rest and (stop > len(tokens) or tuple(t[0] for t in tokens[i + 1 : stop]) != phrase.rest or not _close(text, tokens[i:stop])):
            continue
        if phrase.guard and not _allowed(phrase.guard, text, tokens, i):
            continue
        if phrase.kind == "z" and len(word) < 3 and not (i and tokens[i - 1][0].isdigit() and start - tokens[i - 1][2] < 2):
            continue
        return Atom(phrase.kind, phrase.value, start, tokens[stop - 1][2]), stop - i, phrase.abbreviated
    return None, 1, False


def _year_in_words(text: str, tokens: list[Token], i: int, known: Words) -> tuple[Atom, int, bool] | None:
    """Return a year written out, None where it may be a count: before a noun, or "two thousand" alone away from a month."""
    for stop in range(min(len(tokens), i + LONGEST_YEAR), i, -1):
        value = known.years.get(tuple(t[0] for t in tokens[i:stop]))
        if value is None or not _close(text, tokens[i:stop]):
            continue
        end = tokens[stop - 1][2]
        dated = any(p.kind in "mM" for t in tokens[max(0, i - 3) : i] for p in known.phrases.get(t[0], ()))
        counts = stop < len(tokens) and text[end : tokens[stop][1]] == " " and tokens[stop][0] not in known.parts
        if not dated and (counts or value % 100 == 0):
            return None
        return Atom("y", value, tokens[i][1], end), stop - i, False
    return None


def _close(text: str, tokens: list[Token]) -> bool:
    return all(text[a[2] : b[1]].strip() in ("", "-", "'", "’", ".", "‑", "‐") and b[1] - a[2] <= 3 for a, b in pairwise(tokens))


def _allowed(guard: dict[str, Any], text: str, tokens: list[Token], i: int) -> bool:
    before = tokens[i - 1][0] if i and tokens[i][1] - tokens[i - 1][2] <= 3 else ""
    case = guard.get("case")
    if (case == "lower" and not text[tokens[i][1]].islower()) or (case == "title" and not text[tokens[i][1]].isupper()):
        return False
    if before in guard.get("not_after", ()):
        return False
    if guard.get("after_number") and not before.isdigit():
        return False
    if "before" in guard or "not_before" in guard:
        last = i + guard["word"].count(" ")
        behind = tokens[last + 1][0] if last + 1 < len(tokens) and tokens[last + 1][1] - tokens[last][2] <= 3 else ""
        if behind in guard.get("not_before", ()):
            return False
        if "before" in guard and not behind.isdigit() and behind not in guard["before"]:
            return False
    return "after" not in guard or before in guard["after"]


def _number(text: str, tokens: list[Token], i: int, known: Words) -> tuple[Atom | None, int, bool]:
    word, start, end = tokens[i]
    if text[max(0, start - 2) : start].strip() in _MONEY or text[end : end + 2].strip() in _MONEY:
        return None, 1, False
    if not word.isdigit():
        return _numeric(word, start, end, known), 1, False
    if len(word) > 4 or _PARTS_BEFORE.match(text, max(0, start - 2), start) or _PARTS_AFTER.match(text, end):  # "1,500", "10:30"
        return None, 1, False
    value = int(word)
    if i + 1 < len(tokens) and tokens[i + 1][0] in _SUFFIX and 1 <= value <= 31 and _glued(text, end, tokens[i + 1]):
        return Atom("o", value, start, tokens[i + 1][2]), 2, False
    if len(word) == 4:
        return (Atom("y", value, start, end) if 1000 <= value <= 2999 else None), 1, False
    return Atom("d" if 1 <= value <= 31 and len(word) < 3 else "n", value, start, end), 1, False


def _glued(text: str, end: int, after: Token) -> bool:
    """Say whether the next word is written onto the number: "1st", "1.º", "4-го"; a lone letter must stand directly at it."""
    gap = text[end : after[1]]
    return gap == "" or (gap == "." and after[0] in "ºª") or (gap in ("-", "‑") and "а" <= after[0][0].lower() <= "я")


def _numeric(word: str, start: int, end: int, known: Words) -> Atom | None:
    parts = [int(p) for p in re.split(r"[-/.]", word)]
    if len(parts) == 3:
        if parts[0] > 31:
            year, month, day = parts
        else:
            month, day, year = (*_day_and_month(parts[0], parts[1], known.day_first or "." in word), parts[2])
        if month > 12 and day <= 12 and parts[0] > 31:
            month, day = day, month
        return Atom("D", (year, month, day), start, end)
    if max(parts) >= 1000:
        year, month = max(parts), min(parts)
        return Atom("X", (year, month), start, end) if 1 <= month <= 12 else None
    if "." in word and not known.dotted:
        return None
    month, day = _day_and_month(parts[0], parts[1], known.day_first)
    return Atom("N", (month, day), start, end) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _day_and_month(first: int, second: int, day_first: bool) -> tuple[int, int]:
    """Return month and day; the language's order, or the other where that one cannot be."""
    if day_first:
        return (second, first) if second <= 12 else (first, second)
    return (first, second) if first <= 12 else (second, first)
