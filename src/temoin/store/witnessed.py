"""What a witness remembers of other logs, kept in the database: read, compared and set in one unit of work."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from temoin.store.database import Database
from temoin.store.tables import witnessed


class Witnessed:
    """The last checkpoint cosigned for each log. Durable before `advance` returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, origin: str) -> tuple[int, bytes]:
        """Return size and root last cosigned; (0, b"") where there is none."""
        with self._database.look() as rows:
            found = rows.execute(select(witnessed).where(witnessed.c.origin == origin)).first()
        return (found.size, bytes(found.root)) if found else (0, b"")

    def advance(self, origin: str, before: tuple[int, bytes], after: tuple[int, bytes]) -> bool:
        """Persist `after` where `before` is still the last. Returns False, changing nothing, where it is not."""
        with self._database.unit() as rows:
            if self.last(origin) != before:
                return False
            values = {"size": after[0], "root": after[1]}
            if not rows.execute(update(witnessed).where(witnessed.c.origin == origin).values(**values)).rowcount:
                rows.execute(insert(witnessed).values(origin=origin, **values))
        return True
