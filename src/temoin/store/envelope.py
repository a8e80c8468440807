"""Envelopes: how a line of the log is kept, so that destroying one key erases it wherever a copy of the database lies.

Promises: each line has its own key; that key is wrapped by the key of the epoch; a wrapped key opens only for its own line.
What is inside: salt, exact text, disclosures, and the payload's key and place in its file.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from temoin.errors import Broken
from temoin.seal.commitment import Disclosure

_NONCE = bytes(12)  # each key encrypts one thing only


class Letter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an envelope holds."""

    salt: bytes
    body: bytes
    disclosures: tuple[Disclosure, ...] = ()
    payload_key: bytes | None = None
    place: tuple[int, int] | None = None  # where in its file the payload lies: first byte and length; None for all of it


_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Letter)


def seal(letter: Letter, key: bytes, index: int) -> bytes:
    """Encrypt a letter with its own key, bound to its index."""
    return ChaCha20Poly1305(key).encrypt(_NONCE, _encoder.encode(letter), b"letter %d" % index)


def unseal(sealed: bytes, key: bytes, index: int) -> Letter:
    """Open a letter. Raises Broken where a byte was changed."""
    try:
        return _decoder.decode(ChaCha20Poly1305(key).decrypt(_NONCE, sealed, b"letter %d" % index))
    except (InvalidTag, msgspec.MsgspecError, ValueError) as err:
        raise Broken(f"entry {index} was changed or damaged in the database") from err


def cipher(epoch_key: bytes) -> ChaCha20Poly1305:
    """Return what wraps keys under an epoch's key."""
    return ChaCha20Poly1305(epoch_key)


def wrap(key: bytes, epoch: ChaCha20Poly1305, index: int, nonce: bytes) -> bytes:
    """Wrap a line's key under the epoch's: nonce, then ciphertext. nonce: 12 random bytes."""
    return nonce + epoch.encrypt(nonce, key, b"key %d" % index)


def unwrap(wrapped: bytes, epoch_key: bytes, index: int) -> bytes:
    """Unwrap a line's key. Raises Broken where it does not open, or is another line's."""
    try:
        return ChaCha20Poly1305(epoch_key).decrypt(wrapped[:12], wrapped[12:], b"key %d" % index)
    except (InvalidTag, ValueError) as err:
        raise Broken(f"the key of entry {index} does not open: the entry was changed, or the epoch's key is another") from err


def finding(epoch_key: bytes) -> bytes:
    """Return the key under which payloads of an epoch are found."""
    return sha256(b"temoin/finder/v1" + epoch_key).digest()


def finder(digest: str, finding: bytes) -> bytes:
    """Return what finds a payload by its SHA-256, and tells nobody who lacks the epoch's key which payload it is."""
    return hmac.digest(finding, digest.encode(), "sha256")[:16]
