"""The gazetteer: which places bear a name, in six languages and two scripts, and what lies inside what.

One packed file, `data/gazetteer.bin`, written by `python -m tools.gazetteer` from GeoNames and CLDR. Names are kept as sorted
64-bit digests of their folded spelling, so that the file opens in milliseconds and holds no object per name; two different
names share a digest once in 10^8 files of this size. Everything here is read-only and loaded at first use.
"""

from __future__ import annotations

import json
import struct
import sys
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from temoin.errors import Broken, Unreachable

LANGUAGES = ("de", "en", "es", "fr", "pt", "ru")  # the order of the bits in Entry.ordinary
MAGIC = b"temoin-gazetteer-1\n"
DATA = Path(__file__).parent / "data" / "gazetteer.bin"
AREA, COUNTRY, REGION, CAPITAL, CITY = range(5)  # kinds of place

# One row a place: country, row it lies in, latitude and longitude in 1e-4 degrees, population as 6 * log2, kind, name.
ROW = struct.Struct("<2sIiiBBIB")
NOWHERE = 0xFFFFFFFF  # "lies in no other row"; no latitude
NO_DEGREES = -(2**31)
HOMONYM_SHARE = 0.05  # a homonym smaller than this share of the largest is not meant where only the name is given

# The bits of a name's value.
ID_BITS, SEVERAL, LONGEST_SHIFT, ORDINARY_SHIFT, GIVEN = 20, 1 << 20, 21, 24, 1 << 30
DOUBTFUL = 1 << 31  # of a value, or of one row in the postings: one source alone gives this name, and it is unlike the main one
NO_ID = (1 << ID_BITS) - 1

_LETTERS = {"ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
            "ı": "i", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ё": "е", "Ё": "е", "ə": "a", "Ə": "a"}  # fmt: skip


def _folding() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    table.update({ord(letter): plain for letter, plain in _LETTERS.items()})
    table.update(dict.fromkeys(range(0x300, 0x370)))  # marks that stand alone
    return table


_FOLDED = _folding()


def fold(word: str) -> str:
    """Return one word as the gazetteer spells it: lower case, Latin letters without their marks, «ё» as «е», «й» kept."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word).translate(_FOLDED).lower()


def digest(name: str) -> int:
    """Return the 64-bit digest of a folded name whose words are joined by single blanks."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def split_name(name: str) -> list[str]:
    """Return a name's words, folded: letters only, whatever stands between them."""
    words, word = [], []
    for char in name:
        if char.isalpha() or unicodedata.combining(char):
            word.append(char)
        elif word:
            words.append(fold("".join(word)))
            word = []
    if word:
        words.append(fold("".join(word)))
    return words


class Spot(NamedTuple):
    """One row of the gazetteer."""

    name: str  # English short name
    country: str | None  # ISO 3166-1 alpha-2
    lat: float | None
    lon: float | None
    population: float  # people, within 6 %; 0 where unknown
    kind: int
    within: int | None  # the row it lies in


class Entry(NamedTuple):
    """What the gazetteer knows of one name, or of the first word of longer names."""

    rows: tuple[int, ...]  # places of that name; none where only longer names begin so
    longest: int  # words of the longest name that begins with this word; 0 where the entry is not a first word
    ordinary: int  # one bit a language, in the order of LANGUAGES: the name is also an ordinary word
    given: bool  # the name is also somebody's first or family name
    doubtful: frozenset[int] = frozenset()  # those of the rows for which this name is one source's alone and unlike the main name


class Gazetteer:
    """The packed file, opened. Use `gazetteer()`: one copy a process."""

    def __init__(self, packed: bytes) -> None:
        """Open the packed file. Raises Broken where the bytes are not one."""
        if not packed.startswith(MAGIC):
            raise Broken(f"gazetteer begins with {packed[:20]!r}, wanted {MAGIC!r}", hint="run `python -m tools.gazetteer` again")
        try:
            (length,) = struct.unpack_from("<I", packed, len(MAGIC))
            start = len(MAGIC) + 4
            sections: dict[str, list[int]] = json.loads(packed[start : start + length])
            body = memoryview(packed)[start + length :]
            part = {name: body[at : at + size] for name, (at, size) in sections.items()}
            self._digests, self._values, self._postings = array("Q"), array("I"), array("I")
            for numbers, name in ((self._digests, "digests"), (self._values, "values"), (self._postings, "postings")):
                numbers.frombytes(part[name])
                if sys.byteorder == "big":
                    numbers.byteswap()
            self._rows, self._names = part["rows"], part["names"]
            self._adjectives = {lang: part["adjectives-" + lang] for lang in LANGUAGES}
            self._extra = json.loads(zlib.decompress(part["extra"]))
        except (struct.error, KeyError, ValueError, zlib.error) as err:
            raise Broken(f"gazetteer of {len(packed)} bytes cannot be opened: {err}", hint="run `python -m tools.gazetteer` again") from err
        self._held: dict[int, tuple[int, ...]] = {int(row): tuple(areas) for row, areas in self._extra["held"].items()}
        self.cues: dict[str, dict[str, str]] = self._extra["cues"]

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._rows) // ROW.size

    def entry(self, name: str) -> Entry | None:
        """Return what is known of a folded name, or None."""
        wanted = digest(name)
        at = bisect_left(self._digests, wanted)
        if at == len(self._digests) or self._digests[at] != wanted:
            return None
        value = self._values[at]
        number = value & NO_ID
        if value & SEVERAL:
            listed = self._postings[number + 1 : number + 1 + self._postings[number]]
        else:
            listed = array("I") if number == NO_ID else array("I", [value & (NO_ID | DOUBTFUL)])
        rows = tuple(row & NO_ID for row in listed)
        doubtful = frozenset(row & NO_ID for row in listed if row & DOUBTFUL)
        return Entry(rows, value >> LONGEST_SHIFT & 7, value >> ORDINARY_SHIFT & 63, bool(value & GIVEN), doubtful)

    def spot(self, row: int) -> Spot:
        """Return one place."""
        country, within, lat, lon, size, kind, at, length = ROW.unpack_from(self._rows, row * ROW.size)
        return Spot(
            str(self._names[at : at + length], "utf-8"),
            country.decode() if country != b"--" else None,
            None if lat == NO_DEGREES else lat / 1e4,
            None if lon == NO_DEGREES else lon / 1e4,
            2 ** (size / 6) if size else 0.0,
            kind,
            None if within == NOWHERE else within,
        )

    def around(self, row: int) -> set[int]:
        """Return every place that a place lies in, itself left out."""
        found: set[int] = set()
        todo = [row]
        while todo:
            here = todo.pop()
            within = self.spot(here).within
            for outer in (*(() if within is None else (within,)), *self._held.get(here, ())):
                if outer not in found:
                    found.add(outer)
                    todo.append(outer)
        return found

    def adjectives(self, lang: str) -> dict[str, int]:
        """Return the adjectives and names of peoples of one language, in lower case, words joined by blanks, each with its place."""
        packed = self._adjectives.get(lang)
        if packed is None:
            return {}
        lines = zlib.decompress(packed).decode().split("\n")
        return {form: int(row) for line in lines if line for row, *forms in [line.split("\t")] for form in forms}

    def named(self, name: str) -> list[int]:
        """Return the places whose English short name this is, largest first; homonyms far smaller than the largest left out."""
        words = split_name(name)
        entry = self.entry(" ".join(words)) if words else None
        if entry is None:
            return []
        rows = [(row, spot) for row in entry.rows for spot in [self.spot(row)] if split_name(spot.name) == words]
        if any(spot.kind <= COUNTRY for _, spot in rows):
            rows = [(row, spot) for row, spot in rows if spot.kind <= COUNTRY]
        largest = max((spot.population for _, spot in rows if spot.kind != REGION), default=0.0)
        least = HOMONYM_SHARE * largest
        return [row for row, spot in sorted(rows, key=lambda found: -found[1].population) if spot.population >= least or spot.kind == REGION]


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once. Raises Unreachable where its file is missing, Broken where it is damaged."""
    try:
        return Gazetteer(DATA.read_bytes())
    except OSError as err:
        raise Unreachable(f"{DATA.name} cannot be read: {err.strerror}", hint="run `python -m tools.gazetteer`") from err


@cache
def adjectives(lang: str) -> dict[str, int]:
    """Return `Gazetteer.adjectives` of one language, unpacked once."""
    return gazetteer().adjectives(lang)


def inside(inner: str, outer: str) -> bool:
    """Tell whether the place `inner` lies in the place `outer`, both by English short name; a place does not lie in itself.

    Where several places of like size bear a name, one pair is enough. Unknown names lie nowhere.
    """
    book = gazetteer()
    wanted, rows = set(book.named(outer)), book.named(inner)
    if wanted == set(rows):
        return False  # one name, be it of a town and of its province: Nan, Sfax
    return bool(wanted) and any(wanted & book.around(row) for row in rows)


def country_of(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of the country a place lies in, by its English short name; the largest of that name."""
    book = gazetteer()
    rows = book.named(name)
    return book.spot(rows[0]).country if rows else None
