"""The ledger: sealed is durable, signed is checked, and nobody signs an older state."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, delete, insert, select, update

from temoin.errors import Broken, Refused, TemoinError, Unreachable, Unverified
from temoin.seal import checkpoint, commitment, proof
from temoin.seal.tree import Tree, leaf_hash
from temoin.store import tables, trunk
from temoin.store.audit import audit
from temoin.store.draft import Draft
from temoin.store.erasure import sweep
from temoin.store.ledger import Ledger
from temoin.store.writer import Writer
from tests.store.conftest import LOG, OFFICERS, capture, main_case

Reopen = Callable[..., Ledger]


def test_what_was_sealed_is_there_after_opening_again(ledger: Ledger, reopened: Reopen, tmp_path: Path) -> None:
    source = tmp_path / "photo.jpg"
    source.write_bytes(bytes(range(256)) * 1000)
    indexes = capture(ledger, b"", b"one", b"x" * 65536, b"y" * 65537)
    indexes += ledger.seal([Draft(kind="capture", case=main_case(ledger), source=source, media_type="image/jpeg")])
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
    case = main_case(ledger)
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
    case = main_case(ledger)
    ledger.seal([Draft(kind="judgement", case=case)], lambda rows, new: rows.execute(insert(other).values(idx=new[0])))

    def fails(rows: object, new: list[int]) -> None:
        raise ValueError("the room says no")

    size, held = ledger.trunk.size, len(list(ledger.vault.names()))
    with pytest.raises(ValueError, match="says no"):
        ledger.seal([Draft(kind="judgement", case=case, source=b"gone")], fails)
    assert ledger.trunk.size == size
    assert len(list(ledger.vault.names())) == held
    assert capture(ledger, b"next") == [size]
    assert audit(ledger) == []
    with ledger.database.look() as rows:
        assert list(rows.scalars(select(other.c.idx))) == [4]


def test_a_draft_that_cannot_be_sealed_leaves_no_trace(ledger: Ledger, tmp_path: Path) -> None:
    case = main_case(ledger)
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
            capture(reader, b"no")


def test_many_threads_share_commits_and_each_gets_its_own_index(ledger: Ledger) -> None:
    case, got = main_case(ledger), {}

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


def test_an_older_state_is_not_signed_again(folder: Path, tmp_path: Path) -> None:
    with Ledger.found(folder, LOG.public.name, LOG, OFFICERS) as ledger:
        capture(ledger, b"one")
        ledger.sign()
        ledger.database.forget()
        shutil.copy(folder / "temoin.db", tmp_path / "old.db")
        capture(ledger, b"two")
        ledger.sign()
    for name in folder.glob("temoin.db*"):
        name.unlink()
    shutil.copy(tmp_path / "old.db", folder / "temoin.db")
    with Ledger(folder) as ledger:
        with pytest.raises(Unverified, match="rolled back"):
            ledger.sign()
        capture(ledger, b"another second")
        with pytest.raises(Unverified, match="another history"):
            ledger.sign()
        with pytest.raises(Unverified):
            sweep(ledger)
        assert any("published" in said for said in audit(ledger))
        (folder / "published").unlink()
        with pytest.raises(Unverified, match="cannot be read"):
            ledger.sign()


def test_a_rewritten_entry_is_not_signed_over(ledger: Ledger) -> None:
    capture(ledger, b"one", b"two", b"three")
    ledger.sign()
    capture(ledger, b"four")
    with ledger.database.unit() as rows:
        rows.execute(update(tables.entries).where(tables.entries.c.idx == 7).values(commitment=b"\0" * 32))
    with pytest.raises(Unverified, match="entry 7"):
        ledger.sign()


@pytest.mark.parametrize("change", ["commitment", "seq", "kind", "case_id", "wrapped", "sealed", "payload", "row", "idx", "tile", "note", "emptied"])
def test_each_change_in_the_database_is_named(ledger: Ledger, change: str) -> None:
    capture(ledger, b"one", b"two", b"three")
    if change == "tile":  # a tile is stored when it is full
        ledger.seal([Draft(kind="heartbeat", case=main_case(ledger))] * 260)
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


def test_a_payload_stays_where_it_is_not_certain_that_its_entry_was_not_sealed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted after the commit and before the word: the entry is in the log, so its payload must not be taken away."""
    case = main_case(ledger)
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
