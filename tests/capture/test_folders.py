"""Folders, names and special files: a stable order, each thing once, nothing opened that would wait for ever."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from temoin import capture
from temoin.capture.names import from_file
from temoin.capture.original import shown
from temoin.records import Report, Unread
from tests.capture.makers import STORY, gathered


def tree(folder: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/deep/a.txt", ".hidden/x.txt", ".git.txt", "z.md"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{name}\n\n{STORY}")


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    tree(tmp_path)
    found = gathered(tmp_path)
    assert [Path(r.path or "").relative_to(tmp_path).as_posix() for r in found] == ["a.txt", "b.txt", "sub/c.txt", "sub/deep/a.txt", "z.md"]
    assert [r.id for r in found if isinstance(r, Report)] == ["a", "b", "c", "a-2", "z"]
    assert capture.count([str(tmp_path)]) == 5


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    tree(tmp_path)
    assert len(gathered(tmp_path / "b.txt", tmp_path, tmp_path / "sub")) == 5
    assert gathered(tmp_path / "b.txt", tmp_path)[0].path == str(tmp_path / "b.txt")


def test_a_loop_of_folders_ends(tmp_path: Path) -> None:
    tree(tmp_path)
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = gathered(tmp_path)
    assert sum(isinstance(r, Report) for r in found) == 5
    assert [r.path for r in found if isinstance(r, Unread)] == [str(tmp_path / "self")]


def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.txt"))
        reasons = [r.reason for r in gathered(tmp_path, "/dev/null") if isinstance(r, Unread)]
    assert [r.split(",")[0] for r in reasons] == ["a pipe", "a socket", "a device"]


def test_what_is_not_there_says_so_and_the_rest_is_read(tmp_path: Path) -> None:
    tree(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = gathered(tmp_path / "no.txt", tmp_path / "gone.txt", "https://news.example/x", tmp_path / "a.txt")
    reasons = [getattr(r, "reason", "read") for r in found]
    assert reasons == ["no such file or folder", "a link that leads nowhere", "an address; nothing is fetched here", "read"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unread(tmp_path: Path) -> None:
    tree(tmp_path)
    (tmp_path / "a.txt").chmod(0)
    assert "permission denied" in getattr(gathered(tmp_path / "a.txt")[0], "reason", "")


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert getattr(gathered(tmp_path)[0], "reason", "") == "an empty folder"


def test_code_lying_in_a_folder_is_no_report_unless_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("print(1)\n# words\n")
    assert isinstance(gathered(tmp_path)[0], Unread)
    assert isinstance(gathered(tmp_path / "x.py")[0], Report)


NAMES = [b"line\nbreak.txt", "émoji 🕯.txt".encode(), b"half\xff\xfe.txt", b"tab\t.txt", "خبر.txt".encode(), b"-.txt", b"...txt"]


@pytest.mark.parametrize("name", NAMES)
def test_any_file_name_gives_a_report_that_can_be_written_down(tmp_path: Path, name: bytes) -> None:
    file = os.fsencode(tmp_path) + b"/" + name
    with open(file, "wb") as out:  # noqa: PTH123  # a Path cannot be made of these bytes
        out.write(STORY.encode())
    (report,) = gathered(os.fsdecode(file))
    assert isinstance(report, Report)
    assert report.id
    assert report.id.isprintable()
    assert (report.path or "").isprintable()
    msgspec.json.encode(report)


def test_names_are_shown_without_control_or_half_characters() -> None:
    assert shown("a\nb\x1b[31m") == "a\\nb\\x1b[31m"
    assert shown("a\udcff") == "a\ufffd"
    assert shown("\ud83d") == "?"
    assert from_file("Le rapport — final (2).pdf") == "Le-rapport-final-2"
    assert from_file("x.warc.gz") == "x"


def test_standard_input_may_be_any_kind(tmp_path: Path) -> None:
    (report,) = capture.gather(["-"], stdin=io.BytesIO(STORY.encode()))
    assert isinstance(report, Report)
    assert (report.id, report.path, report.text) == ("stdin", "-", STORY)
    (none,) = capture.gather(["-"])
    assert isinstance(none, Unread)


def test_a_large_standard_input_is_kept_on_disk_not_in_memory() -> None:
    lines = b'{"text": "' + b"x" * 1000 + b'"}\n'
    found = list(capture.gather(["-"], stdin=io.BytesIO(lines * 3000), limits=capture.Limits(file_bytes=100_000)))
    assert sum(isinstance(r, Report) for r in found) == 3000


def test_plain_text_needs_none_of_the_heavy_libraries(tmp_path: Path) -> None:
    tree(tmp_path)
    heavy = "{'trafilatura', 'lxml', 'docx', 'pypdfium2', 'warcio', 'py3langid', 'spacy', 'requests'}"
    code = f"import sys; from temoin import capture; assert list(capture.gather([{str(tmp_path)!r}])); print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_originals_know_digest_kind_and_size_and_open_again(tmp_path: Path) -> None:
    tree(tmp_path)
    (original,) = capture.originals([str(tmp_path / "a.txt")])
    assert isinstance(original, capture.Original)
    assert (original.kind, original.size_bytes) == ("text", (tmp_path / "a.txt").stat().st_size)
    assert original.content() == original.content() == (tmp_path / "a.txt").read_bytes()
