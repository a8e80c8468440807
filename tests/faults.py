"""Everything that can go wrong with a machine, gone through one by one: `make faults`, or python tests/faults.py [SCALE].

    kill -9        the sealer is killed at random moments
    system calls   each call that touches a file in turn fails (EIO, ENOSPC) or is the last (KILL); needs strace
    power cut      every order of unsynced writes that a disk may forget, drop or tear at 512 bytes: database, payloads, what was published
    server         PostgreSQL falls while somebody seals; needs its programs
    flipped bits   one in every byte of a small store that holds something: payloads, what was published, the database

After each: what was acknowledged is there, nothing wrong is accepted, the report names the item. Exit 1 where anything is not so.
SCALE: 1 takes about half an hour on two cores; less is a sample.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from temoin.store.ledger import Ledger
from tests.store import cuts, harm, postgres

#: The calls by which we and SQLite touch files, and how many of each are harmed in turn.
CALLS = (
    ("fdatasync", 40), ("fsync", 40), ("pwrite64", 120), ("write", 60), ("rename", 20), ("openat", 60), ("ftruncate", 5),
    ("pread64", 40), ("read", 40), ("close", 40), ("unlink", 10), ("fcntl", 40),
)  # fmt: skip


def kills(scratch: Path, scale: float) -> Iterator[str]:
    """Kill the sealer again and again."""
    told = harm.Told()
    rounds = max(2, int(100 * scale))
    yield from harm.kill_loop(harm.begun(scratch / "kill"), rounds, seed=int(time.time()), told=told)
    print(f"  {rounds} kills, {len(told.entries)} entries acknowledged, last checkpoint {told.signed}")


def calls(scratch: Path, scale: float) -> Iterator[str]:
    """Harm each system call in turn."""
    if not harm.strace_works():
        print("  not done: strace is not installed or may not trace here")
        return
    felt = tried = 0
    step = max(1, int(1 / scale)) if scale else 1
    for call, most in CALLS:
        # What Python does to begin is felt before we are there: count it, and harm what comes after.
        first = harm.calls_to_begin(call)
        for how in ("error=EIO", "error=ENOSPC", "signal=KILL"):
            for number in range(first + 1, first + 1 + most, step * 3):
                place, told = harm.begun(scratch / f"{call}-{how}-{number}"), harm.Told()
                felt += bool(harm.seal_under(harm.strace(call, number, how), place, told, rounds=8))
                tried += 1
                yield from (f"{call} number {number}, {how}: {said}" for said in harm.examine(place, told))
                shutil.rmtree(place)
    print(f"  {tried} injections, {felt} of them felt by the sealer")
    if felt * 4 < tried:
        yield "hardly any injection was felt: this test says nothing"


def power(scratch: Path, scale: float) -> Iterator[str]:
    """Cut the power."""
    every = max(1, int(2 / max(scale, 0.05)))
    looked, wrong = cuts.power_cuts(harm.begun(scratch / "cut"), scratch, every=every, samples=4, seed=int(time.time()))
    print(f"  {looked} images of the disk looked at")
    yield from wrong


def flips(scratch: Path, scale: float) -> Iterator[str]:
    """Flip a bit of every byte."""
    from temoin.store.draft import Draft

    place = harm.begun(scratch / "flip")
    with Ledger(place) as ledger:
        case = ledger.case("main")
        assert case
        ledger.seal([Draft(kind="capture", case=case, source=b"original %d" % n, sensitive={"name": f"{n}.txt"}) for n in range(5)])
        ledger.sign()
        ledger.database.forget()
        spots, rows = harm.spots(ledger), harm.rows(ledger, place / "temoin.db")
    payloads = {path for (path, _), _ in spots}
    seeded, silent, done = random.Random(1), 0, 0
    for path in [*payloads, place / "published", place / "temoin.db"]:
        full = harm.used(path) if path.suffix == ".db" else range(path.stat().st_size)
        for at in sorted(seeded.sample(full, max(1, int(len(full) * min(1.0, scale))))):
            said = harm.flipped(place, path, at, seeded.randrange(8))
            done += 1
            if said is None:
                silent += 1
                if path.suffix != ".db":
                    yield f"{path.name}, byte {at}: nothing said"
            for spot, whose in rows if path.suffix == ".db" else [(spot, whose) for (of, spot), whose in spots if of == path]:
                if at in spot and not any(one.startswith(f"entry {whose}:") for one in said or ()):
                    yield f"{path.name}, byte {at}: {said and said[0]}, wanted entry {whose}"
    print(f"  {done} bits flipped, {silent} of them in bytes of the database that nobody reads")


def falls(scratch: Path, scale: float) -> Iterator[str]:
    """Let PostgreSQL fall while somebody seals."""
    if postgres.binaries() is None:
        print("  not done: PostgreSQL is not installed")
        return
    folder = scratch / "server"
    folder.mkdir()
    rounds = max(2, int(20 * scale))
    with postgres.server() as server:
        acknowledged = harm.fall_loop(server, folder, rounds, seed=int(time.time()))
        print(f"  {rounds} falls, {len(acknowledged.entries)} entries acknowledged")
        yield from acknowledged.wrong


def main() -> int:
    """Go through all of it and return how it ended."""
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    base = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    bad = 0
    for part in (kills, calls, power, falls, flips):
        begin = time.monotonic()
        print(f"{part.__name__}: {part.__doc__}")
        with tempfile.TemporaryDirectory(prefix="temoin-faults-", dir=base) as folder:
            for said in part(Path(folder), scale):
                bad += 1
                print(f"  WRONG: {said}")
        print(f"  {time.monotonic() - begin:.0f} s")
    print("all held" if not bad else f"{bad} things did not hold")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
