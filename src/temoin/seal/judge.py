"""What a bundle proves: `verify` reads it step by step and returns the evidence, or raises Unverified naming what does not hold.

Nothing is taken on the bundle's word but the keys, and those only where the caller names none: the evidence then says so.
The same steps, in the same order and sharing no code, stand in verifier/temoin_verify.py.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography import x509

from temoin.errors import Broken, TemoinError, Unreachable, Unverified
from temoin.seal import commitment, container, damage, manifest, note, proof, receipt, sequence, stamp, tombstone
from temoin.seal import entry as entries
from temoin.seal import policy as policies
from temoin.seal.board import Board
from temoin.seal.checkpoint import Checkpoint
from temoin.seal.commitment import Disclosure
from temoin.seal.digest import file_sha256
from temoin.seal.entry import Entry
from temoin.seal.evidence import Erased, Evidence, Proven
from temoin.seal.frontier import Frontier
from temoin.seal.key import VerifyingKey
from temoin.seal.manifest import Manifest, Scope
from temoin.seal.sequence import Link
from temoin.seal.tree import leaf_hash

#: Erased index -> its tombstone and the officers who signed it.
_Stones = dict[int, tuple[tombstone.Tombstone, tuple[str, ...]]]


def verify(
    bundle: bytes | Path,
    *,
    trust: policies.Policy | None = None,
    roots: Sequence[x509.Certificate] | None = None,
    files: Iterable[Path] = (),
    earlier: Iterable[bytes | Path] = (),
) -> Evidence:
    """Verify a bundle and return what it proves.

    bundle: its path or its bytes. trust: logs and witnesses known from elsewhere; by default those that the bundle names.
    roots: pinned roots of time-stamp authorities; by default those in the bundle. files: originals that an entry must speak of.
    earlier: bundles and receipts of the same log with which this whole log must begin.
    Raises Unverified where anything does not hold, naming the file or the entry; Unreachable where a path cannot be read.
    """
    raw = _open(bundle)
    try:
        return _verify(raw, trust, roots, files, [_open(one) for one in earlier])
    except Broken as err:
        # Whatever cannot be read does not verify: fail closed, with the words of the reader that refused it.
        raise Unverified(damage.placed(str(err), raw), hint=err.hint) from err


def _open(bundle: bytes | Path) -> memoryview:
    if isinstance(bundle, bytes):
        return memoryview(bundle)
    try:
        with bundle.open("rb") as handle:
            return memoryview(mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ))
    except ValueError as err:
        raise Unverified(f"{bundle.name} is empty") from err
    except OSError as err:
        raise Unreachable(f"{bundle} cannot be read: {err.strerror}") from err


def _verify(
    raw: memoryview,
    trust: policies.Policy | None,
    roots: Sequence[x509.Certificate] | None,
    given: Iterable[Path],
    earlier: Sequence[memoryview],
) -> Evidence:
    # 1. The container: every byte is determined by names and contents.
    held = container.read(raw)

    def text(name: str) -> bytes:
        if name not in held:
            raise Unverified(f"{name} is missing from the bundle")
        return bytes(held[name])

    # 2. The policy: whom to believe. 3. The checkpoint: signed by the log, and by the witnesses that the policy asks for.
    policy = trust or policies.parse(text("policy.txt"))
    witnessed = policy.verify(note.parse(text("checkpoint.txt")))
    checkpoint = witnessed.checkpoint
    # 4. The manifest: signed by the log, of the same checkpoint, and listing exactly the files that are here.
    stated = _manifest(text(manifest.NAME), witnessed.log, checkpoint)
    _files(stated, held)
    # 5. The entries: salt and text open the commitment, and a path ties it to the checkpoint.
    items, leaves = _items(held, checkpoint)
    # 6. The payloads: each entry's payload is here and has its digest; none is here that no entry speaks of.
    _payloads(stated, held, items)
    # 7. The officers and holds, as the log's own entries make them; the tombstones, each signed by two officers, of nothing that was held.
    erased = _tombstones(stated, held, checkpoint, items, leaves)
    # 8. The cases: no hole, nothing after the closing count; and what was made from an original names that very one.
    for index, item in items.items():
        sequence.check_parent(index, item.entry, leaves)
    _cases(stated, items, erased, leaves)
    # 9. The whole log, where the bundle says it is whole: every index opens or is a tombstone, and they give the root.
    if stated.scope == "whole":
        _whole(checkpoint, leaves)
    for one in earlier:
        _begins_with(one, witnessed.log, checkpoint, leaves, stated.scope)
    # 10. The time stamps: over this checkpoint or an earlier one that it extends.
    stamps = _stamps(held, witnessed.log, checkpoint, roots)
    # 11. The files handed in beside the bundle.
    matched = _given(given, items)
    return Evidence(
        origin=checkpoint.origin,
        key=str(witnessed.log),
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        scope=stated.scope,
        made_at=stated.made_at,
        trusted=trust is not None,
        items=tuple(items[index] for index in sorted(items)),
        erased=tuple(Erased(index=t.index, ground=t.ground, at=t.at, officers=who) for t, who in (erased[i] for i in sorted(erased))),
        cases=dict(stated.cases),
        witnesses=tuple((s.key.name, datetime.fromtimestamp(s.time_s or 0, UTC)) for s in witnessed.cosigned),
        stamps=stamps,
        files=matched,
        remarks=_remarks(trust, roots, witnessed, stamps, stated, len(erased)),
    )


def _manifest(raw: bytes, log: VerifyingKey, checkpoint: Checkpoint) -> Manifest:
    signed = note.parse(raw, manifest.MAX_BYTES)
    note.signed_by(signed, [log])
    stated = manifest.parse(signed.text)
    if (stated.origin, stated.size) != (checkpoint.origin, checkpoint.size):
        raise Unverified(f"the manifest is of {stated.origin} at size {stated.size}, the checkpoint of {checkpoint.origin} at {checkpoint.size}")
    return stated


def _files(stated: Manifest, held: Mapping[str, memoryview]) -> None:
    listed = {file.name: file for file in stated.files}
    for name, file in listed.items():
        if name not in held:
            raise Unverified(f"{name} is listed in the manifest and missing from the bundle")
        if len(held[name]) != file.size_bytes or sha256(held[name]).hexdigest() != file.sha256:
            raise Unverified(f"{name} is not the file that the manifest lists")
    for name in held:
        if name not in listed and name != manifest.NAME:
            raise Unverified(f"{name} is in the bundle and not in its manifest")


def _indexes(held: Mapping[str, memoryview], folder: str, suffix: str) -> dict[int, str]:
    found = {}
    for name in held:
        if name.startswith(folder + "/"):
            digits = name[len(folder) + 1 : -len(suffix)]
            if not name.endswith(suffix) or len(digits) != 12 or not digits.isdigit():
                raise Unverified(f"{name} has no place in a bundle")
            found[int(digits)] = name
    return found


def _items(held: Mapping[str, memoryview], checkpoint: Checkpoint) -> tuple[dict[int, Proven], dict[int, bytes]]:
    salts, proofs = _indexes(held, "salts", ".txt"), _indexes(held, "proofs", ".tlog-proof")
    shown = _indexes(held, "disclosures", ".json")
    bodies = _indexes(held, "entries", ".json")
    for folder, names in (("salts", salts), ("disclosures", shown)):
        for index in set(names) - set(bodies):
            raise Unverified(f"{folder} for entry {index}, and no entry")
    items: dict[int, Proven] = {}
    leaves: dict[int, bytes] = {}
    for index, name in sorted(bodies.items()):
        if index not in salts or index not in proofs:
            raise Unverified(f"entry {index} has no {'salt' if index not in salts else 'proof'}")
        body = bytes(held[name])
        try:
            salt = bytes.fromhex(bytes(held[salts[index]]).decode("ascii"))
            read = entries.decode(body)
            made = commitment.commit(salt, body)
            _proof(held, proofs[index], index, made, checkpoint)
            items[index] = Proven(index=index, entry=read, disclosed=_disclosed(read, bytes(held[shown[index]]) if index in shown else b"[]"))
        except (TemoinError, ValueError) as err:
            raise Unverified(f"entry {index}: {err}") from err
        leaves[index] = made
    return items, leaves


def _proof(held: Mapping[str, memoryview], name: str, index: int, commit: bytes, checkpoint: Checkpoint) -> None:
    read = receipt.parse(bytes(held[name]))
    if read.index != index:
        raise Unverified(f"its proof is of entry {read.index}")
    # The checkpoint was verified in step 3: the same bytes need no second signature check.
    if str(read.checkpoint).encode() != held["checkpoint.txt"]:
        raise Unverified("its proof is under another checkpoint")
    proof.verify_inclusion(index, checkpoint.size, leaf_hash(commitment.leaf(commit)), read.path, checkpoint.root)


def _disclosed(read: Entry, raw: bytes) -> dict[str, str]:
    try:
        shown = msgspec.json.decode(raw, type=list[Disclosure])
    except msgspec.MsgspecError as err:
        raise Unverified(f"its disclosures cannot be read: {err}") from err
    for one in shown:
        if read.fields.get(one.name) != one.digest:
            raise Unverified(f"the disclosed field {one.name} is not what was sealed")
    return {one.name: one.value for one in shown}


def _payloads(stated: Manifest, held: Mapping[str, memoryview], items: Mapping[int, Proven]) -> None:
    here = {name.removeprefix("payloads/") for name in held if name.startswith("payloads/")}
    spoken = {item.entry.payload.sha256 for item in items.values() if item.entry.payload}
    for digest in here - spoken:
        raise Unverified(f"payload {digest} is in the bundle and no entry speaks of it")
    for digest in here:
        if sha256(held[f"payloads/{digest}"]).hexdigest() != digest:
            raise Unverified(f"payload {digest} is not what was sealed")
    for index, item in items.items():
        payload = item.entry.payload
        if payload and payload.sha256 in here and len(held[f"payloads/{payload.sha256}"]) != payload.size_bytes:
            raise Unverified(f"entry {index}: its payload has {len(held[f'payloads/{payload.sha256}'])} bytes, sealed were {payload.size_bytes}")
    if stated.scope != "item":
        for index, item in items.items():
            if item.entry.payload and item.entry.payload.sha256 not in here:
                raise Unverified(f"entry {index}: its payload {item.entry.payload.sha256} is missing")


def _tombstones(
    stated: Manifest,
    held: Mapping[str, memoryview],
    checkpoint: Checkpoint,
    items: Mapping[int, Proven],
    leaves: dict[int, bytes],
) -> _Stones:
    erased: _Stones = {}
    proofs = _indexes(held, "proofs", ".tlog-proof")
    board = Board(checkpoint.origin, stated.house)
    for index, item in sorted(items.items()):
        board.take(index, item.entry)
        if item.entry.kind != "tombstone":
            continue
        signed = note.parse(str(item.entry.detail.get("note")))
        keys = board.officers
        try:
            stone = tombstone.verify(signed, keys)
            board.check_erasure(stone.case, stone.index)
        except TemoinError as err:
            raise Unverified(f"tombstone {index}: {err}") from err
        if stone.origin != checkpoint.origin or stone.case != item.entry.case or stone.index >= index:
            raise Unverified(f"tombstone {index} speaks of another log, case or time")
        if stone.index in items:
            raise Unverified(f"entry {stone.index} is in the bundle and said to be erased")
        if stone.index not in proofs:
            raise Unverified(f"erased entry {stone.index} has no proof of its place")
        made = bytes.fromhex(stone.commitment)
        try:
            _proof(held, proofs[stone.index], stone.index, made, checkpoint)
        except TemoinError as err:
            raise Unverified(f"erased entry {stone.index}: {err}") from err
        leaves[stone.index] = made
        erased[stone.index] = stone, tuple(s.key.name for s in note.signed_by(signed, keys))
    for index in set(proofs) - set(leaves):
        raise Unverified(f"entry {index} is neither in the bundle nor erased by a tombstone")
    return erased


def _cases(stated: Manifest, items: Mapping[int, Proven], erased: _Stones, leaves: Mapping[int, bytes]) -> None:
    links: dict[str, list[Link]] = {}
    for index, item in items.items():
        links.setdefault(item.entry.case, []).append(Link(index=index, commitment=leaves[index].hex(), seq=item.entry.seq, entry=item.entry))
    for index, (stone, _) in erased.items():
        links.setdefault(stone.case, []).append(Link(index=index, commitment=leaves[index].hex(), seq=stone.seq, entry=None))
    house = links.get(stated.house)
    if not house or min(link.index for link in house) != 0:
        raise Unverified("the case that holds the keys, from the log's first entry, is missing")
    for case, count in stated.cases.items():
        if stated.scope == "item" and case != stated.house:
            continue
        sequence.verify(case, links.get(case, []), count)
    for case, chain in links.items():
        if case not in stated.cases:
            raise Unverified(f"case {case} is in the bundle and not in its manifest")
        if stated.scope == "item" or case == stated.house:
            continue
        last = max(chain, key=lambda link: link.seq).entry
        detail = last.detail if last and last.kind == "custody" else {}
        if detail.get("action") != "export" or detail.get("closing") != stated.cases[case]:
            raise Unverified(f"case {case} does not end with the entry of its export: something may be held back")
        if detail.get("house") != stated.cases[stated.house]:
            raise Unverified(f"the export of case {case} counted {detail.get('house')} key entries, the bundle has {stated.cases[stated.house]}")


def _whole(checkpoint: Checkpoint, leaves: Mapping[int, bytes]) -> None:
    frontier = Frontier()
    for index in range(checkpoint.size):
        if index not in leaves:
            raise Unverified(f"entry {index} of {checkpoint.size} is missing: neither open nor erased")
        frontier.append(leaf_hash(commitment.leaf(leaves[index])))
    if frontier.root() != checkpoint.root:
        raise Unverified(f"the entries give root {frontier.root().hex()}, the checkpoint says {checkpoint.root.hex()}")


def _begins_with(raw: memoryview, log: VerifyingKey, checkpoint: Checkpoint, leaves: Mapping[int, bytes], scope: Scope) -> None:
    held = container.read(raw)
    if "checkpoint.txt" not in held:
        raise Unverified("the earlier bundle has no checkpoint")
    before = policies.only(log).verify(note.parse(bytes(held["checkpoint.txt"]))).checkpoint
    if before.size > checkpoint.size:
        raise Unverified(f"the earlier bundle is of size {before.size}, this one of {checkpoint.size}: this one is older, or the log was rolled back")
    root = checkpoint.root
    if before.size < checkpoint.size:
        if scope != "whole":
            raise Unverified(f"a bundle of scope {scope} does not show what the log began with", hint="Ask for a bundle of the whole log.")
        frontier = Frontier()
        for index in range(before.size):
            frontier.append(leaf_hash(commitment.leaf(leaves[index])))
        root = frontier.root()
    if root != before.root:
        raise Unverified(
            f"fork: the log signed root {before.root.hex()} at size {before.size} before, and has {root.hex()} there now",
            hint="Keep both bundles: together they prove that two histories were signed.",
        )


def _stamps(
    held: Mapping[str, memoryview], log: VerifyingKey, checkpoint: Checkpoint, roots: Sequence[x509.Certificate] | None
) -> tuple[tuple[int, stamp.Stamp], ...]:
    found = []
    for name in [name for name in held if name.startswith("stamps/") and name.endswith(".tsr")]:
        base = name.removesuffix(".tsr")
        try:
            signed = note.parse(bytes(held[base + ".checkpoint"]))
            note.signed_by(signed, [log])
            earlier = policies.only(log).verify(signed).checkpoint
            path = [bytes.fromhex(line) for line in bytes(held[base + ".consistency"]).decode("ascii").splitlines()]
            proof.verify_consistency(earlier.size, checkpoint.size, path, earlier.root, checkpoint.root)
            pinned = [stamp.read_root(bytes(held[base + ".pem"]))] if roots is None else roots
            found.append((earlier.size, stamp.verify(bytes(held[name]), signed.text.encode(), pinned)))
        except KeyError as err:
            raise Unverified(f"{err.args[0]} is missing from the bundle") from err
        except (TemoinError, ValueError) as err:
            raise Unverified(f"{name}: {err}") from err
    return tuple(found)


def _given(paths: Iterable[Path], items: Mapping[int, Proven]) -> dict[str, int]:
    by_digest = {item.entry.payload.sha256: index for index, item in sorted(items.items(), reverse=True) if item.entry.payload}
    matched = {}
    for path in paths:
        digest, _ = file_sha256(path)
        if digest not in by_digest:
            raise Unverified(f"{path.name} is not what was sealed: its SHA-256 {digest} stands in no entry of the bundle")
        matched[digest] = by_digest[digest]
    return matched


def _remarks(
    trust: policies.Policy | None,
    roots: Sequence[x509.Certificate] | None,
    witnessed: policies.Witnessed,
    stamps: Sequence[tuple[int, stamp.Stamp]],
    stated: Manifest,
    erased: int,
) -> tuple[str, ...]:
    said = []
    if trust is None:
        key = f"{witnessed.log.name}+{witnessed.log.id.hex()}"
        said.append(f"The keys came with the bundle. Compare the log's key {key} with what its owner told you.")
    if not witnessed.cosigned:
        said.append("No independent witness signed this checkpoint: its owner could show somebody else another history.")
    if not stamps:
        said.append("No time-stamp authority vouches for an hour: the times are the owner's own.")
    elif len({s.root for _, s in stamps}) < 2:
        said.append("Only one time-stamp authority vouches for the hour; two would have to be wrong together.")
    if stamps and roots is None:
        said.append("The root certificates of the time stamps came with the bundle: compare their fingerprints.")
    if stated.scope == "item":
        said.append("This is a receipt for single entries; it does not show what else was sealed.")
    if erased:
        said.append(f"{erased} entries were erased by two officers each. What they held cannot be known, only that and why they are gone.")
    return tuple(said)
