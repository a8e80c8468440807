"""A log read from plain files: a checkpoint, tiles and entry bundles, wherever they are served from.

Promises: nothing that is read is believed but the signed root; every tile and every entry is hashed again up to it. Whoever serves the files can
withhold them, and cannot change them. No socket is opened here: the caller hands in a way to read a name.
Source: C2SP tlog-tiles v1.0.0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from temoin.errors import Broken, Unreachable, Unverified
from temoin.seal import note, proof, tile
from temoin.seal.frontier import Frontier
from temoin.seal.policy import Policy, Witnessed
from temoin.seal.tile import HEIGHT, WIDTH, Tile, TileNodes
from temoin.seal.tree import EMPTY_ROOT, HASH_BYTES, leaf_hash, range_hash

CHECKPOINT = "checkpoint"


class StaticLog:
    """A log behind names of files. read: gives the bytes of a name, raises Unreachable where there is none."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read

    def note(self) -> note.Note:
        """Return the checkpoint as it is served, not yet verified. Raises Unreachable, Broken."""
        return note.parse(self._read(CHECKPOINT))

    def head(self, trust: Policy) -> Witnessed:
        """Return the checkpoint where the policy is content with its signatures; raise Unverified otherwise."""
        return trust.verify(self.note())

    def root(self, size: int, served: int) -> bytes:
        """Return the root at a size, from the tiles of the log as it is served, which is that large or larger."""
        try:
            return range_hash(self._nodes(served), 0, size) if size else EMPTY_ROOT
        except IndexError as err:
            raise Broken(f"the tiles do not hold a tree of {size} entries") from err

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the path that ties an entry to the root at a size."""
        return proof.inclusion_path(self._nodes(size), index, size)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the path that shows the log of `new` entries to begin with the log of `old`."""
        return proof.consistency_path(self._nodes(new), old, new)

    def entries(self, size: int) -> Iterator[bytes]:
        """Give the data of each leaf, from the entry bundles. Raises Broken where one has another number of entries than it should."""
        for number in range((size + WIDTH - 1) // WIDTH):
            width = min(WIDTH, size - number * WIDTH)
            found = tile.unpack(self._either(Tile(0, number, width), entries=True))
            if len(found) < width:
                raise Broken(f"{Tile(0, number, width).entries_path} holds {len(found)} entries, wanted {width}")
            yield from found[:width]

    def check(self, trust: Policy) -> Witnessed:
        """Read the whole log and return its checkpoint where entries, tiles and root hold together; raise Unverified naming what does not.

        Memory: 33 bytes an entry.
        """
        head = self.head(trust)
        frontier, levels = Frontier(), [bytearray()]
        for entry in self.entries(head.checkpoint.size):
            for level, _, value in frontier.append(leaf_hash(entry)):
                above, within = divmod(level, HEIGHT)
                if not within:
                    if above == len(levels):
                        levels.append(bytearray())
                    levels[above] += value
        if frontier.root() != head.checkpoint.root:
            raise Unverified(f"the entries give root {frontier.root().hex()}, the checkpoint says {head.checkpoint.root.hex()}")
        for place in tile.tiles(head.checkpoint.size):
            start, size_bytes = place.number * WIDTH * HASH_BYTES, place.width * HASH_BYTES
            if self._either(place)[:size_bytes] != levels[place.level][start : start + size_bytes]:
                raise Unverified(f"{place.path} is not the tile that the entries give")
        return head

    def _nodes(self, size: int) -> TileNodes:
        """Return what reads finished subtrees of a tree of `size`."""

        def read(level: int, number: int) -> bytes:
            width = min(WIDTH, (size >> (HEIGHT * level)) - number * WIDTH)
            if width < 1:
                raise IndexError(f"no tile {level}/{number} in a tree of {size}")
            return self._either(Tile(level, number, width))[: width * HASH_BYTES]

        return TileNodes(read)

    def _either(self, place: Tile, *, entries: bool = False) -> bytes:
        """Read a tile, or its entries; where the partial one is gone, the full one that has replaced it."""
        try:
            raw = self._read(place.entries_path if entries else place.path)
        except Unreachable:
            if place.width == WIDTH:
                raise
            full = Tile(place.level, place.number)
            raw = self._read(full.entries_path if entries else full.path)
        if not entries and (len(raw) % HASH_BYTES or not place.width * HASH_BYTES <= len(raw) <= WIDTH * HASH_BYTES):
            raise Broken(f"{place.path} has {len(raw)} bytes, wanted {place.width * HASH_BYTES}")
        return raw
