"""Keys that sign notes: a log's, a witness's, an officer's, each with a name and an algorithm byte.

Promises: three algorithms behind one interface (0x01 Ed25519, 0x04 Ed25519 cosignature, 0x06 ML-DSA-44 cosignature); a secret never
appears in a `repr` or an error; public keys travel as C2SP verifier keys ("name+id+base64"). Randomness is an argument.
Sources: C2SP signed-note v1.0.0; tlog-cosignature (message forms).
"""

from __future__ import annotations

import base64
import binascii
import secrets
import struct
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from temoin.errors import Broken, Misused, Unverified

ED25519: Final = 0x01
COSIGN_ED25519: Final = 0x04
COSIGN_MLDSA44: Final = 0x06
#: The year 10000: the specification allows more, no calendar here does.
LATEST_S: Final = 253_402_300_800
#: algorithm byte -> (bytes of a public key, bytes of a bare signature, whether a time precedes it)
_SHAPES: Final = {ED25519: (32, 64, False), COSIGN_ED25519: (32, 64, True), COSIGN_MLDSA44: (1312, 2420, True)}


def check_name(name: str) -> str:
    """Return a key name that a signature line can carry. Raises Misused for an empty one, or one with a space, a plus or a control."""
    if not name or "+" in name or any(c.isspace() or ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in name):
        raise Misused(f"{name!r} cannot name a key", hint="Use something like example.org/log: no spaces, no plus.")
    return name


def cosigned_message(algorithm: int, name: str, time_s: int, text: bytes) -> bytes:
    """Return the bytes that a cosigner signs over a checkpoint's text.

    Ed25519: the text below a header and a time line. ML-DSA-44: origin, size and root in a binary form that also holds the cosigner's name.
    Source: C2SP tlog-cosignature, "signed message".
    """
    if algorithm == COSIGN_ED25519:
        return b"cosignature/v1\ntime %d\n" % time_s + text
    lines = text.split(b"\n")
    try:
        origin, size, root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
        if len(root) != 32:
            raise ValueError
        return b"".join([b"subtree/v1\n\0", _short(name.encode()), struct.pack(">Q", time_s), _short(origin), struct.pack(">QQ", 0, size), root])
    except (IndexError, ValueError, struct.error) as err:
        raise Broken("only a checkpoint can be cosigned with ML-DSA-44") from err


def _short(value: bytes) -> bytes:
    if not 1 <= len(value) <= 255:
        raise Broken(f"a name of {len(value)} bytes does not fit; 1 to 255 do")
    return bytes([len(value)]) + value


class VerifyingKey:
    """The public half: enough to check what was signed."""

    def __init__(self, name: str, algorithm: int, public: bytes) -> None:
        if algorithm not in _SHAPES:
            raise Broken(f"key {name} has algorithm 0x{algorithm:02x}; known are 0x01, 0x04, 0x06")
        if len(public) != _SHAPES[algorithm][0]:
            raise Broken(f"key {name} has {len(public)} bytes, wanted {_SHAPES[algorithm][0]}")
        self.name = check_name(name)
        self.algorithm = algorithm
        self.public = public
        self.id = sha256(name.encode() + b"\n" + bytes([algorithm]) + public).digest()[:4]
        self._key = MLDSA44PublicKey.from_public_bytes(public) if algorithm == COSIGN_MLDSA44 else Ed25519PublicKey.from_public_bytes(public)

    @classmethod
    def parse(cls, text: str) -> VerifyingKey:
        """Read a verifier key, "name+id+base64". Raises Broken where its parts disagree."""
        try:
            name, identity, encoded = text.strip().split("+", 2)
            raw = base64.b64decode(encoded, validate=True)
            key = cls(name, raw[0], raw[1:])
        except (ValueError, IndexError, Misused) as err:
            raise Broken(f"{text.strip()[:80]!r} is no verifier key", hint="It reads name+8 hex digits+base64.") from err
        if identity.lower() != key.id.hex():
            raise Broken(f"verifier key {name} says id {identity}, its bytes give {key.id.hex()}")
        return key

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.algorithm]) + self.public).decode()}"

    def __repr__(self) -> str:
        return f"VerifyingKey({self.name!r}, {self.id.hex()})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerifyingKey) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    @property
    def cosigns(self) -> bool:
        """Whether its signatures carry a time, as a witness's do."""
        return _SHAPES[self.algorithm][2]

    def verify(self, text: bytes, signature: bytes) -> int | None:
        """Return the time in seconds of a cosignature, None for a plain signature; raise Unverified where it does not hold.

        text: the note's text. signature: what follows the key's id in a signature line.
        """
        time_s, message = None, text
        wanted = _SHAPES[self.algorithm][1] + (8 if self.cosigns else 0)
        if len(signature) != wanted:
            raise Unverified(f"a signature by {self.name} has {len(signature)} bytes, wanted {wanted}")
        if self.cosigns:
            time_s = int.from_bytes(signature[:8], "big")
            if time_s >= LATEST_S:
                raise Unverified(f"the cosignature by {self.name} is of no year that is counted")
            signature = signature[8:]
            message = cosigned_message(self.algorithm, self.name, time_s, text)
        try:
            self._key.verify(signature, message)
        except InvalidSignature as err:
            raise Unverified(f"the signature by {self.name} does not verify") from err
        return time_s


class SigningKey:
    """The secret half. Its bytes leave only through `export`."""

    def __init__(self, name: str, algorithm: int, seed: bytes) -> None:
        if len(seed) != 32:
            raise Broken("a signing key has a seed of 32 bytes")
        self._seed = seed
        self._key = MLDSA44PrivateKey.from_seed_bytes(seed) if algorithm == COSIGN_MLDSA44 else Ed25519PrivateKey.from_private_bytes(seed)
        self.public = VerifyingKey(name, algorithm, self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, name: str, algorithm: int = ED25519, *, random: Callable[[int], bytes] = secrets.token_bytes) -> SigningKey:
        """Make a new key. random: gives that many unpredictable bytes."""
        return cls(name, algorithm, random(32))

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Read a key written by `export`. Raises Broken, without repeating any of it, where it cannot be read."""
        try:
            head, middle, name, identity, encoded = text.strip().split("+", 4)
            raw = base64.b64decode(encoded, validate=True)
            if (head, middle) != ("PRIVATE", "KEY"):
                raise ValueError
            key = cls(name, raw[0], raw[1:])
        except (ValueError, IndexError, binascii.Error, Misused, Broken):
            raise Broken("this is no private key", hint="It begins with PRIVATE+KEY+.") from None
        if identity.lower() != key.public.id.hex():
            raise Broken(f"private key {name} does not fit its own id {identity}")
        return key

    def export(self) -> str:
        """Return the secret as one line, "PRIVATE+KEY+name+id+base64", for a file that only its owner can read."""
        public = self.public
        return f"PRIVATE+KEY+{public.name}+{public.id.hex()}+{base64.b64encode(bytes([public.algorithm]) + self._seed).decode()}"

    def __repr__(self) -> str:
        return f"SigningKey({self.public.name!r}, {self.public.id.hex()})"

    def sign(self, text: bytes, time_s: int = 0) -> bytes:
        """Return what follows the key's id in a signature line. time_s: seconds since 1970, used by cosigners only."""
        if not self.public.cosigns:
            return self._key.sign(text)
        message = cosigned_message(self.public.algorithm, self.public.name, time_s, text)
        return time_s.to_bytes(8, "big") + self._key.sign(message)
