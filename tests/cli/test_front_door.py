"""The front door: exit codes, errors as what was seen and a hint, results apart from talk, and nothing slow before it is needed."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin import __version__
from temoin.cli import run
from temoin.cli.talk import harmless

TEMOIN = [sys.executable, "-m", "temoin"]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"temoin {__version__}\n"


def test_help_needs_no_heavy_library() -> None:
    heavy = "('spacy', 'trafilatura', 'rich', 'numpy', 'babel')"
    code = f"import sys; from temoin.cli import run; run(['account', '--help']); print([m for m in {heavy} if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "seen"),
    [
        pytest.param(["account"], "Missing argument", id="no report"),
        pytest.param(["account", "x.txt", "--fast"], "No such option '--fast'", id="unknown option"),
        pytest.param(["account", "x.txt", "--today", "soon"], "'soon' is not a day", id="no day"),
        pytest.param(["account", "x.txt", "--lang", "French!"], "is not a language code", id="no language"),
        pytest.param(["account", "x.txt", "--jobs", "-1"], "-1", id="negative processes"),
        pytest.param(["account", "x.txt", "-o", "account.docx"], "'account.docx'", id="unknown kind of file"),
        pytest.param(["account", "x.txt", "-o", "account"], "'account'", id="file without a kind"),
        pytest.param(["account", "x.txt", "-o", "absent/account.html"], "there is no folder absent", id="absent folder"),
        pytest.param(["account", "x.txt", "--words", "la"], "no words in 'la'", id="no words in that language"),
        pytest.param(["read", "x.txt", "--json=yes"], "--json", id="flag with a value"),
        pytest.param(["dance"], "No such command 'dance'", id="unknown verb"),
    ],
)
def test_a_misused_command_exits_2_and_shows_an_example(arguments: list[str], seen: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("temoin: ")
    assert seen in told.err
    assert "\nhint: " in told.err
    assert "Traceback" not in told.err


def test_where_nothing_can_be_read_it_exits_1_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 8)
    assert run(["read", str(tmp_path / "empty.txt"), str(tmp_path / "noise.bin"), str(tmp_path / "absent.txt"), "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "unread: 3" in told.err
    for name in ("empty.txt", "noise.bin", "absent.txt"):
        assert name in told.err
    assert "nothing could be read" in told.err


def test_a_misunderstood_setting_exits_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("temoin.toml").write_text("[settings]\njobs = 'all'\n")
    assert run(["settings"]) == 2
    assert "jobs is 'all' (temoin.toml); it wants a whole number" in capsys.readouterr().err


def test_settings_say_where_each_value_came_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEMOIN_LANG", "fr")
    Path("temoin.toml").write_text("[settings]\njobs = 2\n")
    assert run(["settings"]) == 0
    told = capsys.readouterr().out
    assert "jobs = 2   [temoin.toml]" in told
    assert "lang = fr   [TEMOIN_LANG]" in told
    assert "today = empty   [default]" in told


def test_the_doctor_looks_at_everything(capsys: pytest.CaptureFixture[str]) -> None:
    run(["doctor"])
    told = capsys.readouterr().out
    for what in ("Python", "libraries", "language en", "language fr", "places", "SQLite", "memory", "free disk", "cores"):
        assert what in told


def test_the_text_is_printed_exactly(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    text = "Première ligne\n\n  deuxième « ligne »\t.\n"
    (tmp_path / "note.txt").write_text(text, encoding="utf-8")
    assert run(["read", str(tmp_path / "note.txt"), "--text"]) == 0
    assert capfdbinary.readouterr().out.decode() == text


def test_a_reader_that_has_enough_is_no_failure(tmp_path: Path) -> None:
    line = '{"text": "' + "A long report. " * 1000 + '"}\n'
    (tmp_path / "long.jsonl").write_text(line * 60, encoding="utf-8")
    with subprocess.Popen([*TEMOIN, "read", str(tmp_path / "long.jsonl"), "--text"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(10)
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(timeout=30) == 0


def test_ctrl_c_is_quiet_and_exits_130() -> None:
    with subprocess.Popen([*TEMOIN, "read", "-", "--text"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stderr is not None
        child.stdin.write(b"A line of a report.\n" * 100_000)  # more than a pipe holds: once it is written, the child is reading
        for _ in range(20):  # a signal between two system calls is noticed at the next one, which may wait for ever
            child.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=1)
                break
        assert child.returncode == 130
        assert child.stderr.read() == b""


def test_a_fault_in_temoin_is_told_without_a_trace(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object) -> None:
        raise LookupError("a drawer is missing")

    monkeypatch.setattr("temoin.desk.health.examine", fail)
    assert run(["doctor"]) == 1
    assert "a fault in Témoin (LookupError: a drawer is missing)" in capsys.readouterr().err
    monkeypatch.setenv("TEMOIN_FAULTS", "yes")
    with pytest.raises(LookupError):
        run(["doctor"])


@given(st.text())
def test_what_is_told_never_commands_a_terminal(text: str) -> None:
    told = harmless(text)
    assert len(told) == len(text)
    assert not any(ord(mark) < 0x20 and mark not in "\n\t" for mark in told)
    assert not set(told) & set("\x1b\x9b\x7f\u202e\u2066")
