"""Erasing, so that it is honest: two officers decide, keys are destroyed, a tombstone stays, and every other proof holds as before.

Order: new epoch key durable; one transaction empties the entry, wraps the survivors' keys anew, seals the tombstone and notes which bytes are to go;
then those bytes, old pages and the old epoch key are destroyed. A crash in between is finished by `sweep`. After an erasure make a new backup: the
old ones no longer open.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from temoin.errors import Broken, Refused, Unverified
from temoin.seal import note, tombstone
from temoin.seal.entry import decode
from temoin.seal.tombstone import Ground, Tombstone
from temoin.store import envelope, tables
from temoin.store.deciding import board
from temoin.store.draft import Draft
from temoin.store.ledger import Ledger, instant
from temoin.store.vault import Place

#: In `log_state`, between the transaction that erases an entry and the destruction of its payload's bytes.
_DOOMED = "doomed"


def propose(ledger: Ledger, index: int, ground: Ground) -> Tombstone:
    """Return what officers would sign to erase an entry. Raises Refused where it cannot be erased."""
    sealed = ledger.one(index)
    if sealed.letter is None:
        raise Refused(f"entry {index} was erased already")
    if sealed.case == ledger.state("house") or sealed.kind in ("tombstone", "custody", "hold"):
        raise Refused(f"entry {index} is a {sealed.kind}: the log's own acts are not erased")
    try:
        board(ledger).check_erasure(sealed.case, index)
    except Unverified as err:
        raise Refused(str(err), hint="Two officers can lift it: temoin hold lift.") from err
    return Tombstone(
        origin=ledger.state("origin"),
        index=index,
        commitment=sealed.commitment.hex(),
        case=sealed.case,
        seq=sealed.seq,
        ground=ground,
        at=instant(ledger.clock()),
    )


def erase(ledger: Ledger, signed: note.Note) -> int:
    """Erase the entry that two officers' tombstone names; return the tombstone's index.

    Destroys its text, salt, key and payload, and the epoch's key, so that copies in old backups die too; the rest is wrapped anew.
    """
    stone = tombstone.verify(signed, board(ledger).officers)
    wanted = propose(ledger, stone.index, stone.ground)
    if msgspec.structs.replace(wanted, at=stone.at) != stone:
        raise Unverified(f"the tombstone does not speak of entry {stone.index} as this log holds it")
    gone = ledger.one(stone.index)
    before, after = ledger.epoch, ledger.epoch + 1
    old, new = ledger.keyring.epoch(before), ledger.keyring.new_epoch(after)
    prepared = ledger.prepare([Draft(kind="tombstone", case=stone.case, detail={"note": str(signed)})])
    try:
        with ledger.database.unit() as rows:
            empty = {"epoch": None, "wrapped": None, "sealed": None, "payload": None, "finder": None}
            rows.execute(update(tables.entries).where(tables.entries.c.idx == stone.index).values(**empty))
            if gone.payload:
                doomed = _Doomed(name=gone.payload, place=gone.letter.place if gone.letter else None)
                rows.execute(insert(tables.state).values(name=_DOOMED, value=msgspec.json.encode(doomed).decode()))
            _rewrap(ledger, rows, old, new, after)
            rows.execute(update(tables.state).where(tables.state.c.name == "epoch").values(value=str(after)))
            ledger.epoch = after
            (index,) = ledger.append_rows(rows, prepared)
    except BaseException:
        ledger.recover()
        raise
    _destroy(ledger)
    ledger.database.forget()
    ledger.keyring.destroy_epoch(before)
    return index


class _Doomed(msgspec.Struct, frozen=True, kw_only=True):
    """A payload whose entry was erased and whose bytes are still to be destroyed."""

    name: str
    place: tuple[int, int] | None


def _destroy(ledger: Ledger) -> str | None:
    """Destroy the bytes of what was erased: the file where it holds nothing else, else its place in it. Returns the file's name, None for nothing."""
    with ledger.database.look() as rows:
        noted = rows.scalar(select(tables.state.c.value).where(tables.state.c.name == _DOOMED))
        if noted is None:
            return None
        doomed = msgspec.json.decode(noted, type=_Doomed)
        shared = rows.scalar(select(tables.entries.c.idx).where(tables.entries.c.payload == doomed.name).limit(1)) is not None
    if not shared:
        ledger.vault.remove(doomed.name)
    elif doomed.place:
        ledger.vault.blank(doomed.name, Place(*doomed.place))
    with ledger.database.unit() as rows:
        rows.execute(delete(tables.state).where(tables.state.c.name == _DOOMED))
    return doomed.name


def _rewrap(ledger: Ledger, rows: Connection, old: bytes, new: bytes, epoch: int) -> None:
    at, columns, new_cipher, finding = -1, tables.entries.c, envelope.cipher(new), envelope.finding(new)
    while True:
        query = select(columns.idx, columns.wrapped, columns.sealed, columns.finder).where(columns.idx > at, columns.sealed.is_not(None))
        found = rows.execute(query.order_by(columns.idx).limit(1000)).all()
        if not found:
            return
        at = found[-1].idx
        for row in found:
            key = envelope.unwrap(bytes(row.wrapped), old, row.idx)
            changed: dict[str, Any] = {"epoch": epoch, "wrapped": envelope.wrap(key, new_cipher, row.idx, ledger.random(12))}
            if row.finder is not None:
                payload = decode(envelope.unseal(bytes(row.sealed), key, row.idx).body).payload
                if payload is None:
                    raise Broken(f"entry {row.idx} has a payload file and speaks of none")
                changed["finder"] = envelope.finder(payload.sha256, finding)
            rows.execute(update(tables.entries).where(columns.idx == row.idx).values(**changed))


def sweep(ledger: Ledger) -> list[str]:
    """Finish what a crash left undone, and say what was done.

    Files that were never finished are removed; whole ones that no entry speaks of are set aside in `strays/`, not destroyed: they may belong to a
    newer database than the one that was restored. Keys of other epochs are destroyed, but only where the current one is here.
    Raises Unverified where the log was rolled back, Unreachable where its key is gone: then nothing is touched.
    """
    ledger.check_published()
    ledger.keyring.epoch(ledger.epoch)
    destroyed = _destroy(ledger)
    with ledger.database.look() as rows:
        known = set(rows.scalars(select(tables.entries.c.payload).where(tables.entries.c.payload.is_not(None))))
    done = [f"destroyed what was erased in payload file {destroyed}"] if destroyed else []
    for name in [name for name in ledger.vault.names() if name not in known]:
        if name.startswith("."):
            ledger.vault.remove(name)
            done.append(f"removed unfinished payload file {name}")
        else:
            ledger.vault.set_aside(name, ledger.folder / "strays")
            done.append(f"set aside payload file {name}, of which no entry speaks, in strays/")
    for epoch in [epoch for epoch in ledger.keyring.epochs() if epoch != ledger.epoch]:
        ledger.keyring.destroy_epoch(epoch)
        done.append(f"destroyed the key of epoch {epoch}")
    return done
