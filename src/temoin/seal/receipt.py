"""Receipts: one file that ties one entry to a signed checkpoint, readable without the log.

Promises: the file is a C2SP tlog-proof, so other people's tools read it too; what is written reads back the same.
Source: C2SP tlog-proof.
"""

from __future__ import annotations

import base64
import binascii

import msgspec

from temoin.errors import Broken
from temoin.seal import checkpoint, note
from temoin.seal.key import VerifyingKey
from temoin.seal.policy import Policy
from temoin.seal.proof import MAX_PATH, verify_inclusion
from temoin.seal.tree import leaf_hash

HEADER = "c2sp.org/tlog-proof@v1"


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """Where an entry stands in a log, and how that is shown."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: note.Note
    extra: bytes | None = None  # not authenticated: a hint for people, never trusted

    def __str__(self) -> str:
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {base64.b64encode(self.extra).decode()}")
        lines.append(f"index {self.index}")
        lines += [base64.b64encode(value).decode() for value in self.path]
        return "\n".join(lines) + "\n\n" + str(self.checkpoint)


def parse(data: bytes | str) -> Receipt:
    """Read a receipt. Raises Broken where the bytes are not one."""
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError as err:
        raise Broken("a receipt is UTF-8 text") from err
    head, found, rest = text.partition("\n\n")
    lines = head.split("\n")
    if not found or lines[0] != HEADER:
        raise Broken(f"a receipt begins with {HEADER!r}, this one with {lines[0][:40]!r}")
    at, extra = 1, None
    try:
        if lines[at].startswith("extra "):
            extra = base64.b64decode(lines[at][6:], validate=True)
            at += 1
        word, _, number = lines[at].partition(" ")
        if word != "index" or not number.isascii() or not number.isdigit() or str(int(number[:20])) != number:
            raise ValueError(f"{lines[at][:40]!r} is no index line")
        path = tuple(base64.b64decode(line, validate=True) for line in lines[at + 1 :])
    except (IndexError, ValueError, binascii.Error) as err:
        raise Broken(f"the receipt cannot be read: {err}") from err
    if len(path) > MAX_PATH or any(len(value) != 32 for value in path):
        raise Broken(f"a receipt's path has at most {MAX_PATH} hashes of 32 bytes")
    receipt = Receipt(index=int(number), path=path, checkpoint=note.parse(rest), extra=extra)
    if str(receipt) != text:
        raise Broken("the receipt is not written as its own content would be")
    return receipt


def verify(receipt: Receipt, leaf: bytes, trust: VerifyingKey | Policy) -> checkpoint.Checkpoint:
    """Return the checkpoint that vouches for `leaf`, the leaf's data; raise Unverified otherwise.

    trust: the log's key, or a policy that also says which witnesses must have signed.
    """
    stated = trust.verify(receipt.checkpoint).checkpoint if isinstance(trust, Policy) else checkpoint.verify(receipt.checkpoint, trust)
    verify_inclusion(receipt.index, stated.size, leaf_hash(leaf), receipt.path, stated.root)
    return stated
