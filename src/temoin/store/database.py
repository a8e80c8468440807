"""The database: SQLite in the workspace's folder, or PostgreSQL by one setting. One writer, durable commits, one unit of work at a time.

Promises: what `unit` committed survives a crash (WAL with synchronous=FULL; synchronous_commit=on); a unit happens whole or not at all;
after an error of the disk the database refuses to go on until it is opened again, since what the system then holds is unknown.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from temoin.errors import Broken, Misused, TemoinError, Unreachable
from temoin.store import dialect
from temoin.store.migrations import migrate

#: The advisory lock that the one writer of a PostgreSQL database holds: "temoin" in hexadecimal.
_WRITER = 0x74656D6F696E


class Database:
    """An open database. `url`: postgresql://…, or a path to a SQLite file."""

    def __init__(self, url: str | Path, *, read_only: bool = False) -> None:
        self.read_only = read_only
        self._lock = threading.RLock()
        self._failed: str | None = None
        self._current: Connection | None = None
        self._sqlite: apsw.Connection | None = None
        self.is_sqlite = isinstance(url, Path) or "://" not in url
        try:
            if self.is_sqlite:
                self._open_sqlite(Path(url))
            else:
                self._open_postgresql(str(url))
            driver: Any = self._engine.dialect.loaded_dbapi
            self._error: type[Exception] = driver.Error
            # What a statement may be refused for while the database is well.
            self._harmless = (apsw.ConstraintError, apsw.BusyError) if self.is_sqlite else (driver.IntegrityError, driver.DataError)
            if not read_only:
                with self.unit() as rows:
                    migrate(rows)
        except BaseException as err:
            self.close()
            if isinstance(err, DBAPIError | apsw.Error):
                raise _told(err) from err
            raise

    def _open_sqlite(self, path: Path) -> None:
        if dialect._Module.sqlite_version_info < dialect.OLDEST:
            raise Broken(f"SQLite {apsw.sqlite_lib_version()} can lose a WAL that two connections write; wanted 3.51.3 or later")
        if self.read_only and not path.exists():
            raise Unreachable(f"there is no database at {path.name}")
        self._engine = create_engine(f"{dialect.NAME}:///{path}" + ("?mode=ro" if self.read_only else ""))
        raw: Any = self._engine.raw_connection()
        self._sqlite = sqlite = raw.driver_connection.apsw
        # SQLAlchemy's own "begin" is silent for SQLite: say it, and take the write lock at once, so that a unit never fails halfway.
        event.listen(self._engine, "begin", lambda _: sqlite.execute("BEGIN" if self.read_only else "BEGIN IMMEDIATE"))
        for pragma in ("foreign_keys=ON", "trusted_schema=OFF", "mmap_size=0", "cell_size_check=ON"):
            sqlite.execute(f"PRAGMA {pragma}")
        if not self.read_only:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "wal_autocheckpoint=1000"):
                sqlite.execute(f"PRAGMA {pragma}")
            if [next(iter(sqlite.execute(f"PRAGMA {p}"))) for p in ("journal_mode", "synchronous")] != [("wal",), (2,)]:
                raise Broken("SQLite does not take WAL with synchronous=FULL on this disk")
        raw.close()
        self._rows = self._engine.connect()

    def _open_postgresql(self, url: str) -> None:
        scheme, found, rest = url.partition("://")
        if not found or scheme.partition("+")[0] not in ("postgresql", "postgres"):
            raise Misused(f"{scheme}:// is no database that is known", hint="postgresql://user@host/name, or nothing for SQLite.")
        try:
            self._engine = create_engine(f"postgresql+psycopg://{rest}", isolation_level="REPEATABLE READ", pool_size=2)
        except ModuleNotFoundError as err:
            raise Unreachable("the driver for PostgreSQL is not installed", hint="pip install 'temoin[postgresql]'") from err
        except ArgumentError as err:
            raise Misused("the address of the database cannot be read", hint="postgresql://user@host/name") from err
        self._rows = self._engine.connect()
        if not self.read_only:
            # Lock and writes in one session: where it ends, both end, and nobody writes on believing to be alone.
            if not self._rows.scalar(text(f"SELECT pg_try_advisory_lock({_WRITER})")):
                self._rows.close()
                raise Unreachable("another Témoin is writing to this database", hint="One writer at a time: stop the other one.")
            self._rows.commit()
            event.listen(self._engine, "begin", lambda c: c.exec_driver_sql("SET LOCAL synchronous_commit = on"))

    @property
    def stopped(self) -> bool:
        """Whether an error left it open what the last unit did: only opening again tells."""
        return self._failed is not None

    @contextmanager
    def unit(self) -> Iterator[Connection]:
        """A unit of work: committed at the end, rolled back on any error. Raises Unreachable or Broken for what the disk says."""
        with self._lock:
            if self._failed:
                raise Unreachable(f"the database was stopped after an error: {self._failed}", hint="Open the workspace again.")
            if self._current is not None:
                raise RuntimeError("a unit of work inside another")
            self._current = self._rows
            try:
                with self._rows.begin():
                    yield self._rows
            except (DBAPIError, self._error) as err:
                told = _told(err)
                if not isinstance(err.orig if isinstance(err, DBAPIError) else err, self._harmless):
                    # Linux may drop dirty pages after a failed fsync: nothing this connection believes is certain any more.
                    self._failed = str(told)
                raise told from err
            finally:
                self._current = None

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """Read, in one consistent view; inside a unit or another look, in that one's."""
        with self._lock:
            if self._current is not None:
                yield self._current
                return
            self._current = self._rows
            try:
                with self._rows.begin() as view:
                    yield self._rows
                    view.rollback()
            except (DBAPIError, self._error) as err:
                told = _told(err)
                if not self.is_sqlite:
                    # A session that ended took the writer's lock with it; the next one would come without.
                    self._failed = str(told)
                raise told from err
            finally:
                self._current = None

    def integrity(self) -> list[str]:
        """Return what SQLite's own check of its file finds wrong; nothing where all is well, or where the database is not SQLite."""
        if self._sqlite is None:
            return []
        try:
            return [str(row[0]) for row in self._sqlite.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        except apsw.Error as err:
            return [str(err)]

    def cool(self) -> None:
        """Give back the pages that the connection remembers, so that the next look reads the file. Not inside a unit."""
        if self._sqlite is not None:
            with self._lock:
                self._sqlite.execute("PRAGMA shrink_memory")

    def forget(self) -> None:
        """Leave no old page behind after an erasure: empty the WAL into the file. What was deleted is already overwritten."""
        if self._sqlite is not None:
            self._sqlite.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)

    def close(self) -> None:
        """Close; the database can be opened again."""
        with self._lock:
            if hasattr(self, "_rows"):
                self._rows.close()
            if hasattr(self, "_engine"):
                self._engine.dispose()
            if self._sqlite is not None:
                self._sqlite.close(True)


def _told(err: Exception) -> TemoinError:
    cause = err.orig if isinstance(err, DBAPIError) else err
    if isinstance(cause, apsw.Error):
        return _told_sqlite(cause)
    return Unreachable(f"the database refuses: {str(cause).splitlines()[0] if str(cause) else type(cause).__name__}")


def _told_sqlite(err: apsw.Error) -> TemoinError:
    if isinstance(err, apsw.CorruptError | apsw.NotADBError | apsw.FormatError):
        return Broken(f"the database file is damaged: {err}", hint="Restore it from a backup, then run temoin verify.")
    if isinstance(err, apsw.FullError):
        return Unreachable("the disk is full: nothing was sealed", hint="Free some space; what was acknowledged is safe.")
    if isinstance(err, apsw.BusyError | apsw.LockedError):
        return Unreachable("another program holds the database", hint="One writer at a time: stop the other one.")
    return Unreachable(f"the database cannot be used: {err}")
