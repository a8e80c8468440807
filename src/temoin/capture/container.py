"""Containers: ZIP files opened with a guard, so that no file unfolds to more than is allowed.

Two checks, because a hostile archive may lie: the sizes it declares are added up before anything is inflated, and the bytes that really
come out are counted while they come.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO

from temoin.capture.limits import bytes_told
from temoin.errors import Unreadable

if TYPE_CHECKING:
    from typing_extensions import Buffer

SPOILED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, UnicodeError)


class Metered(io.RawIOBase):
    """A reader that counts what passes and raises Unreadable once it is more than allowed."""

    def __init__(self, inner: IO[bytes], allowed: int) -> None:
        self.inner = inner
        self.allowed = allowed
        self.passed = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        chunk = self.inner.read(len(view))
        self.passed += len(chunk)
        if self.passed > self.allowed:
            raise Unreadable(f"unfolds to more than {bytes_told(self.allowed)}", hint="this is how a decompression bomb looks; do not open it")
        view[: len(chunk)] = chunk
        return len(chunk)


def opened(file: BinaryIO, *, members: int, inflated_bytes: int) -> zipfile.ZipFile:
    """Return the ZIP in `file`, its table of contents checked.

    Raises Unreadable where it is broken, encrypted, has more than `members` parts, or declares more than `inflated_bytes`.
    """
    try:
        archive = zipfile.ZipFile(file)
    except SPOILED as err:
        raise Unreadable(f"broken ZIP container ({err})", hint="the file is cut or damaged; get it again") from err
    parts = archive.infolist()
    if len(parts) > members:
        raise Unreadable(f"holds {len(parts)} parts, more than the {members} allowed")
    declared = sum(part.file_size for part in parts)
    if declared > inflated_bytes:
        raise Unreadable(
            f"unfolds to {bytes_told(declared)}, more than the {bytes_told(inflated_bytes)} allowed",
            hint="this is how a decompression bomb looks; do not open it",
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable("encrypted with a password", hint="save it without a password")
    return archive


def inflated(archive: zipfile.ZipFile, name: str, allowed: int) -> bytes:
    """Return one part's bytes, counted while they unfold. Raises Unreadable where it is broken or larger than `allowed`."""
    try:
        with archive.open(name) as part:
            data: bytes = io.BufferedReader(Metered(part, allowed)).read()
            return data
    except SPOILED as err:
        raise Unreadable(f"broken part {name!r} in the ZIP container ({err})", hint="the file is cut or damaged; get it again") from err
