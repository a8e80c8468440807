"""The threat table keeps its word: every row names a test that exists, and what is not built claims nothing. And the tests that had no other home."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from temoin.desk.mirror import write_log
from temoin.desk.workspace import Workspace
from temoin.seal.entry import decode, encode
from temoin.seal.static import StaticLog
from tests.seal.authority import Authority, needs_openssl

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "explanation" / "threats.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The rows of the table below a heading, as lists of cells."""
    below = PAGE.split(heading, 1)[1]
    table = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert table
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[0].splitlines()[2:]]


def test_every_protection_that_is_claimed_has_its_test() -> None:
    there = {name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)}
    claimed = set(re.findall(r"`(test_\w+)`", PAGE))
    assert claimed <= there, claimed - there
    evidence = rows("## The evidence")
    assert len(evidence) > 20
    assert [row[0] for row in evidence if len(row) != 3 or not re.findall(r"`(test_\w+)`", row[2])] == []
    for place in re.findall(r"`(tests/[\w/.]+)`", PAGE):
        assert (ROOT / place).exists(), place


def test_what_is_not_built_is_said_so_until_it_is() -> None:
    planned = rows("### Not built yet")
    assert planned
    for attacker, _, room in planned:
        assert not (ROOT / "src" / "temoin" / room.strip("`")).exists(), f"{room} is there now: {attacker!r} wants its test"


@pytest.mark.slow
def test_a_million_guesses_at_a_public_log_find_nothing(tmp_path: Path) -> None:
    """A reader of the public log knows everything of an entry but a name of six digits and the salt, and tries all names."""
    with Workspace.init(tmp_path / "archive", "example.org/log", []) as made:
        (tmp_path / "a.txt").write_text("testimony of 123456")
        (added,) = made.add([tmp_path / "a.txt"])
        case = made.ledger.one(added.index).case
        from temoin.store.draft import Draft

        (index,) = made.ledger.seal([Draft(kind="judgement", case=case, detail={"name": "123456"})])
        write_log(made, tmp_path / "public", None)
        letter = made.ledger.one(index).letter
        assert letter
    leaves = list(StaticLog(lambda name: (tmp_path / "public" / name).read_bytes()).entries(index + 1))
    assert {len(leaf) for leaf in leaves} == {42}
    public = {leaf[10:] for leaf in leaves}
    before, after = letter.body.split(b"123456")
    assert encode(decode(before + b"000000" + after))  # a guess is an entry like any other
    label = b"temoin/commit/v1\0"
    for n in range(1_000_000):
        body = hashlib.sha256(before + b"%06d" % n + after).digest()
        assert body not in public
        assert hashlib.sha256(label + body).digest() not in public
    assert hmac.digest(letter.salt, label + hashlib.sha256(letter.body).digest(), "sha256") in public  # with the salt it takes one


@needs_openssl
@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")
def test_a_machine_set_back_thirty_days_is_told_so_and_gets_no_stamp(tmp_path: Path) -> None:
    """The program itself, on a machine whose clock was set back: two honest authorities, no stamp, a sentence, exit code 1."""
    Workspace.init(tmp_path / "archive", "example.org/log", []).close()
    authority = Authority(tmp_path / "tsa")

    class Honest(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            reply = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Honest)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        words = [sys.executable, "-m", "temoin", "stamp", "-w", str(tmp_path / "archive"), "--authority", url, str(authority.folder / "ca.pem")]
        around = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        for shift, code, said in (("-30d", 1, "not counted: the authority's clock says"), ("+0d", 0, "UTC")):
            done = subprocess.run(["faketime", "-f", shift, *words], capture_output=True, text=True, timeout=120, env=around)
            assert (done.returncode, said in done.stdout) == (code, True), done.stdout + done.stderr
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    said = subprocess.run(
        [sys.executable, "-m", "temoin", "verify", str(tmp_path / "archive"), "--json"], capture_output=True, text=True, timeout=120
    )
    assert json.loads(said.stdout)["problems"] == []
