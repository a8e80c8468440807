"""Other people's cases: dates with a day of publication, from Microsoft Recognizers-Text (../shared/specs/dates.jsonl).

A case is right where the first and the last day are exactly those specified (`temoin.read.timedays` has the convention). What stays wrong
on purpose: centuries, "the year" and "the day" alone, "three weeks later" where no time was stated before, dates in running figures.
Floors only rise.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from temoin.read.times import times

SPEC = Path(__file__).parents[3] / "shared" / "specs" / "dates.jsonl"
FLOORS = {"en": 87.0, "fr": 85.5, "es": 87.5, "pt": 92.5, "de": 87.5}  # per cent, measured 2026-11-20


def right(case: dict[str, Any]) -> bool:
    found = times(case["text"], case["lang"], date.fromisoformat(case["published"]))
    text = case["text"].lower()
    for wanted in case["times"]:
        at, length = text.find(wanted["text"].lower()), len(wanted["text"])
        near = [t for t in found if at >= 0 and t.start < at + length and t.end > at]
        if not any([str(t.first_day), str(t.last_day)] in wanted["spans"] for t in near):
            return False
    return True


@pytest.mark.skipif(not SPEC.exists(), reason="the specified dates (../shared/specs/dates.jsonl) are not on this machine")
def test_no_fewer_specified_dates_are_right_than_before() -> None:
    cases = [json.loads(line) for line in SPEC.read_text(encoding="utf-8").splitlines()]
    all_, good = Counter(c["lang"] for c in cases), Counter(c["lang"] for c in cases if right(c))
    shares = {lang: 100 * good[lang] / all_[lang] for lang in FLOORS}
    assert all(shares[lang] >= floor for lang, floor in FLOORS.items()), shares
