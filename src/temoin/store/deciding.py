"""Deciding: who the officers are and what is held, read from the log; and sealing what two officers have decided.

Promises: an act that needs a mandate is signed for the very place it takes in the log, and is taken by the same rules that every verifier follows
before it is sealed. Anybody may place a hold; only two officers lift one, and only two officers make or unmake another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import or_, select

from temoin.errors import Misused, Refused, TemoinError
from temoin.seal import note
from temoin.seal.board import Board, Hold, Mandate
from temoin.seal.entry import Entry
from temoin.seal.key import ED25519, SigningKey, VerifyingKey
from temoin.seal.tombstone import NEEDED
from temoin.store import tables
from temoin.store.draft import Draft
from temoin.store.ledger import TOOL, Ledger, instant

#: Who signs: officers' keys at hand, or whatever gives the signed note of a text, such as a file that travelled to the officers and back.
By = Sequence[SigningKey] | Callable[[str], note.Note]


def board(ledger: Ledger) -> Board:
    """Return the officers and the legal holds of this moment, as the log's own entries make them."""
    house = ledger.state("house")
    made = Board(ledger.state("origin"), house)
    columns = tables.entries.c
    query = select(tables.entries).where(or_(columns.case_id == house, columns.kind == "hold")).order_by(columns.idx)
    keys: dict[int, bytes] = {}
    with ledger.database.look() as rows:
        for row in rows.execute(query):
            one = ledger.opened(row, keys)
            if one.letter:
                made.take(one.index, one.entry)
    return made


def name_officer(ledger: Ledger, key: VerifyingKey, by: By) -> int:
    """Make somebody an officer; return the entry. by: two officers, nobody while the log begins. Raises Refused, Misused."""
    if key.algorithm != ED25519:
        raise Misused("an officer's key is Ed25519")
    now = board(ledger)
    if any(key.public == one.public or key.name == one.name for one in now.officers):
        raise Refused(f"{key.name} is an officer already", hint="Revoke the old key first.")
    return _officer(ledger, now, "add", str(key), by)


def revoke_officer(ledger: Ledger, name: str, by: By) -> int:
    """Take an officer's key back, by its name or its text; return the entry. Raises Refused where fewer than two would be left."""
    now = board(ledger)
    found = next((str(one) for one in now.officers if name in (one.name, str(one))), None)
    if found is None:
        raise Misused(f"{name} is no officer", hint="Officers: " + (", ".join(one.name for one in now.officers) or "none"))
    if len(now.officers) <= NEEDED:
        raise Refused("two officers must be left: nothing could be erased any more", hint="Name another one first.")
    return _officer(ledger, now, "revoke", found, by)


def _officer(ledger: Ledger, now: Board, action: str, key: str, by: By) -> int:
    detail: dict[str, Any] = {"role": "officer", "action": action, "vkey": key}
    house = ledger.state("house")
    # While the log holds nothing but the naming of keys there is nobody yet who could sign.
    beginning = now.beginning and ledger.trunk.size == ledger.counts().get(house)
    return _decide(ledger, now, "key-event", house, detail, f"{action}-officer", key, () if beginning else by)


def place_hold(ledger: Ledger, case: str, index: int | None, reason: str) -> int:
    """Forbid the erasure of an entry, or of a whole case where index is None; return the hold's entry.

    reason: sealed as a hidden field, shown where somebody decides to show it.
    """
    if index is not None:
        held = ledger.one(index)
        if held.letter is None:
            raise Refused(f"entry {index} was erased already")
        case = held.case
    if case == ledger.state("house"):
        raise Refused("the log's own acts are never erased: they need no hold")
    draft = Draft(kind="hold", case=case, detail={"action": "place", "index": index}, sensitive={"reason": reason} if reason else {})
    return ledger.seal([draft])[0]


def lift_hold(ledger: Ledger, index: int, by: By) -> int:
    """Lift the hold that an entry placed, by decision of two officers; return the entry. Raises Misused where there is none."""
    now = board(ledger)
    hold: Hold | None = next((one for one in now.holds if one.index == index), None)
    if hold is None:
        raise Misused(f"entry {index} is no hold that stands", hint="Holds: " + (", ".join(str(one.index) for one in now.holds) or "none"))
    return _decide(ledger, now, "hold", hold.case, {"action": "lift", "hold": index}, "lift-hold", str(index), by)


def _decide(ledger: Ledger, now: Board, kind: Any, case: str, detail: dict[str, Any], act: str, subject: str, by: By) -> int:
    """Sign a mandate for the next place of a case, hold it to the rules of the board, and seal the act."""
    at, seq = instant(ledger.clock()), ledger.counts().get(case, 0)
    if by:
        mandate = Mandate(origin=ledger.state("origin"), act=act, subject=subject, case=case, seq=seq, at=at)
        detail = detail | {"note": str(by(mandate.text) if callable(by) else note.sign(mandate.text, by))}
    previous = "0" * 64 if seq else None
    try:
        now.take(ledger.trunk.size, Entry(kind=kind, at=at, case=case, seq=seq, prev=previous, tool=TOOL, detail=detail))
    except TemoinError as err:
        raise Refused(
            f"it was not decided: {err}",
            hint="Two officers sign, for the log as it is now: a decision written before it went on does not fit any more.",
        ) from err
    return ledger.seal([Draft(kind=kind, case=case, detail=detail)])[0]
