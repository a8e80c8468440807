"""The audit: everything derived again from the disk. What it says of an item names the item.

Promises: it trusts nothing that it can compute: commitments, tiles, roots, sequences, payloads, signatures, tombstones. It changes nothing.
It asks the disk and not the memory of what was written: a bit that fell over on the way there is found before it is signed.
`temoin verify` runs it over the whole log; before every checkpoint it runs over what is new.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from temoin.errors import Broken, TemoinError, Unreachable
from temoin.seal import checkpoint as checkpoints
from temoin.seal import commitment, note, sequence, stamp, tombstone
from temoin.seal.board import Board
from temoin.seal.entry import Payload
from temoin.seal.frontier import Frontier
from temoin.seal.sequence import Link
from temoin.seal.tile import HEIGHT, WIDTH
from temoin.seal.tree import HASH_BYTES, leaf_hash
from temoin.store import envelope, tables, trunk

if TYPE_CHECKING:
    from temoin.store.draft import Sealed
    from temoin.store.ledger import Ledger


def audit(ledger: Ledger, *, since: int = 0, strays: bool = True) -> list[str]:
    """Return what does not hold, each named; nothing where all does. Raises Unreachable where the database's server goes away meanwhile.

    since: entries before this index are taken as they are. strays: name payload files that no entry speaks of, as a crash leaves them.
    """
    problems: list[str] = []
    ledger.database.cool()
    if not since:
        problems += [f"database: {said}" for said in ledger.database.integrity()]
    try:
        entries, erased = _entries(ledger, since, problems)
        _tree(ledger, since, entries, problems)
        if not since:
            _tombstones(ledger, entries, erased, problems)
            _cases(ledger, entries, problems)
            _signatures(ledger, problems)
            if strays:
                _strays(ledger, entries, problems)
    except TemoinError as err:
        problems.append(str(err))
    except (TypeError, ValueError) as err:
        # SQLite keeps whatever a damaged page says: a text where bytes belong, a number where a text does.
        problems.append(f"database: a value is of another kind than its column: {err}")
    if ledger.database.stopped:
        # That the server is gone says nothing of what was sealed.
        raise Unreachable(problems[-1] if problems else "the database was stopped")
    return problems


def _entries(ledger: Ledger, since: int, problems: list[str]) -> tuple[dict[int, Sealed], list[int]]:
    found: dict[int, Sealed] = {}
    erased: list[int] = []
    reread: set[str] = set()
    keys: dict[int, bytes] = {}
    expected = since
    for row in ledger.rows(since):
        index = row.idx
        if index >= ledger.trunk.size:
            problems.append(f"entry {index}: stands beyond the {ledger.trunk.size} entries of the log")
            break
        problems += [f"entry {missing}: missing from the database" for missing in range(expected, index)]
        expected = index + 1
        try:
            one = ledger.opened(row, keys)
        except TemoinError as err:
            problems.append(f"entry {index}: {err}")
            continue
        found[index] = one
        if one.letter is None:
            erased.append(index)
            continue
        try:
            commitment.verify(one.commitment, one.letter.salt, one.letter.body)
            entry = one.entry
            if (entry.case, entry.seq, entry.kind) != (one.case, one.seq, one.kind):
                raise Broken("its row says another case, place or kind than its text")
            for shown in one.letter.disclosures:
                if entry.fields.get(shown.name) != shown.digest:
                    raise Broken(f"its field {shown.name} is not what was sealed")
            if (entry.payload is None) != (one.payload is None):
                raise Broken("its row and its text disagree about a payload")
            if entry.payload:
                if one.payload and one.payload not in reread:
                    ledger.vault.forget(one.payload)
                    reread.add(one.payload)
                _payload(ledger, one, entry.payload)
                if row.finder != envelope.finder(entry.payload.sha256, envelope.finding(keys[row.epoch])):
                    raise Broken("its payload cannot be found by its digest")
        except TemoinError as err:
            problems.append(f"entry {index}: {err}")
    problems += [f"entry {missing}: missing from the database" for missing in range(expected, ledger.trunk.size)]
    return found, erased


def _payload(ledger: Ledger, one: Sealed, stated: Payload) -> None:
    if one.payload is None or one.letter is None or one.letter.payload_key is None:
        raise Broken("the key of its payload is not there")
    digest, size = sha256(), 0
    for piece in ledger.pieces(one):
        digest.update(piece)
        size += len(piece)
    if (digest.hexdigest(), size) != (stated.sha256, stated.size_bytes):
        raise Broken(f"its payload has SHA-256 {digest.hexdigest()}, sealed was {stated.sha256}")


def _tree(ledger: Ledger, since: int, entries: dict[int, Sealed], problems: list[str]) -> None:
    log = ledger.key()
    first = since // WIDTH * WIDTH
    with ledger.database.look() as rows:
        frontier = Frontier.of(trunk.nodes(rows), first)
        tiles = {(row.level, row.number): bytes(row.hashes) for row in rows.execute(_tiles_from(since))}
        size = ledger.trunk.size
        # The leaves before `since` in its tile are taken as they are: that tile is not stored before it is full.
        leaves = list(trunk.leaves(rows, first, since))
        for index in range(since, size):
            if index not in entries:
                return  # named already
            leaves.append(leaf_hash(commitment.leaf(entries[index].commitment)))
        for index, leaf in enumerate(leaves, first):
            for level, at, value in frontier.append(leaf):
                if level % HEIGHT == 0 and (level or index < size // WIDTH * WIDTH):
                    held = tiles.get((level // HEIGHT, at // WIDTH), b"")
                    if held[at % WIDTH * HASH_BYTES : (at % WIDTH + 1) * HASH_BYTES] != value:
                        problems.append(f"entry {index}: the tree holds another hash at level {level}")
        for (level, number), hashes in tiles.items():
            count = size >> (HEIGHT * level)
            wanted = min(WIDTH, max(0, (count if level else count // WIDTH * WIDTH) - number * WIDTH)) * HASH_BYTES
            if len(hashes) != wanted or not wanted:
                problems.append(f"tile {level}/{number}: has {len(hashes)} bytes, wanted {wanted}")
        stored = rows.execute(select(tables.checkpoints).order_by(tables.checkpoints.c.size)).all()
        for row in stored:
            try:
                stated = checkpoints.verify(note.parse(row.note), log)
                if stated.size != row.size or (stated.size >= since and trunk.root(rows, stated.size) != stated.root):
                    raise Broken("the tree has another root at that size")
            except (TemoinError, IndexError, ValueError) as err:
                problems.append(f"checkpoint {row.size}: {err}")
        if not problems and trunk.root(rows, size) != frontier.root():
            problems.append(f"the tiles give another root at size {size} than the entries")


def _tiles_from(since: int) -> Select[Any]:
    query = select(tables.tiles)
    if since:
        query = query.where((tables.tiles.c.level > 0) | (tables.tiles.c.number >= since // WIDTH))
    return query


def _tombstones(ledger: Ledger, entries: dict[int, Sealed], erased: list[int], problems: list[str]) -> None:
    house = ledger.state("house")
    board = Board(ledger.state("origin"), house)
    mourned: set[int] = set()
    for index, one in sorted(entries.items()):
        if one.letter is None or (one.case != house and one.kind not in ("tombstone", "hold")):
            continue
        try:
            board.take(index, one.entry)
            if one.kind != "tombstone":
                continue
            stone = tombstone.verify(note.parse(str(one.entry.detail.get("note"))), board.officers)
            board.check_erasure(stone.case, stone.index)
            of = entries.get(stone.index)
            if of is None or of.letter is not None or (of.commitment.hex(), of.case, of.seq) != (stone.commitment, stone.case, stone.seq):
                raise Broken(f"it does not fit entry {stone.index}")
            mourned.add(stone.index)
        except TemoinError as err:
            problems.append(f"{one.kind} {index}: {err}")
    problems += [f"entry {index}: its text is gone and no tombstone says why" for index in erased if index not in mourned]


def _cases(ledger: Ledger, entries: dict[int, Sealed], problems: list[str]) -> None:
    commitments = {index: one.commitment for index, one in entries.items()}
    for index, one in entries.items():
        if one.kind == "derive" and one.letter:
            try:
                sequence.check_parent(index, one.entry, commitments)
            except TemoinError as err:
                problems.append(str(err))
    links: dict[str, list[Link]] = {}
    for index, one in entries.items():
        link = Link(index=index, commitment=one.commitment.hex(), seq=one.seq, entry=one.entry if one.letter else None)
        links.setdefault(one.case, []).append(link)
    for case, chain in links.items():
        try:
            sequence.verify(case, chain)
        except TemoinError as err:
            problems.append(str(err))


def _signatures(ledger: Ledger, problems: list[str]) -> None:
    try:
        ledger.check_published()
    except TemoinError as err:
        problems.append(f"published: {err}")
    with ledger.database.look() as rows:
        found = rows.execute(select(tables.stamps)).all()
        notes = {row.size: row.note for row in rows.execute(select(tables.checkpoints))}
    for row in found:
        try:
            text = note.parse(notes[row.size]).text.encode()
            stamp.verify(bytes(row.reply), text, [stamp.read_root(bytes(row.root_pem))])
        except (TemoinError, KeyError) as err:
            problems.append(f"time stamp {row.size} by {row.authority}: {err}")


def _strays(ledger: Ledger, entries: dict[int, Sealed], problems: list[str]) -> None:
    known = {one.payload for one in entries.values()}
    unopened = len(entries) != ledger.trunk.size
    if not unopened:
        problems += [f"payload file {name}: no entry speaks of it" for name in ledger.vault.names() if name not in known]
