"""The compact range: the few hashes from which a log can go on without the rest of its tree.

Promises: at most log2(n) + 1 hashes stand for n leaves, and appending to them gives the same root as the whole tree.
Source: transparency-dev/merkle, docs/compact_ranges.md; RFC 6962, 2.1.
"""

from __future__ import annotations

from collections.abc import Sequence

from temoin.errors import Broken
from temoin.seal.tree import EMPTY_ROOT, HASH_BYTES, Node, node_hash


class Frontier:
    """The perfect subtrees along the right border of a tree of `size` leaves, largest first."""

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if size < 0 or size.bit_count() != len(hashes) or any(len(h) != HASH_BYTES for h in hashes):
            raise Broken(f"{len(hashes)} hashes cannot stand for {size} leaves; {max(size, 0).bit_count()} of 32 bytes can")
        self.size = size
        self.hashes = list(hashes)

    @classmethod
    def of(cls, node: Node, size: int) -> Frontier:
        """Read the frontier of a tree of `size` leaves from its finished subtrees."""
        hashes, at = [], 0
        while at < size:
            level = (size - at).bit_length() - 1
            hashes.append(node(level, at >> level))
            at += 1 << level
        return cls(size, hashes)

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Append one leaf hash. Returns the finished subtrees it completes, as (level, index, hash), the leaf first."""
        if len(leaf) != HASH_BYTES:
            raise Broken(f"a leaf hash has {HASH_BYTES} bytes, this one {len(leaf)}")
        level, index, finished = 0, self.size, [(0, self.size, leaf)]
        while index & 1:
            leaf = node_hash(self.hashes.pop(), leaf)
            level, index = level + 1, index >> 1
            finished.append((level, index, leaf))
        self.hashes.append(leaf)
        self.size += 1
        return finished

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root
