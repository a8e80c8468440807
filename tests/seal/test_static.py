"""A log as plain files: written once, read by anybody, and every wrong file is named."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.cli.mirror import log as verbs
from temoin.desk.mirror import check_log, cosign_log, read_log, write_log
from temoin.desk.workspace import Workspace
from temoin.errors import Refused, TemoinError, Unreachable, Unverified
from temoin.seal import checkpoint, policy, proof, tile
from temoin.seal.checkpoint import Checkpoint
from temoin.seal.key import ED25519, SigningKey, VerifyingKey
from temoin.seal.static import StaticLog
from temoin.seal.tree import Tree, leaf_hash
from temoin.store.draft import Draft
from tests.seal.test_vectors import TESSERA_KEY, VECTORS, needs_vectors

LOG = SigningKey("example.org/log", ED25519, b"\1" * 32)
TRUST = policy.only(LOG.public)


def files(entries: list[bytes], size: int | None = None) -> dict[str, bytes]:
    """A static log in a dictionary, made straight from the tree."""
    tree = Tree()
    tree.append(entries)
    size = len(entries) if size is None else size
    made = {"checkpoint": str(checkpoint.sign(Checkpoint(origin=LOG.public.name, size=size, root=tree.root(size)), LOG)).encode()}
    for place in tile.tiles(size):
        made[place.path] = tile.content(tree.node, place)
        if not place.level:
            first = place.number * tile.WIDTH
            made[place.entries_path] = tile.pack(entries[first : first + place.width])
    return made


def served(held: dict[str, bytes]) -> StaticLog:
    """Read from a dictionary as from a server."""

    def read(name: str) -> bytes:
        try:
            return held[name]
        except KeyError as err:
            raise Unreachable(f"{name} is not there") from err

    return StaticLog(read)


ENTRIES = [b"entry %d" % n for n in range(70_000)]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 600, 66_000])
def test_a_log_reads_back_from_its_files_with_all_its_proofs(size: int) -> None:
    log, tree = served(files(ENTRIES[:size])), Tree()
    tree.append(ENTRIES[:size])
    assert log.check(TRUST).checkpoint.root == tree.root()
    for index in {0, size // 2, size - 1} if size else ():
        path = log.inclusion(index, size)
        assert path == proof.inclusion_path(tree.node, index, size)
        proof.verify_inclusion(index, size, leaf_hash(ENTRIES[index]), path, tree.root())
    for old in {1, size // 3 + 1, size} if size else ():
        assert log.consistency(old, size) == proof.consistency_path(tree.node, old, size)
        assert log.root(old, size) == tree.root(old)


def test_a_partial_tile_that_a_full_one_has_replaced_is_not_missed() -> None:
    held = files(ENTRIES[:600]) | files(ENTRIES[:600], 300)  # an older state is asked of newer files
    for name in ("tile/0/001.p/44", "tile/entries/001.p/44"):
        del held[name]
    assert served(held).check(TRUST).checkpoint.size == 300


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([5, 300, 600]), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 255))
def test_every_changed_byte_of_every_file_is_noticed(size: int, which: int, at: int, flip: int) -> None:
    held = files(ENTRIES[:size])
    name = sorted(held)[which % len(held)]
    raw = bytearray(held[name])
    raw[at % len(raw)] ^= flip
    with pytest.raises(TemoinError):
        served(held | {name: bytes(raw)}).check(TRUST)
    with pytest.raises(TemoinError):
        served({other: content for other, content in held.items() if other != name}).check(TRUST)


@needs_vectors
def test_tesseras_log_is_read_as_it_is_served() -> None:
    folder = VECTORS / "tessera" / "testdata" / "log"
    trust = policy.only(VerifyingKey.parse(TESSERA_KEY))
    roots = []
    for size in range(16):
        names = {"checkpoint": folder / f"checkpoint.{size}"}

        def read(name: str, names: dict[str, Path] = names) -> bytes:
            try:
                return names.get(name, folder / name).read_bytes()
            except OSError as err:
                raise Unreachable(name) from err

        found = StaticLog(read).check(trust).checkpoint
        assert found.size == size
        roots.append((size, found.root))
        for old, root in roots[1:]:
            proof.verify_consistency(old, size, StaticLog(read).consistency(old, size), root, found.root)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.init(tmp_path / "archive", "archive.example", []) as made:
        yield made


def grow(workspace: Workspace, count: int) -> None:
    """Seal small originals."""
    case = workspace.ledger.case("main")
    assert case
    workspace.ledger.seal([Draft(kind="heartbeat", case=case) for _ in range(count)])


def test_a_folder_is_written_once_and_only_grows(archive: Workspace, tmp_path: Path) -> None:
    out, trust = tmp_path / "public", policy.only(archive.ledger.key())
    seen: dict[Path, bytes] = {}
    for more in (0, 1, 254, 1, 300, 0):
        grow(archive, more)
        size, _ = write_log(archive, out, None)
        there = {path: path.read_bytes() for path in out.rglob("*") if path.is_file() and path.name != "checkpoint"}
        assert {path: there[path] for path in seen} == seen  # nothing that was served is changed
        seen = there
        assert write_log(archive, out, None) == (size, 0)
        assert check_log(read_log(str(out), lambda url: (404, b"")), trust).checkpoint.size == size
    assert {len(leaf) for leaf in StaticLog(lambda name: (out / name).read_bytes()).entries(257)} == {42}  # one length, whatever was sealed


def test_what_went_missing_in_the_folder_is_written_again(archive: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "public"
    grow(archive, 600)
    write_log(archive, out, None)
    (out / "tile" / "0" / "000").unlink()
    assert write_log(archive, out, None)[1] == 1
    assert check_log(read_log(str(out), lambda url: (404, b"")), policy.only(archive.ledger.key()))


def test_a_folder_with_another_history_or_a_later_one_is_left_alone(archive: Workspace, tmp_path: Path) -> None:
    out, twin = tmp_path / "public", tmp_path / "twin"
    grow(archive, 3)
    archive.ledger.sign()
    archive.ledger.database.forget()
    archive.close()
    shutil.copytree(archive.folder, twin)
    with Workspace.open(archive.folder) as first:
        grow(first, 5)
        write_log(first, out, None)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with Workspace.open(twin) as second:
        grow(second, 2)
        with pytest.raises(Refused, match="holds the log at size"):
            write_log(second, out, None)
        grow(second, 9)
        with pytest.raises(Unverified, match="fork"):
            write_log(second, out, None)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_witness_follows_public_files_and_finds_the_fork(archive: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "public"
    nowhere = lambda url: (404, b"")  # noqa: E731
    with Workspace.init(tmp_path / "other", "other.example", []) as theirs:
        signer, key = theirs.witness_key("other.example/witness"), archive.ledger.key()
        for more in (3, 300, 0):
            grow(archive, more)
            write_log(archive, out, None)
            said = cosign_log(theirs, read_log(str(out), nowhere), key, signer)
            assert said.status == 200
        forged = files(ENTRIES[:400])
        false = SigningKey.generate(key.name)
        assert cosign_log(theirs, served(forged), LOG.public, signer).status == 200  # another log, the first time
        assert cosign_log(theirs, served(files([b"!", *ENTRIES[1:400]])), LOG.public, signer).status == 409
        assert cosign_log(theirs, served(files([b"!", *ENTRIES[1:450]])), LOG.public, signer).status == 422
        assert cosign_log(theirs, served(files(ENTRIES[:300])), LOG.public, signer).status in (400, 409)
        assert cosign_log(theirs, read_log(str(out), nowhere), false.public, signer).status == 403


def test_a_bundle_is_held_against_the_public_log(archive: Workspace, tmp_path: Path) -> None:
    out, trust = tmp_path / "public", policy.only(archive.ledger.key())
    (tmp_path / "a.txt").write_text("a")
    (added,) = archive.add([tmp_path / "a.txt"])
    archive.receipt(added.index, tmp_path / "a.temoin")
    grow(archive, 3)
    write_log(archive, out, None)
    nowhere = lambda url: (404, b"")  # noqa: E731
    assert check_log(read_log(str(out), nowhere), trust, [tmp_path / "a.temoin"])
    archive.export(tmp_path / "late.temoin")
    with pytest.raises(Unverified, match="public log ends at"):
        check_log(read_log(str(out), nowhere), trust, [tmp_path / "late.temoin"])


def run(*words: str) -> tuple[int, str]:
    """Run a verb of `temoin log`."""
    result = CliRunner().invoke(verbs, list(words), standalone_mode=False)
    if isinstance(result.exception, TemoinError):
        return result.exception.exit_code, result.output + str(result.exception)
    if isinstance(result.exception, click.UsageError):
        return 2, result.output
    if result.exception:
        raise result.exception
    return 0, result.output


def test_from_a_web_server_a_stranger_checks_and_witnesses_it(archive: Workspace, tmp_path: Path) -> None:
    out, key, place = tmp_path / "public", str(archive.ledger.key()), archive.folder
    grow(archive, 300)
    archive.close()
    assert run("write", str(out), "-w", str(place))[0] == 0

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(out)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        code, said = run("check", url, "--key", key)
        assert (code, "verifies: 301 entries of archive.example" in said) == (0, True), said
        Workspace.init(tmp_path / "other", "other.example", []).close()
        code, said = run("cosign", url, "--key", key, "-w", str(tmp_path / "other"))
        assert (code, said.startswith("— other.example/witness ")) == (0, True), said
        assert run("check", url, "--key", str(LOG.public))[0] == 3
        assert run("check", url + "/nowhere", "--key", key)[0] == 1
        assert run("check", url)[0] == 2
        (out / "tile" / "0" / "000").write_bytes(bytes(8192))
        assert run("check", url, "--key", key)[0] == 3
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
