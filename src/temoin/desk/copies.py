"""Public copies of what was sealed, and originals that look alike: what a picture desk does with a workspace.

Promises: a copy is sealed beside its original, as an entry of kind `derive` that names the parent, the operation, the covers and the tools; it
goes to its file only when it is sealed. Fingerprints of pictures are kept encrypted under the key of the epoch, so that an erasure takes them
along, and they go into no entry, bundle, page or export.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from temoin import media
from temoin.desk.workspace import Workspace
from temoin.errors import Refused, TemoinError, Unreachable
from temoin.media import Cover, Made, likeness
from temoin.media.bounds import BOUNDS
from temoin.store import durable
from temoin.store.draft import Draft, Sealed

#: Where fingerprints are kept, in the folder of the workspace.
FINGERPRINTS = "fingerprints"
_LABEL = b"temoin/fingerprints/v1"


@dataclass(frozen=True)
class Copied:
    """A public copy that was sealed: its entry, its parent's, and how it was made."""

    index: int
    parent: int
    made: Made


@dataclass(frozen=True)
class Alike:
    """Two entries whose pictures look alike; distance in bits of 128."""

    first: int
    second: int
    distance: int

    @property
    def same(self) -> bool:
        """Whether it is nearly certainly one picture, saved twice."""
        return self.distance <= likeness.SAME


def copy(workspace: Workspace, index: int, out: Path, covers: Sequence[Cover] = ()) -> Copied:
    """Make the public copy of an original, seal it, and write it down. covers: drawn by a person, in pixels of the copy.

    Raises Refused where the entry holds no original, the kind cannot be copied, a cover lies outside, or `out` exists; Unreadable for a broken file.
    """
    if out.exists():
        raise Refused(f"{out} is there already", hint="Give another name: a public copy replaces nothing.")
    if not out.parent.is_dir():
        raise Unreachable(f"there is no folder {out.parent}")
    parent = workspace.ledger.one(index)
    if parent.letter is None:
        raise Refused(f"entry {index} was erased")
    if parent.entry.payload is None:
        raise Refused(f"entry {index} is a {parent.kind} without an original")
    if parent.entry.payload.size_bytes > BOUNDS.input_bytes:
        raise Refused(f"the original has {parent.entry.payload.size_bytes} bytes; at most {BOUNDS.input_bytes} are copied")
    made = media.copy(workspace.ledger.payload(parent), covers)
    # The parent by place and commitment, not by the digest of its bytes: if it is erased one day, nothing here tells what it was.
    detail: dict[str, Any] = {
        "parent": index,
        "commitment": parent.commitment.hex(),
        "operation": made.operation,
        "covers": list(made.covers),
        "tools": dict(made.tools),
    }
    draft = Draft(kind="derive", case=parent.case, detail=detail, source=made.content, media_type=made.media_type, sensitive={"name": out.name})
    (sealed,) = workspace.ledger.seal([draft])
    workspace.ledger.sign()
    durable.write(out, made.content, mode=0o644)
    return Copied(sealed, index, made)


def copies_of(workspace: Workspace, index: int) -> list[int]:
    """Return the entries that were made from this one, directly or by way of another, in order."""
    family = {index}
    for one in workspace.ledger.read(case=workspace.ledger.one(index).case):
        if one.kind == "derive" and one.letter and one.entry.detail.get("parent") in family:
            family.add(one.index)
    return sorted(family - {index})


def alike(
    workspace: Workspace, index: int | None = None, *, within: int = likeness.ALIKE, tell: Callable[[int], None] = lambda done: None
) -> tuple[list[Alike], dict[int, str]]:
    """Return the originals that look alike, nearest first, and the pictures that could not be looked at, with the reason.

    index: only those that look like this one. tell: called with how many new pictures were looked at. Public copies are left out: they look like
    their parents. Raises Unreachable where imagehash is not installed, Refused where `index` is no picture.
    """
    wanted: dict[str, Sealed] = {}
    for one in workspace.ledger.read():
        if one.kind == "capture" and one.letter and one.entry.payload and one.entry.payload.media_type.startswith("image/"):
            wanted.setdefault(one.entry.payload.sha256, one)
    known, unseen = _kept(workspace), {}
    prints: dict[int, bytes] = {}
    new = 0
    for digest, one in wanted.items():
        if digest not in known:
            try:
                known[digest] = likeness.of(workspace.ledger.payload(one))
            except Unreachable:
                raise
            except TemoinError as err:
                unseen[one.index] = str(err)
                continue
            new += 1
            tell(new)
        prints[one.index] = known[digest]
    _keep(workspace, {digest: made for digest, made in known.items() if digest in wanted})
    order = sorted(prints)
    if index is not None and index not in prints:
        raise Refused(f"entry {index} is no picture that can be compared", hint=unseen.get(index))
    first = None if index is None else order.index(index)
    found = [Alike(order[i], order[j], apart) for i, j, apart in likeness.pairs([prints[at] for at in order], within, first=first)]
    return sorted(found, key=lambda pair: (pair.distance, pair.first, pair.second)), unseen


def _cipher(workspace: Workspace) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(sha256(_LABEL + workspace.ledger.keyring.epoch(workspace.ledger.epoch)).digest())


def _kept(workspace: Workspace) -> dict[str, bytes]:
    """Return the fingerprints kept so far, by SHA-256; none where the epoch has changed or the file is damaged: they are made again."""
    try:
        raw = (workspace.folder / FINGERPRINTS).read_bytes()
        opened = msgspec.msgpack.decode(_cipher(workspace).decrypt(raw[:12], raw[12:], _LABEL), type=dict[str, bytes])
    except (OSError, InvalidTag, ValueError, msgspec.MsgspecError):
        return {}
    return {digest: made for digest, made in opened.items() if len(made) == likeness.BYTES}


def _keep(workspace: Workspace, prints: dict[str, bytes]) -> None:
    nonce = workspace.ledger.random(12)
    durable.write(workspace.folder / FINGERPRINTS, nonce + _cipher(workspace).encrypt(nonce, msgspec.msgpack.encode(prints), _LABEL))
