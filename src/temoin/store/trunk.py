"""The trunk: the tree as it stands in the database, grown in the same transaction as its entries.

Promises: memory follows the database and never runs ahead of it: after a unit that failed, `reload` reads it anew. The last tile of level 0, while
it is not full, is not stored: its hashes follow from the commitments in the entries' own rows. So most seals write their rows and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from temoin.errors import Broken
from temoin.seal import commitment
from temoin.seal.frontier import Frontier
from temoin.seal.proof import consistency_path, inclusion_path
from temoin.seal.tile import HEIGHT, WIDTH, TileNodes
from temoin.seal.tree import EMPTY_ROOT, HASH_BYTES, Tree, range_hash
from temoin.store.statement import Statement
from temoin.store.tables import entries, tiles

_FULL = WIDTH * HASH_BYTES
_drop = Statement(delete(tiles).where(tiles.c.level == bindparam("at"), tiles.c.number == bindparam("place")), ("at", "place"))
_keep = Statement(insert(tiles), tuple(column.name for column in tiles.c))


class Trunk:
    """Size and open tiles of the tree."""

    def __init__(self) -> None:
        self.size = 0  # how many leaves the tree has
        self._open: list[bytearray] = [bytearray()]  # for each level of tiles, the hashes of the tile that is not yet full

    @property
    def frontier(self) -> Frontier:
        """The subtrees along the right border. Raises Broken where tiles and entries disagree about the size."""
        trees = [Tree.from_leaf_hashes(bytes(held)) for held in self._open]

        def node(level: int, index: int) -> bytes:
            above, within = divmod(level, HEIGHT)
            return trees[above].node(within, index - (self.size >> (HEIGHT * (above + 1)) << (HEIGHT - within)))

        self._want_whole()
        return Frontier.of(node, self.size)

    def reload(self, rows: Connection) -> None:
        """Read the state from the database. Where tiles and entries disagree, reading goes on, so that the audit can say where; growing does not."""
        self.size = rows.scalar(select(func.count()).select_from(entries)) or 0
        self._open = [bytearray()]
        level = 0
        while count := self.size >> (HEIGHT * level):
            held = bytearray(_tile(rows, level, count // WIDTH)[: count % WIDTH * HASH_BYTES]) if count % WIDTH else bytearray()
            self._open[level:] = [held, bytearray()]
            level += 1

    def grow(self, rows: Connection, leaves: Sequence[bytes]) -> None:
        """Append leaf hashes and write the tiles they fill, and those above that they change. Raises Broken where the tree is not whole."""
        self._want_whole()
        changed: dict[tuple[int, int], bytes] = {}
        new, level = b"".join(leaves), 0
        while new:
            if level == len(self._open):
                self._open.append(bytearray())
            held, number, above = self._open[level], (self.size >> (HEIGHT * level)) // WIDTH, []
            held += new
            whole = len(held) // _FULL
            for at in range(whole):
                changed[level, number + at] = tile = bytes(held[at * _FULL : (at + 1) * _FULL])
                above.append(Tree.from_leaf_hashes(tile).root())
            del held[: whole * _FULL]
            if held and level:
                changed[level, number + whole] = bytes(held)
            new, level = b"".join(above), level + 1
        self.size += len(leaves)
        if changed:
            _drop.many(rows, [at for at in changed if at[0]])
            _keep.many(rows, [(*at, hashes) for at, hashes in changed.items()])

    def _want_whole(self) -> None:
        for level, held in enumerate(self._open):
            if len(held) != (self.size >> (HEIGHT * level)) % WIDTH * HASH_BYTES:
                raise Broken(f"the tiles do not hold a tree of {self.size} entries", hint="temoin verify says where.")


def leaves(rows: Connection, start: int, stop: int) -> Iterator[bytes]:
    """Give the leaf hashes of the entries from `start` up to `stop`, from their commitments, ending before the first that is missing."""
    columns = entries.c
    query = select(columns.idx, columns.commitment).where(columns.idx >= start, columns.idx < stop).order_by(columns.idx)
    for at, row in enumerate(rows.execute(query), start):
        if row.idx != at or not isinstance(row.commitment, bytes) or len(row.commitment) != HASH_BYTES:
            return
        yield sha256(b"\x00" + commitment.LEAF_PREFIX + row.commitment).digest()


def _tile(rows: Connection, level: int, number: int) -> bytes:
    found = rows.scalar(select(tiles.c.hashes).where(tiles.c.level == level, tiles.c.number == number))
    if found is None and level == 0:
        return b"".join(leaves(rows, number * WIDTH, (number + 1) * WIDTH))
    return bytes(found) if isinstance(found, bytes | memoryview) else b""


def nodes(rows: Connection) -> TileNodes:
    """Return what reads finished subtrees from the database."""
    return TileNodes(lambda level, number: _tile(rows, level, number))


def root(rows: Connection, size: int) -> bytes:
    """Return the root at a size, from the tiles. Raises Broken where they do not hold a tree of that size."""
    try:
        return range_hash(nodes(rows), 0, size) if size else EMPTY_ROOT
    except IndexError as err:
        raise Broken(f"the tiles do not hold a tree of {size} entries: {err}", hint="temoin verify says where.") from err


def inclusion(rows: Connection, index: int, size: int) -> list[bytes]:
    """Return the path that ties an entry to the root at a size."""
    return inclusion_path(nodes(rows), index, size)


def consistency(rows: Connection, old: int, new: int) -> list[bytes]:
    """Return the path that shows the log of `new` entries to begin with the log of `old`."""
    return consistency_path(nodes(rows), old, new)
