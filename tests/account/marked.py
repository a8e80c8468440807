"""Readings made from the marked development documents, so that the account can be checked apart from the reader."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import msgspec

from temoin.records import Claim, Place, Reading

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
#: Facts of geography that a gazetteer would know.
COUNTRY = {
    "Astrakhan": "RU",
    "Akhtubinsk": "RU",
    "Moscow": "RU",
    "Lyon": "FR",
    "Paris": "FR",
    "Tbilisi": "GE",
    "Minya": "EG",
    "Cairo": "EG",
    "Berlin": "DE",
    "Hamburg": "DE",
    "São Paulo": "BR",
    "Amman": "JO",
    "Buenaventura": "CO",
    "Bogotá": "CO",
}
INSIDE = {("Akhtubinsk", "Astrakhan")}


def inside(inner: str, outer: str) -> bool:
    """Return whether one place lies in another, as far as the scenarios need it."""
    return (inner, outer) in INSIDE


def readings(scenario: str | None = None) -> list[Reading]:
    """Return the readings of one scenario, all languages together; of all documents where it is None."""
    out = []
    for path in sorted(GOLD.glob("dev-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if scenario is not None and row["scenario"] != scenario:
                continue
            claims = [{key: value for key, value in claim.items() if key != "optional"} for claim in row["claims"]]
            places = [
                Place(start=c["start"], end=c["end"], name=c["where"], country=COUNTRY[c["where"]], lat=None, lon=None)
                for c in claims
                if c["where"] in COUNTRY
            ]
            out.append(
                Reading(
                    id=row["id"],
                    lang=row["lang"],
                    published=date.fromisoformat(row["published"]) if row["published"] else None,
                    outlet=row["outlet"],
                    text=row["text"],
                    claims=tuple(msgspec.convert(c, Claim) for c in claims),
                    places=tuple(places),
                )
            )
    return out


def echo_pairs() -> set[tuple[str, str]]:
    """Return (copy, source) as they are marked."""
    rows = [json.loads(line) for path in sorted(GOLD.glob("dev-*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return {(row["id"], row["echo_of"]) for row in rows if row["echo_of"]}
