"""The Merkle tree of RFC 6962: every entry is hashed into one root, and any entry can later be tied to that root.

Promises: a root depends on every byte and on the order of the entries; a batch of appends gives the same tree as single ones;
hashes of finished subtrees never change, so they are kept level by level and read by position.
Memory: 64 bytes an entry. Source: RFC 6962, 2.1 (hashing) and RFC 9162, 2.1.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from temoin.errors import Broken

HASH_BYTES = 32
#: The root of a tree without entries: SHA-256 of nothing.
EMPTY_ROOT = sha256(b"").digest()
#: Reads the hash of a finished subtree: (level, index) covers leaves index * 2**level up to (index + 1) * 2**level.
Node = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbours: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def range_hash(node: Node, start: int, stop: int) -> bytes:
    """Return the root over leaves start up to stop, from finished subtrees.

    start must be a multiple of the smallest power of two that is at least stop - start, as it is everywhere inside a tree.
    Raises ValueError where it is not, or where the range is empty.
    """
    if not 0 <= start < stop:
        raise ValueError(f"leaves {start} to {stop} are no range")
    size = stop - start
    if start & ((1 << (size - 1).bit_length()) - 1):
        raise ValueError(f"leaves {start} to {stop} are no subtree")
    parts = []
    at = start
    while at < stop:
        # Perfect subtrees, largest first: the ragged right border of the tree.
        level = (stop - at).bit_length() - 1
        parts.append(node(level, at >> level))
        at += 1 << level
    root = parts.pop()
    while parts:
        root = node_hash(parts.pop(), root)
    return root


class Tree:
    """A growing tree in memory, all levels kept."""

    def __init__(self) -> None:
        self._levels: list[bytearray] = [bytearray()]

    @classmethod
    def from_leaf_hashes(cls, hashes: bytes) -> Tree:
        """Rebuild a tree from its leaf hashes, 32 bytes each, laid end to end, oldest first."""
        tree = cls()
        tree.append_hashes(hashes)
        return tree

    def __len__(self) -> int:
        return len(self._levels[0]) // HASH_BYTES

    def append(self, entries: Iterable[bytes]) -> int:
        """Append entries in order and return the index of the first of them. The whole batch costs two hashes an entry."""
        return self.append_hashes(b"".join([sha256(b"\x00" + entry).digest() for entry in entries]))

    def append_hashes(self, hashes: bytes) -> int:
        """Append leaf hashes, 32 bytes each, laid end to end; return the index of the first. Raises Broken at another length."""
        if len(hashes) % HASH_BYTES:
            raise Broken(f"leaf hashes take {len(hashes)} bytes, no multiple of {HASH_BYTES}")
        levels = self._levels
        first = len(self)
        levels[0] += hashes
        level = 0
        while len(levels[level]) >= 2 * HASH_BYTES:
            if level + 1 == len(levels):
                levels.append(bytearray())
            below, above = levels[level], levels[level + 1]
            pairs = range(len(above) * 2, len(below) - 2 * HASH_BYTES + 1, 2 * HASH_BYTES)
            # One comprehension a level: the call of SHA-256 is the cost, not the slice (measured, 'make bench').
            new = bytes(below[pairs.start : pairs.start + len(pairs) * 64])
            above += b"".join([sha256(b"\x01" + new[at : at + 64]).digest() for at in range(0, len(pairs) * 64, 64)])
            level += 1
        return first

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a finished subtree. Raises IndexError where it is not finished."""
        at = index * HASH_BYTES
        if level < 0 or index < 0 or level >= len(self._levels) or at + HASH_BYTES > len(self._levels[level]):
            raise IndexError(f"no finished subtree {index} at level {level} in a tree of {len(self)}")
        return bytes(self._levels[level][at : at + HASH_BYTES])

    def root(self, size: int | None = None) -> bytes:
        """Return the root at `size` entries, by default now. Raises IndexError where the tree was never that large."""
        size = len(self) if size is None else size
        if not 0 <= size <= len(self):
            raise IndexError(f"the tree holds {len(self)} entries, not {size}")
        return range_hash(self.node, 0, size) if size else EMPTY_ROOT


def naive_root(entries: Sequence[bytes]) -> bytes:
    """Return the root by the recursive definition itself: slow, and the yardstick of the tests. Source: RFC 6962, 2.1."""
    if not entries:
        return EMPTY_ROOT
    if len(entries) == 1:
        return leaf_hash(entries[0])
    split = 1 << ((len(entries) - 1).bit_length() - 1)
    return node_hash(naive_root(entries[:split]), naive_root(entries[split:]))
