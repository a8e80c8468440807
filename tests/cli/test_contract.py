"""The contract of `temoin read --json`: one object a line, in the order given, its offsets cutting what they name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from temoin.cli import run
from temoin.records import Reading

DEMO = Path(__file__).parents[2] / "demo" / "reports"

#: DESIGN section 5, in its order; more may stand between.
FIELDS = ("id", "path", "sha256", "lang", "published", "outlet", "title", "furniture", "statements", "quantities", "times", "places", "claims")
EXACT = ("statements", "quantities", "times", "places", "claims")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """What `temoin read --json` writes for the demo, line by line."""
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-m", "temoin", "read", str(DEMO), "--json"], capture_output=True, check=True)
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def objects(lines: list[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines]


def test_every_report_of_the_demo_is_one_line(objects: list[dict[str, Any]]) -> None:
    assert len(objects) == 13  # eleven files, one of which holds three reports
    assert len({one["id"] for one in objects}) == 13
    assert [one["path"] for one in objects] == sorted(one["path"] for one in objects)


def test_every_field_of_the_contract_stands_in_its_order(objects: list[dict[str, Any]]) -> None:
    for one in objects:
        assert [name for name in one if name in FIELDS] == list(FIELDS)


def test_offsets_cut_what_they_name(objects: list[dict[str, Any]]) -> None:
    for one in objects:
        text = one["text"]
        for claim in one["claims"]:
            assert text[claim["start"] : claim["end"]] == claim["quote"]
        spans = [statement[part] for statement in one["statements"] for part in ("source", "cue") if statement[part]]
        spans += [claim[part] for claim in one["claims"] for part in ("trigger", "claimant_span", "cue", "counted") if claim[part]]
        for span in spans:
            assert text[span["start"] : span["end"]] == span["text"]
        for kind in EXACT:
            assert all(0 <= found["start"] < found["end"] <= len(text) for found in one[kind])


def test_a_line_is_a_reading_and_is_written_the_same_again(lines: list[bytes]) -> None:
    for line in lines:
        assert msgspec.json.encode(msgspec.json.decode(line, type=Reading)) == line


def test_the_digest_is_that_of_the_file_as_received(objects: list[dict[str, Any]]) -> None:
    import hashlib

    for one in objects:
        if one["id"].startswith("0"):
            (file,) = DEMO.glob(f"{one['id']}.*")
            assert one["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_reports_come_in_the_order_given(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("zebra", "apple"):
        (tmp_path / f"{name}.txt").write_text("The Kremlin denied that three men had been detained in Chechnya.")
    assert run(["read", str(tmp_path / "zebra.txt"), str(tmp_path / "apple.txt"), "--json"]) == 0
    assert [json.loads(line)["id"] for line in capfd.readouterr().out.splitlines()] == ["zebra", "apple"]


def test_json_lines_keep_their_ids_texts_and_what_they_say_of_themselves(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told = {"id": "x-1", "text": "Menu\n\nThree men were detained in Moscow yesterday.\n", "published": "2017-05-12", "outlet": "Quay", "lang": "en"}
    (tmp_path / "in.jsonl").write_text(json.dumps(told))
    assert run(["read", str(tmp_path / "in.jsonl"), "--json"]) == 0
    one = json.loads(capfd.readouterr().out)
    assert {name: one[name] for name in told} == told


def test_a_language_on_the_command_line_is_for_reports_that_do_not_say(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": "a", "text": "Paris.", "lang": "en"}\n{"id": "b", "text": "Paris."}\n')
    assert run(["read", str(tmp_path / "in.jsonl"), "--json", "--lang", "FR"]) == 0
    assert [json.loads(line)["lang"] for line in capfd.readouterr().out.splitlines()] == ["en", "fr"]


def test_half_characters_cost_one_report_and_are_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": "a", "text": "Half: \\ud83d."}\n{"id": "b", "text": "Whole."}\n')
    assert run(["read", str(tmp_path / "in.jsonl"), "--json"]) == 0
    assert "b" in [json.loads(line)["id"] for line in capfd.readouterr().out.splitlines()]


def test_nothing_but_results_goes_to_stdout(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "good.txt").write_text("Three men were detained in Moscow.")
    assert run(["read", str(tmp_path), "--json"]) == 0
    told = capfd.readouterr()
    assert len(told.out.splitlines()) == 1
    assert "empty.txt" in told.err
