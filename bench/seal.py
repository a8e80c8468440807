"""The log in memory against the hash it cannot do without, and its peers where they are installed (pymerkle, tlog-scales: `make` brings both).

    python -m bench seal

The floor of a log in Python: two small SHA-256 for each entry, one for the leaf and one for the tree above it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from bench import Row
from temoin.seal import proof, tile
from temoin.seal.digest import file_sha256
from temoin.seal.frontier import Frontier
from temoin.seal.tree import HASH_BYTES, Tree, leaf_hash, node_hash

ENTRY = 42  # bytes of a leaf
BATCH = 256
COUNT = 100_000
#: MiB/s of SHA-256 where the budgets for files were set (SEAL 5). One that hashes quicker does not open and copy quicker: it is held to these.
BULK = 1.3 * 1024


def in_turn(*works: Callable[[], object], rounds: int = 5) -> list[float]:
    """Return the least processor time of each, taken in turn, so that a slow second of the machine falls on all of them.

    Processor time, since this is all computing: waiting for a busy machine would be counted to whoever's turn it was.
    """
    found: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for times, work in zip(found, works, strict=True):
            begin = time.process_time()
            work()
            times.append(time.process_time() - begin)
    return [min(times) for times in found]


def main() -> list[Row]:
    """Return the rows."""
    return [*_tree(), *_proofs(), *_files()]


def _tree() -> list[Row]:
    data = [(n.to_bytes(4, "big") * 11)[:ENTRY] for n in range(COUNT)]
    bundles = [tile.pack(data[at : at + BATCH]) for at in range(0, COUNT, BATCH)]

    def floor() -> None:
        left = bytes(32)
        for entry in data:
            leaf = sha256(b"\x00" + entry).digest()
            sha256(b"\x01" + left + leaf).digest()

    def ours() -> None:
        tree = Tree()
        for at in range(0, COUNT, BATCH):
            tree.append(data[at : at + BATCH])

    def single() -> None:
        frontier = Frontier()
        for entry in data:
            frontier.append(leaf_hash(entry))

    def audit() -> None:
        tree = Tree()
        for at in range(0, len(bundles), 16):
            tree.append([entry for bundle in bundles[at : at + 16] for entry in tile.unpack(bundle)])
        tree.root()

    floor_s, ours_s, single_s, audit_s = in_turn(floor, ours, single, audit)
    against = f"two SHA-256 an entry, {COUNT / floor_s:,.0f}/s"

    def row(what: str, took_s: float, budget: float | None) -> Row:
        ratio = floor_s / took_s
        return Row(
            what, f"{COUNT / took_s:,.0f}/s", against, ratio, f"≥ {budget:.2f}" if budget else "", ratio >= budget if budget is not None else None
        )

    return [
        row("log: appends in batches of 256", ours_s, 0.65),
        row("log: appends one by one, frontier only", single_s, None),
        row("log: full audit from the entries", audit_s, 0.65),
        _pymerkle(data, COUNT / ours_s),
        _tlog_scales(data, COUNT / ours_s),
    ]


def _absent(what: str, package: str, budget: str) -> Row:
    return Row(what, "not measured", f"{package} is not installed", None, budget, None)


def _pymerkle(data: list[bytes], pace: float) -> Row:
    what, budget = "log: appends, against pymerkle in memory", "≥ 5"
    try:
        import pymerkle
    except ImportError:
        return _absent(what, "pymerkle", budget)

    def peer() -> None:
        tree = pymerkle.InmemoryTree()
        for at in range(0, COUNT, BATCH):
            tree.append_entries(data[at : at + BATCH])

    (theirs_s,) = in_turn(peer, rounds=2)
    theirs = COUNT / theirs_s
    return Row(what, f"{pace:,.0f}/s", f"{theirs:,.0f}/s", pace / theirs, budget, pace / theirs >= 5)


def _tlog_scales(data: list[bytes], pace: float) -> Row:
    what, budget, count = "log: appends, against tlog-scales, 256 a commit, in files", "≥ 50", 40 * BATCH
    try:
        from tlog_scales import signing, writer
    except ImportError:
        return _absent(what, "tlog-scales", budget)

    # It has no tree without its files (which it does not sync): beside the repository, where a disk is.
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        made = writer.TilesWriter.create(Path(name) / "log", "bench.example")
        begin = time.perf_counter()
        for at in range(0, count, BATCH):
            for entry in data[at : at + BATCH]:
                made.add_leaf(entry)
            made.commit([signing.DummySigner()])
        theirs = count / (time.perf_counter() - begin)
    return Row(what, f"{pace:,.0f}/s", f"{theirs:,.0f}/s", pace / theirs, budget, pace / theirs >= 50)


def _proofs() -> list[Row]:
    size = 1_000_000
    hashes = b"".join(sha256(n.to_bytes(4, "big")).digest() for n in range(size))

    def floor() -> None:
        for at in range(0, len(hashes), 64):
            sha256(b"\x01" + hashes[at : at + 64]).digest()
        for at in range(0, len(hashes) // 2, 64):
            sha256(b"\x01" + hashes[at : at + 64]).digest()

    restart_s, floor_s = in_turn(lambda: Tree.from_leaf_hashes(hashes), floor, rounds=2)
    floor_s *= 4 / 3
    tree = Tree.from_leaf_hashes(hashes)
    root, places = tree.root(), [n * 7919 % size for n in range(500)]
    paths = [(n, proof.inclusion_path(tree.node, n, size)) for n in places]
    tiles = {(one.level, one.number): tile.content(tree.node, one) for one in tile.tiles(size)}

    def prove() -> None:
        for n in places:
            proof.inclusion_path(tree.node, n, size)

    def from_tiles() -> None:
        nodes = tile.TileNodes(lambda level, number: tiles[level, number])
        for n in places:
            proof.inclusion_path(nodes, n, size)

    def check() -> None:
        for n, path in paths:
            proof.verify_inclusion(n, size, hashes[n * HASH_BYTES : (n + 1) * HASH_BYTES], path, root)

    def bare() -> None:
        for _, path in paths:
            reached = root
            for value in path:
                reached = node_hash(reached, value)

    prove_s, tiles_s, check_s, bare_s = (each / len(places) for each in in_turn(prove, from_tiles, check, bare))
    verified = f"its verification, {check_s * 1e6:.1f} µs"
    hashing = f"one SHA-256 an entry, {floor_s:.2f} s"
    hashed, restart = check_s / bare_s, floor_s / restart_s
    return [
        Row("log: inclusion proof at 1 M, levels kept", f"{prove_s * 1e6:.1f} µs", verified, prove_s / check_s, "≤ 3", prove_s / check_s <= 3),
        Row("log: inclusion proof at 1 M, from tiles", f"{tiles_s * 1e6:.1f} µs", verified, tiles_s / check_s, "≤ 15", tiles_s / check_s <= 15),
        _pymerkle_proof(tree, prove_s),
        Row("log: verifying it", f"{check_s * 1e6:.1f} µs", f"its 20 hashes, {bare_s * 1e6:.1f} µs", hashed, "≤ 2", hashed <= 2),
        Row("log: restart of 1 M from leaf hashes", f"{restart_s:.2f} s", hashing, restart, "≥ 0.45, ≤ 2 s", restart >= 0.45 and restart_s <= 2),
    ]


def _pymerkle_proof(tree: Tree, prove_s: float) -> Row:
    # At 200,000 entries and not at a million, which would take a minute: its proofs grow slower still from there.
    what, budget, size = "log: inclusion proof, against pymerkle SQLite at 200,000", "≥ 100", 200_000
    try:
        import pymerkle
    except ImportError:
        return _absent(what, "pymerkle", budget)
    with tempfile.TemporaryDirectory() as name:
        theirs = pymerkle.SqliteTree(str(Path(name) / "x.db"))
        theirs.append_entries([n.to_bytes(4, "big") for n in range(size)])
        (theirs_s,) = in_turn(lambda: [theirs.prove_inclusion(n * 7919 * 37 % size + 1) for n in range(5)], rounds=1)
        theirs_s /= 5
        theirs.close()
    ratio = theirs_s / prove_s
    return Row(what, f"{prove_s * 1e6:.1f} µs", f"{theirs_s * 1e6:,.0f} µs", ratio, budget, ratio >= 100)


def _files() -> list[Row]:
    rows = []
    buffer = os.urandom(16 << 20)
    with tempfile.TemporaryDirectory() as name:
        for what, count, size_bytes, budget in (("1 MiB", 24, 1 << 20, 0.95), ("64 MiB", 1, 64 << 20, 0.95), ("4 KiB", 2000, 4096, 0.30)):
            paths = [Path(name) / f"{what} {n}" for n in range(count)]
            for path in paths:
                path.write_bytes(os.urandom(size_bytes))

            def ours(paths: list[Path] = paths) -> None:
                for path in paths:
                    file_sha256(path)

            ours_s, bulk_s = in_turn(ours, lambda: sha256(buffer).digest(), rounds=9)
            pace, bulk = count * size_bytes / ours_s / 2**20, len(buffer) / bulk_s / 2**20
            name_, seen, judged = f"hash: {count:,} × {what} files", f"{pace:,.0f} MiB/s", min(bulk, BULK)
            rows.append(Row(name_, seen, f"SHA-256 in memory, {bulk:,.0f} MiB/s", pace / bulk, "", None))
            against = f"the same, counted as {judged:,.0f} MiB/s at most"
            rows.append(Row(name_, seen, against, pace / judged, f"≥ {budget:.2f}", pace / judged >= budget))
    return rows
