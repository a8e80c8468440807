"""The sequence of a case: each entry names the one before it, and an export says how many there are.

Promises: an entry left out, doubled or moved is named by its place. A Merkle log alone shows that nothing was added or changed
afterwards; it does not show that everything was handed over. This does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from temoin.errors import Unverified
from temoin.seal.entry import Entry


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """An entry in its case: its index in the log and its commitment, and its text where it was not erased."""

    index: int
    commitment: str  # 64 hex digits
    seq: int
    entry: Entry | None  # None where a tombstone stands for it


def check_parent(index: int, entry: Entry, commitments: Mapping[int, bytes]) -> None:
    """Return where an entry of kind derive names an earlier entry by its index and its commitment; raise Unverified otherwise.

    commitments: of the entries at hand; a parent that is not among them cannot be compared.
    """
    if entry.kind != "derive":
        return
    parent, stated = entry.detail.get("parent"), entry.detail.get("commitment")
    known = type(parent) is int and 0 <= parent < index and (parent not in commitments or commitments[parent].hex() == stated)
    if not known:
        raise Unverified(f"entry {index} says that it was made from an entry {parent!r} that is not the one it names")


def verify(case: str, links: Iterable[Link], count: int | None = None) -> int:
    """Return how many entries the case has; raise Unverified where one is missing, doubled or out of order.

    count: how many there must be; None where nobody has said.
    """
    by_seq: dict[int, Link] = {}
    for link in links:
        if link.seq in by_seq:
            raise Unverified(f"case {case}: place {link.seq} is taken twice, by entries {by_seq[link.seq].index} and {link.index}")
        by_seq[link.seq] = link
    total = max(by_seq, default=-1) + 1 if count is None else count
    missing = [seq for seq in range(total) if seq not in by_seq]
    if missing:
        raise Unverified(f"case {case}: missing {', '.join(f'seq {seq}' for seq in missing[:20])} of {total}")
    beyond = [seq for seq in by_seq if seq >= total]
    if beyond:
        raise Unverified(f"case {case}: seq {min(beyond)} lies beyond the count of {total}")
    for seq in range(total):
        link = by_seq[seq]
        if link.entry is None:
            continue
        before = by_seq.get(seq - 1)
        wanted = before.commitment if before else None
        if link.entry.case != case or link.entry.seq != seq or link.entry.prev != wanted:
            raise Unverified(f"case {case}: entry {link.index} at seq {seq} does not follow the entry before it")
        if before and before.index >= link.index:
            raise Unverified(f"case {case}: entry {link.index} at seq {seq} was sealed before its predecessor {before.index}")
    return total
