"""Proofs over the tree: that an entry stands in it, and that a later tree only added to an earlier one.

Promises: a verifier returns quietly or raises Unverified; every hash is 32 bytes; a tree of size 0 proves nothing and is refused.
Sources: RFC 9162, 2.1.3 and 2.1.4; subtrees: draft-ietf-plants-merkle-tree-certs, 4.4.
A literal reading of RFC 9162 accepts empty roots and proofs from size 0: both are refused here.
"""

from __future__ import annotations

from collections.abc import Sequence

from temoin.errors import Unverified
from temoin.seal.tree import HASH_BYTES, Node, node_hash, range_hash

#: No log outgrows a signed 64-bit size, so no honest path is longer than its bits.
MAX_SIZE = (1 << 63) - 1
MAX_PATH = 63


def inclusion_path(node: Node, index: int, size: int) -> list[bytes]:
    """Return the hashes that tie leaf `index` to the root at `size`.

    node: reads finished subtrees. Returns at most ceil(log2(size)) hashes, lowest level first.
    Raises IndexError where there is no such leaf. Source: RFC 9162, 2.1.3.1.
    """
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    path, low, high = [], 0, size
    while high - low > 1:
        split = low + (1 << ((high - low - 1).bit_length() - 1))
        if index < split:
            path.append(range_hash(node, split, high))
            high = split
        else:
            path.append(range_hash(node, low, split))
            low = split
    path.reverse()
    return path


def consistency_path(node: Node, old: int, new: int) -> list[bytes]:
    """Return the hashes that show the tree of `new` leaves to begin with the tree of `old` leaves.

    Raises IndexError unless 0 < old <= new. Source: RFC 9162, 2.1.4.1.
    """
    if not 0 < old <= new:
        raise IndexError(f"no consistency from size {old} to size {new}")
    path, low, high, whole = [], 0, new, True
    while old != high:
        split = low + (1 << ((high - low - 1).bit_length() - 1))
        if old <= split:
            path.append(range_hash(node, split, high))
            high = split
        else:
            path.append(range_hash(node, low, split))
            low, whole = split, False
    if not whole:
        path.append(range_hash(node, low, high))
    path.reverse()
    return path


def verify_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> None:
    """Return where `leaf`, a leaf hash, stands at `index` under `root` in a tree of `size`; raise Unverified otherwise."""
    verify_subtree_inclusion(index, 0, size, leaf, path, root)


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Return where the tree of `new` leaves begins with that of `old` leaves; raise Unverified otherwise. Source: RFC 9162, 2.1.4.2."""
    _want_hashes([old_root, new_root, *path])
    if not 0 < old <= new <= MAX_SIZE:
        raise Unverified(f"sizes {old} and {new} prove nothing; wanted 0 < old <= new")
    if old == new:
        if path:
            raise Unverified(f"trees of one size need no path, this one has {len(path)} hashes")
        if old_root != new_root:
            raise Unverified(f"two roots for one size {old}: {old_root.hex()} and {new_root.hex()}")
        return
    verify_subtree_consistency(0, old, new, path, old_root, new_root)


def verify_subtree_inclusion(index: int, start: int, stop: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> None:
    """Return where `leaf` stands at `index` in the subtree over leaves start up to stop; raise Unverified otherwise."""
    _want_hashes([leaf, root, *path])
    _want_subtree(start, stop)
    if not start <= index < stop:
        raise Unverified(f"leaf {index} lies outside {start} to {stop}")
    # RFC 9162, 2.1.3.2: fn walks up from the leaf, sn from the last leaf of the tree.
    fn, sn, reached = index - start, stop - start - 1, leaf
    for sibling in path:
        if sn == 0:
            raise Unverified("the path is longer than the tree is high")
        if fn & 1 or fn == sn:
            reached = node_hash(sibling, reached)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            reached = node_hash(reached, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise Unverified("the path ends below the root")
    if reached != root:
        raise Unverified(f"path leads to root {reached.hex()}, wanted {root.hex()}")


def verify_subtree_consistency(start: int, stop: int, size: int, path: Sequence[bytes], subtree: bytes, root: bytes) -> None:
    """Return where the subtree over leaves start up to stop is part of the tree of `size`; raise Unverified otherwise."""
    _want_hashes([subtree, root, *path])
    _want_subtree(start, stop)
    if not stop <= size <= MAX_SIZE:
        raise Unverified(f"leaves {start} to {stop} lie outside a tree of {size}")
    fn, sn, tn = start, stop - 1, size - 1
    if sn == tn:
        while fn != sn:
            fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
    else:
        while fn != sn and sn & 1:
            fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
    rest = list(path)
    if fn == sn:
        reached_subtree = reached_root = subtree
    elif rest:
        reached_subtree = reached_root = rest.pop(0)
    else:
        raise Unverified("the path is empty, and the subtree is not whole")
    for sibling in rest:
        if tn == 0:
            raise Unverified("the path is longer than the tree is high")
        if sn & 1 or sn == tn:
            if fn < sn:
                reached_subtree = node_hash(sibling, reached_subtree)
            reached_root = node_hash(sibling, reached_root)
            while not sn & 1 and sn:
                fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
        else:
            reached_root = node_hash(reached_root, sibling)
        fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
    if tn:
        raise Unverified("the path ends below the root")
    if reached_subtree != subtree:
        raise Unverified(f"path leads to earlier root {reached_subtree.hex()}, wanted {subtree.hex()}")
    if reached_root != root:
        raise Unverified(f"path leads to later root {reached_root.hex()}, wanted {root.hex()}")


def _want_hashes(hashes: Sequence[bytes]) -> None:
    for value in hashes:
        if len(value) != HASH_BYTES:
            raise Unverified(f"a hash has {HASH_BYTES} bytes, this one {len(value)}")
    if len(hashes) > MAX_PATH + 3:
        raise Unverified(f"a path has at most {MAX_PATH} hashes, this one {len(hashes) - 2}")


def _want_subtree(start: int, stop: int) -> None:
    if not 0 <= start < stop <= MAX_SIZE or start % (1 << (stop - start - 1).bit_length()):
        raise Unverified(f"leaves {start} to {stop} are no subtree of a tree")
