"""What the shared invented events hold, read off the development documents and their notes, and what of it an account found, missed or invented.

Names are compared as the account takes them apart, so that an article or a title more or less is no miss.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from temoin.account.names import role, take_apart
from temoin.records_account import Account

SCENARIOS = ("S1", "S2", "S3")
#: Names under which one party must be found together, by scenario.
PARTIES = {
    "S1": [
        {"Volzhsky Listok", "Volzhski Listok", "Wolschski Listok", "Волжский листок"},
        {"Anton Belykh", "Антон Белых"},
        {"Vera Sokolova", "Wera Sokolowa"},
        {"Marina Orlova", "Marina Orlowa"},
        {"Timour", "Timur"},
        {"Kaspiy-Inform", "Каспий-информ"},
        {"Paul Desmaret", "Desmaret"},
    ],
    "S2": [{"Samir Halim", "Самир Халим", "Halim", "Халим"}, {"Ilse Brandt", "Ильзе Брандт"}],
    "S3": [
        {"Hernán Rueda", "Эрнан Руэда"},
        {"Gloria Paz", "Глория Пас", "Paz"},
        {"Casa Puente", "Каса Пуэнте"},
        {"Observatorio Vivo", "Обсерваторио Виво"},
        {"Die UN-Mission", "La misión de la ONU", "The UN mission", "Миссия ООН"},
        {"la Policía Nacional", "Polícia Nacional", "die Polizei", "Полиция"},
    ],
}
#: Event type, place, origin, low, high: figures that stand after history is followed.
FIGURES = {
    "S1": [
        ("killing", "Astrakhan", "Volzhsky Listok", 9, 9),
        ("detention", "Astrakhan", "Volzhsky Listok", 61, None),
        ("evacuation", None, "North Bridge", 11, 11),
        ("evacuation", None, "Pont du Nord", 31, 31),
    ],
    "S2": [
        ("detention", "Minya", "Nile Rights Desk", 64, 64),
        ("judgment", "Minya", "Nile Rights Desk", 6, 6),
        ("torture", "Minya", "Samir Halim", 12, 12),
        ("torture", "Minya", "Nile Rights Desk", 10, 10),
        ("campaign", None, "Voices Across", 120_000, 120_000),
    ],
    "S3": [
        ("killing", "Buenaventura", "Observatorio Vivo", 17, 17),
        ("killing", "Buenaventura", "Hernán Rueda", 9, 9),
        ("killing", "Buenaventura", "Adaeze Okoro", 12, 12),
        ("abduction", "Buenaventura", "Observatorio Vivo", 5, 5),
        ("displacement", "Buenaventura", "Luis Ortega", 301, None),
        ("protest", "Buenaventura", "la Policía Nacional", 2000, 2000),
        ("campaign", None, "Colectivo Manglar", 8001, None),
        ("evacuation", None, "Casa Puente", 14, 14),
    ],
}
#: Report, speaker, stance, type of an event it answers.
DENIALS = {
    "S1": [
        ("ru-01", "Anton Belykh", "denies", "killing"),
        ("en-01", "Anton Belykh", "denies", "detention"),
        ("en-01", "Vera Sokolova", "doubts", "killing"),
        ("pt-01", "Ministério dos Negócios Estrangeiros português", "doubts", "killing"),
        ("ru-01", "Рустам Жумагалиев", "doubts", "killing"),
    ],
    "S2": [("fr-03", "le ministre égyptien de l'Intérieur", "denies", "torture"), ("en-03", "An official there", "denies", "torture")],
    "S3": [
        ("es-05", "Hernán Rueda", "denies", "killing"),
        ("en-06", "Police", "denies", "killing"),
        ("ru-06", "Широта", "doubts", "abduction"),
        ("fr-06", "le ministre de la Défense", "denies", "abduction"),
        ("de-06", "Gloria Paz", "denies", "killing"),
    ],
}
#: Promiser, type, low, state at the day of the latest report.
PROMISES = {
    "S1": [("Claire Montalvan", "asylum", 20, "open"), ("Refuge Sans Rive", "aid", None, "open"), ("Teresa Vilarinho", "protest", None, "overdue")],
    "S2": [("Samir Halim", "complaint", None, "overdue"), ("Rede Arco Livre", "aid", 8, "open")],
    "S3": [("Gloria Paz", "evacuation", 25, "open"), ("Gloria Paz", "aid", None, "open"), ("Casa Puente", "evacuation", None, "open")],
}
#: Kind, report that changed it: planted in the documents (their notes).
DRIFTS = {
    "S1": [
        ("bound", "pt-01"),
        ("bound", "es-01"),
        ("bound", "en-02"),
        ("speaker", "pt-01"),
        ("speaker", "en-02"),
        ("speaker", "de-02"),
        ("certainty", "en-02"),
        ("certainty", "fr-02"),
        ("certainty", "de-02"),
        ("stage", "en-02"),
        ("stage", "fr-02"),
    ],
    "S2": [
        ("speaker", "fr-03"),
        ("speaker", "es-04"),
        ("stale", "de-04"),
        ("stale", "pt-04"),
        ("stale", "es-04"),
        ("kind", "de-04"),
        ("kind", "pt-04"),
    ],
    "S3": [
        ("number", "en-06"),
        ("stage", "en-06"),
        ("speaker", "fr-06"),
        ("stage", "fr-06"),
        ("number", "pt-06"),
        ("speaker", "pt-06"),
        ("speaker", "es-06"),
        ("stage", "es-06"),
        ("bound", "es-06"),
        ("number", "de-06"),
        ("speaker", "de-06"),
        ("number", "ru-06"),
    ],
}
#: True findings that the notes do not plant: a promised visa told as asylum granted is a visa told as asylum, too.
ALSO_TRUE = {("kind", "en-02"), ("kind", "fr-02")}
#: Planted, and not to be found in the development documents: years of prison are no count, and what was raised on 29 April stands in none of them.
BEYOND = {
    "S1": ["stale figure of fr-02 and en-02", "“up to nine” told as nine in de-02", "Radio Lumière told as “French radio”"],
    "S2": ["one to six years told as six years, in three reports"],
    "S3": [],
}


class Found(NamedTuple):
    """What an account made of one list: what is right, what is lacking, what nobody wrote."""

    right: list[object]
    missed: list[object]
    invented: list[object]


def table(scenario: str, what: str, found: Found, beyond: Iterable[str] = ()) -> None:
    """Print one row, and below it what is missed and invented."""
    print(f"{scenario} {what:9} found {len(found.right):2}  missed {len(found.missed):2}  invented {len(found.invented):2}")
    for kind, rows in (("missed", found.missed), ("invented", found.invented), ("beyond reach", beyond)):
        for row in rows:
            print(f"      {kind} {row}")


def keys(names: Iterable[str]) -> set[tuple[str, ...]]:
    """Return what is left of names without titles and articles: bones, an office, or the words of somebody unnamed."""
    out: set[tuple[str, ...]] = set()
    for name in names:
        for lang in ("en", "fr", "ru", "es", "pt", "de"):
            apart = take_apart(name, lang)
            out.add(apart.bones if apart.sort == "name" else (apart.sort, apart.office or " ".join(sorted(role(apart.core, lang)[1]))))
    return out


def _sorted(found: list[object]) -> list[object]:
    return sorted(found, key=str)


def parties(got: Account, scenario: str) -> Found:
    """Return which parties stand together under all their names."""
    held = [keys(party.names) for party in got.parties]
    right = [names for names in PARTIES[scenario] if any(all(keys([name]) & one for name in names) for one in held)]
    return Found(list(right), [names for names in PARTIES[scenario] if names not in right], [])


def figures(got: Account, marked: Account, scenario: str) -> Found:
    """Return which figures stand at their origin. Invented: numbers of a named origin that nobody marked for that type of event."""
    rows = _standing(got)
    right: list[object] = []
    for kind, where, name, low, high in FIGURES[scenario]:
        if any(k == kind and where in (None, w) and keys([name]) & held and (lo, hi) == (low, high) for k, w, held, lo, hi, _ in rows):
            right.append((kind, where, name, low, high))
    true = {(kind, low, high) for kind, _, _, low, high, _ in _standing(marked)}
    invented = [(kind, name, low, high) for kind, _, _, low, high, name in rows if (kind, low, high) not in true]
    return Found(right, [row for row in FIGURES[scenario] if row not in right], _sorted(list(dict.fromkeys(invented))))


def _standing(got: Account) -> list[tuple[str, str | None, set[tuple[str, ...]], int | None, int | None, str]]:
    events = {event.id: event for event in got.events}
    origins = {origin.id: origin for origin in got.origins}
    names = {party.id: keys(party.names) for party in got.parties}
    return [
        (events[f.event].type, events[f.event].where, names.get(origins[f.origin].party or "", set()), f.low, f.high, origins[f.origin].name)
        for f in got.figures
        if f.superseded_by is None and f.change != "stale" and origins[f.origin].named
    ]


def denials(got: Account, marked: Account, scenario: str) -> Found:
    """Return which denials and doubts stand beside what they answer. Invented: answers of somebody who denies nothing in that report."""
    right: list[object] = []
    told = _told(got)
    for report, name, stance, answered in DENIALS[scenario]:
        if any(r == report and keys([name]) & held and s == stance and answered in events for r, held, s, events in told):
            right.append((report, name, stance, answered))
    true: dict[str, set[tuple[str, ...]]] = {}
    for report, held, _, _ in _told(marked):
        true.setdefault(report, set()).update(held)
    invented = [(report, sorted(held), stance) for report, held, stance, _ in told if not held & true.get(report, set())]
    return Found(right, [row for row in DENIALS[scenario] if row not in right], _sorted(list(invented)))


def _told(got: Account) -> list[tuple[str, set[tuple[str, ...]], str, set[str]]]:
    claims = {claim.id: claim for claim in got.claims}
    events = {event.id: event.type for event in got.events}
    names = {origin.id: origin.name for origin in got.origins}
    held = {party.id: set(party.names) for party in got.parties}
    return [
        (
            claims[d.claim].report,
            keys(held.get(d.by, set()) | {names[d.by].split(" (unnamed")[0]}),
            claims[d.claim].claim.stance,
            {events[e] for e in d.answers},
        )
        for d in got.denials
    ]


def promises(got: Account, marked: Account, scenario: str) -> Found:
    """Return which promises stand with their promiser and state. Invented: promises of a kind that nobody marked for the promiser."""
    told, true = _promised(got), _promised(marked)
    right = [row for row in PROMISES[scenario] if any(keys([row[0]]) & held and row[1:] == rest for held, rest, _ in told)]
    invented = [(name, *rest) for held, rest, name in told if not any(held & other and rest[0] == what[0] for other, what, _ in true)]
    return Found(list(right), [row for row in PROMISES[scenario] if row not in right], _sorted(list(invented)))


def _promised(got: Account) -> list[tuple[set[tuple[str, ...]], tuple[str, int | None, str], str]]:
    claims = {claim.id: claim.claim for claim in got.claims}
    names = {origin.id: origin.name for origin in got.origins}
    held = {party.id: set(party.names) for party in got.parties}
    out = []
    for c in got.commitments:
        count = claims[c.claim].count
        out.append((keys(held.get(c.by, set()) | {names[c.by]}), (claims[c.claim].event, count.low if count else None, c.state), names[c.by]))
    return out


def drifts(got: Account, scenario: str) -> Found:
    """Return which planted drifts are found in the report that holds them, and what is found where nobody planted it."""
    planted = DRIFTS[scenario]
    found = {(drift.kind, drift.later.rpartition("#")[0]) for drift in got.drifts}
    invented = [(d.kind, d.later, d.was, d.became) for d in got.drifts if (d.kind, d.later.rpartition("#")[0]) not in {*planted, *ALSO_TRUE}]
    return Found([row for row in planted if row in found], [row for row in planted if row not in found], _sorted(list(invented)))
