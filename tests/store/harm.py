"""Ways to harm a log, and the one question asked after each: is everything acknowledged still there, and nothing else?"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from temoin.errors import TemoinError, Unreachable
from temoin.seal import checkpoint
from temoin.store.audit import audit
from temoin.store.draft import Draft
from temoin.store.erasure import sweep
from temoin.store.ledger import Ledger
from tests.store.conftest import LOG, OFFICERS, capture
from tests.store.postgres import Server

SEALER = Path(__file__).with_name("sealer.py")
ROOT = Path(__file__).resolve().parents[2]


def begun(folder: Path) -> Path:
    """Begin a log and close it."""
    folder.mkdir()
    Ledger.found(folder, LOG.public.name, LOG, OFFICERS).close()
    return folder


@dataclass
class Told:
    """What the sealer acknowledged."""

    entries: dict[int, str] = field(default_factory=dict)
    signed: int = 0
    refused: str = ""
    wrong: list[str] = field(default_factory=list)

    def hear(self, out: str) -> None:
        for line in out.split("\n")[:-1]:  # a kill may cut the last line short: then it was not said
            word, _, rest = line.partition(" ")
            if word == "signed":
                self.signed = int(rest)
            elif word == "refused":
                self.refused = rest
            elif word.isdigit() and len(rest) == 64:
                self.entries[int(word)] = rest


def _with_path() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


def seal_under(command: list[str], folder: Path, told: Told, *, kill_after_s: float | None = None, rounds: int | None = None) -> int:
    """Run the sealer, perhaps under another program, perhaps killed after a while, and note what it acknowledged."""
    words = [*command, sys.executable, str(SEALER), str(folder), *([str(rounds)] if rounds else [])]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_with_path(), start_new_session=True) as child:
        try:
            out, _ = child.communicate(timeout=kill_after_s or 120)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            out, _ = child.communicate()
    told.hear(out)
    return child.returncode


def examine(folder: Path, told: Told, **edges: Any) -> list[str]:
    """Open the log as after a crash, finish what was begun, and say what is wrong with it."""
    try:
        with Ledger(folder, **edges) as ledger:
            sweep(ledger)
            wrong = audit(ledger)
            held = {one.index: one.entry.payload.sha256 for one in ledger.read() if one.letter and one.entry.payload}
            wrong += [f"entry {index} was acknowledged and is lost" for index, digest in told.entries.items() if held.get(index) != digest]
            head = ledger.head()
            if told.signed and (head is None or checkpoint.parse(head.text).size < told.signed):
                wrong.append(f"checkpoint {told.signed} was acknowledged and is lost")
            case = ledger.case("main")
            assert case
            ledger.seal([Draft(kind="heartbeat", case=case)])
            ledger.sign()
            return wrong
    except TemoinError as err:
        return [f"cannot be opened: {err}"]


def kill_loop(folder: Path, rounds: int, seed: int, told: Told) -> list[str]:
    """Kill the sealer `rounds` times at random moments; say what is wrong after each."""
    seeded = random.Random(seed)
    for turn in range(rounds):
        seal_under([], folder, told, kill_after_s=1.0 + seeded.random())
        if wrong := examine(folder, told):
            return [f"after kill {turn}: {said}" for said in wrong]
    return []


def fall_loop(server: Server, folder: Path, rounds: int, seed: int) -> Told:
    """Seal until the server falls, start it again, look at everything, `rounds` times. Sealing may end by Unreachable only."""
    told, seeded = Told(), random.Random(seed)
    Ledger.found(folder, LOG.public.name, LOG, OFFICERS, database=server.url).close()
    for turn in range(rounds):
        with Ledger(folder, database=server.url) as ledger:
            fall = threading.Timer(0.2 + seeded.random() / 3, server.crash)
            fall.start()
            _seal_until_it_falls(ledger, told)
            fall.join()
            server.start()
            # The server answers again, but the session that held the writer's lock is gone: this one must not write any more.
            try:
                ledger.seal([Draft(kind="heartbeat", case="c" * 32)])
                told.wrong.append(f"fall {turn}: sealed on without the lock")
            except Unreachable:
                pass
        told.wrong += [f"fall {turn}: {said}" for said in examine(folder, told, database=server.url)]
    return told


def _seal_until_it_falls(ledger: Ledger, told: Told) -> None:
    try:
        for turn in count():
            contents = [b"%d %d" % (ledger.trunk.size, n) * 50 for n in range(turn % 5 + 1)]
            for index, content in zip(capture(ledger, *contents), contents, strict=True):
                told.entries[index] = sha256(content).hexdigest()
            if turn % 4 == 3:
                told.signed = checkpoint.parse(ledger.sign().text).size
    except Unreachable:
        return


def strace(call: str, number: int, how: str) -> list[str]:
    """Return what makes the system harm the sealer at its nth call of that name: error=EIO, error=ENOSPC or signal=KILL."""
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{how}:when={number}"]


def calls_to_begin(call: str) -> int:
    """Return how many calls of that name the sealer makes before it is told where to seal."""
    with tempfile.NamedTemporaryFile("r") as out:
        words = [*("strace", "-f", "-qq", "-o", out.name, "-e", f"trace={call}"), sys.executable, "-c", "import tests.store.sealer"]
        subprocess.run(words, check=True, cwd=ROOT, env=_with_path(), timeout=60, capture_output=True)
        return sum(f"{call}(" in line for line in out)


def strace_works() -> bool:
    """Whether strace may be used here."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run([*strace("close", 9999, "error=EIO"), "true"], capture_output=True, timeout=20).returncode == 0


# ── byte flips ──


def spots(ledger: Ledger) -> list[tuple[tuple[Path, range], int]]:
    """Return where each payload lies, file and bytes, and whose it is."""
    found = []
    for one in ledger.read():
        if one.payload and one.letter and one.letter.place:
            start, length = one.letter.place
            found.append(((ledger.vault.path(one.payload), range(start, start + length)), one.index))
    return found


def rows(ledger: Ledger, path: Path) -> list[tuple[range, int]]:
    """Return where in the database's file the parts of each entry's row lie, and whose they are."""
    raw, found = path.read_bytes(), []
    for row in ledger.rows():
        for part in (row.commitment, row.wrapped, row.sealed):  # what finds an original stands in an index, too: either may be met first
            at = raw.find(part) if part else -1
            if at >= 0:
                found.append((range(at, at + len(part)), row.idx))
    return found


def used(path: Path) -> list[int]:
    """Return the places of a file that hold something: all but long runs of zeros."""
    return [at for run in re.finditer(rb"(?:(?!\0{32}).)+", path.read_bytes(), re.DOTALL) for at in range(*run.span())]


def snapshot(folder: Path) -> dict[str, Any]:
    """Everything the log says, for comparison."""
    with Ledger(folder, read_only=True) as ledger:
        head = ledger.head()
        return {
            "entries": [(one.index, one.letter, one.commitment, ledger.payload(one) if one.payload else b"") for one in ledger.read()],
            "head": str(head) if head else "",
            "root": ledger.trunk.frontier.root(),
            "counts": ledger.counts(),
        }


def flipped(folder: Path, path: Path, at: int, bit: int) -> list[str] | None:
    """Flip one bit of a file, and return what the audit says; None where it says nothing and nothing that the log says has changed."""
    before = snapshot(folder)
    raw = path.read_bytes()
    bad = bytearray(raw)
    bad[at] ^= 1 << bit
    path.write_bytes(bytes(bad))
    try:
        try:
            with Ledger(folder, read_only=True) as ledger:
                said = audit(ledger)
            if not said and snapshot(folder) == before:
                return None
            return said
        except TemoinError as err:
            return [str(err)]
    finally:
        path.write_bytes(raw)
        for name in ("temoin.db-wal", "temoin.db-shm"):
            (folder / name).unlink(missing_ok=True)
