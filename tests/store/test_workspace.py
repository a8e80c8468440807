"""The workspace and its verbs, from an empty folder to a bundle that a stranger verifies, and what happens when somebody interferes."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from temoin.cli import seal as verbs
from temoin.cli.seal_http import post, server
from temoin.desk.workspace import Authority, Workspace
from temoin.errors import Misused, Refused, TemoinError, Unreachable, Unverified
from temoin.seal import note, policy, verify
from temoin.seal.key import ED25519, SigningKey
from temoin.seal.witness import MAX_REQUEST_BYTES
from tests.seal.authority import Authority as OpenSsl
from tests.seal.authority import needs_openssl
from tests.seal.test_stamps import openssl_verifies

ALONE = Path(__file__).resolve().parents[2] / "verifier" / "temoin_verify.py"
ANNA, BORIS = (SigningKey(f"{n}.example", ED25519, bytes([s]) * 32) for n, s in (("anna", 5), ("boris", 6)))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "inner").mkdir(parents=True)
    for n in range(5):
        (folder / ("inner" if n > 2 else ".") / f"{n}.jpg").write_bytes(b"photo %d " % n * 30_000)
    (folder / "again.jpg").write_bytes((folder / "0.jpg").read_bytes())
    (folder / ".hidden").write_bytes(b"not ours")
    return folder


@pytest.fixture
def workspace(place: Path) -> Iterator[Workspace]:
    with Workspace.init(place, "example.org/log", [ANNA.public, BORIS.public]) as made:
        yield made


def _run(*words: str, command: str) -> tuple[int, str]:
    """Run a verb as `temoin` does: errors by their exit code."""
    chosen = next(c for c in verbs.COMMANDS if c.name == command)
    runner = CliRunner()
    result = runner.invoke(chosen, list(words), standalone_mode=False)
    if isinstance(result.exception, TemoinError):
        return result.exception.exit_code, result.output + str(result.exception)
    if isinstance(result.exception, click.UsageError):
        return 2, result.output + str(result.exception)
    if result.exception:
        raise result.exception
    return int(result.return_value or 0), result.output


def test_from_an_empty_folder_to_a_strangers_desk(tmp_path: Path, place: Path, photos: Path) -> None:
    code, said = _run(str(place), "--name", "archive.example", "--officer", "anna", "--officer", "boris", command="init")
    assert code == 0
    key = next(line for line in said.splitlines() if line.startswith("archive.example+"))
    assert (place / "officers" / "anna.key").stat().st_mode & 0o077 == 0
    assert (place / "keys").stat().st_mode & 0o077 == 0
    where = ("-w", str(place))
    code, said = _run(*where, str(photos), "--json", command="add")
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert [(code, one["new"]) for one in lines] == [(0, True)] * 5
    code, said = _run(*where, str(photos), command="add")
    assert code == 0
    assert said.count("was there") == 6
    assert _run(str(place), command="verify")[0] == 0

    receipt, out = tmp_path / "r.temoin", tmp_path / "all.temoin"
    assert _run(*where, str(photos / "1.jpg"), "-o", str(receipt), command="receipt")[0] == 0
    code, said = _run(str(receipt), str(photos / "1.jpg"), command="verify")
    assert code == 0, said
    assert "is the original of entry" in said
    assert _run(str(receipt), str(photos / "2.jpg"), command="verify")[0] == 3

    officers = [str(place / "officers" / f"{n}.key") for n in ("anna", "boris")]
    erased = lines[2]["sha256"]
    code, said = _run(*where, erased, "--ground", "", "--officer", officers[0], command="erase")
    assert code == 2
    code, said = _run(*where, erased, "--ground", "consent_withdrawn", "--officer", officers[0], "--yes", command="erase")
    assert (code, "two different officers" in said) == (1, True)
    code, said = _run(*where, erased, "--ground", "consent_withdrawn", "--officer", officers[0], "--officer", officers[1], command="erase")
    assert (code, "nothing was erased" in said) == (1, True)  # nobody there to say yes
    words = ("--ground", "consent_withdrawn", "--officer", officers[0], "--officer", officers[1], "--yes")
    code, said = _run(*where, erased, *words, command="erase")
    assert code == 0, said
    assert _run(str(place), command="verify")[0] == 0
    assert _run(str(receipt), str(photos / "1.jpg"), command="verify")[0] == 0  # given out before, holds after

    assert _run(*where, "-o", str(out), command="export")[0] == 0
    trust = tmp_path / "trust.txt"
    trust.write_text(f"log {key}\nquorum none\n")
    code, said = _run(str(out), "--policy", str(trust), command="verify")
    assert code == 0, said
    assert "consent_withdrawn" in said
    assert "keys came with the bundle" not in said
    done = subprocess.run(
        [sys.executable, "-I", str(ALONE), str(out), str(photos / "1.jpg"), "--policy", str(trust)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "VERIFIES" in done.stdout
    # A second export goes on from the first; both hold.
    assert _run(*where, "-o", str(tmp_path / "more.temoin"), "--case", "main", command="export")[0] == 0
    assert _run(str(tmp_path / "more.temoin"), command="verify")[0] == 0
    assert _run(str(out), command="verify")[0] == 0


def test_the_verifier_and_a_page_for_a_judge_travel_with_the_bundle(workspace: Workspace, photos: Path, tmp_path: Path) -> None:
    list(workspace.add([photos]))
    workspace.export(tmp_path / "b.temoin")
    with zipfile.ZipFile(tmp_path / "b.temoin") as archive:
        assert archive.read("verifier/temoin_verify.py") == ALONE.read_bytes()
        page = archive.read("README.txt").decode()
    assert str(workspace.ledger.key()) in page
    assert "WHAT IT DOES NOT SHOW" in page
    assert max(map(len, page.splitlines())) <= 160
    assert not any(word in page for word in ("None", "{", "}"))


def test_what_is_wrong_is_refused_with_a_word(workspace: Workspace, place: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        Workspace.init(place, "example.org/log", [])
    with pytest.raises(Misused, match="two officers"):
        Workspace.init(tmp_path / "one", "example.org/log", [ANNA.public])
    with pytest.raises(Unreachable, match="no workspace"):
        Workspace.open(tmp_path)
    with pytest.raises(Unreachable):
        list(workspace.add([tmp_path / "nowhere"]))
    with pytest.raises(Misused, match="never sealed"):
        workspace.find("0" * 64)
    with pytest.raises(Misused):
        workspace.export(tmp_path / "x.temoin", ["no such case"])
    with pytest.raises(Unreachable):
        workspace.export(tmp_path / "no folder" / "x.temoin")
    workspace.close()
    (place / "workspace.toml").write_text("database = 3")
    with pytest.raises(Misused):
        Workspace.open(place)


def test_a_changed_original_is_named_and_stops_the_next_signature(workspace: Workspace, place: Path, photos: Path) -> None:
    added = list(workspace.add([photos]))
    assert workspace.problems() == []
    one = workspace.ledger.one(added[1].index)
    name = one.payload
    assert name
    assert one.letter
    assert one.letter.place
    path, (start, length) = workspace.ledger.vault.path(name), one.letter.place
    raw = bytearray(path.read_bytes())
    raw[start + length // 2] ^= 1
    path.write_bytes(bytes(raw))
    assert [said.split(":")[0] for said in workspace.problems()] == [f"entry {added[1].index}"]
    workspace.close()
    code, said = _run(str(place), command="verify")
    assert code == 3
    assert f"entry {added[1].index}: payload file {name} was changed" in said


def test_all_of_it_on_postgresql(emptied: str, place: Path, photos: Path, tmp_path: Path) -> None:
    with Workspace.init(place, "example.org/log", [ANNA.public, BORIS.public], database=emptied) as made:
        added = list(made.add([photos]))
        assert made.erase(added[0].index, "court_order", [ANNA, BORIS])
    with Workspace.open(place) as again:
        assert again.problems() == []
        again.export(tmp_path / "b.temoin")
    assert len(verify(tmp_path / "b.temoin").erased) == 1
    assert (place / "workspace.toml").stat().st_mode & 0o077 == 0  # an address may hold a password


def test_what_a_receipt_line_says_is_what_was_sealed(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changes between looking and sealing: the line tells the digest of what is in the log."""
    from hashlib import sha256

    moving = tmp_path / "moving.txt"
    moving.write_bytes(b"before")
    seal = workspace.ledger.seal

    def late(drafts: object) -> list[int]:
        moving.write_bytes(b"after")
        return seal(drafts)  # type: ignore[arg-type]

    monkeypatch.setattr(workspace.ledger, "seal", late)
    (one,) = workspace.add([moving])
    assert one.sha256 == sha256(b"after").hexdigest()
    assert workspace.problems() == []


class Serving:
    """Runs a small server while a test lasts."""

    def __init__(self, made: ThreadingHTTPServer) -> None:
        self.made = made
        self.url = f"http://127.0.0.1:{made.server_port}"
        self.thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Serving:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.made.shutdown()
        self.made.server_close()
        self.thread.join()


@pytest.fixture
def other(tmp_path: Path, workspace: Workspace) -> Iterator[tuple[Workspace, Serving, SigningKey]]:
    """Another workspace that witnesses ours over HTTP."""
    with Workspace.init(tmp_path / "other", "other.example", []) as theirs:
        key = theirs.witness_key("other.example/witness")
        log = workspace.ledger.key()
        with Serving(server("127.0.0.1", 0, lambda body: theirs.answer(body, [log], key), MAX_REQUEST_BYTES)) as serving:
            yield theirs, serving, key


def test_a_witness_over_http_signs_what_grows_and_a_bundle_carries_it(
    workspace: Workspace, place: Path, photos: Path, tmp_path: Path, other: tuple[Workspace, Serving, SigningKey]
) -> None:
    _, serving, key = other
    text = f"log {workspace.ledger.key()}\nwitness w {key.public} {serving.url}\nquorum w\n"
    (place / "policy.txt").write_text(text)
    list(workspace.add([photos]))
    workspace.export(tmp_path / "b.temoin", (), post)
    found = verify(tmp_path / "b.temoin", trust=policy.parse(text))
    assert [name for name, _ in found.witnesses] == ["other.example/witness"]
    assert abs(found.witnesses[0][1] - datetime.now(UTC)) < timedelta(minutes=1)
    assert workspace.problems() == []
    status, _ = post(serving.url + "/elsewhere", b"")
    assert status == 404
    status, _ = post(serving.url + "/add-checkpoint", b"x" * (MAX_REQUEST_BYTES + 1))
    assert status == 413


def test_without_its_witness_nothing_is_given_out_but_what_says_so(
    workspace: Workspace, place: Path, tmp_path: Path, other: tuple[Workspace, Serving, SigningKey]
) -> None:
    _, serving, key = other
    (place / "policy.txt").write_text(f"log {workspace.ledger.key()}\nwitness w {key.public} {serving.url}1\nquorum w\n")
    with pytest.raises(Unreachable, match="quorum"):
        workspace.export(tmp_path / "b.temoin", (), post)
    assert not (tmp_path / "b.temoin").exists()
    workspace.export(tmp_path / "b.temoin", (), post, unwitnessed=True)
    assert any("No independent witness" in said for said in verify(tmp_path / "b.temoin").remarks)


def test_two_histories_never_both_reach_the_witness(
    workspace: Workspace, place: Path, tmp_path: Path, photos: Path, other: tuple[Workspace, Serving, SigningKey]
) -> None:
    """Split view: the owner copies the whole folder, `published` too, and grows both copies. The second is refused by the witness."""
    import shutil

    _, serving, key = other
    (place / "policy.txt").write_text(f"log {workspace.ledger.key()}\nwitness w {key.public} {serving.url}\nquorum w\n")
    workspace.cosign(post)
    workspace.ledger.database.forget()
    workspace.close()
    twin = tmp_path / "twin"
    shutil.copytree(place, twin)
    with Workspace.open(place) as first:
        list(first.add([photos / "0.jpg"]))
        _, problems = first.cosign(post)
        assert problems == []
    with Workspace.open(twin) as second:
        list(second.add([photos / "1.jpg"]))
        with pytest.raises(Unverified, match="another history"):
            second.cosign(post)
        with pytest.raises(Unverified):
            second.export(tmp_path / "x.temoin", (), post)
    shutil.rmtree(twin)


def _authority_server(authority: OpenSsl, faults: Callable[[bytes], bytes] | None = None) -> Serving:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            reply = authority.answer(body)
            if faults:
                reply = faults(reply)
            self.send_response(200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None: ...

    return Serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler))


@needs_openssl
def test_two_authorities_stamp_the_log_and_a_lying_one_is_not_counted(workspace: Workspace, place: Path, photos: Path, tmp_path: Path) -> None:
    list(workspace.add([photos]))
    one, two = OpenSsl(tmp_path / "one", "One"), OpenSsl(tmp_path / "two", "Two", "P-256")
    old: list[bytes] = [b"\x30\x03\x02\x01\x00"]

    def stale(reply: bytes) -> bytes:
        old.append(reply)
        return old[0]

    with _authority_server(one) as a, _authority_server(two) as b, _authority_server(one, stale) as c:
        (place / "one.pem").write_bytes(one.root)
        named = [
            Authority(name="one", url=a.url, root="one.pem"),
            Authority(name="two", url=b.url, root=str(two.folder / "ca.pem")),
            Authority(name="crossed", url=b.url, root="one.pem"),
            Authority(name="gone", url="http://127.0.0.1:9", root="one.pem"),
            Authority(name="stale", url=c.url, root="one.pem"),
        ]
        told = workspace.stamp(post, named)
    assert [bool(one.stamp) for one in told] == [True, True, False, False, False]
    assert workspace.problems() == []
    out = tmp_path / "b.temoin"
    workspace.export(out)
    found = verify(out)
    assert len({stamp.root for _, stamp in found.stamps}) == 2
    assert {size for size, _ in found.stamps} == {8}
    done = subprocess.run([sys.executable, "-I", str(ALONE), str(out), "--json"], capture_output=True, text=True, timeout=60)
    assert len(json.loads(done.stdout)["time_stamps"]) == 2
    with zipfile.ZipFile(out) as archive:  # what a stranger finds in the bundle is enough for openssl, too
        for name in [name for name in archive.namelist() if name.endswith(".tsr")]:
            signed = note.parse(archive.read(name.replace(".tsr", ".checkpoint")))
            assert openssl_verifies(tmp_path, archive.read(name), signed.text.encode(), archive.read(name.replace(".tsr", ".pem")))
    with pytest.raises(Misused):
        workspace.stamp(post)


@needs_openssl
def test_with_our_clock_set_back_no_stamp_is_taken(tmp_path: Path, place: Path) -> None:
    """Back-dating by an administrator: the archive's clock says thirty days ago; the authority's does not."""
    back = lambda: datetime.now(UTC) - timedelta(days=30)  # noqa: E731
    authority = OpenSsl(tmp_path / "tsa")
    with Workspace.init(place, "example.org/log", [], clock=back) as made, _authority_server(authority) as a:
        (told,) = made.stamp(post, [Authority(name="one", url=a.url, root=str(authority.folder / "ca.pem"))])
    assert told.stamp is None
    assert "clock" in str(told.problem)
