"""The picture desk: a copy is sealed with how it was made; look-alikes are found, and what finds them is published nowhere."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from PIL import Image

from temoin.cli import media as verbs
from temoin.cli.seal import COMMANDS as SEALING
from temoin.desk import copies
from temoin.desk.mirror import write_log
from temoin.desk.workspace import Workspace
from temoin.errors import Refused, TemoinError, Unreachable
from temoin.media import Cover, likeness
from temoin.seal import verify
from temoin.seal.key import ED25519, SigningKey
from tests.media import marked
from tests.media.marked import scene, traces

ANNA, BORIS = (SigningKey(f"{n}.example", ED25519, bytes([s]) * 32) for n, s in (("anna", 5), ("boris", 6)))
needs_imagehash = pytest.mark.skipif(likeness.importlib.util.find_spec("imagehash") is None, reason="imagehash is not installed (extra likeness)")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.init(tmp_path / "archive", "example.org/log", [ANNA.public, BORIS.public]) as made:
        yield made


def _run(*words: str, command: str) -> tuple[int, str]:
    chosen = next(c for c in (*verbs.COMMANDS, *SEALING) if c.name == command)
    result = CliRunner().invoke(chosen, list(words), standalone_mode=False)
    if isinstance(result.exception, TemoinError):
        return result.exception.exit_code, result.output + str(result.exception)
    if isinstance(result.exception, click.UsageError):
        return 2, result.output + str(result.exception)
    if result.exception:
        raise result.exception
    return int(result.return_value or 0), result.output


def test_a_public_copy_is_sealed_with_its_parent_its_operation_and_its_tools(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(marked.jpeg())
    (added,) = workspace.add([tmp_path / "photo.jpg"])
    out = tmp_path / "public.jpg"
    done = copies.copy(workspace, added.index, out, [Cover(left=8, top=8, right=64, bottom=64)])
    assert traces(out.read_bytes()) == []
    assert workspace.ledger.payload(workspace.ledger.one(added.index)) == marked.jpeg()  # the original stays as it came
    entry = workspace.ledger.one(done.index).entry
    assert entry.kind == "derive"
    assert entry.detail["parent"] == added.index
    assert entry.detail["commitment"] == workspace.ledger.one(added.index).commitment.hex()
    assert entry.detail["covers"] == ["8,8,64,64"]
    assert entry.detail["tools"]["pillow"]
    assert entry.payload and entry.payload.media_type == "image/jpeg"
    assert added.sha256 not in workspace.ledger.one(done.index).letter.body.decode()  # type: ignore[union-attr]
    assert workspace.problems() == []
    workspace.export(tmp_path / "all.temoin")
    assert done.index in [item.index for item in verify(tmp_path / "all.temoin", files=[out]).items]


def test_a_copy_replaces_nothing_and_needs_an_original(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(marked.png())
    (added,) = workspace.add([tmp_path / "photo.png"])
    size = workspace.ledger.trunk.size
    for index, out, error in ((added.index, "photo.png", Refused), (0, "x.png", Refused), (added.index, "no/x.png", Unreachable)):
        with pytest.raises(error):
            copies.copy(workspace, index, tmp_path / out)
    with pytest.raises(Refused):
        copies.copy(workspace, added.index, tmp_path / "x.png", [Cover(left=0, top=0, right=9_999, bottom=9)])
    workspace.erase(added.index, "consent_withdrawn", [ANNA, BORIS])
    with pytest.raises(Refused, match="erased"):
        copies.copy(workspace, added.index, tmp_path / "x.png")
    assert workspace.ledger.trunk.size == size + 1  # the tombstone: nothing of what was refused was sealed
    assert not (tmp_path / "x.png").exists()


def test_an_erasure_names_the_copies_that_were_made(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(marked.png())
    (added,) = workspace.add([tmp_path / "photo.png"])
    first = copies.copy(workspace, added.index, tmp_path / "a.png")
    second = copies.copy(workspace, first.index, tmp_path / "b.png", [Cover(left=0, top=0, right=9, bottom=9)])
    assert copies.copies_of(workspace, added.index) == [first.index, second.index]
    folder = str(workspace.folder)
    for name, key in (("a", ANNA), ("b", BORIS)):
        (tmp_path / f"{name}.key").write_text(key.export())
    workspace.close()
    officers = ("--officer", str(tmp_path / "a.key"), "--officer", str(tmp_path / "b.key"))
    code, said = _run(str(added.index), "-w", folder, "--ground", "consent_withdrawn", *officers, "--yes", command="erase")
    assert code == 0, said
    assert f"entries {first.index}, {second.index}" in said


def test_the_verbs_of_the_picture_desk(tmp_path: Path) -> None:
    place = tmp_path / "archive"
    assert _run(str(place), "--name", "archive.example", command="init")[0] == 0
    (tmp_path / "photo.png").write_bytes(marked.png())
    (tmp_path / "notes.txt").write_text("words")
    assert _run("-w", str(place), str(tmp_path / "photo.png"), str(tmp_path / "notes.txt"), command="add")[0] == 0
    code, said = _run(str(tmp_path / "photo.png"), "-w", str(place), "-o", str(tmp_path / "out.png"), "--cover", "0,0,20,20", command="copy")
    assert (code, "1 covers" in said, "240 × 160" in said) == (0, True, True), said
    assert _run(str(tmp_path / "notes.txt"), "-w", str(place), "-o", str(tmp_path / "out.txt"), command="copy")[0] == 1
    assert _run(str(tmp_path / "photo.png"), "-w", str(place), "-o", str(tmp_path / "o.png"), "--cover", "1,2", command="copy")[0] == 2
    if likeness.importlib.util.find_spec("imagehash"):
        assert _run(str(tmp_path / "photo.png"), "-w", str(place), command="alike")[0] == 0
        assert _run(str(tmp_path / "notes.txt"), "-w", str(place), command="alike")[0] == 1


def _saved(picture: Image.Image, path: Path, **more: object) -> Path:
    picture.save(path, **more)
    return path


@needs_imagehash
def test_pictures_that_look_alike_are_found_and_others_are_not(workspace: Workspace, tmp_path: Path) -> None:
    base = scene(320, 240, seed=3)
    same = [
        _saved(base, tmp_path / "0.png"),
        _saved(base, tmp_path / "1.jpg", quality=30),
        _saved(base.resize((160, 120)), tmp_path / "2.jpg"),
        _saved(base.transpose(Image.Transpose.FLIP_LEFT_RIGHT), tmp_path / "3.jpg"),
        _saved(base.transpose(Image.Transpose.ROTATE_90), tmp_path / "4.jpg"),
        _saved(base.crop((8, 6, 312, 234)), tmp_path / "5.jpg"),
    ]
    others = [_saved(scene(320, 240, seed=n), tmp_path / f"other{n}.png") for n in range(10, 30)]
    (tmp_path / "broken.jpg").write_bytes(marked.jpeg()[:300])
    added = {Path(one.path).name: one.index for one in workspace.add([*same, *others, tmp_path / "broken.jpg"])}
    found, unseen = copies.alike(workspace)
    family = {added[path.name] for path in same}
    pairs = {(pair.first, pair.second) for pair in found}
    assert {index for pair in pairs for index in pair if {*pair} <= family} == family
    strangers = [pair for pair in pairs if not {*pair} <= family]
    assert len(strangers) <= 2, strangers  # of 190 pairs of unrelated scenes
    assert list(unseen) == [added["broken.jpg"]]
    assert (added["0.png"], added["1.jpg"]) in {(pair.first, pair.second) for pair in found if pair.same}
    only, _ = copies.alike(workspace, added["3.jpg"])
    assert {pair.first for pair in only} | {pair.second for pair in only} >= {added["0.png"], added["3.jpg"]}
    assert all(added["3.jpg"] in (pair.first, pair.second) for pair in only)


@needs_imagehash
def test_no_fingerprint_of_a_picture_stands_in_anything_published(workspace: Workspace, tmp_path: Path) -> None:
    """The hash would let somebody guess the picture: no bundle, receipt, static log, JSON or file in the clear holds it, in any spelling."""
    (tmp_path / "a.png").write_bytes(marked.png())
    _saved(scene(seed=8), tmp_path / "b.png")
    added = list(workspace.add([tmp_path / "a.png", tmp_path / "b.png"]))
    copies.alike(workspace)
    kept = copies._kept(workspace)
    assert len(kept) == 2
    spelled = []
    for made in kept.values():
        for at in range(0, len(made), 8):
            part = made[at : at + 8]
            spelled += [part, part[::-1], part.hex().encode(), part.hex().upper().encode(), str(int.from_bytes(part, "big")).encode()]
    workspace.receipt(added[0].index, tmp_path / "receipt.temoin")
    copies.copy(workspace, added[0].index, tmp_path / "public.png")
    workspace.export(tmp_path / "all.temoin")
    write_log(workspace, tmp_path / "public", None)
    workspace.ledger.database.forget()
    published = [path.read_bytes() for path in (tmp_path / "receipt.temoin", tmp_path / "all.temoin", tmp_path / "public.png")]
    with zipfile.ZipFile(tmp_path / "all.temoin") as archive:
        published += [archive.read(name) for name in archive.namelist()]
    published += [path.read_bytes() for path in (tmp_path / "public").rglob("*") if path.is_file()]
    published += [path.read_bytes() for path in workspace.folder.rglob("*") if path.is_file() and path.name != ".lock"]
    for raw in published:
        assert not any(one in raw for one in spelled)
    folder = str(workspace.folder)
    workspace.close()
    said = _run("-w", folder, "--json", command="alike")[1]
    assert all(set(json.loads(line)) == {"first", "second", "same"} for line in said.splitlines() if line.startswith("{"))


@needs_imagehash
def test_an_erasure_takes_the_fingerprints_along(workspace: Workspace, tmp_path: Path) -> None:
    _saved(scene(seed=8), tmp_path / "b.png")
    (added,) = workspace.add([tmp_path / "b.png"])
    copies.alike(workspace)
    backup = (workspace.folder / copies.FINGERPRINTS).read_bytes()
    assert len(copies._kept(workspace)) == 1
    workspace.erase(added.index, "consent_withdrawn", [ANNA, BORIS])
    assert copies._kept(workspace) == {}
    (workspace.folder / copies.FINGERPRINTS).write_bytes(backup)
    assert copies._kept(workspace) == {}  # the key of that epoch is gone
    assert copies.alike(workspace) == ([], {})


def test_without_imagehash_it_is_said_so(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _saved(scene(seed=8), tmp_path / "b.png")
    list(workspace.add([tmp_path / "b.png"]))
    monkeypatch.setattr(likeness.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Unreachable, match="imagehash"):
        copies.alike(workspace)


@needs_imagehash
def test_pictures_of_one_colour_look_alike_and_nothing_fails() -> None:
    out = io.BytesIO()
    Image.new("RGB", (5, 3), "red").save(out, "PNG")
    assert len(likeness.of(out.getvalue())) == likeness.BYTES
    assert list(likeness.pairs([])) == []
