"""Time stamps: only for our question, from our root, by a clock near ours."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from temoin.errors import Broken, TemoinError, Unverified
from temoin.seal import stamp
from tests.seal.authority import Authority, needs_openssl

DATA = b"example.org/log\n5\nroot\n"
pytestmark = needs_openssl


def _now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module", params=["rsa:2048", "P-256"])
def authority(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "a", key=request.param)


def _take(authority: Authority, send: Callable[[bytes], bytes] | None = None, now: Callable[[], datetime] = _now) -> tuple[bytes, stamp.Stamp]:
    return stamp.take(DATA, [stamp.read_root(authority.root)], send or authority.answer, now)


@pytest.mark.parametrize("chain", [False, True], ids=["sorted", "unsorted set"])
def test_a_stamp_is_taken_and_read_back(authority: Authority, chain: bool) -> None:
    reply, made = _take(authority, lambda q: authority.answer(q, chain=chain))
    assert abs(made.at - _now()) < timedelta(minutes=1)
    assert stamp.verify(reply, DATA, [stamp.read_root(authority.root)]) == made


def test_a_stamp_of_anything_else_is_refused(authority: Authority, tmp_path: Path) -> None:
    reply, _ = _take(authority)
    roots = [stamp.read_root(authority.root)]
    with pytest.raises(Unverified):
        stamp.verify(reply, DATA + b"!", roots)
    with pytest.raises(Unverified):
        stamp.verify(reply, DATA, [])
    twin = Authority(tmp_path / "twin")  # same names, other keys
    with pytest.raises(Unverified):
        stamp.verify(reply, DATA, [stamp.read_root(twin.root)])
    assert stamp.verify(reply, DATA, [stamp.read_root(twin.root), *roots])


def test_an_old_reply_does_not_answer_a_new_question(authority: Authority) -> None:
    old, _ = _take(authority)
    with pytest.raises(Unverified):
        _take(authority, lambda q: old)


def test_no_changed_byte_makes_another_time(authority: Authority) -> None:
    reply, made = _take(authority)
    roots = [stamp.read_root(authority.root)]
    for at in range(0, len(reply), 23):
        bad = reply[:at] + bytes([reply[at] ^ 1]) + reply[at + 1 :]
        try:
            assert stamp.verify(bad, DATA, roots).at == made.at, at
        except TemoinError:
            continue
    for cut in range(0, len(reply), 211):
        with pytest.raises(TemoinError):
            stamp.verify(reply[:cut], DATA, roots)


@pytest.mark.parametrize("days", [3, -3])
def test_a_lying_clock_is_not_counted(authority: Authority, days: int) -> None:
    # Seen from here, an authority three days ahead is the same as our clock three days behind.
    with pytest.raises(Unverified, match="clock"):
        _take(authority, now=lambda: _now() - timedelta(days=days))


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")
def test_an_authority_with_a_false_clock_is_not_counted(authority: Authority) -> None:
    for shift in ("+3d", "-3d"):
        with pytest.raises(Unverified):
            _take(authority, lambda q, shift=shift: authority.answer(q, faketime=shift))  # type: ignore[misc]


def openssl_verifies(folder: Path, reply: bytes, data: bytes, root: bytes) -> bool:
    """Ask the second implementation: `openssl ts -verify` over the same reply, data and root."""
    for name, content in (("reply.tsr", reply), ("data", data), ("root.pem", root)):
        (folder / name).write_bytes(content)
    words = ["openssl", "ts", "-verify", "-in", "reply.tsr", "-data", "data", "-CAfile", "root.pem"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert ("Verification: OK" in done.stdout) == (done.returncode == 0), done.stdout
    return done.returncode == 0


@pytest.mark.parametrize("chain", [False, True], ids=["sorted", "unsorted set"])
def test_openssl_verifies_the_stamps_that_we_take_and_refuses_those_that_we_refuse(authority: Authority, tmp_path: Path, chain: bool) -> None:
    reply, _ = _take(authority, lambda q: authority.answer(q, chain=chain))
    assert openssl_verifies(tmp_path, reply, DATA, authority.root)
    twin = Authority(tmp_path / "twin")
    flipped = reply[:-1] + bytes([reply[-1] ^ 1])
    for bad, data, root in ((reply, DATA + b"!", authority.root), (flipped, DATA, authority.root), (reply, DATA, twin.root)):
        assert not openssl_verifies(tmp_path, bad, data, root)
        with pytest.raises(TemoinError):
            stamp.verify(bad, data, [stamp.read_root(root)])


def test_what_is_no_time_stamp_is_said_so() -> None:
    root = stamp.read_root
    with pytest.raises(TemoinError):
        root(b"nonsense")
    with pytest.raises(Broken):
        stamp.sort_certificates(b"\x30\x03\x02\x01")
