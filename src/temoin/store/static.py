"""The log written as plain files that any web server can serve: checkpoint, tiles, entry bundles.

Promises: a file that was there is never changed, only missing ones are added, and the checkpoint comes last: whoever reads meanwhile sees the old log
or the new one. A folder that holds another history, or a later one, is refused. What is written is leaves of one length, which tell nothing.
Source: C2SP tlog-tiles v1.0.0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, select

from temoin.errors import Refused, Unreachable, Unverified
from temoin.seal import checkpoint, commitment, note, tile
from temoin.seal.static import CHECKPOINT
from temoin.seal.tile import Tile
from temoin.store import durable, tables, trunk
from temoin.store.ledger import Ledger

#: Files written before they are synced together.
BATCH = 256


def publish(ledger: Ledger, signed: note.Note, folder: Path) -> int:
    """Write the log up to a signed checkpoint into a folder; return how many files are new. Doing it again does nothing.

    Raises Unverified where the folder holds another history of this log, Refused where it holds a later one, Unreachable where it cannot be written.
    """
    stated = checkpoint.verify(signed, ledger.key())
    before = _there(folder)
    with ledger.database.look() as rows:
        if before is not None:
            old = checkpoint.verify(before, ledger.key())
            if old.size > stated.size:
                raise Refused(
                    f"the folder holds the log at size {old.size}, the checkpoint is of size {stated.size}", hint="Was the log rolled back?"
                )
            if trunk.root(rows, old.size) != old.root:
                raise Unverified(
                    f"fork: the folder holds another history of this log at size {old.size}",
                    hint="Keep it: with this log it proves that two were signed.",
                )
        new = 0
        waiting = _missing(rows, stated.size, folder)
        while batch := list(islice(waiting, BATCH)):
            _write(batch)
            new += len(batch)
    if before is None or str(before) != str(signed):
        durable.write(folder / CHECKPOINT, str(signed).encode(), mode=0o644)
        new += 1
    return new


def _there(folder: Path) -> note.Note | None:
    try:
        return note.parse((folder / CHECKPOINT).read_bytes())
    except FileNotFoundError:
        return None
    except OSError as err:
        raise Unreachable(f"{folder / CHECKPOINT} cannot be read: {err.strerror}") from err


def _missing(rows: Connection, size: int, folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Give the files of a log of `size` that are not there, with their contents. Raises Unverified where one is there with another length."""
    nodes = trunk.nodes(rows)
    for place in tile.tiles(size):
        yield from _wanted(folder / place.path, lambda place=place: tile.content(nodes, place))  # type: ignore[misc]
        if not place.level:
            yield from _wanted(folder / place.entries_path, lambda place=place: _bundle(rows, place))  # type: ignore[misc]


def _wanted(path: Path, content: Callable[[], bytes]) -> Iterator[tuple[Path, bytes]]:
    if not path.exists():
        yield path, content()


def _bundle(rows: Connection, place: Tile) -> bytes:
    first, columns = place.number * tile.WIDTH, tables.entries.c
    query = select(columns.commitment).where(columns.idx >= first, columns.idx < first + place.width).order_by(columns.idx)
    found = [commitment.leaf(bytes(value)) for value in rows.scalars(query)]
    if len(found) != place.width:
        raise Unverified(f"entries {first} to {first + place.width - 1} are not all in the database", hint="temoin verify says which.")
    return tile.pack(found)


def _write(files: list[tuple[Path, bytes]]) -> None:
    settled = []
    try:
        for path, content in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.new")
            out = temporary.open("wb")
            out.write(content)
            settled.append((out, temporary, path))
    except OSError as err:
        raise durable.told(err, files[0][0]) from err
    durable.settle(settled)
