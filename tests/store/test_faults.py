"""What happens when the machine fails. Short forms; `python tests/faults.py` goes through everything."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import apsw
import pytest
from sqlalchemy import insert

from temoin.errors import Broken, Unreachable, Unverified
from temoin.seal import checkpoint
from temoin.store import durable, tables
from temoin.store.audit import audit
from temoin.store.draft import Draft
from temoin.store.erasure import sweep
from temoin.store.ledger import Ledger
from tests.store import cuts, harm
from tests.store.conftest import LOG, OFFICERS


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A log of four key entries, closed."""
    return harm.begun(tmp_path / "work")


def _capture(ledger: Ledger, *contents: bytes) -> list[int]:
    case = ledger.case("main")
    assert case
    return ledger.seal([Draft(kind="capture", case=case, source=c) for c in contents])


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_sealer_is_killed(place: Path) -> None:
    told = harm.Told()
    assert harm.kill_loop(place, 6, seed=1, told=told) == []
    assert len(told.entries) > 30
    assert told.signed


@pytest.mark.slow
def test_an_error_or_a_kill_in_a_system_call_loses_nothing(tmp_path: Path) -> None:
    if not harm.strace_works():
        pytest.skip("strace is not installed or may not trace here")
    refused = 0
    for n, (call, when, how) in enumerate(
        [
            ("fdatasync", 3, "signal=KILL"),
            ("fsync", 4, "error=EIO"),
            ("fsync", 9, "signal=KILL"),
            ("pwrite64", 8, "error=ENOSPC"),
            ("pwrite64", 21, "signal=KILL"),
            ("rename", 5, "error=EIO"),
        ]
    ):
        place, told = harm.begun(tmp_path / str(n)), harm.Told()
        code = harm.seal_under(harm.strace(call, when, how), place, told, rounds=6)
        refused += bool(code)
        assert harm.examine(place, told) == [], (call, when, how)
    assert refused >= 4  # the harness has teeth: most of these were felt


@pytest.mark.slow
def test_a_power_cut_loses_nothing_acknowledged_and_tears_nothing(place: Path, tmp_path: Path) -> None:
    looked, wrong = cuts.power_cuts(place, tmp_path, every=12, samples=1, seed=3)
    assert wrong == []
    assert looked > 30


def test_the_recorder_has_teeth(tmp_path: Path) -> None:
    """The same cuts over a database that does not sync (synchronous=OFF) must lose acknowledged rows: else the test above says nothing."""
    path = tmp_path / "x.db"
    with cuts.recording() as recorder:
        db = apsw.Connection(str(path))
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", "CREATE TABLE t(n)"):
            db.execute(statement)
        acknowledged = []
        for n in range(20):
            db.execute("INSERT INTO t VALUES (?)", (n,))
            acknowledged.append((len(recorder.journal), n))
        db.close()
    journal, lost = recorder.journal, 0
    for cut in range(0, len(journal), 5):
        files = cuts.image({}, journal, cut, "none", random.Random(0))
        (tmp_path / "image.db").write_bytes(files.get("x.db", b""))
        (tmp_path / "image.db-wal").write_bytes(files.get("x.db-wal", b""))
        again = apsw.Connection(str(tmp_path / "image.db"))
        try:
            held = {row[0] for row in again.execute("SELECT n FROM t")}
        except apsw.SQLError:
            held = set()
        again.close()
        lost += any(at <= cut and n not in held for at, n in acknowledged)
        for name in tmp_path.glob("image.db*"):
            name.unlink()
    assert lost > 3


@pytest.mark.parametrize("forgotten", ["_finish", "sync_folders"])
def test_the_cuts_have_teeth_for_payloads_too(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgotten: str) -> None:
    """Files that are not synced, or whose folder is not, must be found missing by the same cuts."""

    def finish(out: BinaryIO) -> None:
        out.close()

    monkeypatch.setattr(durable, forgotten, finish if forgotten == "_finish" else lambda folders: None)
    _, wrong = cuts.power_cuts(place, tmp_path, every=15, samples=0, seed=3)
    assert [said for said in wrong if "none kept" in said and ("payload file" in said or "cannot be opened" in said)], wrong


def test_every_flipped_byte_of_a_payload_names_its_entry(tmp_path: Path) -> None:
    place = harm.begun(tmp_path / "work")
    with Ledger(place) as ledger:
        indexes = _capture(ledger, b"one", b"the second, somewhat longer", b"")
        ledger.sign()
        spots = harm.spots(ledger)
        ledger.database.forget()
    assert [index for _, index in spots] == indexes
    assert len({path for (path, _), _ in spots}) == 1  # they share a file
    for (path, spot), index in spots:
        for at in spot:
            said = harm.flipped(place, path, at, at % 8)
            assert said
            assert [one for one in said if one.startswith(f"entry {index}:")], said
            assert len(said) == 1, said


def test_a_flipped_byte_of_the_database_is_reported_or_changes_nothing(tmp_path: Path) -> None:
    place = harm.begun(tmp_path / "work")
    with Ledger(place) as ledger:
        _capture(ledger, b"one", b"two", b"three")
        ledger.sign()
        ledger.database.forget()
    path, seeded, reported = place / "temoin.db", random.Random(11), 0
    raw = path.read_bytes()
    used = [at for at, byte in enumerate(raw) if byte]
    for at in [*seeded.sample(used, 150), *range(100)]:
        said = harm.flipped(place, path, at, seeded.randrange(8))
        reported += said is not None
        assert said is None or said
    assert reported > 60


def test_a_flipped_byte_of_a_row_names_its_entry(tmp_path: Path) -> None:
    place = harm.begun(tmp_path / "work")
    with Ledger(place) as ledger:
        _capture(ledger, b"one", b"two", b"three")
        ledger.sign()
        ledger.database.forget()
        spots = harm.rows(ledger, place / "temoin.db")
    assert len({index for _, index in spots}) == 7
    assert len(spots) == 7 * 3  # commitment, key, text
    seeded = random.Random(5)
    for spot, index in spots:
        for at in {spot.start, spot[-1], *seeded.choices(spot, k=3)}:
            said = harm.flipped(place, place / "temoin.db", at, seeded.randrange(8))
            assert said
            assert any(one.startswith(f"entry {index}:") for one in said), (index, at, said)


@pytest.mark.parametrize("value", ["text", 5, 1.5])
@pytest.mark.parametrize(("table", "column"), [("log_entry", "commitment"), ("log_entry", "sealed"), ("log_tile", "hashes"), ("log_stamp", "reply")])
def test_a_value_of_another_kind_is_reported_and_never_converted(tmp_path: Path, table: str, column: str, value: object) -> None:
    """Where a damaged page calls a blob a text or a number, SQLite gives it so."""
    place = harm.begun(tmp_path / "work")
    with Ledger(place) as ledger:
        case = ledger.case("main")
        assert case
        ledger.seal([Draft(kind="heartbeat", case=case)] * 300)
        size = checkpoint.parse(ledger.sign().text).size
        with ledger.database.unit() as rows:
            rows.execute(insert(tables.stamps).values(size=size, authority="one", reply=b"r", root_pem=b"p"))
            rows.exec_driver_sql(f"UPDATE {table} SET {column} = ?", (value,))
    with Ledger(place, read_only=True) as ledger:
        assert audit(ledger)


@pytest.mark.parametrize("value", ["\x11", "", "-1", "1.0", b"\0"])
def test_an_epoch_that_is_no_number_is_said_so_when_the_log_is_opened(tmp_path: Path, value: object) -> None:
    place = harm.begun(tmp_path / "work")
    with Ledger(place) as ledger, ledger.database.unit() as rows:
        rows.exec_driver_sql("UPDATE log_state SET value = ? WHERE name = 'epoch'", (value,))
    with pytest.raises(Broken, match="epoch"):
        Ledger(place, read_only=True)


def test_what_fell_over_on_the_disk_is_not_signed_though_memory_holds_it_right(tmp_path: Path) -> None:
    place = harm.begun(tmp_path / "work")
    with Ledger(place) as ledger:
        _capture(ledger, b"one")
        ledger.sign()
        _capture(ledger, b"two")
        ledger.database.forget()
        spot, index = harm.rows(ledger, place / "temoin.db")[-1]  # the encrypted text of the last entry
        # By another program: closing the file in this one would take SQLite's lock away.
        flip = "import os,sys; f=os.open(sys.argv[1],os.O_RDWR); n=int(sys.argv[2]); os.pwrite(f,bytes([os.pread(f,1,n)[0]^1]),n)"
        subprocess.run([sys.executable, "-c", flip, str(place / "temoin.db"), str(spot.start)], check=True)
        with pytest.raises(Unverified, match=f"entry {index}"):
            ledger.sign()


def test_a_flipped_byte_of_what_was_published_is_reported(tmp_path: Path) -> None:
    place = harm.begun(tmp_path / "work")
    with Ledger(place) as ledger:
        _capture(ledger, b"one")
        ledger.sign()
    for at in range((place / "published").stat().st_size):
        said = harm.flipped(place, place / "published", at, at % 7)
        assert said
        assert any("published" in one for one in said), said


def test_when_a_payload_cannot_be_synced_nothing_is_sealed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(place) as ledger:
        size = ledger.trunk.size
        for number, wanted in ((errno.EIO, "cannot be written"), (errno.ENOSPC, "disk is full")):
            with monkeypatch.context() as patch:

                def fails(_: int, number: int = number) -> None:
                    raise OSError(number, os.strerror(number))

                patch.setattr(os, "fsync", fails)
                with pytest.raises(Unreachable, match=wanted):
                    _capture(ledger, b"one", b"two", b"three", b"four", b"five")
            assert ledger.trunk.size == size
            assert list(ledger.vault.names()) == []
        assert _capture(ledger, b"after") == [size]
        assert audit(ledger) == []


class Failing(apsw.VFS):
    """A disk whose syncs or writes fail from some moment on."""

    def __init__(self) -> None:
        self.fails: type[apsw.Error] | None = None
        self.name = f"failing{id(self)}"
        super().__init__(self.name, "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _FailingFile(self, name, flags)


class _FailingFile(apsw.VFSFile):
    def __init__(self, vfs: Failing, name: Any, flags: list[int]) -> None:
        self.vfs = vfs
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        if self.vfs.fails is apsw.FullError:
            raise apsw.FullError("planned")
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        if self.vfs.fails is apsw.IOError:
            raise apsw.IOError("planned")
        super().xSync(flags)


@pytest.fixture
def failing() -> Iterator[Failing]:
    made = Failing()
    yield made
    made.unregister()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", [apsw.IOError, apsw.FullError])
def test_after_an_error_of_the_disk_the_ledger_stops_until_it_is_opened_again(
    tmp_path: Path, failing: Failing, kind: type[apsw.Error], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.unraisablehook", lambda _: None)
    place = tmp_path / "work"
    place.mkdir()
    ledger = Ledger.found(place, LOG.public.name, LOG, OFFICERS)
    kept = _capture(ledger, b"kept")
    failing.fails = kind
    with pytest.raises(Unreachable):
        _capture(ledger, b"lost")
    failing.fails = None
    with pytest.raises(Unreachable, match="stopped after an error"):
        _capture(ledger, b"refused")
    ledger.close()
    with Ledger(place) as again:
        sweep(again)  # what was prepared stayed until it was certain that its entry was not sealed
        assert [one.index for one in again.read() if one.kind == "capture"] == kept
        assert audit(again) == []
        assert _capture(again, b"next") == [kept[-1] + 1]


def _fill(ledger: Ledger, told: harm.Told) -> None:
    while True:
        (index,) = _capture(ledger, b"x" * 20_000 + b"%d" % ledger.trunk.size)
        payload = ledger.one(index).entry.payload
        assert payload
        told.entries[index] = payload.sha256


def test_a_full_disk_is_said_so_and_leaves_the_log_whole(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if os.getuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(small)], capture_output=True).returncode:
        pytest.skip("a small disk can only be mounted by root")
    try:
        place, told = harm.begun(small / "work"), harm.Told()
        with Ledger(place) as ledger, pytest.raises(Unreachable, match="disk is full"):
            _fill(ledger, told)
        with Ledger(place, read_only=True) as ledger:
            assert [said for said in audit(ledger) if "no entry speaks of it" not in said] == []
            held = {one.index: one.entry.payload.sha256 for one in ledger.read() if one.letter and one.entry.payload}
            assert held == told.entries
        assert len(told.entries) > 10
    finally:
        subprocess.run(["umount", str(small)], check=True)
