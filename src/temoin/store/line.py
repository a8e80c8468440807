"""Lines: how what was prepared becomes the rows of the log, in order: exact text, salt, commitment, leaf, envelope.

Promises: each line has a salt, a key and a nonce that nobody drew before; it names the commitment of the line before it in its case. Nothing here
reads or writes: a batch of lines is as good as its arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from temoin.seal import commitment
from temoin.seal.commitment import SALT_BYTES, Disclosure
from temoin.seal.entry import Entry, Payload, encode
from temoin.seal.tree import leaf_hash
from temoin.store import envelope
from temoin.store.draft import Prepared
from temoin.store.envelope import Letter

#: What each line draws: salt, key, nonce. One call for a whole batch, since each costs as much as a hash.
_DRAWN = SALT_BYTES + 32 + 12
_NOTHING: tuple[str | None, bytes | None] = (None, None)


class Line(NamedTuple):
    """A row of `tables.entries`, in the order of its columns."""

    idx: int
    commitment: bytes
    case_id: str
    seq: int
    kind: str
    epoch: int
    wrapped: bytes
    sealed: bytes
    payload: str | None
    finder: bytes | None


class Hand(NamedTuple):
    """What every line of a batch is written with."""

    at: str
    tool: str
    epoch: int
    epoch_key: bytes
    random: Callable[[int], bytes]


def write(
    prepared: Sequence[Prepared], first: int, end: Callable[[str], tuple[int, str | None]], hand: Hand
) -> tuple[list[Line], list[bytes], dict[str, tuple[int, str | None]]]:
    """Return the lines, their leaf hashes, and where each case then ends: its next place, and the commitment it goes on from.

    first: index of the first line. end: where a case ends before. Raises Broken for what cannot be an entry.
    """
    ends: dict[str, tuple[int, str | None]] = {}
    lines, leaves = [], []
    shown: tuple[Disclosure, ...]
    values: tuple[str | None, bytes | None]
    cipher, finding = envelope.cipher(hand.epoch_key), envelope.finding(hand.epoch_key)
    drawn, at = hand.random(_DRAWN * len(prepared)), 0
    for index, one in enumerate(prepared, first):
        draft, stored = one.draft, one.stored
        seq, prev = ends.get(draft.case) or end(draft.case)
        shown = _disclosures(draft.sensitive, hand.random) if draft.sensitive else ()
        body = encode(
            Entry(
                kind=draft.kind,
                at=hand.at,
                case=draft.case,
                seq=seq,
                prev=prev,
                tool=hand.tool,
                payload=Payload(sha256=stored.sha256, size_bytes=stored.size_bytes, media_type=draft.media_type) if stored else None,
                not_before=draft.not_before,
                fields={one.name: one.digest for one in shown} if shown else {},
                detail=draft.detail,
            )
        )
        salt, key, nonce = drawn[at : at + 32], drawn[at + 32 : at + 64], drawn[at + 64 : at + _DRAWN]
        at += _DRAWN
        made = commitment.commit(salt, body)
        ends[draft.case] = (seq + 1, made.hex())
        leaves.append(leaf_hash(commitment.leaf(made)))
        if stored:
            letter = Letter(salt=salt, body=body, disclosures=shown, payload_key=stored.key, place=stored.place)
            values = (stored.name, envelope.finder(stored.sha256, finding))
        else:
            letter, values = Letter(salt=salt, body=body, disclosures=shown), _NOTHING
        wrapped = envelope.wrap(key, cipher, index, nonce)
        # Line._make is a plain tuple's price; calling Line costs as much as a hash.
        lines.append(Line._make((index, made, draft.case, seq, draft.kind, hand.epoch, wrapped, envelope.seal(letter, key, index), *values)))
    return lines, leaves, ends


def _disclosures(sensitive: dict[str, str], random: Callable[[int], bytes]) -> tuple[Disclosure, ...]:
    salts = random(SALT_BYTES * len(sensitive)).hex()
    width = 2 * SALT_BYTES
    return tuple(
        Disclosure(name=name, salt=salts[n * width : (n + 1) * width], value=value) for n, (name, value) in enumerate(sorted(sensitive.items()))
    )
