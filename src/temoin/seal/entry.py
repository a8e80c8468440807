"""Entries: what is sealed. One line of strict JSON says what happened, when, to which bytes, in which case and after which entry.

Promises: the exact bytes are kept and checked, never written anew; one value has one spelling (sorted keys, no spaces, no floats);
a payload stands in the entry by digest and size only, a sensitive field by a salted digest only.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

from temoin.errors import Broken

Kind = Literal[
    "capture", "derive", "judgement", "publication", "custody", "intake", "key-event", "anchor", "tombstone", "hold", "heartbeat",
]  # fmt: skip
MAX_BYTES = 65_535
_DEPTH = 16
_CASE = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


class Payload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The bytes an entry speaks of."""

    sha256: str
    size_bytes: int
    media_type: str = "application/octet-stream"


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One sealed statement."""

    kind: Kind
    at: str  # UTC, to the second: 2017-04-01T09:30:00Z
    case: str  # 32 hex digits, drawn at random: it names nobody
    seq: int  # place in its case, from 0, without a hole
    prev: str | None  # commitment of the entry before it in its case, 64 hex digits; None for the first
    tool: str
    payload: Payload | None = None
    not_before: str | None = None  # something that could not be known earlier: a foreign checkpoint, a beacon
    fields: dict[str, str] = {}  # name -> salted digest, see commitment.Disclosure
    detail: dict[str, Any] = {}


#: Writes the one spelling of what was found strict; `order` sorts the keys of records as of plain values.
_sorted = msgspec.json.Encoder(order="sorted")


def encode(entry: Entry) -> bytes:
    """Return the exact bytes of an entry. Raises Broken where it cannot be written strictly."""
    # Field by field, and not as one plain value: what is most of an entry has one type and one form, which _check looks at anyway.
    for plain in (entry.detail, entry.fields):
        if plain:
            _strict(plain, 1)
    _strict(entry.seq, 1)
    if entry.payload:
        _strict(entry.payload.size_bytes, 1)
    try:
        raw = _sorted.encode(entry)
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError) as err:
        raise Broken(f"the entry cannot be written: {err}") from err
    if len(raw) > MAX_BYTES:
        raise Broken(f"an entry has at most {MAX_BYTES} bytes, this one {len(raw)}")
    _check(entry)
    return raw


def decode(raw: bytes) -> Entry:
    """Read the bytes of an entry. Raises Broken where they are not the one spelling of a right one."""
    if len(raw) > MAX_BYTES:
        raise Broken(f"an entry has at most {MAX_BYTES} bytes, this one {len(raw)}")
    try:
        plain = msgspec.json.decode(raw)
        entry = msgspec.convert(plain, Entry)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as err:
        raise Broken(f"the entry cannot be read: {err}") from err
    if canonical(plain) != raw:
        raise Broken("the entry is not spelled strictly: sorted keys, no spaces, each key once")
    _check(entry)
    return entry


def _check(entry: Entry) -> None:
    """Raise Broken where a place, an instant or a digest is not well formed."""
    if not _CASE.fullmatch(entry.case) or entry.seq < 0 or (entry.prev is None) != (entry.seq == 0):
        raise Broken(f"the entry's place {entry.case[:40]}/{entry.seq} is not well formed")
    if not _AT.fullmatch(entry.at):
        raise Broken(f"an instant reads 2017-04-01T09:30:00Z, this one {entry.at[:40]!r}")
    payload = entry.payload
    if (
        (entry.prev is not None and not _HASH.fullmatch(entry.prev))
        or (payload and (not _HASH.fullmatch(payload.sha256) or payload.size_bytes < 0))
        or (entry.fields and not all(map(_HASH.fullmatch, entry.fields.values())))
    ):
        raise Broken("digests in an entry are 64 hex digits in lower case, sizes are not negative")


def canonical(value: Any) -> bytes:
    """Return the one spelling of a plain value. Raises Broken for floats, other types, lone surrogates and deep nesting."""
    _strict(value, 0)
    try:
        return _sorted.encode(value)
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError) as err:
        raise Broken(f"the value cannot be written: {err}") from err


def _strict(value: Any, depth: int) -> None:
    # By type and commonest first: this runs over every value of every entry, twice.
    kind = type(value)
    if kind is str:
        if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            raise Broken("a text holds half a character")
    elif kind is int:
        # Browsers read numbers as doubles: beyond this they would read another number than was sealed.
        if abs(value) >= 1 << 53:
            raise Broken(f"{value} is beyond 2**53; write it as text")
    elif kind is dict:
        if depth >= _DEPTH:
            raise Broken(f"a value nested deeper than {_DEPTH}")
        for key, item in value.items():
            if type(key) is not str:
                raise Broken("keys are text")
            _strict(key, depth)
            _strict(item, depth + 1)
    elif kind is list or kind is tuple:
        if depth >= _DEPTH:
            raise Broken(f"a value nested deeper than {_DEPTH}")
        for item in value:
            _strict(item, depth + 1)
    elif value is not None and kind is not bool:
        raise Broken(f"a {kind.__name__} cannot stand in an entry")
