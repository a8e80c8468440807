"""Packing: entries of the ledger into a bundle that needs neither ledger nor keys to be checked.

Promises: the file appears whole under its name or not at all; payloads pass one at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from temoin.seal import bundle, checkpoint, note, readme
from temoin.seal.manifest import Scope
from temoin.seal.policy import Policy
from temoin.seal.receipt import Receipt
from temoin.store import durable, tables, trunk
from temoin.store.draft import Sealed
from temoin.store.ledger import Ledger, instant


def pack(ledger: Ledger, out: Path, chosen: Sequence[Sealed], signed: note.Note, scope: Scope, trust: Policy) -> None:
    """Write the chosen entries, with their proofs under a signed checkpoint, as a bundle. Raises Unreachable where it cannot be written."""
    chosen = sorted(chosen, key=lambda e: e.index)
    stated, log = checkpoint.parse(signed.text), ledger.keyring.signing("log")
    house, counts = ledger.state("house"), ledger.counts()
    with ledger.database.look() as rows:
        items = [_item(rows, e, signed, stated.size) for e in chosen]
        stamps = _stamps(rows, stated.size)
    holders = {e.entry.payload.sha256: e for e in chosen if e.letter and e.entry.payload}
    payloads = [bundle.Payload(sha256=e.entry.payload.sha256, size_bytes=e.entry.payload.size_bytes) for e in holders.values() if e.entry.payload]
    made_at = instant(ledger.clock())
    page = readme.text(
        origin=stated.origin,
        key=str(log.public),
        scope=scope,
        size=stated.size,
        root=stated.root.hex(),
        made_at=made_at,
        originals=len(payloads),
        erased=sum(e.letter is None for e in chosen),
        stamps=len(stamps),
    )
    temporary = out.with_name(f".{out.name}.new")
    try:
        with temporary.open("wb") as handle:
            bundle.write(
                handle,
                bundle.files(items, signed, str(trust), stamps, page),
                () if scope == "item" else payloads,
                lambda digest: ledger.pieces(holders[digest]),
                log=log,
                scope=scope,
                size=stated.size,
                house=house,
                cases={case: counts[case] for case in {house, *(e.case for e in chosen)}},
                made_at=made_at,
            )
            durable.settle([(handle, temporary, out)])
    except OSError as err:
        raise durable.told(err, out) from err
    finally:
        temporary.unlink(missing_ok=True)


def _item(rows: Connection, one: Sealed, signed: note.Note, size: int) -> bundle.Item:
    return bundle.Item(
        receipt=Receipt(index=one.index, path=tuple(trunk.inclusion(rows, one.index, size)), checkpoint=signed),
        body=one.letter.body if one.letter else None,
        salt=one.letter.salt if one.letter else None,
        disclosures=one.letter.disclosures if one.letter else (),
    )


def _stamps(rows: Connection, size: int) -> list[bundle.Stamped]:
    notes = {row.size: note.parse(row.note) for row in rows.execute(select(tables.checkpoints))}
    return [
        bundle.Stamped(
            name=f"{bundle.number(row.size)}-{row.authority}",
            checkpoint=notes[row.size],
            consistency=tuple(trunk.consistency(rows, row.size, size)),
            reply=bytes(row.reply),
            root_pem=bytes(row.root_pem),
        )
        for row in rows.execute(select(tables.stamps).order_by(tables.stamps.c.size, tables.stamps.c.authority))
    ]
