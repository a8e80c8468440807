"""The database itself: its form, its migrations, its falls, and what is no database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Column, Index, MetaData, String, Table, UniqueConstraint, insert, inspect, select, text

from temoin.errors import Broken, Misused, Unreachable
from temoin.store import database, dialect, migrations, tables
from tests.store import harm
from tests.store.postgres import binaries, server


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


def test_a_sqlite_that_can_lose_its_write_ahead_log_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """3.7.0 to 3.51.2: two connections that reset the log at once. Ours never has two that write; nobody has to believe that."""
    for version, refused in (((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False), ((4, 0, 0), False)):
        with monkeypatch.context() as patch:
            patch.setattr(dialect._Module, "sqlite_version_info", version)
            if refused:
                with pytest.raises(Broken, match=r"3\.51\.3 or later"):
                    database.Database(folder / "x.db")
                assert not (folder / "x.db").exists()
            else:
                database.Database(folder / "x.db").close()


def test_a_second_writer_on_another_machine_is_refused_by_the_server(emptied: str) -> None:
    first = database.Database(emptied)
    with pytest.raises(Unreachable, match="another Témoin is writing to this database"):
        database.Database(emptied)
    database.Database(emptied, read_only=True).close()
    first.close()
    database.Database(emptied).close()


def test_nothing_acknowledged_is_lost_when_the_server_falls(folder: Path) -> None:
    """PostgreSQL is stopped without a word, again and again, while somebody seals; payloads and published checkpoints are checked, too."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (the extra postgresql)")
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with server() as made:
        told = harm.fall_loop(made, folder, 3, seed=1)
    assert told.wrong == []
    assert len(told.entries) > 20


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
