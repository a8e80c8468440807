"""Migrations: named functions in order, each done once, each recorded in the transaction that does it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, delete, func, insert, inspect, select, text

from temoin.errors import Broken
from temoin.seal.tile import WIDTH
from temoin.seal.tree import HASH_BYTES
from temoin.store import tables

_done = Table("migration", MetaData(), Column("name", String(80), primary_key=True))


def m001_the_log_has_its_tables(rows: Connection) -> None:
    """Create the tables of the log."""
    log = [tables.entries, tables.tiles, tables.checkpoints, tables.stamps, tables.cases, tables.witnessed, tables.state]
    tables.metadata.create_all(rows, tables=log)


def m002_a_seal_writes_its_row_and_little_else(rows: Connection) -> None:
    """Store no open tile of level 0; key entries by SQLite's own row number; index only what is there to be found."""
    rows.execute(delete(tables.tiles).where(tables.tiles.c.level == 0, func.length(tables.tiles.c.hashes) < WIDTH * HASH_BYTES))
    here = inspect(rows)
    old = [name for index in here.get_indexes(tables.entries.name) if (name := index["name"]) and name.startswith("ix_")]
    by_number = isinstance(here.get_columns(tables.entries.name)[0]["type"], BigInteger) and rows.dialect.name == "sqlite"
    for name in old:
        rows.execute(text(f'DROP INDEX "{name}"'))
    if by_number:
        rows.execute(text("ALTER TABLE log_entry RENAME TO log_entry_before"))
        tables.entries.create(rows)
        columns = ", ".join(column.name for column in tables.entries.c)
        rows.execute(text(f"INSERT INTO log_entry ({columns}) SELECT {columns} FROM log_entry_before ORDER BY idx"))
        rows.execute(text("DROP TABLE log_entry_before"))
        return
    for index in tables.entries.indexes:
        index.create(rows)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (m001_the_log_has_its_tables, m002_a_seal_writes_its_row_and_little_else)


def migrate(rows: Connection, migrations: tuple[Callable[[Connection], None], ...] = MIGRATIONS) -> list[str]:
    """Do what is not yet done, in order; return the names done now. Raises Broken for a database from a later Témoin."""
    if not inspect(rows).has_table(_done.name):
        _done.create(rows)
    done = set(rows.scalars(select(_done.c.name)))
    unknown = done - {one.__name__ for one in migrations}
    if unknown:
        raise Broken(f"the database was changed by a later Témoin: {', '.join(sorted(unknown))}", hint="Use that version or a later one.")
    new = [one for one in migrations if one.__name__ not in done]
    for one in new:
        one(rows)
        rows.execute(insert(_done).values(name=one.__name__))
    return [one.__name__ for one in new]
