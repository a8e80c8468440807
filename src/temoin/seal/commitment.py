"""Salted commitments: what the log holds of an entry, and all a stranger learns from it.

Promises: a leaf has one length whatever it stands for; without the salt nobody can test a guess, and with salt and entry destroyed
nobody ever can; a field can be shown without its neighbours. Salts are 32 random bytes, never derived, never used twice.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

import msgspec

from temoin.errors import Broken, Unverified

SALT_BYTES = 32
LEAF_PREFIX = b"temoin.v1\n"
LEAF_BYTES = len(LEAF_PREFIX) + 32
_ENTRY = b"temoin/commit/v1\0"
_FIELD = b"temoin/field/v1\0"


def commit(salt: bytes, body: bytes) -> bytes:
    """Return the 32 bytes that commit to an entry: HMAC-SHA-256(salt, label || SHA-256(body)). Raises Broken for a short salt."""
    if len(salt) != SALT_BYTES:
        raise Broken(f"a salt has {SALT_BYTES} bytes, this one {len(salt)}")
    return hmac.digest(salt, _ENTRY + sha256(body).digest(), "sha256")


def leaf(commitment: bytes) -> bytes:
    """Return the leaf of the log that holds a commitment: 42 bytes, always."""
    if len(commitment) != 32:
        raise Broken(f"a commitment has 32 bytes, this one {len(commitment)}")
    return LEAF_PREFIX + commitment


def opened(leaf_data: bytes) -> bytes:
    """Return the commitment in a leaf. Raises Broken where the leaf is of another kind."""
    if len(leaf_data) != LEAF_BYTES or not leaf_data.startswith(LEAF_PREFIX):
        raise Broken(f"a leaf of {len(leaf_data)} bytes is none of ours; wanted {LEAF_BYTES} beginning {LEAF_PREFIX!r}")
    return leaf_data[len(LEAF_PREFIX) :]


def verify(commitment: bytes, salt: bytes, body: bytes) -> None:
    """Return where salt and body open the commitment; raise Unverified otherwise."""
    if not hmac.compare_digest(commit(salt, body), commitment):
        raise Unverified(f"entry and salt do not open commitment {commitment.hex()}")


class Disclosure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sensitive field beside its salt: whoever holds it can show that the entry says so; the entry alone does not tell."""

    name: str
    salt: str  # 64 hex digits
    value: str

    @property
    def digest(self) -> str:
        """What the entry holds of the field, 64 hex digits. Length before each part, so that no two fields read alike."""
        name, value = self.name.encode(), self.value.encode()
        salt = bytes.fromhex(self.salt)
        if len(salt) != SALT_BYTES:
            raise Broken(f"the salt of field {self.name} has {len(salt)} bytes, wanted {SALT_BYTES}")
        return hmac.digest(salt, _FIELD + len(name).to_bytes(4, "big") + name + len(value).to_bytes(8, "big") + value, "sha256").hex()
