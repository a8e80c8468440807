"""The threat table keeps its word: every test that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_protection_that_is_claimed_has_its_test() -> None:
    claimed = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "explanation" / "threats.md").read_text()))
    there = {name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)}
    assert len(claimed) > 25
    assert claimed <= there, claimed - there
