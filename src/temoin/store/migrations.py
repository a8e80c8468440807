"""Migrations: named functions in order, each done once, each recorded in the transaction that does it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect, select

from temoin.errors import Broken
from temoin.store import tables

_done = Table("migration", MetaData(), Column("name", String(80), primary_key=True))


def m001_the_log_has_its_tables(rows: Connection) -> None:
    """Create the tables of the log."""
    log = [tables.entries, tables.tiles, tables.checkpoints, tables.stamps, tables.cases, tables.witnessed, tables.state]
    tables.metadata.create_all(rows, tables=log)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (m001_the_log_has_its_tables,)


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
