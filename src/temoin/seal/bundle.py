"""Bundles: everything a stranger needs to check what was sealed, in one file.

Promises: equal contents give equal bytes; every file is listed with its digest in a manifest that the log signs; the verifier and a page for
people who have never heard of any of this are inside. Layout: docs/explanation/seal.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from importlib import resources
from typing import BinaryIO

import msgspec

from temoin.seal import container, manifest, note
from temoin.seal.commitment import Disclosure
from temoin.seal.entry import canonical
from temoin.seal.key import SigningKey
from temoin.seal.manifest import File, Manifest, Scope
from temoin.seal.receipt import Receipt

SUFFIX = ".temoin"
#: Name in the bundle -> file in this room, a link to verifier/ (not named .py there, so that nobody imports it).
HANDOUT = {"temoin_verify.py": "temoin_verify.txt", "verify.html": "verify.html"}


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as it goes into a bundle; salt and body None where it was erased."""

    receipt: Receipt
    body: bytes | None
    salt: bytes | None
    disclosures: tuple[Disclosure, ...] = ()


class Stamped(msgspec.Struct, frozen=True, kw_only=True):
    """A time stamp, the checkpoint it is over, and the way from there to the bundle's checkpoint."""

    name: str  # such as 000000000012-freetsa
    checkpoint: note.Note
    consistency: tuple[bytes, ...]
    reply: bytes
    root_pem: bytes


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """A payload that is fetched only when it is its turn."""

    sha256: str
    size_bytes: int


def number(index: int) -> str:
    """Return an index as it stands in file names: twelve digits."""
    return f"{index:012d}"


def files(items: Sequence[Item], checkpoint: note.Note, policy: str, stamps: Sequence[Stamped], readme: str) -> dict[str, bytes]:
    """Return the small files of a bundle by name; payloads and the manifest come with `write`."""
    made = {"README.txt": readme.encode(), "checkpoint.txt": str(checkpoint).encode(), "policy.txt": policy.encode()}
    for name, kept in HANDOUT.items():
        made[f"verifier/{name}"] = resources.files("temoin.seal").joinpath("handout", kept).read_bytes()
    for item in items:
        place = number(item.receipt.index)
        made[f"proofs/{place}.tlog-proof"] = str(item.receipt).encode()
        if item.body is not None and item.salt is not None:
            made[f"entries/{place}.json"] = item.body
            made[f"salts/{place}.txt"] = item.salt.hex().encode() + b"\n"
        if item.disclosures:
            made[f"disclosures/{place}.json"] = canonical([msgspec.to_builtins(d) for d in item.disclosures])
    for stamp in stamps:
        made[f"stamps/{stamp.name}.checkpoint"] = str(stamp.checkpoint).encode()
        made[f"stamps/{stamp.name}.consistency"] = "".join(value.hex() + "\n" for value in stamp.consistency).encode()
        made[f"stamps/{stamp.name}.tsr"] = stamp.reply
        made[f"stamps/{stamp.name}.pem"] = stamp.root_pem
    return made


def write(
    out: BinaryIO,
    small: Mapping[str, bytes],
    payloads: Sequence[Payload],
    fetch: Callable[[str], Iterable[bytes]],
    *,
    log: SigningKey,
    scope: Scope,
    size: int,
    house: str,
    cases: Mapping[str, int],
    made_at: str,
) -> Manifest:
    """Write a bundle. fetch: gives a payload in pieces, by its SHA-256, twice. Returns the manifest that was signed."""
    listed = [File(name=name, sha256=sha256(content).hexdigest(), size_bytes=len(content)) for name, content in small.items()]
    listed += [File(name=f"payloads/{p.sha256}", sha256=p.sha256, size_bytes=p.size_bytes) for p in {p.sha256: p for p in payloads}.values()]
    stated = Manifest(origin=log.public.name, made_at=made_at, scope=scope, size=size, house=house, cases=dict(cases), files=tuple(listed))
    signed = str(note.sign(stated.text, [log])).encode()

    def ordered() -> Iterator[tuple[str, bytes | Callable[[], Iterable[bytes]]]]:
        for name in sorted([manifest.NAME, *(file.name for file in listed)]):
            if name == manifest.NAME:
                yield name, signed
            else:
                yield name, small[name] if name in small else partial(fetch, name.removeprefix("payloads/"))

    container.write(out, ordered())
    return stated
