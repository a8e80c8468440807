"""The gate: what the reader reaches on the marked development files is held. Floors are raised with each improvement; lowering one
needs a reason in floors.json. Development files are for finding kinds of mistakes: nobody tunes to them."""

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from temoin.read import read

GOLD = Path(__file__).parents[3] / "shared" / "gold"
FLOORS: dict[str, dict[str, float]] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["floors"]


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(document: dict[str, Any]) -> list[dict[str, Any]]:
    published = date.fromisoformat(document["published"]) if document["published"] else None
    reading = read(document["text"], published=published, outlet=document["outlet"], id=document["id"])
    assert reading.lang == document["lang"]
    claims: list[dict[str, Any]] = json.loads(msgspec.json.encode(reading.claims))
    return claims


@pytest.mark.parametrize("lang", FLOORS)
def test_the_reader_keeps_its_floor(lang: str) -> None:
    path = GOLD / f"dev-{lang}.jsonl"
    if not path.exists():
        pytest.skip(f"the marked documents are not beside the project: {path}")
    score = scorer()
    tally = score.Tally()
    sure = [0, 0]
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        predicted = predict(document)
        pairs = score.pair(document["claims"], predicted)
        tally.add(document["claims"], predicted, pairs)
        hit = {j for _, j in pairs}
        sure[0] += sum(c["sure"] and j in hit for j, c in enumerate(predicted))
        sure[1] += sum(c["sure"] for c in predicted)
        if not document["claims"]:
            assert predicted == [], f"{document['id']} tells no event of ours"
    rows = tally.rows()
    reached = {
        "event": rows["event"][2], "strict": rows["strict"][2], "stance not asserts": rows["stance not asserts"],
        "count where stated": rows["count where stated"], "claimant where named": rows["claimant where named"],
        "sure": round(100 * sure[0] / sure[1], 1),
    }  # fmt: skip
    print(lang, reached)
    below = {k: f"{reached[k]} < {floor}" for k, floor in FLOORS[lang].items() if reached[k] < floor}
    assert not below, f"{lang} fell below its floor: {below}"
