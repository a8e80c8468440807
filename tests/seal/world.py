"""A small log made by hand, for tests: keys, officers, two originals, an erasure, exports. Nothing here touches a disk or a clock."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from hashlib import sha256

from temoin.seal import bundle, checkpoint, commitment, note, proof, tombstone
from temoin.seal.board import Mandate
from temoin.seal.checkpoint import Checkpoint
from temoin.seal.commitment import Disclosure
from temoin.seal.entry import Entry, Payload, encode
from temoin.seal.key import COSIGN_ED25519, ED25519, SigningKey
from temoin.seal.manifest import Scope
from temoin.seal.policy import only
from temoin.seal.receipt import Receipt
from temoin.seal.tree import Tree

AT = "2017-04-01T09:30:00Z"
LOG = SigningKey("example.org/log", ED25519, b"\1" * 32)
WITNESS = SigningKey("witness.example", COSIGN_ED25519, b"\2" * 32)
ANNA, BORIS, CARLA = (SigningKey(f"{n}.example", ED25519, bytes([s]) * 32) for n, s in (("anna", 5), ("boris", 6), ("carla", 7)))
HOUSE, CASE = "0" * 31 + "1", "c" * 32
FIRST, SECOND = "Первый снимок".encode(), b"second original\n"
NOW_S = 1_491_040_000


@dataclass
class World:
    """A growing log and what belongs to it."""

    tree: Tree = field(default_factory=Tree)
    rows: list[tuple[bytes, bytes, Entry] | None] = field(default_factory=list)
    commits: list[bytes] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    shown: dict[int, tuple[Disclosure, ...]] = field(default_factory=dict)
    payloads: dict[str, bytes] = field(default_factory=dict)

    def seal(self, kind: str, case: str = CASE, content: bytes | None = None, name: str | None = None, **detail: object) -> int:
        index = len(self.rows)
        mine = [at for at, place in enumerate(self.places) if place[0] == case]
        payload = None
        if content is not None:
            payload = Payload(sha256=sha256(content).hexdigest(), size_bytes=len(content), media_type="text/plain")
            self.payloads[payload.sha256] = content
        salt = sha256(b"salt %d" % index).digest()
        fields = (Disclosure(name="name", salt=sha256(b"field %d" % index).hexdigest(), value=name),) if name else ()
        self.shown[index] = fields
        entry = Entry(
            kind=kind,  # type: ignore[arg-type]
            at=AT,
            case=case,
            seq=len(mine),
            prev=self.commits[mine[-1]].hex() if mine else None,
            tool="temoin test",
            payload=payload,
            fields={f.name: f.digest for f in fields},
            detail=detail,
        )
        body = encode(entry)
        made = commitment.commit(salt, body)
        self.rows.append((body, salt, entry))
        self.commits.append(made)
        self.places.append((case, entry.seq))
        self.tree.append([commitment.leaf(made)])
        return index

    def erase(self, index: int, *signers: SigningKey) -> int:
        case, seq = self.places[index]
        stone = tombstone.Tombstone(
            origin=LOG.public.name, index=index, commitment=self.commits[index].hex(), case=case, seq=seq, ground="consent_withdrawn", at=AT
        )
        row = self.rows[index]
        assert row is not None
        if row[2].payload:
            del self.payloads[row[2].payload.sha256]
        self.rows[index] = None
        self.shown[index] = ()
        return self.seal("tombstone", case, note=str(note.sign(stone.text, signers)))

    def decide(self, kind: str, case: str, act: str, subject: str, *signers: SigningKey, **detail: object) -> int:
        """Seal an act with its mandate, signed by whoever is given, for the place it takes."""
        seq = sum(1 for c, _ in self.places if c == case)
        mandate = Mandate(origin=LOG.public.name, act=act, subject=subject, case=case, seq=seq, at=AT)
        return self.seal(kind, case, note=str(note.sign(mandate.text, signers)), **detail)

    def close(self, case: str = CASE) -> None:
        house = sum(1 for c, _ in self.places if c == HOUSE)
        closing = sum(1 for c, _ in self.places if c == case) + 1
        self.seal("custody", case, action="export", closing=closing, house=house)

    def checkpoint(self, size: int | None = None, *witnesses: SigningKey) -> note.Note:
        size = size or len(self.rows)
        signed = checkpoint.sign(Checkpoint(origin=LOG.public.name, size=size, root=self.tree.root(size)), LOG)
        lines = tuple(checkpoint.cosign(signed, w, NOW_S) for w in witnesses)
        return note.Note(text=signed.text, signatures=signed.signatures + lines)

    def bundle(
        self,
        *,
        scope: Scope = "whole",
        only_case: str | None = None,
        leave_out: tuple[int, ...] = (),
        counts: dict[str, int] | None = None,
        policy: str | None = None,
        signed: note.Note | None = None,
        stamps: tuple[bundle.Stamped, ...] = (),
        with_payloads: bool = True,
        change: dict[str, bytes] | None = None,
    ) -> bytes:
        signed = signed or self.checkpoint()
        size = len(self.rows)
        chosen = [i for i in range(size) if only_case is None or self.places[i][0] in (only_case, HOUSE)]
        items, wanted = [], []
        for index in chosen:
            if index in leave_out:
                continue
            row = self.rows[index]
            receipt = Receipt(index=index, path=tuple(proof.inclusion_path(self.tree.node, index, size)), checkpoint=signed)
            items.append(bundle.Item(receipt=receipt, body=row and row[0], salt=row and row[1], disclosures=self.shown[index]))
            if row and row[2].payload and with_payloads:
                wanted.append(bundle.Payload(sha256=row[2].payload.sha256, size_bytes=row[2].payload.size_bytes))
        cases = counts or {case: sum(1 for i in chosen if self.places[i][0] == case) for case in {self.places[i][0] for i in chosen}}
        small = bundle.files(items, signed, policy or str(only(LOG.public)), stamps, "A test bundle.\n") | (change or {})
        out = io.BytesIO()
        bundle.write(
            out, small, wanted, lambda digest: [self.payloads[digest]], log=LOG, scope=scope, size=size, house=HOUSE, cases=cases, made_at=AT
        )
        return out.getvalue()


def world(*, erased: bool = True, closed: bool = True) -> World:
    """A log of: 0 log key, 1-3 officers, 4 and 5 originals, 6 a second case, then a tombstone for 5 and the exports."""
    made = World()
    made.seal("key-event", HOUSE, role="log", action="add", vkey=str(LOG.public))
    for officer in (ANNA, BORIS, CARLA):
        made.seal("key-event", HOUSE, role="officer", action="add", vkey=str(officer.public))
    made.seal("capture", content=FIRST, name="première photo.jpg", remark="«ё» \u2028 \x7f \U0001f600")
    made.seal("capture", content=SECOND, name="witness.txt")
    made.seal("capture", "d" * 32, content=b"of another case")
    if erased:
        made.erase(5, ANNA, BORIS)
    if closed:
        made.close()
        made.close("d" * 32)
    return made


def plain(raw: bytes) -> dict[str, object]:
    """JSON as a dictionary."""
    found = json.loads(raw)
    assert isinstance(found, dict)
    return found
