"""Streams: a payload encrypted piece by piece with its own key, so that any length passes through little memory and no piece can be moved or cut.

Form: ChaCha20-Poly1305 over chunks of 64 KiB, nonce = number of the chunk and a mark on the last one (the STREAM construction of age v1, payload).
Promises: what comes out of `opened` is what went into `sealed`, or Broken is raised before the wrong piece is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from temoin.errors import Broken

CHUNK = 64 * 1024
TAG = 16
_LABEL = b"temoin/payload/v1"
_ONLY = bytes(11) + b"\1"


class Sealing:
    """Encrypts one payload. After the last piece, `sha256` and `size_bytes` say what it was."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)
        self.sha256 = ""
        self.size_bytes = 0

    def whole(self, content: bytes) -> bytes:
        """Encrypt a payload of at most one chunk: most are, and this is half the work."""
        if len(content) > CHUNK:
            raise ValueError(f"a chunk has at most {CHUNK} bytes, this payload {len(content)}")
        self.sha256, self.size_bytes = sha256(content).hexdigest(), len(content)
        return self._cipher.encrypt(_ONLY, content, _LABEL)

    def pieces(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Encrypt chunks of 64 KiB, the last of which may be shorter."""
        digest, number, ahead = sha256(), 0, b""
        for chunk in chunks:
            digest.update(chunk)
            self.size_bytes += len(chunk)
            if self.size_bytes > len(chunk):
                yield self._cipher.encrypt(_nonce(number, last=False), ahead, _LABEL)
                number += 1
            ahead = chunk
        self.sha256 = digest.hexdigest()
        yield self._cipher.encrypt(_nonce(number, last=True), ahead, _LABEL)


def opened(pieces: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """Decrypt. pieces: what `Sealing` gave, cut at CHUNK + TAG bytes. Raises Broken where a byte was changed, moved or cut off."""
    cipher, number, ahead = ChaCha20Poly1305(key), 0, None
    try:
        for sealed in pieces:
            if ahead is not None:
                yield cipher.decrypt(_nonce(number, last=False), ahead, _LABEL)
                number += 1
            ahead = sealed
        yield cipher.decrypt(_nonce(number, last=True), ahead or b"", _LABEL)
    except InvalidTag as err:
        raise Broken("it was changed or damaged") from err


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
