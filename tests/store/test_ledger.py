"""The ledger: sealed is durable, signed is checked, erased is gone, and nobody signs an older state."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, UniqueConstraint, delete, insert, inspect, select, text, update

from temoin.errors import Broken, Misused, Refused, TemoinError, Unreachable, Unverified
from temoin.seal import checkpoint, commitment, proof, tombstone
from temoin.seal.tree import Tree, leaf_hash
from temoin.store import database, migrations, tables, trunk
from temoin.store.audit import audit
from temoin.store.draft import Draft
from temoin.store.erasure import erase, propose, sweep
from temoin.store.ledger import Ledger
from temoin.store.writer import Writer
from tests.store.conftest import ANNA, BORIS, CARLA, LOG, OFFICERS

Reopen = Callable[..., Ledger]


def _main(ledger: Ledger) -> str:
    case = ledger.case("main")
    assert case
    return case


def _capture(ledger: Ledger, *contents: bytes) -> list[int]:
    case = _main(ledger)
    return ledger.seal([Draft(kind="capture", case=case, source=c, sensitive={"name": f"{n}.txt"}) for n, c in enumerate(contents)])


def test_what_was_sealed_is_there_after_opening_again(ledger: Ledger, reopened: Reopen, tmp_path: Path) -> None:
    source = tmp_path / "photo.jpg"
    source.write_bytes(bytes(range(256)) * 1000)
    indexes = _capture(ledger, b"", b"one", b"x" * 65536, b"y" * 65537)
    indexes += ledger.seal([Draft(kind="capture", case=_main(ledger), source=source, media_type="image/jpeg")])
    assert indexes == [4, 5, 6, 7, 8]
    signed = ledger.sign()
    ledger.close()
    with reopened() as again:
        assert [again.payload(one) for one in again.read() if one.kind == "capture"] == [
            b"",
            b"one",
            b"x" * 65536,
            b"y" * 65537,
            source.read_bytes(),
        ]
        assert again.find(sha256(b"one").hexdigest()) == [5]
        assert again.sign() == signed
        assert audit(again) == []
        stated = checkpoint.verify(signed, LOG.public)
        with again.database.look() as rows:
            for one in again.read():
                path = trunk.inclusion(rows, one.index, stated.size)
                proof.verify_inclusion(one.index, stated.size, leaf_hash(commitment.leaf(one.commitment)), path, stated.root)


def test_the_tiles_hold_the_tree_however_the_batches_fall(ledger: Ledger, reopened: Reopen) -> None:
    case = _main(ledger)
    for n in (1, 255, 256, 3, 600):
        ledger.seal([Draft(kind="heartbeat", case=case, detail={"n": k}) for k in range(n)])
    tree = Tree()
    tree.append([commitment.leaf(one.commitment) for one in ledger.read()])
    assert ledger.trunk.frontier.root() == tree.root()
    ledger.close()
    with reopened() as again:
        assert again.trunk.frontier.root() == tree.root()
        again.seal([Draft(kind="heartbeat", case=case)])
        assert audit(again) == []
        with again.database.look() as rows:
            assert trunk.consistency(rows, 300, 900) == proof.consistency_path(tree.node, 300, 900)


def test_rows_of_other_rooms_stand_or_fall_with_the_entry(ledger: Ledger) -> None:
    other = Table("other", MetaData(), Column("idx", Integer, primary_key=True))
    with ledger.database.unit() as rows:
        other.create(rows)
    case = _main(ledger)
    ledger.seal([Draft(kind="judgement", case=case)], lambda rows, new: rows.execute(insert(other).values(idx=new[0])))

    def fails(rows: object, new: list[int]) -> None:
        raise ValueError("the room says no")

    size, held = ledger.trunk.size, len(list(ledger.vault.names()))
    with pytest.raises(ValueError, match="says no"):
        ledger.seal([Draft(kind="judgement", case=case, source=b"gone")], fails)
    assert ledger.trunk.size == size
    assert len(list(ledger.vault.names())) == held
    assert _capture(ledger, b"next") == [size]
    assert audit(ledger) == []
    with ledger.database.look() as rows:
        assert list(rows.scalars(select(other.c.idx))) == [4]


def test_a_draft_that_cannot_be_sealed_leaves_no_trace(ledger: Ledger, tmp_path: Path) -> None:
    case = _main(ledger)
    for bad in (
        Draft(kind="capture", case=case, source=tmp_path / "nowhere"),
        Draft(kind="capture", case=case, detail={"n": 1.5}, source=b"x"),
        Draft(kind="capture", case="not a case", source=b"x"),
        Draft(kind="capture", case=case, detail={"n": "x" * 70_000}, source=b"x"),
    ):
        with pytest.raises(TemoinError):
            ledger.seal([Draft(kind="capture", case=case, source=b"good"), bad])
    assert ledger.trunk.size == 4
    assert list(ledger.vault.names()) == []
    assert audit(ledger) == []


def test_two_writers_are_never_at_it_at_once(ledger: Ledger, reopened: Reopen) -> None:
    with pytest.raises(Unreachable, match="another Témoin"):
        reopened()
    with reopened(read_only=True) as reader:
        assert reader.trunk.size == ledger.trunk.size
        with pytest.raises(Refused):
            _capture(reader, b"no")


def test_many_threads_share_commits_and_each_gets_its_own_index(ledger: Ledger) -> None:
    case, got = _main(ledger), {}

    def work(name: int) -> None:
        for n in range(5):
            (index,) = writer.seal([Draft(kind="capture", case=case, source=b"%d/%d" % (name, n))]).result()
            got[index] = b"%d/%d" % (name, n)

    with Writer(ledger) as writer:
        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        good, bad = writer.seal([Draft(kind="heartbeat", case=case)]), writer.seal([Draft(kind="heartbeat", case="no case")])
        for thread in threads:
            thread.join()
    assert good.result()
    with pytest.raises(Broken):
        bad.result()
    assert len(got) == 40
    assert {one.index: ledger.payload(one) for one in ledger.read() if one.kind == "capture"} == got
    assert audit(ledger) == []


def test_an_erased_entry_is_gone_and_every_other_proof_holds(ledger: Ledger, reopened: Reopen, folder: Path) -> None:
    secret = b"the name of the witness is K."
    first, gone, last = _capture(ledger, b"first", secret, b"last")
    before = ledger.sign()
    sealed = ledger.one(gone)
    assert sealed.letter
    with pytest.raises(Unverified):
        erase(ledger, tombstone.note.sign(propose(ledger, gone, "consent_withdrawn").text, [ANNA]))
    stone = propose(ledger, gone, "consent_withdrawn")
    index = erase(ledger, tombstone.sign(stone, [ANNA, CARLA]))
    assert ledger.epoch == 2
    assert ledger.keyring.epochs() == [2]
    with pytest.raises(Refused, match="erased"):
        _ = ledger.one(gone).entry
    assert ledger.find(sha256(secret).hexdigest()) == []
    assert ledger.find(sha256(b"last").hexdigest()) == [last]
    assert ledger.payload(ledger.one(first)) == b"first"
    after = ledger.sign()
    assert audit(ledger) == []
    old, new = checkpoint.parse(before.text), checkpoint.parse(after.text)
    with ledger.database.look() as rows:
        proof.verify_consistency(old.size, new.size, trunk.consistency(rows, old.size, new.size), old.root, new.root)
    assert ledger.one(index).entry.detail["note"]
    with pytest.raises(Refused, match="already"):
        propose(ledger, gone, "court_order")
    with pytest.raises(Refused):
        propose(ledger, index, "court_order")
    with pytest.raises(Refused):
        propose(ledger, 0, "court_order")
    with pytest.raises(Misused):
        propose(ledger, 999, "court_order")
    ledger.close()
    # Neither text, salt nor keys are anywhere in the folder.
    wanted = [secret, sealed.letter.body, sealed.letter.salt, sealed.letter.payload_key or b"-" * 32]
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert not any(value in raw for value in wanted), path.name
    with reopened() as again:
        assert audit(again) == []


def test_a_copy_made_before_an_erasure_no_longer_opens(folder: Path, tmp_path: Path) -> None:
    with Ledger.found(folder, LOG.public.name, LOG, OFFICERS) as ledger:
        _first, gone = _capture(ledger, b"first", b"secret")
        ledger.database.forget()
        backup = tmp_path / "backup"
        shutil.copytree(folder, backup, ignore=shutil.ignore_patterns("keys"))
        erase(ledger, tombstone.sign(propose(ledger, gone, "danger_to_a_person"), [ANNA, BORIS]))
    shutil.copytree(folder / "keys", backup / "keys")
    with Ledger(backup, read_only=True) as old, pytest.raises(TemoinError):
        old.one(gone)


def test_a_legal_hold_stops_an_erasure_until_it_is_lifted(ledger: Ledger) -> None:
    (index,) = _capture(ledger, b"held")
    ledger.seal([Draft(kind="hold", case=_main(ledger), detail={"action": "hold", "index": index})])
    with pytest.raises(Refused, match="legal hold"):
        propose(ledger, index, "retention_over")
    ledger.seal([Draft(kind="hold", case=_main(ledger), detail={"action": "release", "index": index})])
    assert propose(ledger, index, "retention_over")


def test_an_older_state_is_not_signed_again(folder: Path, tmp_path: Path) -> None:
    with Ledger.found(folder, LOG.public.name, LOG, OFFICERS) as ledger:
        _capture(ledger, b"one")
        ledger.sign()
        ledger.database.forget()
        shutil.copy(folder / "temoin.db", tmp_path / "old.db")
        _capture(ledger, b"two")
        ledger.sign()
    for name in folder.glob("temoin.db*"):
        name.unlink()
    shutil.copy(tmp_path / "old.db", folder / "temoin.db")
    with Ledger(folder) as ledger:
        with pytest.raises(Unverified, match="rolled back"):
            ledger.sign()
        _capture(ledger, b"another second")
        with pytest.raises(Unverified, match="another history"):
            ledger.sign()
        with pytest.raises(Unverified):
            sweep(ledger)
        assert any("published" in said for said in audit(ledger))
        (folder / "published").unlink()
        with pytest.raises(Unverified, match="cannot be read"):
            ledger.sign()


def test_a_rewritten_entry_is_not_signed_over(ledger: Ledger) -> None:
    _capture(ledger, b"one", b"two", b"three")
    ledger.sign()
    _capture(ledger, b"four")
    with ledger.database.unit() as rows:
        rows.execute(update(tables.entries).where(tables.entries.c.idx == 7).values(commitment=b"\0" * 32))
    with pytest.raises(Unverified, match="entry 7"):
        ledger.sign()


@pytest.mark.parametrize("change", ["commitment", "seq", "kind", "case_id", "wrapped", "sealed", "payload", "row", "idx", "tile", "note", "emptied"])
def test_each_change_in_the_database_is_named(ledger: Ledger, change: str) -> None:
    _capture(ledger, b"one", b"two", b"three")
    if change == "tile":  # a tile is stored when it is full
        ledger.seal([Draft(kind="heartbeat", case=_main(ledger))] * 260)
    ledger.sign()
    columns = tables.entries.c
    with ledger.database.unit() as rows:
        where = columns.idx == 5
        if change == "row":
            rows.execute(delete(tables.entries).where(where))
        elif change == "tile":
            rows.execute(update(tables.tiles).values(hashes=b"\0" * 32 * 256))
        elif change == "note":
            raw = str(ledger_note(rows))
            rows.execute(update(tables.checkpoints).values(note=raw.replace("\n7\n", "\n8\n")))
        elif change == "emptied":
            rows.execute(update(tables.entries).where(where).values(sealed=None, wrapped=None, epoch=None, payload=None, finder=None))
        else:
            value = {"idx": 2**60, "seq": 99, "kind": "intake", "case_id": "e" * 32, "payload": None}.get(change, b"\0" * 60)
            rows.execute(update(tables.entries).where(where).values(**{change: value}))
    said = audit(ledger)
    wanted = {"idx": "stands beyond", "tile": "tree holds another hash", "note": "checkpoint 7"}.get(change, "entry 5")
    assert any(wanted in one for one in said), said


def ledger_note(rows: object) -> str:
    found = rows.scalar(select(tables.checkpoints.c.note))  # type: ignore[attr-defined]
    assert isinstance(found, str)
    return found


def test_a_crash_in_the_middle_of_an_erasure_is_finished_at_the_next_opening(ledger: Ledger, reopened: Reopen) -> None:
    (_,) = _capture(ledger, b"one")
    ledger.keyring.new_epoch(2)  # as a crash right after the new key leaves it
    ledger.vault.put([b"prepared and never sealed"])
    ledger.sign()
    ledger.close()
    with reopened() as again:
        assert any("no entry speaks of it" in said for said in audit(again))
        assert [said.split()[0] for said in sweep(again)] == ["set", "destroyed"]
        assert len(list((again.folder / "strays").iterdir())) == 1
        assert audit(again) == []
        assert again.keyring.epochs() == [1]


def test_restoring_an_old_state_by_mistake_destroys_nothing_of_the_newer_one(folder: Path, tmp_path: Path) -> None:
    """Everything but the keys comes back from a backup made before an erasure: the newer originals and the newer key are kept."""
    with Ledger.found(folder, LOG.public.name, LOG, OFFICERS) as ledger:
        _first, gone = _capture(ledger, b"first", b"gone")
        ledger.sign()
        ledger.database.forget()
        saved = {path: path.read_bytes() for path in (folder / "temoin.db", folder / "published")}
        erase(ledger, tombstone.sign(propose(ledger, gone, "court_order"), [ANNA, BORIS]))
        _capture(ledger, b"newer")
        ledger.sign()
        ledger.database.forget()
        newer = {path: path.read_bytes() for path in saved}
    for path, content in saved.items():
        path.write_bytes(content)
    for path in folder.glob("temoin.db-*"):
        path.unlink()
    with Ledger(folder) as ledger, pytest.raises(Unreachable, match="epoch"):
        sweep(ledger)
    for path, content in newer.items():
        path.write_bytes(content)
    for path in folder.glob("temoin.db-*"):
        path.unlink()
    with Ledger(folder) as ledger:
        assert sweep(ledger) == []
        assert audit(ledger) == []


def test_a_migration_is_done_once_and_a_later_database_is_refused(url: str | None, folder: Path) -> None:
    def m002_something_new(rows: object) -> None: ...

    opened = database.Database(url or folder / "x.db")
    with opened.unit() as rows:
        assert migrations.migrate(rows) == []
        assert migrations.migrate(rows, (*migrations.MIGRATIONS, m002_something_new)) == ["m002_something_new"]
        with pytest.raises(Broken, match="later Témoin"):
            migrations.migrate(rows)
    opened.close()


def _as_it_was(url: str | Path) -> None:
    """Make a log of four tables as the first migration once made them, with one line and its open tile."""
    before = MetaData()
    entries = Table(
        "log_entry",
        before,
        *(Column(c.name, BigInteger() if c.name == "idx" else c.type, primary_key=c.primary_key, nullable=c.nullable) for c in tables.entries.c),
        UniqueConstraint("case_id", "seq"),
    )
    for name in ("payload", "finder"):
        Index(f"ix_log_entry_{name}", entries.c[name])
    done = Table("migration", before, Column("name", String(80), primary_key=True))
    opened = database.Database(url)
    with opened.unit() as rows:
        for table in (tables.entries, Table("migration", MetaData())):
            table.drop(rows)
        before.create_all(rows)
        rows.execute(insert(done).values(name="m001_the_log_has_its_tables"))
        rows.execute(insert(entries).values(idx=0, commitment=b"\1" * 32, case_id="c" * 32, seq=0, kind="heartbeat"))
        for level, size in ((0, 1), (0, 256), (1, 1)):
            rows.execute(insert(tables.tiles).values(level=level, number=size % 256, hashes=b"\2" * 32 * size))
    opened.close()


def test_a_log_of_the_first_form_is_brought_to_the_present_one(url: str | None, folder: Path) -> None:
    _as_it_was(url or folder / "x.db")
    opened = database.Database(url or folder / "x.db")
    with opened.look() as rows:
        here = inspect(rows)
        assert len(here.get_indexes("log_entry")) >= 2
        assert [(row.idx, row.commitment) for row in rows.execute(select(tables.entries))] == [(0, b"\1" * 32)]
        if url is None:
            assert rows.execute(text("PRAGMA table_info(log_entry)")).first()[2] == "INTEGER"  # type: ignore[index]
            assert not [name for name in here.get_table_names() if "before" in name]
        assert {(row.level, len(row.hashes) // 32) for row in rows.execute(select(tables.tiles))} == {(0, 256), (1, 1)}
    with pytest.raises(Unreachable, match=r"(?i)unique"), opened.unit() as rows:
        rows.execute(insert(tables.entries).values(idx=1, commitment=b"\1" * 32, case_id="c" * 32, seq=0, kind="heartbeat"))
    assert not opened.stopped  # a refused row says nothing bad of the disk
    opened.close()


def test_a_payload_stays_where_it_is_not_certain_that_its_entry_was_not_sealed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted after the commit and before the word: the entry is in the log, so its payload must not be taken away."""
    case = _main(ledger)
    unit = ledger.database.unit

    @contextmanager
    def interrupted() -> Iterator[Any]:
        with unit() as rows:
            yield rows
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ledger.database, "unit", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ledger.seal([Draft(kind="capture", case=case, source=b"sealed all the same")])
    assert ledger.payload(ledger.one(4)) == b"sealed all the same"
    assert audit(ledger) == []
    assert ledger.seal([Draft(kind="heartbeat", case=case)]) == [5]


def test_what_is_no_database_is_said_so(folder: Path) -> None:
    (folder / "x.db").write_bytes(b"this is a text, not a database, and long enough to look at" * 100)
    with pytest.raises(Broken, match="damaged"):
        database.Database(folder / "x.db")
    with pytest.raises(Misused):
        database.Database("mysql://somewhere/x")
    with pytest.raises(Unreachable):
        database.Database(folder / "none.db", read_only=True)
    with pytest.raises(Unreachable):
        database.Database("postgresql://nobody@/none?host=/nowhere")
