"""Evidence: what was found to hold, as values. `temoin.seal.judge` finds it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from temoin.seal.entry import Entry
from temoin.seal.manifest import Scope
from temoin.seal.stamp import Stamp


class Proven(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that holds."""

    index: int
    entry: Entry
    disclosed: dict[str, str]  # sensitive fields that the bundle shows; the others stay hidden behind their digests


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that is gone, by the word of two officers."""

    index: int
    ground: str
    at: str
    officers: tuple[str, ...]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What was found to hold."""

    origin: str
    key: str  # the log's verifier key: compare it with what its owner told you
    size: int
    root: str
    scope: Scope
    made_at: str
    trusted: bool  # False where the keys came with the bundle
    items: tuple[Proven, ...]
    erased: tuple[Erased, ...]
    cases: dict[str, int]
    witnesses: tuple[tuple[str, datetime], ...]
    stamps: tuple[tuple[int, Stamp], ...]  # size of the log it covers, and the stamp
    files: dict[str, int]  # SHA-256 of files handed in -> the entry that speaks of it
    remarks: tuple[str, ...]  # what a careful reader should know
