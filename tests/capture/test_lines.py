"""JSON Lines: one report or reading a line; a bad line costs nobody but itself."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from temoin import capture
from temoin.records import Claim, Reading, Report, Unread
from tests.capture.makers import STORY, gathered


def written(tmp_path: Path, *lines: object) -> Path:
    file = tmp_path / "some.jsonl"
    file.write_bytes(b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines))
    return file


def test_every_known_key_is_taken_and_unknown_ones_are_passed_over(tmp_path: Path) -> None:
    file = written(tmp_path, {"id": "r1", "text": "Words\r\nas given", "title": "T", "published": "2031-05-03", "outlet": "O", "url": "https://a.example/x",
                              "lang": "pt-BR", "claims": [{"quote": "x"}], "kind": "wire"})  # fmt: skip
    (report,) = gathered(file)
    assert isinstance(report, Report)
    assert (report.id, report.text, report.title, report.outlet, report.url) == ("r1", "Words\r\nas given", "T", "O", "https://a.example/x")
    assert (report.published, report.lang) == (date(2031, 5, 3), "pt")


def test_a_bad_line_is_unread_with_its_number_and_the_others_are_read(tmp_path: Path) -> None:
    deep = b'{"text": "x", "k": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    file = written(tmp_path, {"text": "one"}, b'{"text": "two"', b"", {"id": 4}, {"text": 5}, b"\xff\xfe{", deep, [1], {"text": "nine"})
    found = gathered(file)
    assert [f.text for f in found if isinstance(f, Report)] == ["one", "nine"]
    reasons = [f.reason for f in found if isinstance(f, Unread)]
    assert [r.split(":")[0] for r in reasons] == ["line 2", "line 4", "line 5", "line 6", "line 7", "line 8"]
    assert "nested too deep" in reasons[4]
    assert all(f.hint for f in found if isinstance(f, Unread))


def test_the_same_id_twice_is_told_apart(tmp_path: Path) -> None:
    wishes: list[dict[str, object]] = [{"id": "a"}, {"id": "a"}, {"id": "a-2"}, {}, {}, {"id": 7}]
    file = written(tmp_path, *({**wish, "text": "Words"} for wish in wishes))
    assert [r.id for r in gathered(file) if not isinstance(r, Unread)] == ["a", "a-2", "a-2-2", "some", "some-2", "7"]


def test_half_characters_and_odd_fields_cost_no_report(tmp_path: Path) -> None:
    file = written(tmp_path, {"id": "a\nb\x00", "text": "x", "published": "yesterday", "lang": "Klingon!", "title": 7, "outlet": ["x"]})
    (report,) = gathered(file)
    assert isinstance(report, Report)
    assert report.id == "ab"
    assert report.published is None
    assert report.lang is None
    assert len(report.notes) == 2
    msgspec.json.encode(report)


def test_a_reading_comes_back_as_it_was_written(tmp_path: Path) -> None:
    claim = Claim(start=0, end=5, quote="Seven", event="detention", stance="asserts")
    reading = Reading(id="r", text=STORY, lang="en", published=date(2031, 5, 3), claims=(claim,), furniture=((1, 2),))
    assert gathered(written(tmp_path, msgspec.json.encode(reading))) == [reading]


FAR = {"start": 0, "end": 10**9, "source": None, "cue": None, "act": "says"}


@pytest.mark.parametrize("change", [{"claims": [{"start": "x"}]}, {"surprise": 1}, {"statements": [FAR]}])
def test_a_reading_that_disagrees_with_itself_is_unread(tmp_path: Path, change: dict[str, object]) -> None:
    line = json.loads(msgspec.json.encode(Reading(id="r", text="Words"))) | change
    (found,) = gathered(written(tmp_path, line))
    assert isinstance(found, Unread)
    assert found.reason.startswith("line 1: not a reading")


def test_a_line_with_claims_alone_is_a_report(tmp_path: Path) -> None:
    (found,) = gathered(written(tmp_path, {"text": "Words", "claims": []}))
    assert isinstance(found, Report)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes('{"text": "é1"}\r\n{"text": "é2"}\r\n'.encode(encoding))
    assert [r.text for r in gathered(file) if isinstance(r, Report)] == ["é1", "é2"]


def test_gzip_is_unfolded_and_a_bomb_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"text": "one"}\n' * 3))
    assert [r.id for r in gathered(file) if isinstance(r, Report)] == ["a", "a-2", "a-3"]
    file.write_bytes(gzip.compress(b'{"text": "one"}\n' + b" " * 5_000_000))
    report, stop = gathered(file, limits=capture.Limits(inflated_bytes=1_000_000))
    assert isinstance(report, Report)
    assert isinstance(stop, Unread)
    assert "unfolds to more than 1 MB" in stop.reason


def test_a_line_longer_than_allowed_is_passed_over(tmp_path: Path) -> None:
    file = written(tmp_path, {"text": "x" * 5000}, {"text": "two"})
    long, short = gathered(file, limits=capture.Limits(line_bytes=1000))
    assert isinstance(long, Unread)
    assert "line 1: 5 kB long" in long.reason
    assert isinstance(short, Report)


def test_json_lines_are_known_without_their_ending_and_from_standard_input(tmp_path: Path) -> None:
    data = b'{"text": "one", "id": "x"}\n{"text": "two"}\n'
    found = list(capture.gather(["-"], stdin=io.BytesIO(data)))
    assert [r.id for r in found if isinstance(r, Report)] == ["x", "stdin"]
    assert all(r.path == "-" for r in found)


def test_json_over_several_lines_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{\n "text": "one"\n}')
    (found,) = gathered(file)
    assert isinstance(found, Unread)
    assert "one object a line" in found.reason


@runs(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=6))
def test_any_lines_give_values_and_never_an_error(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    file = tmp_path_factory.mktemp("l") / "a.jsonl"
    file.write_bytes(b"\n".join(lines))
    for found in gathered(file):
        assert isinstance(found, Report | Unread)
        msgspec.json.encode(found)


@runs(max_examples=60, deadline=None)
@given(st.text(min_size=1).filter(str.strip))
def test_the_text_of_a_line_is_never_changed(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("l") / "a.jsonl"
    whole = text.encode("utf-8", "replace").decode()
    file.write_bytes(json.dumps({"text": whole}).encode() + b"\n")
    (found,) = gathered(file)
    assert isinstance(found, Report)
    assert found.text == whole
