"""SQLAlchemy over apsw, so that the SQLite inside is one we chose: 3.51.3 or later, past the bug that two writers can reset a WAL.

Promises: a transaction begins and ends where SQLAlchemy says; rows are read whole; nothing is converted silently.
Why not the standard library: its SQLite comes with the system (3.40.1 on Debian 12), in the range 3.7.0–3.51.2 of that bug.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import apsw
from sqlalchemy import pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import URL

OLDEST = (3, 51, 3)
NAME = "sqlite+apsw"


class Cursor:
    """One statement at a time, its rows read at once."""

    arraysize = 1

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Run one statement."""
        cursor = self._connection.cursor()
        self.description = None

        def described(running: Any, *_: object) -> bool:
            # After a statement without rows apsw no longer tells its columns: ask before the first step.
            self.description = tuple((*column, None, None, None, None, None)[:7] for column in running.get_description()) or None
            return True

        cursor.exec_trace = described
        before = self._connection.total_changes()
        try:
            self._rows = list(cursor.execute(statement, tuple(parameters)))
        except UnicodeDecodeError as err:
            raise apsw.CorruptError("a text in the database is not UTF-8") from err
        self._rows.reverse()
        self.rowcount = self._connection.total_changes() - before if self.description is None else -1
        self.lastrowid = self._connection.last_insert_rowid()
        return self

    def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Cursor:
        """Run one statement for each set of parameters."""
        before = self._connection.total_changes()
        self._connection.cursor().executemany(statement, (tuple(each) for each in parameters))
        self.description, self._rows = None, []
        self.rowcount = self._connection.total_changes() - before
        return self

    def fetchone(self) -> Any:
        """Return the next row, None at the end."""
        return self._rows.pop() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return at most `size` rows."""
        return [self._rows.pop() for _ in range(min(len(self._rows), size or self.arraysize))]

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        rows, self._rows = self._rows[::-1], []
        return rows

    def setinputsizes(self, *_: object) -> None:
        """Nothing to do."""

    def setoutputsize(self, *_: object) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Forget the rows."""
        self._rows = []

    def __enter__(self) -> Cursor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Connection:
    """One SQLite connection."""

    def __init__(self, path: str, read_only: bool = False) -> None:
        flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        self.apsw = apsw.Connection(path, flags=flags)
        self.apsw.set_busy_timeout(10_000)

    def cursor(self) -> Cursor:
        """Return a new cursor."""
        return Cursor(self.apsw)

    def commit(self) -> None:
        """Commit, where a transaction is open."""
        if self.apsw.in_transaction:
            self.apsw.execute("COMMIT")

    def rollback(self) -> None:
        """Roll back, where a transaction is open."""
        if self.apsw.in_transaction:
            self.apsw.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self.apsw.close(True)


class _Module:
    """What SQLAlchemy asks of a driver (PEP 249)."""

    apilevel = "2.0"
    threadsafety = 1
    paramstyle = "qmark"
    sqlite_version_info = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    Error = apsw.Error
    Binary = bytes

    @staticmethod
    def connect(path: str, read_only: bool = False) -> Connection:
        """Open a file."""
        return Connection(path, read_only)


class ApswDialect(SQLiteDialect):
    """SQLite's dialect over apsw."""

    driver = "apsw"
    supports_statement_cache = True
    # Blobs come as they are. On a damaged page one may come as text or as a number: whoever reads it says so, and converts nothing.
    returns_native_bytes = True
    default_paramstyle = "qmark"

    @classmethod
    def import_dbapi(cls) -> Any:
        """Return the driver."""
        return _Module

    @classmethod
    def get_pool_class(cls, url: URL) -> type[pool.Pool]:
        """One connection for one file: one writer, and no lock of ours is dropped by closing a second one."""
        return pool.StaticPool

    def create_connect_args(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """Return what `connect` takes."""
        return [url.database], {"read_only": url.query.get("mode") == "ro"}

    def _get_server_version_info(self, connection: Any) -> tuple[int, ...]:
        return _Module.sqlite_version_info

    def get_isolation_level(self, dbapi_connection: Any) -> Any:
        """SQLite's only level that matters here."""
        return "SERIALIZABLE"

    def do_ping(self, dbapi_connection: Any) -> bool:
        """A file answers as long as it is open."""
        return True


registry.register("sqlite.apsw", __name__, "ApswDialect")
