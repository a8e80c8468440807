"""Agreement with other people's programs, where they are installed (test-only: pymerkle is GPL, tlog-scales calls itself unfinished)."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.seal import checkpoint, note, proof, tile
from temoin.seal.checkpoint import Checkpoint
from temoin.seal.key import COSIGN_ED25519, COSIGN_MLDSA44, ED25519, SigningKey
from temoin.seal.tree import Tree

SIZES = (1, 2, 255, 256, 257, 600, 1025)


def _entries(size: int) -> list[bytes]:
    seeded = random.Random(size)
    return [seeded.randbytes(seeded.randrange(60)) for _ in range(size)]


@pytest.mark.parametrize("size", SIZES)
def test_roots_and_paths_are_pymerkles(size: int) -> None:
    pymerkle = pytest.importorskip("pymerkle", reason="pymerkle is not installed (test-only)")
    data, tree, theirs = _entries(size), Tree(), pymerkle.InmemoryTree()
    tree.append(data)
    theirs.append_entries(data)
    assert theirs.get_root() == tree.root()
    for index in random.Random(1).sample(range(size), min(size, 20)):
        assert theirs.get_leaf(index + 1) == tree.node(0, index)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=40), min_size=2, max_size=120), st.data())
def test_pymerkle_accepts_our_roots_and_its_proofs_hold_the_hashes_of_ours(entries: list[bytes], data: st.DataObject) -> None:
    pymerkle = pytest.importorskip("pymerkle", reason="pymerkle is not installed (test-only)")
    tree, theirs = Tree(), pymerkle.InmemoryTree()
    tree.append(entries)
    theirs.append_entries(entries)
    size = data.draw(st.integers(2, len(entries)))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    leaf, root = tree.node(0, index), tree.root(size)
    found = theirs.prove_inclusion(index + 1, size)
    pymerkle.verify_inclusion(leaf, root, found)
    with pytest.raises(pymerkle.InvalidProof):
        pymerkle.verify_inclusion(leaf, bytes(32), found)
    held = [bytes.fromhex(one) for one in found.serialize()["path"]]
    held.remove(leaf)  # theirs holds the leaf too, and stands from left to right
    assert sorted(held) == sorted(proof.inclusion_path(tree.node, index, size))
    pymerkle.verify_consistency(tree.root(old), root, theirs.prove_consistency(old, size))
    with pytest.raises(pymerkle.InvalidProof):
        pymerkle.verify_consistency(bytes(32), root, theirs.prove_consistency(old, size))


@pytest.fixture
def scales() -> Any:
    pytest.importorskip("tlog_scales", reason="tlog-scales is not installed (test-only)")
    pytest.importorskip("requests", reason="tlog-scales needs requests")
    from tlog_scales import backend, reader, signing, tlog, writer

    return type("Scales", (), {"backend": backend, "reader": reader, "signing": signing, "tlog": tlog, "writer": writer})


@pytest.mark.parametrize("size", SIZES)
def test_tlog_scales_reads_our_tiles_and_gives_our_proofs(scales: Any, tmp_path: Path, size: int) -> None:
    data, tree = _entries(size), Tree()
    tree.append(data)
    for one in tile.tiles(size):
        path = tmp_path / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(tile.content(tree.node, one))
    read = scales.reader.TilesReader(scales.backend.LocalBackend(tmp_path))
    read.set_size(size)
    assert read.calculate_root_hash() == tree.root()
    written = scales.writer.TilesWriter.create(tmp_path / "theirs", "example.org/log")
    for entry in data:
        written.add_leaf(entry)
    written.commit([scales.signing.DummySigner()])
    for one in tile.tiles(size):
        assert (tmp_path / "theirs" / one.path).read_bytes() == (tmp_path / one.path).read_bytes()
        if not one.level:
            first = one.number * tile.WIDTH
            assert (tmp_path / "theirs" / one.entries_path).read_bytes() == tile.pack(data[first : first + one.width])
    seeded = random.Random(size)
    for _ in range(10):
        index, old = seeded.randrange(size), seeded.randrange(1, size + 1)
        theirs = read.get_inclusion_proof(index, size)
        assert _hashes(theirs) == proof.inclusion_path(tree.node, index, size)
        assert _hashes(read.get_consistency_proof(old, size)) == proof.consistency_path(tree.node, old, size)


def _hashes(found: Any) -> list[bytes]:
    values = [value for value in vars(found).values() if isinstance(value, list)]
    assert len(values) == 1
    return [bytes(value) for value in values[0]]


def test_cosignatures_of_both_kinds_hold_in_both_directions(scales: Any) -> None:
    log = SigningKey("example.org/log", ED25519, b"\1" * 32)
    state = Checkpoint(origin="example.org/log", size=77, root=b"\7" * 32)
    signed = checkpoint.sign(state, log)
    theirs = scales.tlog.Checkpoint("example.org/log", 77, b"\7" * 32, [])
    for kind, judge in ((COSIGN_ED25519, "Ed25519CosignatureVerifier"), (COSIGN_MLDSA44, "MLDSA44CosignatureVerifier")):
        ours = SigningKey("w.example", kind, b"\2" * 32)
        line = checkpoint.cosign(signed, ours, 1_491_000_000)
        vkey = scales.signing.Vkey("w.example", None, kind, ours.public.public)
        getattr(scales.signing, judge)(vkey).verify(line.value, theirs)
    made = scales.signing.MLDSA44CosignatureSigner("w.example", b"\2" * 32).sign(theirs)
    read = note.parse_signature(made.serialize())
    assert SigningKey("w.example", COSIGN_MLDSA44, b"\2" * 32).public.verify(signed.text.encode(), read.value)
