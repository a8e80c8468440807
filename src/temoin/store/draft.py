"""Drafts and what becomes of them: something to be sealed, prepared when its payload is durable, sealed when it stands in the log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from temoin.errors import Refused
from temoin.seal.entry import Entry, Kind, decode
from temoin.store.envelope import Letter
from temoin.store.vault import Stored


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be sealed."""

    kind: Kind
    case: str
    detail: dict[str, Any] = {}
    sensitive: dict[str, str] = {}  # fields that the entry holds by salted digest only
    source: Path | bytes | None = None  # the payload
    media_type: str = "application/octet-stream"
    not_before: str | None = None


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A draft whose payload is durable."""

    draft: Draft
    stored: Stored | None


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is kept."""

    index: int
    commitment: bytes
    case: str
    seq: int
    kind: str
    letter: Letter | None  # None where it was erased
    payload: str | None  # name of its file in the vault

    @property
    def entry(self) -> Entry:
        """What it says. Raises Refused where it was erased."""
        if self.letter is None:
            raise Refused(f"entry {self.index} was erased")
        return decode(self.letter.body)


def well_formed(row: Any) -> bool:
    """Whether a row has the types of its columns: SQLite keeps whatever a damaged page says."""
    kinds = {"commitment": bytes, "case_id": str, "seq": int, "kind": str}
    optional = {"epoch": int, "wrapped": bytes, "sealed": bytes, "payload": str, "finder": bytes}
    return (
        all(isinstance(getattr(row, name), kind) for name, kind in kinds.items())
        and all(isinstance(getattr(row, name), kind | None) for name, kind in optional.items())
        and len(row.commitment) == 32
        and (row.payload is None or (len(row.payload) == 32 and row.payload.isalnum()))
    )
