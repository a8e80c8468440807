"""Quantities against the public recognizer specifications: floors per language, lowered by nobody without a reason here.

What is missed on purpose: ages, durations, weights and money with a bound ("more than thirty years old", "weniger als 100 $") are no counts of
people or things; "est passé de 200 à 3000000" tells a change, not a range. German has three cases, one of which is money.
Two Portuguese cases name a stretch that their sentence does not hold.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from temoin.read.quantities import quantities
from temoin.records import Quantity

SPECS = Path(__file__).parents[3] / "shared" / "specs" / "ranges.jsonl"
FLOORS = {"en": 73 / 75, "fr": 69 / 73, "es": 84 / 87, "pt": 84 / 91, "de": 2 / 3}


def holds(case: dict[str, Any], found: list[Quantity]) -> bool:
    """Say whether each specified stretch is overlapped by a quantity with the specified bounds."""

    def fits(q: Quantity, wanted: dict[str, Any]) -> bool:
        at = case["text"].lower().find(wanted["text"].lower())
        low = q.low in wanted["low"] if wanted["low"] else q.low is None
        high = q.high in wanted["high"] if wanted["high"] else q.high is None
        return at >= 0 and q.start < at + len(wanted["text"]) and q.end > at and low and high

    return all(any(fits(q, wanted) for q in found) for wanted in case["ranges"])


@pytest.mark.parametrize("lang", FLOORS)
def test_the_specified_ranges_are_read(lang: str) -> None:
    if not SPECS.exists():
        pytest.skip(f"the specifications are not beside this checkout ({SPECS.name})")
    cases = [case for line in SPECS.read_text(encoding="utf-8").splitlines() if (case := json.loads(line))["lang"] == lang]
    right = [holds(case, quantities(case["text"], lang)) for case in cases]
    assert sum(right) / len(right) >= FLOORS[lang]
