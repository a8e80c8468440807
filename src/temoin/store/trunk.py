"""The trunk: the tree as it stands in the database, grown in the same transaction as its entries.

Promises: memory follows the database and never runs ahead of it: after a unit that failed, `reload` reads it anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from temoin.errors import Broken
from temoin.seal.frontier import Frontier
from temoin.seal.proof import consistency_path, inclusion_path
from temoin.seal.tile import HEIGHT, WIDTH, TileNodes
from temoin.seal.tree import EMPTY_ROOT, HASH_BYTES, range_hash
from temoin.store.tables import entries, tiles


class Trunk:
    """Size, frontier and open tiles of the tree."""

    def __init__(self) -> None:
        self.frontier = Frontier()
        self._open: dict[int, bytearray] = {}  # level of tiles -> hashes of the tile that is not yet full

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self.frontier.size

    def reload(self, rows: Connection) -> None:
        """Read the state from the database. Raises Broken where tiles and entries disagree about the size."""
        size = rows.scalar(select(func.count()).select_from(entries)) or 0
        try:
            self.frontier = Frontier.of(nodes(rows), size)
        except IndexError as err:
            raise Broken(f"the tiles do not hold a tree of {size} entries: {err}") from err
        self._open = {}
        level = 0
        while count := size >> (HEIGHT * level):
            if count % WIDTH:
                self._open[level] = bytearray(_tile(rows, level, count // WIDTH)[: count % WIDTH * HASH_BYTES])
            level += 1

    def grow(self, rows: Connection, leaves: Sequence[bytes]) -> None:
        """Append leaf hashes and write the tiles they change."""
        changed: dict[tuple[int, int], bytearray] = {}
        for leaf in leaves:
            for level, index, value in self.frontier.append(leaf):
                if level % HEIGHT:
                    continue
                tile = level // HEIGHT
                held = self._open.setdefault(tile, bytearray())
                held += value
                changed[tile, index // WIDTH] = held
                if len(held) == WIDTH * HASH_BYTES:
                    del self._open[tile]
        for level, number in changed:
            rows.execute(delete(tiles).where(tiles.c.level == level, tiles.c.number == number))
        if changed:
            rows.execute(insert(tiles), [{"level": at[0], "number": at[1], "hashes": bytes(hashes)} for at, hashes in changed.items()])


def _tile(rows: Connection, level: int, number: int) -> bytes:
    found = rows.scalar(select(tiles.c.hashes).where(tiles.c.level == level, tiles.c.number == number))
    return bytes(found) if found else b""


def nodes(rows: Connection) -> TileNodes:
    """Return what reads finished subtrees from the database."""
    return TileNodes(lambda level, number: _tile(rows, level, number))


def root(rows: Connection, size: int) -> bytes:
    """Return the root at a size, from the tiles."""
    return range_hash(nodes(rows), 0, size) if size else EMPTY_ROOT


def inclusion(rows: Connection, index: int, size: int) -> list[bytes]:
    """Return the path that ties an entry to the root at a size."""
    return inclusion_path(nodes(rows), index, size)


def consistency(rows: Connection, old: int, new: int) -> list[bytes]:
    """Return the path that shows the log of `new` entries to begin with the log of `old`."""
    return consistency_path(nodes(rows), old, new)
