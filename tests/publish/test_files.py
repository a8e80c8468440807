"""Writing to a file: the ending chooses, the whole or nothing, and what stood there survives a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from temoin.errors import Misused, Unreachable
from temoin.publish import WRITERS, from_json, write
from temoin.publish import files as room
from tests.publish.accounts_for_pages import small

NEEDS = {".pdf": "typst", ".parquet": "pyarrow"}


@pytest.mark.parametrize("ending", WRITERS)
def test_every_known_ending_is_written(ending: str, tmp_path: Path) -> None:
    pytest.importorskip(NEEDS.get(Path(ending).suffix or ending, "json"), reason="the library for this kind is not installed")
    write(small(), tmp_path / f"account{ending}")
    assert (tmp_path / f"account{ending}").stat().st_size > 0
    assert [each.name for each in tmp_path.iterdir()] == [f"account{ending}"]


def test_the_longest_ending_decides_and_letters_may_be_large(tmp_path: Path) -> None:
    write(small(), tmp_path / "a.figures.CSV")
    assert (tmp_path / "a.figures.CSV").read_bytes().startswith(b"\xef\xbb\xbfevent_id,")
    write(small(), str(tmp_path / "b.json"))
    assert from_json((tmp_path / "b.json").read_bytes()) == small()


@pytest.mark.parametrize("name", ["account", "account.doc", ".html", "account.html.gz", "account."])
def test_an_unknown_ending_is_refused_with_the_known_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(Misused) as caught:
        write(small(), tmp_path / name)
    assert ".html" in str(caught.value.hint)
    assert ".parquet" in str(caught.value.hint)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        write(small(), tmp_path / "nowhere" / "a.html")


def test_a_folder_in_the_way_is_told_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "a.html").mkdir()
    with pytest.raises(Unreachable):
        write(small(), tmp_path / "a.html")
    assert [each.name for each in tmp_path.iterdir()] == ["a.html"]


def test_what_stood_there_is_kept_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    target.write_text("before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room.os, "fsync", full)
    with pytest.raises(Unreachable, match="No space left"):
        write(small(), target)
    assert target.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_a_replaced_file_keeps_its_rights_and_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "a.json", tmp_path / "latest.json"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)
    write(small(), link)
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert from_json(target.read_bytes()) == small()
