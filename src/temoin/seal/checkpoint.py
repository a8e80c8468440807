"""Checkpoints: what a log commits to, in three lines that it signs: its origin, its size, its root.

Promises: what is read is exactly what would be written; a checkpoint counts only with the log's own signature.
Source: C2SP tlog-checkpoint v1.0.0.
"""

from __future__ import annotations

import base64
import binascii

import msgspec

from temoin.errors import Broken, Unverified
from temoin.seal import note
from temoin.seal.key import SigningKey, VerifyingKey
from temoin.seal.tree import HASH_BYTES


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a log at one size."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines that are signed."""
        return "\n".join([self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions]) + "\n"


def parse(text: str) -> Checkpoint:
    """Read the text of a checkpoint. Raises Broken where it is not one."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise Broken("a checkpoint has an origin, a size and a root, each on its line")
    origin, size, root = lines[:3]
    if not size.isascii() or not size.isdigit() or (size != "0" and size[0] == "0") or len(size) > 19:
        raise Broken(f"the size of a checkpoint is a plain decimal, this one {size[:30]!r}")
    try:
        raw = base64.b64decode(root, validate=True)
    except (binascii.Error, ValueError) as err:
        raise Broken(f"the root of a checkpoint is base64, this one {root[:60]!r}") from err
    if len(raw) != HASH_BYTES or base64.b64encode(raw).decode() != root:
        raise Broken(f"the root of a checkpoint has {HASH_BYTES} bytes, this one {len(raw)}")
    return Checkpoint(origin=origin, size=int(size), root=raw, extensions=tuple(lines[3:-1]))


def sign(checkpoint: Checkpoint, key: SigningKey) -> note.Note:
    """Return the checkpoint as a note signed by the log. Raises Broken where the key bears another name than the origin."""
    if key.public.name != checkpoint.origin:
        raise Broken(f"key {key.public.name} cannot sign for log {checkpoint.origin}")
    return note.sign(checkpoint.text, [key])


def verify(signed: note.Note, log: VerifyingKey) -> Checkpoint:
    """Return the checkpoint where the log's own key signed it; raise Unverified or Broken otherwise."""
    note.signed_by(signed, [log])
    checkpoint = parse(signed.text)
    if checkpoint.origin != log.name:
        raise Unverified(f"the checkpoint is of log {checkpoint.origin}, the key of {log.name}")
    return checkpoint


def cosign(signed: note.Note, witness: SigningKey, time_s: int) -> note.Signature:
    """Return a witness's signature line over a checkpoint it has found consistent. Source: C2SP tlog-cosignature."""
    parse(signed.text)
    if not witness.public.cosigns:
        raise Broken(f"key {witness.public.name} signs without a time; a witness's key signs with one")
    return note.Signature(name=witness.public.name, key_id=witness.public.id, value=witness.sign(signed.text.encode(), time_s))
