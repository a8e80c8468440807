"""Folders and files: from what somebody typed to originals, in a stable order, each real file and each real folder once.

Folders are walked in the order of their names; names that begin with a dot are passed over, as every file manager does. A file is looked at
before it is opened: pipes, devices and sockets would keep a reader waiting for ever and are never opened.
"""

from __future__ import annotations

import io
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from temoin.capture.kind import HEAD_BYTES, kind
from temoin.capture.limits import Limits, bytes_told
from temoin.capture.original import STREAMED, Original, digest, shown
from temoin.errors import Unreadable
from temoin.records import Unread

if TYPE_CHECKING:
    from typing_extensions import Buffer

STDIN = "-"

_SPECIAL = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"))


def originals(paths: Sequence[str], limits: Limits, stdin: BinaryIO | None = None) -> Iterator[Original | Unread]:
    """Yield an original, or why there is none, for each file that the paths name or hold, "-" for standard input.

    Order: as given; inside a folder by name, files and folders together. Nothing is opened before its turn.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path == STDIN:
            yield _from_stdin(stdin, limits)
            continue
        for found, named in _walk(path, seen, limits):
            yield found if isinstance(found, Unread) else _from_file(found, limits, named=named)


def count(paths: Sequence[str], limits: Limits) -> int:
    """Return how many originals and Unread `originals` will yield; looks at folders only, opens no file."""
    seen: set[tuple[int, int]] = set()
    return sum(1 if path == STDIN else sum(1 for _ in _walk(path, seen, limits)) for path in paths)


def _walk(path: str, seen: set[tuple[int, int]], limits: Limits) -> Iterator[tuple[Path | Unread, bool]]:
    """Yield each regular file under a path, or why not, and whether somebody named it; each real file and folder once."""
    if "://" in path[:12]:
        yield Unread(path=shown(path), reason="an address; nothing is fetched here", hint="save the page and give the file"), True
        return
    pending = [(Path(path), 0)]
    while pending:
        one, depth = pending.pop()
        named = depth == 0
        try:
            status = one.stat()
        except (OSError, ValueError) as err:
            yield Unread(path=shown(str(one)), reason=_why(err, one), hint="check the name" if isinstance(err, FileNotFoundError) else None), named
            continue
        place = (status.st_dev, status.st_ino)
        if stat.S_ISDIR(status.st_mode):
            if place in seen:
                continue  # a loop, or the same folder by another name
            seen.add(place)
            if depth >= limits.folder_depth:
                yield Unread(path=shown(str(one)), reason=f"a folder more than {limits.folder_depth} deep", hint="give it by its own name"), named
                continue
            try:
                names = sorted(inner.name for inner in one.iterdir() if not inner.name.startswith("."))
            except OSError as err:
                yield Unread(path=shown(str(one)), reason=_why(err, one), hint="check its permissions"), named
                continue
            if not names and named:
                yield Unread(path=shown(str(one)), reason="an empty folder"), named
            pending += [(one / name, depth + 1) for name in reversed(names)]
        elif stat.S_ISREG(status.st_mode):
            if place not in seen:
                seen.add(place)
                yield one, named
        else:
            what = next((told for test, told in _SPECIAL if test(status.st_mode)), "a special file")
            yield Unread(path=shown(str(one)), reason=f"{what}, not a file; it was not opened", hint="to read a pipe, give it as '-'"), named


def _why(err: OSError | ValueError, path: Path) -> str:
    if isinstance(err, FileNotFoundError):
        return "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
    if isinstance(err, PermissionError):
        return "not readable: permission denied"
    if isinstance(err, OSError) and err.strerror:
        return f"not readable: {err.strerror[0].lower()}{err.strerror[1:]}"
    return f"not readable: {err}"


def _from_file(path: Path, limits: Limits, *, named: bool) -> Original | Unread:
    try:
        # Non-blocking, because a pipe may have taken the file's place since it was looked at.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(HEAD_BYTES)
            file.seek(0)
            return _original(file, head, size, str(path), path.name, lambda: path.open("rb"), limits, named=named)
    except OSError as err:
        return Unread(path=shown(str(path)), reason=_why(err, path), hint="check its permissions" if isinstance(err, PermissionError) else None)


def _from_stdin(stdin: BinaryIO | None, limits: Limits) -> Original | Unread:
    if stdin is None:
        return Unread(path=STDIN, reason="no standard input to read", hint="give files or folders, or pipe something in")
    received = Received(stdin, limits)
    with received.open() as file:
        head = file.read(HEAD_BYTES)
        file.seek(0)
        return _original(file, head, received.size_bytes, STDIN, "stdin", received.open, limits, named=True)


class Received:
    """Standard input, kept so that it can be hashed and then read: in memory or, where it is large, in a temporary file without a name."""

    def __init__(self, stdin: BinaryIO, limits: Limits) -> None:
        self._store = tempfile.SpooledTemporaryFile(max_size=limits.file_bytes)  # noqa: SIM115  # closed with this object
        self.size_bytes = 0
        while self.size_bytes <= limits.stream_bytes and (chunk := stdin.read(1 << 20)):
            self._store.write(chunk)
            self.size_bytes += len(chunk)

    def open(self) -> BinaryIO:
        """Return a reader from the beginning. Closing it keeps what was received for the next."""
        return cast(BinaryIO, io.BufferedReader(_Again(self)))

    def read_at(self, place: int, size: int) -> bytes:
        self._store.seek(place)
        return self._store.read(size)

    def __del__(self) -> None:
        self._store.close()


class _Again(io.RawIOBase):
    """One reader of what was received, with a place of its own."""

    def __init__(self, received: Received) -> None:
        self._received = received
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._place = offset + (0, self._place, self._received.size_bytes)[whence]
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        chunk = self._received.read_at(self._place, len(view))
        view[: len(chunk)] = chunk
        self._place += len(chunk)
        return len(chunk)


def held(data: bytes, name: str, limits: Limits) -> Original | Unread:
    """Return bytes that are in memory as an original, or why they are none."""
    return _original(io.BytesIO(data), data[:HEAD_BYTES], len(data), name, name, lambda: io.BytesIO(data), limits, named=True)


def _original(
    file: BinaryIO, head: bytes, size: int, path: str, name: str, reopen: Callable[[], BinaryIO], limits: Limits, *, named: bool
) -> Original | Unread:
    told = shown(path)
    if size == 0 and not head:
        return Unread(path=told, reason="empty file", size_bytes=0, hint="get the file again")
    found, reason, hint = None, "", None
    try:
        found = kind(head, name, reopen, named=named)
    except Unreadable as err:
        reason, hint = str(err), err.hint
    allowed = limits.stream_bytes if found in STREAMED else limits.file_bytes
    if size > allowed:
        reason = f"a file of {bytes_told(size)}, more than the {bytes_told(allowed)} allowed" + (f" ({reason})" if reason else "")
        hint = hint or "cut it into its reports, or give them as JSON Lines"
    if found is None or reason:
        sha = digest(file, at_most=limits.hashed_bytes)[0] if size <= limits.hashed_bytes else None
        return Unread(path=told, reason=reason, hint=hint, sha256=sha, size_bytes=size)
    sha, read = digest(file, at_most=allowed)
    if read > allowed:
        return Unread(path=told, reason=f"a file that grew beyond the {bytes_told(allowed)} allowed while it was read", size_bytes=read)
    return Original(path=told, name=name, kind=found, sha256=sha, size_bytes=read, open=reopen, notes=())
