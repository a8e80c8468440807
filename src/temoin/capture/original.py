"""An original: bytes as received, named by their SHA-256, with the kind that their content shows.

An original is opened anew for each use and never changed. A part inside another file (an attachment, a record of a web archive) is an
original too; its digest is that of the file it came in, because that is what was received and what can be checked.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO, Literal

from temoin.records import Unread

Kind = Literal["text", "lines", "lines.gz", "page", "pdf", "docx", "mail", "warc", "wacz"]

MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "lines": "application/jsonl",
    "lines.gz": "application/jsonl",
    "page": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "mail": "message/rfc822",
    "warc": "application/warc",
    "wacz": "application/wacz",
}

#: Kinds that are read piece by piece, never held whole.
STREAMED: frozenset[Kind] = frozenset({"lines", "lines.gz", "warc", "wacz"})

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Original:
    """Bytes as received. `open` gives them from the beginning, as often as asked; the caller closes what it opened."""

    path: str  # as shown to people: no control characters, no half characters
    name: str  # the file's own name, from which an id is made
    kind: Kind
    sha256: str  # of the received file, 64 hex digits
    size_bytes: int
    open: Callable[[], BinaryIO]
    depth: int = 0  # how many files it lies inside
    url: str | None = None
    charset: str | None = None  # what whoever carried it said of its encoding
    notes: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """The registered name of its kind."""
        return MEDIA_TYPES[self.kind]

    def content(self) -> bytes:
        """Return the whole content. Only for kinds that are not streamed: their size is within `Limits.file_bytes`."""
        with self.open() as file:
            return file.read()

    def unread(self, reason: str, hint: str | None = None) -> Unread:
        """Return the value that says why this original, or a part of it, could not be read."""
        return Unread(path=self.path, reason=reason, hint=hint, sha256=self.sha256, size_bytes=self.size_bytes)

    def inside(
        self, name: str, kind: Kind, data: bytes, *, url: str | None = None, charset: str | None = None, notes: tuple[str, ...] = ()
    ) -> Original:
        """Return a part of this original as an original of its own: one level deeper, under the digest of what was received."""
        return replace(
            self, path=f"{self.path}!/{shown(name)}", name=name, kind=kind, size_bytes=len(data), open=lambda: io.BytesIO(data),
            depth=self.depth + 1, url=url, charset=charset, notes=self.notes + notes,
        )  # fmt: skip


def digest(file: BinaryIO, *, at_most: int) -> tuple[str, int]:
    """Return the SHA-256 (hex) and the length of what remains in `file`, reading no more than `at_most` + 1 bytes."""
    sha, size = hashlib.sha256(), 0
    while size <= at_most and (chunk := file.read(min(CHUNK_BYTES, at_most + 1 - size))):
        sha.update(chunk)
        size += len(chunk)
    return sha.hexdigest(), size


def shown(name: str) -> str:
    """Return a file name that can be printed, encoded and put into JSON: undecodable bytes become U+FFFD, control characters are escaped."""
    whole = name.encode("utf-8", "surrogateescape" if _escaped(name) else "replace").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in whole)


def _escaped(name: str) -> bool:
    """Tell whether every half character in the name stands for an undecodable byte, the way Python reads file names."""
    return all("\udc80" <= c <= "\udcff" for c in name if "\ud800" <= c <= "\udfff")
