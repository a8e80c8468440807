"""What the tree promises: one root for one sequence, proofs for every place, and none for anything else."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.errors import Broken, Unreachable, Unverified
from temoin.seal import proof, tile
from temoin.seal.digest import file_sha256
from temoin.seal.frontier import Frontier
from temoin.seal.tree import Tree, leaf_hash, naive_root, range_hash

entries = st.lists(st.binary(max_size=40), min_size=1, max_size=80)
quick = settings(max_examples=80, deadline=None)


def _grown(data: list[bytes], cuts: list[int]) -> Tree:
    tree, at = Tree(), 0
    for cut in [*sorted(cuts), len(data)]:
        assert tree.append(data[at:cut]) == min(at, len(data))
        at = max(at, min(cut, len(data)))
    return tree


@quick
@given(entries, st.lists(st.integers(0, 80), max_size=6))
def test_batches_of_any_size_give_the_tree_of_the_definition(data: list[bytes], cuts: list[int]) -> None:
    tree = _grown(data, [min(c, len(data)) for c in cuts])
    frontier = Frontier()
    for size, entry in enumerate(data, 1):
        frontier.append(leaf_hash(entry))
        assert tree.root(size) == frontier.root()
    assert tree.root() == naive_root(data)
    assert Frontier.of(tree.node, len(data)).root() == tree.root()


@quick
@given(entries, st.data())
def test_every_leaf_proves_its_place_and_no_other(data: list[bytes], draw: st.DataObject) -> None:
    tree = Tree()
    tree.append(data)
    size = draw.draw(st.integers(1, len(data)))
    index = draw.draw(st.integers(0, size - 1))
    path = proof.inclusion_path(tree.node, index, size)
    leaf = leaf_hash(data[index])
    proof.verify_inclusion(index, size, leaf, path, tree.root(size))
    other = draw.draw(st.integers(0, size - 1))
    if data[other] != data[index]:
        with pytest.raises(Unverified):
            proof.verify_inclusion(index, size, leaf_hash(data[other]), path, tree.root(size))
    if path:
        at, bit = draw.draw(st.integers(0, len(path) - 1)), draw.draw(st.integers(0, 255))
        bad = list(path)
        bad[at] = (int.from_bytes(bad[at], "big") ^ (1 << bit)).to_bytes(32, "big")
        for wrong in (bad, path[:-1], [*path, path[0]]):
            with pytest.raises(Unverified):
                proof.verify_inclusion(index, size, leaf, wrong, tree.root(size))


@quick
@given(entries, st.data())
def test_a_later_tree_shows_that_it_only_added(data: list[bytes], draw: st.DataObject) -> None:
    tree = Tree()
    tree.append(data)
    new = draw.draw(st.integers(1, len(data)))
    old = draw.draw(st.integers(1, new))
    path = proof.consistency_path(tree.node, old, new)
    proof.verify_consistency(old, new, path, tree.root(old), tree.root(new))
    changed = Tree()
    victim = draw.draw(st.integers(0, old - 1))
    changed.append([entry + b"!" if at == victim else entry for at, entry in enumerate(data)])
    with pytest.raises(Unverified):
        proof.verify_consistency(old, new, proof.consistency_path(changed.node, old, new), tree.root(old), changed.root(new))


@quick
@given(st.integers(1, 700), st.data())
def test_tiles_hold_every_finished_subtree(size: int, draw: st.DataObject) -> None:
    tree = Tree()
    tree.append([b"%d" % n for n in range(size)])
    had = draw.draw(st.integers(0, size))
    files = {(t.level, t.number): tile.content(tree.node, t) for t in tile.tiles(had)}
    files.update({(t.level, t.number): tile.content(tree.node, t) for t in tile.tiles(size, had)})
    nodes = tile.TileNodes(lambda level, number: files.get((level, number), b""))
    assert range_hash(nodes, 0, size) == tree.root()
    index = draw.draw(st.integers(0, size - 1))
    assert proof.inclusion_path(nodes, index, size) == proof.inclusion_path(tree.node, index, size)
    assert tile.from_hashes(size, lambda t: files[t.level, t.number]).root() == tree.root()


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (tile.Tile(0, 0), "tile/0/000"),
        (tile.Tile(0, 1234067), "tile/0/x001/x234/067"),
        (tile.Tile(3, 999, 12), "tile/3/999.p/12"),
    ],
)
def test_tiles_are_named_as_the_specification_names_them(place: tile.Tile, path: str) -> None:
    assert place.path == path
    assert tile.parse(path) == place


@pytest.mark.parametrize("path", ["tile/0/1", "tile/0/x000/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/00/000", "tile/0/../000", ""])
def test_other_names_name_no_tile(path: str) -> None:
    with pytest.raises(Broken):
        tile.parse(path)


@pytest.mark.parametrize("call", [(0, 0), (0, 5), (5, 4), (-1, 3)])
def test_size_zero_and_shrinking_prove_nothing(call: tuple[int, int]) -> None:
    root = b"\0" * 32
    with pytest.raises(Unverified):
        proof.verify_consistency(*call, [], root, root)
    with pytest.raises(IndexError):
        proof.consistency_path(Tree().node, *call)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=3), max_size=20) | st.integers(0, 5).flatmap(lambda n: st.lists(st.binary(min_size=n, max_size=n), max_size=20)))
def test_a_bundle_of_entries_reads_back_and_no_beginning_of_it_reads_as_more(entries: list[bytes]) -> None:
    packed = tile.pack(entries)
    assert tile.unpack(packed) == entries
    for cut in range(len(packed)):
        try:
            read = tile.unpack(packed[:cut])
        except Broken:
            continue
        assert read == entries[: len(read)]
        assert tile.pack(read) == packed[:cut]


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, (1 << 20) - 1, (1 << 20) + 1, 3 << 20])
def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    (tmp_path / "x").write_bytes(content)
    assert file_sha256(tmp_path / "x") == (sha256(content).hexdigest(), size)


def test_a_file_that_cannot_be_read_has_no_digest(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(Unreachable, match="cannot be read"):
            file_sha256(path)


def test_hashes_of_another_length_are_refused() -> None:
    for bad in (b"", b"\0" * 31, b"\0" * 33):
        with pytest.raises(Unverified):
            proof.verify_inclusion(0, 1, bad, [], bad)
        with pytest.raises(Unverified):
            proof.verify_consistency(1, 1, [], bad, bad)
    with pytest.raises(Broken):
        Tree.from_leaf_hashes(b"\0" * 33)
    with pytest.raises(Broken):
        Frontier(3, [b"\0" * 32])
    with pytest.raises(Broken):
        tile.unpack(b"\0\5abc")
