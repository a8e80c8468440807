"""The second reader on the wire: a small server that speaks the protocol, and one that does everything wrong."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

import temoin.cli
from temoin.cli.model_http import MAX_ANSWER_BYTES

REPORT = "Nothing else happened in Brenn.\n\nAt least 14 families have slept under its roof, says Sister Odile Varga of the hospice.\n"
QUOTE = "At least 14 families have slept under its roof"
PROPOSAL = {"quote": QUOTE, "event": "aid", "stance": "asserts", "claimant": "Sister Odile Varga", "via": None, "trigger": None, "number": "14"}
INVENTED = PROPOSAL | {"quote": "At least 900 families have slept under its roof"}


def completion(content: Any) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


GOOD = completion(json.dumps({"claims": [PROPOSAL, INVENTED]}))
Wire = BaseHTTPRequestHandler


class Result(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


class Server:
    """A local server whose manners are a function of the handler; it keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        self.manners: Callable[[Wire], None] = say(200, GOOD)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                outer.keys.append(self.headers.get("Authorization"))
                outer.paths.append(self.path)
                try:
                    outer.manners(self)
                except OSError:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                """Be quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}/v1"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()


def say(status: int, body: bytes, **headers: str) -> Callable[[Wire], None]:
    def manners(wire: Wire) -> None:
        wire.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            wire.send_header(name.replace("_", "-"), value)
        wire.end_headers()
        wire.wfile.write(body)

    return manners


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.http.shutdown()
    one.http.server_close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def run(server: Server | str, *arguments: object, patience: str = "30", **more: str) -> Result:
    address = server if isinstance(server, str) else server.address
    env = {"TEMOIN_SECOND_READER": address, "TEMOIN_SECOND_MODEL": "small-model", "TEMOIN_SECOND_PATIENCE": patience, "TEMOIN_LANG": "en"} | more
    with CliRunner().isolation(env=env) as (out, err, _):
        code = temoin.cli.run([str(argument) for argument in arguments])
        return Result(code, out.getvalue().decode(), err.getvalue().decode())


def reading(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout.splitlines()[0])  # type: ignore[no-any-return]


def test_without_the_setting_no_server_is_asked(server: Server, report: Path) -> None:
    result = run("", "read", "--json", report)
    assert not server.asked and not any("second reader" in note for note in reading(result)["notes"])


def test_a_kept_proposal_is_marked_with_the_models_name_and_a_dropped_one_is_told(server: Server, report: Path) -> None:
    found = reading(run(server, "read", "--json", report, TEMOIN_SECOND_KEY="open-sesame"))
    (claim,) = [one for one in found["claims"] if one["proposed_by"]]
    assert (claim["quote"], claim["proposed_by"], claim["sure"]) == (QUOTE, "small-model", False)
    assert claim["count"] == {"low": 14, "high": None}
    assert found["notes"] == ["second reader (small-model): 1 of 2 proposals kept; 1 dropped, its quotation is not in the text"]
    assert server.keys == ["Bearer open-sesame"] and server.paths == ["/v1/chat/completions"]
    assert server.asked[0]["messages"][1]["content"] == REPORT.strip() and server.asked[0]["temperature"] == 0


def test_explain_and_the_account_say_that_a_language_model_proposed_it(server: Server, report: Path, tmp_path: Path) -> None:
    assert "check, proposed by the language model small-model" in run(server, "read", "--explain", report).stdout
    page = tmp_path / "account.html"
    assert run(server, "account", report, "-o", page).exit_code == 0
    assert "check: proposed by a language model" in page.read_text(encoding="utf-8")


def test_a_stored_reading_is_not_asked_about_twice(server: Server, report: Path, tmp_path: Path) -> None:
    stored = tmp_path / "readings.jsonl"
    stored.write_text(run(server, "read", "--json", report).stdout, encoding="utf-8")
    assert run(server, "account", stored).exit_code == 0
    assert len(server.asked) == 1


def test_a_server_that_knows_no_schema_is_asked_again_without(server: Server, report: Path) -> None:
    def manners(wire: Wire) -> None:
        (say(400, b"{}") if "response_format" in server.asked[-1] else say(200, GOOD))(wire)

    server.manners = manners
    assert any(one["proposed_by"] for one in reading(run(server, "read", "--json", report))["claims"])
    assert len(server.asked) == 2


def drip(wire: Wire) -> None:
    wire.send_response(200)
    wire.end_headers()
    for _ in range(600):
        wire.wfile.write(b" ")
        wire.wfile.flush()
        time.sleep(0.05)


def headers_for_ever(wire: Wire) -> None:
    wire.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(600):
        wire.wfile.write(b"X-%d: y\r\n" % n)
        wire.wfile.flush()
        time.sleep(0.05)


def hang_up(wire: Wire) -> None:
    wire.connection.close()


HOSTILE: dict[str, tuple[Callable[[Wire], None], str]] = {
    "no JSON": (say(200, b"<html>gateway</html>"), "not an OpenAI-compatible completion"),
    "no UTF-8": (say(200, b'{"choices": [{"message": {"content": "\xff"}}]}'), "not an OpenAI-compatible completion"),
    "deep JSON": (say(200, b"[" * 200_000), "not an OpenAI-compatible completion"),
    "no choice": (say(200, b'{"choices": []}'), "not an OpenAI-compatible completion"),
    "empty": (say(200, completion("")), "is empty"),
    "null": (say(200, completion(None)), "is empty"),
    "too long": (say(200, b" " * (MAX_ANSWER_BYTES + 2)), "longer than"),
    "endless": (drip, "took too long"),
    "endless headers": (headers_for_ever, "took too long"),
    "hanging up": (hang_up, "does not answer"),
    "half an answer": (say(200, GOOD[:40], Content_Length="5000"), "not an OpenAI-compatible completion"),
    "a wrong status line": (lambda wire: wire.wfile.write(b"EHLO\r\n\r\n") and None, "does not answer"),
    "wanting a key": (say(401, b"{}"), "401: it wants a key (second_key)"),
    "no such model": (say(404, b"{}"), "404: it knows no model 'small-model'"),
    "broken": (say(500, b"\x1b[2J secret trace"), "answered 500"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_answer_that_cannot_be_used_costs_its_proposals_and_nothing_else(server: Server, report: Path, name: str) -> None:
    server.manners, reason = HOSTILE[name]
    found = reading(run(server, "read", "--json", report, patience="1" if "endless" in name else "30"))
    assert not any(one["proposed_by"] for one in found["claims"])
    (note,) = [note for note in found["notes"] if note.startswith("second reader (small-model)")]
    assert reason in note and "\x1b" not in note and found["text"] == REPORT


def test_a_redirect_is_not_followed(server: Server, report: Path) -> None:
    other = Server()
    try:
        server.manners = say(307, b"", Location=f"{other.address}/chat/completions")
        assert "answered 307" in reading(run(server, "read", "--json", report))["notes"][-1]
        assert not other.asked, "whoever redirects would choose who reads the report"
    finally:
        other.http.shutdown()
        other.http.server_close()


def test_a_proxy_of_the_environment_does_not_see_the_report(server: Server, report: Path) -> None:
    proxy = Server()
    try:
        run(server, "read", "--json", report, http_proxy=proxy.address, HTTP_PROXY=proxy.address, ALL_PROXY=proxy.address)
        assert len(server.asked) == 1 and not proxy.asked
    finally:
        proxy.http.shutdown()
        proxy.http.server_close()


def test_after_three_reports_without_an_answer_the_rest_is_not_asked_about(server: Server, tmp_path: Path) -> None:
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text(REPORT, encoding="utf-8")
    server.manners = say(503, b"")
    notes = [json.loads(line)["notes"][-1] for line in run(server, "read", "--json", tmp_path).stdout.splitlines()]
    assert len(server.asked) == 3 and ["not asked" in note for note in notes] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("address", "more", "said"),
    [
        ("http://198.51.100.7/v1", {}, "on another machine"),
        ("https://models.example.org/v1", {}, "on another machine"),
        ("http://models.example.org/v1", {"TEMOIN_SECOND_ELSEWHERE": "yes"}, "for everybody on the way to read"),
        ("http://localhost.example.org/v1", {}, "on another machine"),
        ("http://user:word@localhost/v1", {}, "no server's address"),
        ("ftp://localhost/v1", {}, "no server's address"),
        ("localhost:11434", {}, "no server's address"),
        ("http://[::1", {}, "no server's address"),
        ("http://localhost:99999/v1", {}, "no server's address"),
        ("http://localhost:11434/v1", {"TEMOIN_SECOND_MODEL": ""}, "no model is named"),
        ("http://localhost:11434/v1", {"TEMOIN_SECOND_KEY": "a\r\nHost: b"}, "no key has"),
    ],
)
def test_an_address_that_must_not_be_used_is_refused_before_anything_is_read(report: Path, address: str, more: dict[str, str], said: str) -> None:
    result = run(address, "read", "--json", report, **more)
    assert result.exit_code == 2 and said in result.stderr and "hint" in result.stderr and not result.stdout


def test_settings_do_not_print_the_key() -> None:
    result = run("http://localhost:1/v1", "settings", TEMOIN_SECOND_KEY="open-sesame")
    assert "open-sesame" not in result.stdout + result.stderr and "second_key = given, not shown" in result.stdout


def test_doctor_says_whether_the_second_reader_answers(server: Server) -> None:
    assert "second reader  off" in run("", "doctor").stdout
    assert "second reader  small-model answers" in run(server, "doctor").stdout
    server.manners = say(404, b"")
    assert "knows no model 'small-model'" in run(server, "doctor").stdout
