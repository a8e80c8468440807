"""The seal against the hash it cannot do without, the fsync it waits for, and its peers where they are installed (pymerkle, tlog-scales).

    python -m bench seal

The floor of a log in Python: two small SHA-256 for each entry. The floor of a durable act: one append of 4 KiB and its fsync, taken in turn with
what is measured, since a disk's pace changes by the second.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from bench import Row
from temoin.seal import proof
from temoin.seal.frontier import Frontier
from temoin.seal.key import ED25519, SigningKey
from temoin.seal.tree import Tree, leaf_hash, node_hash
from temoin.store import tables
from temoin.store.draft import Draft
from temoin.store.ledger import Ledger

ENTRY = 42  # bytes of a leaf
BATCH = 256


def _least(work: Callable[[], object], tries: int = 3) -> float:
    found = []
    for _ in range(tries):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return min(found)


def main() -> list[Row]:
    """Return the rows."""
    return [*_tree(), *_proofs(), *_durable()]


def _tree() -> list[Row]:
    count = 100_000
    data = [n.to_bytes(4, "big") * 11 for n in range(count)]
    data = [entry[:ENTRY] for entry in data]

    def floor() -> None:
        left = bytes(32)
        for entry in data:
            leaf = sha256(b"\x00" + entry).digest()
            sha256(b"\x01" + left + leaf).digest()

    def ours() -> None:
        tree = Tree()
        for at in range(0, count, BATCH):
            tree.append(data[at : at + BATCH])

    def single() -> None:
        frontier = Frontier()
        for entry in data:
            frontier.append(leaf_hash(entry))

    floor_s, ours_s = _least(floor), _least(ours)
    against = f"two SHA-256 an entry, {count / floor_s:,.0f}/s"
    ratio, alone = floor_s / ours_s, floor_s / _least(single, 2)
    rows = [
        Row("log: appends in batches of 256", f"{count / ours_s:,.0f}/s", against, ratio, "≥ 0.65", ratio >= 0.65),
        Row("log: appends one by one, frontier only", f"{count / floor_s * alone:,.0f}/s", against, alone, "", None),
    ]
    try:
        import pymerkle
    except ImportError:
        return rows

    def peer() -> None:
        tree = pymerkle.InmemoryTree()
        for at in range(0, count, BATCH):
            tree.append_entries(data[at : at + BATCH])

    times, pace = _least(peer, 1) / ours_s, count / ours_s
    return [*rows, Row("log: appends, against pymerkle in memory", f"{pace:,.0f}/s", f"{pace / times:,.0f}/s", times, "≥ 5", times >= 5)]


def _proofs() -> list[Row]:
    size = 1_000_000
    hashes = b"".join(sha256(n.to_bytes(4, "big")).digest() for n in range(size))

    def floor() -> None:
        for at in range(0, len(hashes), 64):
            sha256(b"\x01" + hashes[at : at + 64]).digest()
        for at in range(0, len(hashes) // 2, 64):
            sha256(b"\x01" + hashes[at : at + 64]).digest()

    restart_s, floor_s = _least(lambda: Tree.from_leaf_hashes(hashes), 2), _least(floor, 1) * 4 / 3
    tree = Tree.from_leaf_hashes(hashes)
    root, places = tree.root(), [n * 7919 % size for n in range(1000)]
    paths = [(n, proof.inclusion_path(tree.node, n, size)) for n in places]

    def prove() -> None:
        for n in places:
            proof.inclusion_path(tree.node, n, size)

    def check() -> None:
        for n, path in paths:
            proof.verify_inclusion(n, size, hashes[n * 32 : n * 32 + 32], path, root)

    def bare() -> None:
        for _, path in paths:
            reached = root
            for value in path:
                reached = node_hash(reached, value)

    prove_s, check_s, bare_s = _least(prove), _least(check), _least(bare)
    seen = [f"{each * 1e3:.1f} µs" for each in (prove_s, check_s, bare_s)]
    proving, checking, again = prove_s / check_s, check_s / bare_s, floor_s / restart_s
    hashing = f"one SHA-256 an entry, {floor_s:.2f} s"
    return [
        Row("log: inclusion proof at 1 M entries", seen[0], f"its verification, {seen[1]}", proving, "≤ 3", proving <= 3),
        Row("log: verifying it", seen[1], f"its 20 hashes, {seen[2]}", checking, "≤ 2", checking <= 2),
        Row("log: restart of 1 M from leaf hashes", f"{restart_s:.2f} s", hashing, again, "≥ 0.45", again >= 0.45),
    ]


def _durable() -> list[Row]:
    # Beside the repository, not in /tmp: that is often memory, where a sync costs nothing.
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        folder = Path(name)
        log = SigningKey.generate("bench.example")
        officers = [SigningKey.generate(f"{n}.example", ED25519).public for n in "ab"]
        (folder / "work").mkdir()
        with Ledger.found(folder / "work", "bench.example", log, officers) as ledger, (folder / "raw").open("wb") as raw:
            case = ledger.case("main")
            assert case

            def one_fsync() -> None:
                raw.write(bytes(4096))
                raw.flush()
                os.fsync(raw.fileno())

            def seal(n: int) -> None:
                ledger.seal([Draft(kind="heartbeat", case=case)] * n)

            times: dict[str, list[float]] = {"fsync": [], "1": [], "100": []}
            for _ in range(60):
                for what, work in (("fsync", one_fsync), ("1", lambda: seal(1)), ("100", lambda: seal(100))):
                    begin = time.perf_counter()
                    work()
                    times[what].append(time.perf_counter() - begin)
            unit = statistics.median(times["fsync"])
            one, hundred = (statistics.median(times[what]) / unit for what in ("1", "100"))
            against = f"one fsync of 4 KiB, {unit * 1e3:.2f} ms"
            rows = [
                Row("store: one durable seal", f"{one * unit * 1e3:.2f} ms", against, one, "≤ 1.2", one <= 1.2),
                Row("store: 100 seals in one commit", f"{hundred * unit * 1e3:.2f} ms", against, hundred, "≤ 1.5", hundred <= 1.5),
                _files(ledger, folder, case),
                _storage(ledger),
            ]
    return rows


def _files(ledger: Ledger, folder: Path, case: str) -> Row:
    count, sources = 400, []
    (folder / "in").mkdir()
    (folder / "naive").mkdir()
    for n in range(count):
        sources.append(folder / "in" / f"{n}.txt")
        sources[-1].write_bytes(os.urandom(4096))

    def naive(some: list[Path]) -> None:
        handle = os.open(folder / "naive", os.O_RDONLY)
        for source in some:
            temporary = folder / "naive" / f".{source.name}"
            with temporary.open("wb") as out:
                out.write(source.read_bytes())
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(folder / "naive" / source.name)
            os.fsync(handle)
        os.close(handle)

    naive_s = _least(lambda: naive(sources[:40]), 1) / 40 * count
    ours_s = _least(lambda: ledger.seal([Draft(kind="capture", case=case, source=source) for source in sources]), 1)
    ratio = naive_s / ours_s
    return Row("store: 400 files of 4 KiB sealed", f"{count / ours_s:,.0f}/s", f"file by file, {count / naive_s:,.0f}/s", ratio, "≥ 20", ratio >= 20)


def _storage(ledger: Ledger) -> Row:
    from sqlalchemy import func, select

    with ledger.database.look() as rows:
        tiles = rows.scalar(select(func.sum(func.length(tables.tiles.c.hashes)))) or 0
    # Commitment, its place, its share of the tree: what a line costs beyond what it says.
    size = tiles / ledger.trunk.size + 32 + 8
    return Row("log: storage an entry beyond its text", f"{size:.0f} bytes", "", None, "≤ 80 bytes", size <= 80)
