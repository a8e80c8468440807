"""Places as far as an account needs them: what lies in what, what is a country, where a report is at home.

What lies in what is handed in: as a question about two places (`inside`), or, for many places, as the names of all that hold one (`around`), which is
asked once for each place instead of once for each pair. Without either a place lies in itself only, and in the country that the readings give for it.
Country names are CLDR's English short names, as claims use them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache

from babel import Locale

from temoin.account.lines import GROUND
from temoin.account.spelling import skeleton
from temoin.records import Reading

Inside = Callable[[str, str], bool]
Around = Callable[[str], Collection[str]]
#: Letters that a place and the word that points at it must have in common, at least.
_STEM = 4


@cache
def country_names() -> dict[str, str]:
    """Return ISO 3166-1 alpha-2 codes and their English names."""
    territories = Locale("en").territories
    return {str(code): str(name) for code, name in territories.items() if len(code) == 2 and code.isalpha()}


@cache
def _country_codes() -> dict[str, str]:
    return {name: code for code, name in country_names().items()}


class Geography:
    """The places of one account."""

    def __init__(self, readings: Sequence[Reading], inside: Inside | None = None, around: Around | None = None) -> None:
        votes: dict[str, Counter[str]] = {}
        names: set[str] = set()
        self._beyond: set[str] = set()  # larger than a country, as the readings say
        for reading in readings:
            for place in reading.places:
                if place.country is None:
                    self._beyond.add(place.name)
                else:
                    votes.setdefault(place.name, Counter())[place.country] += 1
            names.update(claim.where for claim in reading.claims if claim.where)
        self._country = {name: min(found.items(), key=lambda item: (-item[1], item[0]))[0] for name, found in votes.items()}
        self._inside, self._around = inside, around
        self._known: dict[tuple[str, str], bool] = {}
        self._holders: dict[str, frozenset[str]] = {}
        self.names = tuple(sorted(names))
        self._named = frozenset(names)
        # a place that holds a country is as wide as one; only places that claims name are asked for
        self._beyond |= {wide for name in self.names if name in _country_codes() for wide in self.holders(name)}
        self._held = Counter(holder for name in self.names for holder in self.holders(name))
        self._bones: dict[str, list[tuple[str, str]]] | None = None  # by their first letters, each list sorted
        self._pointed: dict[str, str] = {}

    def country(self, name: str) -> str:
        """Return the code of a place's country where it is known, else the name itself."""
        return _country_codes().get(name) or self._country.get(name, name)

    def is_wide(self, name: str) -> bool:
        """Return whether a place is a country, or holds one: too wide to tell two persecutions apart."""
        return name in _country_codes() or name in self._beyond

    def holders(self, name: str) -> frozenset[str]:
        """Return the places that claims name and that hold this one, itself and what only a reading's country tells left out."""
        got = self._holders.get(name)
        if got is None:
            if self._around is not None:
                got = frozenset(self._around(name)).intersection(self.names) - {name}
            elif self._inside is not None:
                got = frozenset(other for other in self.names if other != name and self._inside(name, other))
            else:
                got = frozenset()
            self._holders[name] = got
        return got

    def region(self, name: str) -> str:
        """Return the widest place below a country that these reports name and that holds this one: that which holds most; else the place itself."""
        if self.is_wide(name):
            return name
        return min((other for other in self.holders(name) if not self.is_wide(other)), key=lambda other: (-self._held[other], other), default=name)

    def inside(self, inner: str, outer: str) -> bool:
        """Return whether one place is, or lies in, the other."""
        if inner == outer:
            return True
        key = (inner, outer)
        got = self._known.get(key)
        if got is None:
            code = _country_codes().get(outer)
            got = bool(code and inner not in _country_codes() and self._country.get(inner) == code) or self._lies_in(inner, outer)
            self._known[key] = got
        return got

    def _lies_in(self, inner: str, outer: str) -> bool:
        if inner in self._holders and outer in self._named:
            return outer in self._holders[inner]
        if self._around is not None:
            return outer in self._around(inner)
        return self._inside is not None and bool(self._inside(inner, outer))

    def meets(self, one: str | None, other: str | None) -> bool:
        """Return whether two places may be one ground: equal, or one in the other, or one not stated."""
        return one is None or other is None or self.inside(one, other) or self.inside(other, one)

    def named_in(self, reading: Reading, start: int, end: int) -> str:
        """Return the place that a stretch of a report names or points at by an adjective; "" where none."""
        return next((place.name for place in reading.places if place.start >= start and place.end <= end), "")

    def pointed_at(self, words: Iterable[str]) -> str:
        """Return the place that adjectives or names (skeletons) point at, by their common stem: "egipsio" is Egypt; "" where none."""
        if self._bones is None:
            bones = {skeleton(name): self.country(name) for name in (*country_names().values(), *self.names) if len(name) > 3}
            self._bones = {}
            for bone, place in sorted(bones.items()):
                self._bones.setdefault(bone[:_STEM], []).append((bone, place))
        for word in words:
            if word not in self._pointed:
                self._pointed[word] = self._by_stem(word)
            if self._pointed[word]:
                return self._pointed[word]
        return ""

    def _by_stem(self, word: str) -> str:
        best, length = "", _STEM - 1
        for bones, place in (self._bones or {}).get(word[:_STEM], ()):
            common = 0
            for a, b in zip(word, bones, strict=False):
                if a != b:
                    break
                common += 1
            if common > length and common >= len(bones) - 3:
                best, length = place, common
        return best

    def home(self, reading: Reading) -> str:
        """Return the country (or, unknown, the place) most of a report's claims lie in; "" where no claim names a place."""
        ground = Counter(self.country(c.where) for c in reading.claims if c.where and c.event in GROUND)
        found = ground or Counter(self.country(c.where) for c in reading.claims if c.where)
        return min(found.items(), key=lambda item: (-item[1], item[0]))[0] if found else ""
