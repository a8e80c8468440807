"""Signed notes: a text, a blank line, and one line for each signature.

Promises: a note is read strictly; a signature by an unknown key is ignored, one by a known key that fails refuses the whole note.
Source: C2SP signed-note v1.0.0.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence

import msgspec

from temoin.errors import Broken, Misused, Unverified
from temoin.seal.key import SigningKey, VerifyingKey, check_name

#: More than the 16 that every verifier must take; enough for a log, its witnesses and both algorithms.
MAX_SIGNATURES = 64
MAX_BYTES = 1 << 20


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """One signature line."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A signature that holds: whose, and when, where the key says when."""

    key: VerifyingKey
    time_s: int | None


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A text and its signatures, none of them checked yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))


def parse_signature(line: str) -> Signature:
    """Read one signature line, without its newline. Raises Broken."""
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—":
        raise Broken(f"{line[:60]!r} is no signature line")
    try:
        name = check_name(parts[1])
        raw = base64.b64decode(parts[2], validate=True)
    except (binascii.Error, ValueError, Misused) as err:
        raise Broken(f"{line[:60]!r} is no signature line") from err
    if len(raw) < 5 or base64.b64encode(raw).decode() != parts[2]:
        raise Broken(f"the signature of {name} is cut short or badly written")
    return Signature(name=name, key_id=raw[:4], value=raw[4:])


def parse(data: bytes | str, max_bytes: int = MAX_BYTES) -> Note:
    """Read a note of at most max_bytes. Raises Broken where the bytes are not one."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > max_bytes:
        raise Broken(f"a note of {len(raw)} bytes; at most {max_bytes} are read")
    try:
        full = raw.decode("utf-8")
    except UnicodeDecodeError as err:
        raise Broken(f"a note is UTF-8; byte {err.start} is not") from err
    if any(ord(c) < 0x20 and c != "\n" for c in full):
        raise Broken("a note holds no control characters")
    at = full.rfind("\n\n")
    if at < 0 or not full.endswith("\n") or at + 2 == len(full):
        raise Broken("a note is a text, a blank line, and signature lines")
    lines = full[at + 2 : -1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Broken(f"a note with {len(lines)} signatures; at most {MAX_SIGNATURES} are read")
    return Note(text=full[: at + 1], signatures=tuple(map(parse_signature, lines)))


def sign(text: str, signers: Sequence[SigningKey], time_s: int = 0) -> Note:
    """Return the text signed by each key in turn. Raises Broken for a text that a note cannot carry."""
    if not text.endswith("\n") or any(ord(c) < 0x20 and c != "\n" for c in text):
        raise Broken("a note's text ends in a newline and holds no control characters")
    raw = text.encode()
    lines = [Signature(name=k.public.name, key_id=k.public.id, value=k.sign(raw, time_s)) for k in signers]
    return Note(text=text, signatures=tuple(lines))


def signed_by(note: Note, keys: Iterable[VerifyingKey]) -> list[Signed]:
    """Return the signatures that hold, one for each known key that signed; raise Unverified where one fails or none is known."""
    known = {(key.name, key.id): key for key in keys}
    found: dict[tuple[str, bytes], Signed] = {}
    raw = note.text.encode()
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is not None:
            time_s = key.verify(raw, signature.value)
            found.setdefault((key.name, key.id), Signed(key=key, time_s=time_s))
    if not found:
        raise Unverified(
            "no signature by a known key: signed by "
            + (", ".join(f"{s.name}+{s.key_id.hex()}" for s in note.signatures) or "nobody")
            + ", known are "
            + (", ".join(f"{name}+{key_id.hex()}" for name, key_id in known) or "none")
        )
    return list(found.values())
