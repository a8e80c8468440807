"""What a name in a report says of its bearer: proper name, office, or somebody who stays unnamed.

"the Russian newspaper Novaya Gazeta" is the name Novaya Gazeta; "Russia's interior minister" is an office with its country;
"an official of the interior ministry" and "several associations" are nobody by name. The words come from `wording`, the rules know no language.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from temoin.account.spelling import fold, skeleton
from temoin.account.wording import Wording, wording
from temoin.records_account import PartyKind

Sort = Literal["name", "office", "unnamed"]
#: Offices that one person holds; the others are institutions.
PERSONAL = frozenset({
    "interior_minister", "foreign_minister", "defence_minister", "justice_minister", "prime_minister", "president", "vice_president",
    "governor", "mayor", "minister", "ombudsperson",
})  # fmt: skip
#: Offices that only a country has: a city in such a name is its capital.
NATIONAL = frozenset(
    {"foreign_minister", "foreign_ministry", "defence_minister", "defence_ministry", "prime_minister", "army", "embassy", "parliament"}
)
_SMALL = frozenset({"definite", "indefinite", "possessive", "particles", "titles"})
_NOT_PROPER = frozenset(
    {"definite", "indefinite", "possessive", "pronouns", "voices", "under", "titles", "people", "outlets", "organisations"}
)  # fmt: skip
_POST = "named by a post in a named house"
_WORD = re.compile(r"\w+")
_SEGMENT = re.compile(r"\s*[,;()\[\]/|]\s*|\s+[–—-]\s+")
_QUOTED = re.compile(r"[«“„\"‹]([^«»“”„\"‹›]{2,80})[»”“\"›]")


class Name(NamedTuple):
    """One way of naming somebody, taken apart."""

    sort: Sort
    core: str  # the proper name, or what is left to show
    bones: tuple[str, ...]  # skeletons of the core's words, articles and particles left out
    office: str = ""  # code, for an office or for the house an unnamed source belongs to
    scope: tuple[str, ...] = ()  # skeletons of the words that say whose office it is
    kind: PartyKind = "unknown"
    why: str = ""
    body: str = ""  # code of an international body whose name is translated


class _Token(NamedTuple):
    text: str
    flat: str
    start: int
    end: int
    lists: frozenset[str]  # the lists of words it stands in


@lru_cache(maxsize=200_000)
def take_apart(name: str, lang: str | None) -> Name:
    """Return what a name says; never raises. lang: BCP 47 of the report, None where unknown."""
    words = wording(lang)
    best: Name | None = None
    parts = name.split()
    shown = " ".join(parts)[:300]
    if (plain := _plain(parts, shown, words)) is not None:
        return plain
    segments = [s for s in _SEGMENT.split(shown) if s] or [shown]
    for segment in segments:
        got = _segment(segment, words)
        if best is None or _rank(got) > _rank(best):
            best = got
    assert best is not None
    if best.sort == "office" and len(segments) == 1 and (head := _tokens(segments[0], words)) and _indefinite(head, words):
        return best._replace(sort="unnamed")
    return best


def _plain(parts: list[str], shown: str, words: Wording) -> Name | None:
    """Return a name of capitalised words that stand in no list and hold no office: most names are, and are told at a glance."""
    flats = []
    for part in parts:
        if not (part[0].isupper() and part.isalpha()) or words.words.of(flat := fold(part)):
            return None
        flats.append(flat)
    joined = " ".join(flats)
    if not parts or len(shown) == 300 or words.bodies.search(joined) or words.offices.search(joined):
        return None
    return Name("name", shown, tuple(bone for part in parts if (bone := skeleton(part))) or (skeleton(shown) or shown,))


def _rank(name: Name) -> int:
    return {"name": 1 if name.why == _POST else 3, "office": 2, "unnamed": 0}[name.sort]


def _tokens(text: str, words: Wording) -> list[_Token]:
    out: list[_Token] = []
    for got in _WORD.finditer(text):
        if got[0] in ("s", "S") and got.start() and text[got.start() - 1] in "'’":
            continue
        flat = fold(got[0])
        out.append(_Token(got[0], flat, got.start(), got.end(), words.words.of(flat)))
    return out


def _indefinite(tokens: list[_Token], words: Wording) -> bool:
    first = tokens[0]
    return "indefinite" in first.lists or first.text.isdigit()


def _segment(text: str, words: Wording) -> Name:
    tokens = _tokens(text, words)
    if not tokens:
        return Name("unnamed", text, ())
    flats = [t.flat for t in tokens]
    if all("pronouns" in t.lists for t in tokens):
        return Name("unnamed", text, (), why="a pronoun")
    quoted = _QUOTED.search(text)
    if quoted and any(c.isupper() for c in quoted[1]):
        return _named(_tokens(quoted[1], words), quoted[1], words, flats)
    under = next((i for i, t in enumerate(tokens) if i and "under" in t.lists), None)
    if under is not None:
        tokens, flats, text = tokens[:under], flats[:under], text[: tokens[under - 1].end]
    joined = " ".join(flats)
    body = words.bodies.search(joined)
    if body is not None:
        spare = (joined[: body.start()] + joined[body.end() :]).split()
        if all(_is_small(f, words) and (not words.is_in("titles", f) or words.is_in("voices", f)) for f in spare):
            return Name("name", text, tuple(skeleton(f) for f in body[0].split()), kind="organisation", body=words.body(body[0]))
    found = words.offices.search(joined)
    if found is None:
        return _without_office(tokens, text, words)
    if any(words.is_in("joins", f) for f in flats[1:-1]) and sum(t.text[0].isupper() for t in tokens) > 1:
        bones = tuple(skeleton(t.text) for t in tokens if not _is_small(t.flat, words))
        return Name("name", _shown(tokens, text), bones, kind="authority", why="several who speak together")
    first = joined[: found.start()].count(" ")
    last = first + found[0].count(" ")
    code, inner = words.office(found[0])
    return _with_office(tokens, text, words, first, last, code, inner)


def _with_office(tokens: list[_Token], text: str, words: Wording, first: int, last: int, code: str, inner: tuple[str, ...]) -> Name:
    """Take apart a segment that holds an office: its bearer's name, the office itself, or somebody of its house."""
    before, after = tokens[:first], tokens[last + 1 :]
    proper = next((i for i, t in enumerate(after) if _proper(t)), None)
    if proper is not None and "particles" not in after[0].lists:
        # a title, then a name: "President Putin", "police spokesman Juan Ruiz"; "полиция Никарагуа" is an institution and its country
        titled = any("voices" in t.lists or "titles" in t.lists for t in after[:proper])
        if code in PERSONAL or titled:
            tail = after[proper:]
            return _named(tail, text[tail[0].start : tail[-1].end], words, [], kind="person")
    insider = any("people" in t.lists for t in before)
    rest = [t.flat for t in before + after if not _is_small(t.flat, words) and "people" not in t.lists]
    scope = tuple(skeleton(w) for w in (*rest, *inner) if not words.is_in("voices", w))
    if code in PERSONAL and any(words.is_in(kind, w) for w in rest for kind in ("organisations", "outlets")):
        return Name("unnamed", text, (), why="the head of a house that is not named here")
    if insider:
        return Name("unnamed", text, (), office=code, scope=scope, why=f"somebody of {code.replace('_', ' ')}, without a name")
    kind: PartyKind = "group" if code == "organisers" else "authority"
    return Name("office", _shown(tokens, text), (), office=code, scope=scope, kind=kind, why="named by office")


def _shown(tokens: list[_Token], text: str) -> str:
    """Return a name as it is shown: an article that began a sentence begins none here."""
    return text[: tokens[0].end].lower() + text[tokens[0].end :] if "definite" in tokens[0].lists and len(tokens) > 1 else text


def role(name: str, lang: str | None) -> tuple[str, frozenset[str]]:
    """Return what a name without a name says of its bearer: "outlet", "organisation" or "", and its words (folded) but for the small ones."""
    words = wording(lang)
    tokens = [token for token in _tokens(name, words) if _SMALL.isdisjoint(token.lists)]
    kind = next((kind for kind in ("outlet", "organisation") if any(f"{kind}s" in token.lists for token in tokens)), "")
    return kind, frozenset(token.flat for token in tokens)


def _without_office(tokens: list[_Token], text: str, words: Wording) -> Name:
    """Take apart a segment without an office: a proper name behind its titles and roles, or nobody by name."""
    if all(not t.lists and t.text[0].isupper() for t in tokens):
        return _named(tokens, text[tokens[0].start : tokens[-1].end], words, [])  # capitals and no word that we know: the common case
    start = next((i for i, t in enumerate(tokens) if _begins(i, tokens, words)), None)
    group: PartyKind = "group" if _many(tokens, words) else "unknown"
    if start is None:
        return Name("unnamed", text, (), kind=group, why="no name is given")
    head, kept = tokens[:start], tokens[start:]
    while len(kept) > 1 and "titles" in kept[0].lists and kept[1].text[0].isupper():
        head, kept = [*head, kept[0]], kept[1:]
    while (spare := _before_the_name(head, kept, words)) > 0:
        head, kept = [*head, *kept[:spare]], kept[spare:]
    # "Russian newspaper Novaya Gazeta": an adjective and a role before the name
    for i in range(1, min(4, len(kept) - 1)):
        if kept[i].text[0].islower():
            if kept[i + 1].text[0].isupper() and any(kind in kept[i].lists for kind in ("outlets", "organisations", "titles", "voices")):
                head, kept = [*head, *kept[: i + 1]], kept[i + 1 :]
            break
    # "a relative of Karim", "Human Rights Watch researchers", "A UN official": somebody of a named house
    people = [i for i, t in enumerate(head) if "people" in t.lists and "voices" not in t.lists]
    linked = people and any("particles" in t.lists for t in head[people[-1] + 1 :])
    last = kept[-1]
    behind = len(kept) > 1 and last.text[0].islower() and "people" in last.lists and "voices" not in last.lists
    crowd = people and people[-1] == len(head) - 1 and _indefinite(head, words) and _many([head[people[-1]]], words)
    if linked or behind or crowd:
        return Name("unnamed", text, (), kind=group, why="somebody of a named house, without a name")
    role = last.text[0].islower() and ("outlets" in last.lists or "organisations" in last.lists)
    hyphened = last.start > 0 and text[last.start - 1] in "-‐‑"
    if role and not hyphened and len(kept) <= 3 and (len(kept) > 2 or not head):
        # "French radio", "the Cairo-based group": a place and a common noun
        return Name("unnamed", text, (), kind=group, why="no name is given")
    titled = any("titles" in t.lists for t in head)
    post = next((i for i, t in enumerate(head[:-1]) if "titles" in t.lists and t.lists.isdisjoint(("voices", "organisations"))), None)
    if post is not None and "particles" in head[-1].lists:
        # "the director of Human Rights Watch in Russia": a person, though without a name, and not the house
        whole = head[post:] + kept
        bones = tuple(skeleton(t.text) for t in whole if "particles" not in t.lists and "definite" not in t.lists)
        return Name("name", text[whole[0].start : whole[-1].end], bones, kind="person", why=_POST)
    return _named(kept, text[kept[0].start : kept[-1].end], words, [t.flat for t in head], kind="person" if titled else "unknown")


def _before_the_name(head: list[_Token], kept: list[_Token], words: Wording) -> int:
    """Return how many words with a capital only introduce the name of two words or more that follows them."""
    if len(kept) < 3:
        return 0
    first, second = kept[0], kept[1]
    if "organisations" in first.lists:
        if first.text.isupper() and len(first.text) > 1 and not second.text.isupper() and second.text[0].isupper():
            return 1  # "ONG Casa Puente": what it is, in capitals only because it is short for words
        if "titles" in first.lists and "particles" in second.lists:
            return 2  # «Правозащитники из Nile Rights Desk»: its own people speak for it
    titled = any("titles" in token.lists for token in head)
    return 1 if titled and words.body(first.flat) and second.text[0].isupper() else 0  # «представитель ЕС Ильзе Брандт»


def _begins(at: int, tokens: list[_Token], words: Wording) -> bool:
    """Return whether a proper name begins at a word: a capital, and no article, title or role, unless a role is part of the name."""
    token = tokens[at]
    if _proper(token):
        return True
    rest = [t for t in tokens[at + 1 :] if "particles" not in t.lists]
    if not token.text[0].isupper() or not rest or "people" in rest[0].lists and not rest[0].text[0].isupper():
        return False
    if words.nouns_have_capitals:
        # German: "Radio Lumière" and "Frauenkomitee von Omdurman" stand alone, "die Zeitung Wolschski Listok" has an article
        named = "outlets" in token.lists or "organisations" in token.lists
        return named and at == 0 and any(_proper(t) for t in rest)
    if "outlets" in token.lists or "organisations" in token.lists:
        return True
    return "people" in token.lists and rest[0].text[0].isupper()


def _many(tokens: list[_Token], words: Wording) -> bool:
    return _indefinite(tokens, words) or tokens[-1].flat.endswith(("s", "ы", "и", "en", "ов", "ей"))


def _proper(token: _Token) -> bool:
    """Return whether a word can be part of a proper name: a capital, and no article, title, role or pronoun."""
    if not token.text[0].isupper() and not (token.text[0].isdigit() and len(token.text) > 1):
        return False
    return _NOT_PROPER.isdisjoint(token.lists)


def _is_small(flat: str, words: Wording) -> bool:
    return not _SMALL.isdisjoint(words.words.of(flat))


def _named(tokens: list[_Token], core: str, words: Wording, before: list[str], kind: PartyKind = "unknown") -> Name:
    """Return a proper name with what its words tell of its kind."""
    flats = [t.flat for t in tokens]
    bones = tuple(b for t in tokens if not ("particles" in t.lists and not t.text[0].isupper()) and (b := skeleton(t.text)))
    if kind == "unknown":
        if any(words.is_in("outlets", f) for f in (*flats, *before)):
            kind = "outlet"
        elif any(words.is_in("organisations", f) for f in (*flats, *before)):
            kind = "organisation"
    return Name("name", core.strip(" '’\"«»“”„"), bones or (skeleton(core) or core,), kind=kind)
