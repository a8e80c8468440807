"""How the gazetteer is packed into one file; the layout that `temoin.read.gazetteer` opens. The same inputs give the same bytes."""

from __future__ import annotations

import json
import math
import struct
import sys
import zlib
from array import array
from collections import defaultdict

from temoin.read.gazetteer import (
    DOUBTFUL,
    GIVEN,
    LANGUAGES,
    LONGEST_SHIFT,
    MAGIC,
    NO_DEGREES,
    NO_ID,
    NOWHERE,
    ORDINARY_SHIFT,
    ROW,
    SEVERAL,
    digest,
    fold,
    split_name,
)
from tools.gazetteer.inflect import INFLECT
from tools.gazetteer.sources import HERE, Source, places, table

MOST_WORDS = 7  # three bits


def _lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def _rows(found: list[Source], number: dict[str, int]) -> tuple[bytes, bytes]:
    rows, names, at = bytearray(), bytearray(), {}
    for place in found:
        if place.name not in at:
            at[place.name] = len(names)
            names += place.name.encode()
        size = min(255, round(6 * math.log2(place.population))) if place.population > 1 else 0
        within = number.get(place.within, NOWHERE) if place.within else NOWHERE
        lat = NO_DEGREES if place.lat is None else round(place.lat * 1e4)
        lon = NO_DEGREES if place.lon is None else round(place.lon * 1e4)
        country = (place.country or "--").encode()
        # the struct holds signed numbers for degrees only; "nowhere" is unsigned
        rows += ROW.pack(country, within, lat, lon, size, place.kind, at[place.name], len(place.name.encode()))
    return bytes(rows), bytes(names)


def _index(found: list[Source]) -> tuple[array[int], array[int], array[int]]:
    lines = _lines("never.txt")
    never: set[tuple[str, ...]] = {(word,) for line in lines if not line.startswith("=") for part in line.split() for word in split_name(part)}
    never |= {tuple(split_name(name)) for line in lines if line.startswith("=") for name in line.split(";")}
    ordinary = {word: langs for word, *langs in map(str.split, _lines("ordinary.txt"))}
    ordinary |= {word: list(LANGUAGES) for line in _lines("generic.txt") for part in line.split() for word in split_name(part)}
    bearers: dict[str, list[int]] = defaultdict(list)
    longest: dict[str, int] = defaultdict(int)
    for row, place in enumerate(found):
        main, firm = split_name(place.name), {tuple(split_name(name)) for name in place.names - place.doubtful}
        for words in sorted({tuple(split_name(name)) for name in place.names}):
            if not words or len(words) > MOST_WORDS or len("".join(words)) < 2 or words in never:
                continue
            if place.key.startswith("#") and len(words) == 1 and words[0] in ordinary and list(words) != main and place.population < 500_000:
                continue  # a small town's other name that is an ordinary word
            bearers[" ".join(words)].append(row if words in firm else row | DOUBTFUL)
            if len(words) > 1:
                longest[words[0]] = max(longest[words[0]], len(words))
    given = {fold(word) for line in _lines("given.txt") for word in line.split()}
    postings: array[int] = array("I")
    pairs = []
    for name in sorted({*bearers, *longest}):
        rows = bearers.get(name, [])
        value = NO_ID if not rows else rows[0]
        if len(rows) > 1:
            value = len(postings) | SEVERAL
            postings.append(len(rows))
            postings.extend(rows)
        value |= longest.get(name, 0) << LONGEST_SHIFT
        value |= sum(1 << at for at, lang in enumerate(LANGUAGES) if lang in ordinary.get(name, ())) << ORDINARY_SHIFT
        value |= GIVEN if name in given else 0
        pairs.append((digest(name), value))
    pairs.sort()
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("two names share a digest")
    if len(postings) >= NO_ID or len(found) >= NO_ID:
        raise ValueError("too many places for 20 bits")
    return array("Q", (key for key, _ in pairs)), array("I", (value for _, value in pairs)), postings


def _adjectives(found: list[Source], number: dict[str, int], lang: str) -> bytes:
    largest: dict[str, Source] = {}
    for place in found:
        if place.key.startswith("#") and place.population > getattr(largest.get(place.name), "population", 0):
            largest[place.name] = place
    forms: dict[str, int] = {}
    for key, listed in table("demonyms.toml")[lang].items():
        if key.startswith("="):
            if key[1:] not in largest:
                raise ValueError(f"no city is called {key[1:]!r}")
            row = number[largest[key[1:]].key]
        else:
            row = number[key]
        for base in listed.split():
            for form in INFLECT[lang](base.replace("_", " ")):
                forms.setdefault(" ".join(split_name(form)), row)
    by_row: dict[int, list[str]] = defaultdict(list)
    for form, row in sorted(forms.items()):
        by_row[row].append(form)
    return zlib.compress("\n".join("\t".join([str(row), *own]) for row, own in sorted(by_row.items())).encode(), 9)


def pack() -> bytes:
    """Return the whole gazetteer as one file."""
    found = places()
    number = {place.key: row for row, place in enumerate(found)}
    rows, names = _rows(found, number)
    numbers = _index(found)
    if sys.byteorder == "big":
        for part in numbers:
            part.byteswap()
    held = {str(row): [number[area] for area in place.held] for row, place in enumerate(found) if place.held}
    extra = json.dumps({"held": held, "cues": table("cues.toml")}, ensure_ascii=False, sort_keys=True)
    parts = {"digests": numbers[0].tobytes(), "values": numbers[1].tobytes(), "postings": numbers[2].tobytes(), "rows": rows, "names": names}
    parts |= {"adjectives-" + lang: _adjectives(found, number, lang) for lang in LANGUAGES}
    parts["extra"] = zlib.compress(extra.encode(), 9)
    sections, at = {}, 0
    for name, section in parts.items():
        sections[name] = [at, len(section)]
        at += len(section)
    header = json.dumps(sections).encode()
    return MAGIC + struct.pack("<I", len(header)) + header + b"".join(parts.values())
