"""Tiles: the tree cut into files of 256 hashes, so that a log can be served, mirrored and audited as plain files.

Promises: names and contents are those of C2SP tlog-tiles; a full tile never changes; a partial one is a prefix of its successor.
Source: C2SP tlog-tiles v1.0.0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from temoin.errors import Broken
from temoin.seal.tree import HASH_BYTES, Node, Tree

WIDTH = 256
HEIGHT = 8
#: A bundle gives each entry's length in two bytes.
MAX_ENTRY_BYTES = 65_535


class Tile(msgspec.Struct, frozen=True, order=True):
    """The place of one tile: level in tiles, number from 0, and how many of its 256 hashes there are."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The tile's name under the log's prefix, such as tile/0/x001/067.p/12."""
        return f"tile/{self.level}/{_number(self.number)}" + (f".p/{self.width}" if self.width < WIDTH else "")

    @property
    def entries_path(self) -> str:
        """The name of the entry bundle beside a tile of level 0."""
        return f"tile/entries/{_number(self.number)}" + (f".p/{self.width}" if self.width < WIDTH else "")


def _number(number: int) -> str:
    parts = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        parts.append(f"x{number % 1000:03d}")
    return "/".join(reversed(parts))


def parse(path: str) -> Tile:
    """Read a tile's name. Raises Broken where it is not written as `Tile.path` would."""
    found = re.fullmatch(r"tile/(\d{1,2})/((?:x\d{3}/)*\d{3})(?:\.p/(\d{1,3}))?", path, re.ASCII)
    if found:
        number = int(found[2].replace("x", "").replace("/", ""))
        tile = Tile(int(found[1]), number, int(found[3]) if found[3] else WIDTH)
        if tile.path == path and tile.level < 64 and 0 < tile.width <= WIDTH:
            return tile
    raise Broken(f"{path[:80]!r} names no tile")


def tiles(size: int, since: int = 0) -> Iterator[Tile]:
    """Give the tiles of a log of `size` entries that a log of `since` entries did not have, lowest level first."""
    level = 0
    while count := size >> (HEIGHT * level):
        had = since >> (HEIGHT * level)
        for number in range(had // WIDTH, (count + WIDTH - 1) // WIDTH):
            width = min(WIDTH, count - number * WIDTH)
            if number * WIDTH + width > had:
                yield Tile(level, number, width)
        level += 1


def content(node: Node, tile: Tile) -> bytes:
    """Return a tile's hashes, laid end to end."""
    first = tile.number * WIDTH
    return b"".join([node(tile.level * HEIGHT, first + at) for at in range(tile.width)])


class TileNodes:
    """Reads the hash of any finished subtree from tiles: one tile gives its hashes and the seven levels above them.

    read: gives at least `width` hashes of the tile (level, number), fewer bytes than asked where it has fewer.
    """

    def __init__(self, read: Callable[[int, int], bytes], keep: int = 64) -> None:
        self._read = read
        self._keep = keep
        self._trees: dict[tuple[int, int], Tree] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """Return the hash of a finished subtree. Raises IndexError where the tiles do not hold it."""
        tile_level, above = divmod(level, HEIGHT)
        number, within = divmod(index << above, WIDTH)
        key = (tile_level, number)
        tree = self._trees.get(key)
        if tree is None:
            tree = Tree.from_leaf_hashes(self._read(*key))
            if len(self._trees) >= self._keep:
                self._trees.pop(next(iter(self._trees)))
            self._trees[key] = tree
        return tree.node(above, within >> above)


def pack(entries: Sequence[bytes]) -> bytes:
    """Return an entry bundle: each entry after its length in two bytes. Raises Broken for an entry that is too long."""
    if any(len(entry) > MAX_ENTRY_BYTES for entry in entries):
        raise Broken(f"an entry of a bundle has at most {MAX_ENTRY_BYTES} bytes")
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def unpack(bundle: bytes) -> list[bytes]:
    """Read an entry bundle. Raises Broken where it ends inside an entry."""
    size = int.from_bytes(bundle[:2], "big")
    count, rest = divmod(len(bundle), size + 2)
    # Entries of one length, as leaves of ours are: the length stands before each of them, so they can be cut without looking at one after another.
    if not rest and count <= WIDTH and all(bundle[at :: size + 2] == bundle[at : at + 1] * count for at in (0, 1)):
        return [bundle[at + 2 : at + 2 + size] for at in range(0, len(bundle), size + 2)]
    entries: list[bytes] = []
    at = 0
    while at < len(bundle):
        size = int.from_bytes(bundle[at : at + 2], "big")
        if at + 2 + size > len(bundle):
            raise Broken(f"the bundle ends inside its entry {len(entries)}")
        entries.append(bundle[at + 2 : at + 2 + size])
        at += 2 + size
    if len(entries) > WIDTH:
        raise Broken(f"a bundle holds at most {WIDTH} entries, this one {len(entries)}")
    return entries


def from_hashes(size: int, read: Callable[[Tile], bytes]) -> Tree:
    """Rebuild a tree of `size` entries from its tiles of level 0. Raises Broken where one has another length than it should."""
    tree = Tree()
    for tile in tiles(size):
        if tile.level:
            break
        hashes = read(tile)
        if len(hashes) != tile.width * HASH_BYTES:
            raise Broken(f"{tile.path} has {len(hashes)} bytes, wanted {tile.width * HASH_BYTES}")
        tree.append_hashes(hashes)
    return tree
