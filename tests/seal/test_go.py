"""Agreement with Go's own implementation of logs and notes (golang.org/x/mod/sumdb), where Go and its module are installed."""

from __future__ import annotations

import base64
import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from temoin.errors import TemoinError
from temoin.seal import note, proof
from temoin.seal.key import VerifyingKey
from temoin.seal.tree import Tree, leaf_hash
from tests.seal.test_static import LOG, files

SOURCE = Path(__file__).with_name("oracle.go")
#: Where Debian puts sources of Go libraries (golang-golang-x-mod-dev); else the user's own GOPATH.
PLACES = (Path("/usr/share/gocode"), Path(os.environ.get("GOPATH") or Path.home() / "go"))
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built."""
    if shutil.which("go") is None:
        pytest.skip("Go is not installed (Debian: golang-go)")
    place = next((p for p in PLACES if (p / "src" / "golang.org" / "x" / "mod" / "sumdb").is_dir()), None)
    if place is None:
        pytest.skip("golang.org/x/mod is not installed (Debian: golang-golang-x-mod-dev)")
    folder = tmp_path_factory.mktemp("go")
    around = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GOPATH": str(place),
        "GO111MODULE": "off",
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
    }
    done = subprocess.run(["go", "build", "-o", str(folder / "oracle"), str(SOURCE)], env=around, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return folder / "oracle"


def ask(go: Path, folder: Path, **words: Any) -> dict[str, Any]:
    """Ask Go about a log that lies in a folder."""
    asked = {"Folder": str(folder), "Key": str(LOG.public), "Records": [], "Trees": [], "Paths": {}, "Sign": "nothing\n", **words}
    done = subprocess.run([str(go)], input=json.dumps(asked), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def b64(value: bytes) -> str:
    """Base64, as Go spells hashes."""
    return base64.b64encode(value).decode()


def written(folder: Path, entries: list[bytes]) -> Tree:
    """Write a log as files; return its tree."""
    for name, content in files(entries).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    tree = Tree()
    tree.append(entries)
    return tree


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 1000, 66_000])
def test_go_reads_our_files_and_both_make_the_same_proofs(go: Path, tmp_path: Path, size: int) -> None:
    seeded = random.Random(size)
    entries = [seeded.randbytes(seeded.randrange(60)) for _ in range(size)]
    tree = written(tmp_path, entries)
    records = [(seeded.randrange(size), size) for _ in range(12)]
    trees = [(seeded.randrange(1, size + 1), size) for _ in range(12)]
    told = ask(go, tmp_path, Records=records, Trees=trees)
    assert (told["Origin"], told["Size"]) == (LOG.public.name, size)
    assert told["Root"] == told["Counted"] == b64(tree.root())
    for (index, whole), theirs in zip(records, told["Records"], strict=True):
        assert theirs == [b64(h) for h in proof.inclusion_path(tree.node, index, whole)]
    for (old, whole), theirs in zip(trees, told["Trees"], strict=True):
        assert theirs == [b64(h) for h in proof.consistency_path(tree.node, old, whole)]


def test_go_judges_right_and_mutated_proofs_as_we_do(go: Path, tmp_path: Path) -> None:
    seeded = random.Random(4)
    tree = written(tmp_path, [b"%d" % n for n in range(300)])
    paths: dict[str, dict[str, Any]] = {}
    ours: dict[str, bool] = {}
    for n in range(400):
        size = seeded.randrange(2, 301)
        hashes: list[bytes]
        if n % 2:
            index, old = seeded.randrange(size), 0
            other, hashes = leaf_hash(b"%d" % index), proof.inclusion_path(tree.node, index, size)
        else:
            index, old = 0, seeded.randrange(1, size + 1)
            other, hashes = tree.root(old), proof.consistency_path(tree.node, old, size)
        root = tree.root(size)
        match seeded.randrange(8):
            case 0 if hashes:
                hashes = hashes[:-1]
            case 1:
                hashes = [*hashes, seeded.randbytes(32)]
            case 2 if hashes:
                hashes = [*hashes[:-1], seeded.randbytes(32)]
            case 3:
                index, old = (index + 1, 0) if n % 2 else (0, max(1, old - 1))
            case 4:
                size += 1
            case 5:
                root = seeded.randbytes(32)
        paths[str(n)] = {"Index": index, "Size": size, "Old": old, "Root": b64(root), "Other": b64(other), "Hashes": [b64(h) for h in hashes]}
        try:
            if old:
                proof.verify_consistency(old, size, hashes, other, root)
            else:
                proof.verify_inclusion(index, size, other, hashes, root)
            ours[str(n)] = True
        except TemoinError:
            ours[str(n)] = False
    told = ask(go, tmp_path, Paths=paths)
    theirs = {name: not said for name, said in told["Checked"].items()}
    assert {name: (ours[name], theirs[name], paths[name]) for name in ours if ours[name] != theirs[name]} == {}
    assert 100 < sum(ours.values()) < 300


def test_a_note_signed_by_go_verifies_here_and_one_of_ours_there(go: Path, tmp_path: Path) -> None:
    tree = written(tmp_path, [b"one"])  # its checkpoint is our note: Go opens it, or says why not
    text = f"go.example/log\n1\n{b64(tree.root())}\n"
    told = ask(go, tmp_path, Sign=text)
    signed = note.parse(told["Note"])
    assert signed.text == text
    assert note.signed_by(signed, [VerifyingKey.parse(told["NoteKey"])])
    with pytest.raises(TemoinError):
        note.signed_by(note.Note(text=text.replace("1", "2"), signatures=signed.signatures), [VerifyingKey.parse(told["NoteKey"])])
    raw = (tmp_path / "checkpoint").read_bytes()
    (tmp_path / "checkpoint").write_bytes(raw.replace(b"\n1\n", b"\n2\n"))
    with pytest.raises(AssertionError):
        ask(go, tmp_path)
