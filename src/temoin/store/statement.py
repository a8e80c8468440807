"""Statements of SQL on the way of every seal: compiled once for a dialect, then handed to the driver as they are.

Promises: the same statement, transaction and connection as SQLAlchemy would use, without its looking at each parameter: that look takes longer than
an fsync on a fast disk (measured: 560 µs a seal with it, 90 µs without). Errors are the driver's own; `Database.unit` tells them in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.sql import ClauseElement


class Statement:
    """A statement whose parameters are bound by place: `names` says which comes where."""

    def __init__(self, clause: ClauseElement, names: Sequence[str]) -> None:
        self._clause = clause
        self._names = tuple(names)
        self._compiled: dict[str, tuple[str, bool]] = {}

    def _for(self, rows: Connection) -> tuple[str, bool]:
        dialect = rows.dialect
        if dialect.name not in self._compiled:
            made: Any = self._clause.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
            if set(made.params) != set(self._names) or (made.positional and tuple(made.positiontup) != self._names):
                raise ValueError(f"the statement has parameters {list(made.params)}, named were {list(self._names)}")
            self._compiled[dialect.name] = (str(made), bool(made.positional))
        return self._compiled[dialect.name]

    def rows(self, rows: Connection, *values: Any) -> list[tuple[Any, ...]]:
        """Run it once and return its rows."""
        text, positional = self._for(rows)
        with _cursor(rows) as cursor:
            cursor.execute(text, values if positional else dict(zip(self._names, values, strict=True)))
            return list(cursor.fetchall())

    def many(self, rows: Connection, values: Sequence[Sequence[Any]]) -> None:
        """Run it for each set of values, in order."""
        text, positional = self._for(rows)
        with _cursor(rows) as cursor:
            cursor.executemany(text, values if positional else [dict(zip(self._names, each, strict=True)) for each in values])


def _cursor(rows: Connection) -> Any:
    driver: Any = rows.connection.driver_connection
    return driver.cursor()
