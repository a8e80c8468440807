"""Readings for the benchmarks, made by a seeded program from the marked development documents: other names, numbers, days and places.

Every story is a re-lettering of development documents: each name, and every third word, becomes another word of the same length, the same one
throughout the story, so that offsets stay true and unrelated stories share no five words in a row. Some reports are copies with words changed.
"""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from temoin.records import Claim, Reading

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LATIN, _CYRILLIC = "aeiourstlnmdkbpv", "аеиоурстлнмдкбпв"
PLACES = [
    f"{first}{last}"
    for first in ("Ar", "Bel", "Chor", "Dun", "El", "Far", "Gor", "Hal", "Il", "Jar")
    for last in ("abad", "ova", "esk", "ia", "ton", "ul")
]


def documents() -> list[dict[str, Any]]:
    """Return the development documents that hold claims. Raises FileNotFoundError where they are absent."""
    if not GOLD.is_dir():
        raise FileNotFoundError(f"{GOLD} is absent: the benchmarks make their reports from the development documents")
    rows = [json.loads(line) for path in sorted(GOLD.glob("dev-*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if row["claims"]]


class Story:
    """One re-lettering of the world: names, words, numbers, days and places of its own."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._words: dict[str, str] = {}
        self._numbers: dict[int, int] = {}
        self._months = self.random.randrange(-120, 1)
        self._places: dict[str, str] = {}

    def text(self, text: str) -> str:
        """Return a text of the same length in the story's words."""
        return _WORD.sub(lambda got: self._word(got[0]), text)

    def _word(self, word: str) -> str:
        key = word.casefold()
        if key not in self._words:
            if len(word) < 4 or not (word[0].isupper() or self.random.random() < 0.34):
                self._words[key] = ""
            else:
                letters = _CYRILLIC if "\u0400" <= word[0] <= "\u04ff" else _LATIN
                self._words[key] = "".join(self.random.choice(letters) for _ in word)
        new = self._words[key]
        return (new.capitalize() if word[0].isupper() else new) if new else word

    def claim(self, claim: dict[str, Any]) -> Claim:
        """Return a claim of the same place in the text, with the story's names, number, time and place."""
        row = {key: value for key, value in claim.items() if key != "optional"}
        row["quote"] = self.text(row["quote"])
        for key in ("claimant", "claimant_name", "via"):
            row[key] = self.text(row[key]) if row[key] else row[key]
        if row["count"]:
            row["count"] = {side: None if n is None else self._number(n) for side, n in row["count"].items()}
            low, high = row["count"]["low"], row["count"]["high"]
            if low is not None and high is not None and low > high:
                row["count"] = {"low": high, "high": low}
        row["when"] = _DAY.sub(self._day, row["when"]) if row["when"] else None
        row["where"] = self._places.setdefault(row["where"], self.random.choice(PLACES)) if row["where"] else None
        return msgspec.convert(row, Claim)

    def _number(self, n: int) -> int:
        if n not in self._numbers:
            self._numbers[n] = n if n < 2 else max(2, int(n * self.random.uniform(0.7, 1.6)))
        return self._numbers[n]

    def _day(self, got: re.Match[str]) -> str:
        month = int(got[1]) * 12 + int(got[2] or 1) - 1 + self._months
        return "-".join([f"{month // 12:04}", *([f"{month % 12 + 1:02}"] if got[2] else []), *([f"{min(28, int(got[3])):02}"] if got[3] else [])])

    def day(self, day: str) -> date:
        """Return a day of publication in the story's time."""
        return date.fromisoformat(_DAY.sub(self._day, day)) + timedelta(days=self.random.randrange(3))


def readings(count: int, seed: int = 7) -> list[Reading]:
    """Return so many readings: stories of one to sixty reports, as the press has where it takes one up; some are copies, half of them reworded."""
    rows = documents()
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["scenario"] or row["id"], []).append(row)
    keys = sorted(groups)
    chance = random.Random(seed)
    out: list[Reading] = []
    while len(out) < count:
        story = Story(chance.randrange(1 << 30))
        for _ in range(min(count - len(out), chance.randrange(1, 61))):
            row = chance.choice(groups[chance.choice(keys[:3]) if chance.random() < 0.5 else chance.choice(keys)])
            out.append(_reading(row, story, len(out), chance))
    return out


def _reading(row: dict[str, Any], story: Story, n: int, chance: random.Random) -> Reading:
    text = story.text(row["text"])
    if chance.random() < 0.5:
        text = rewritten(text, chance, 0.25)
    return Reading(
        id=f"r{n:06}", lang=row["lang"], published=story.day(row["published"]), outlet=story.text(row["outlet"] or "Outlet"), text=text,
        claims=tuple(story.claim(claim) for claim in row["claims"]),
    )  # fmt: skip


def rewritten(text: str, chance: random.Random, part: float) -> str:
    """Return a text of the same length with this part of its longer words made into others."""

    def other(got: re.Match[str]) -> str:
        word = got[0]
        return "".join(chance.choice(_LATIN) for _ in word) if len(word) > 3 and chance.random() < part else word

    return _WORD.sub(other, text)
