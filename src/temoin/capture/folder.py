"""Folders and files: from what somebody typed to originals, in a stable order, each real file and each real folder once.

Folders are walked in the order of their names; names that begin with a dot are passed over, as every file manager does. A file is looked at
before it is opened: pipes, devices and sockets would keep a reader waiting for ever and are never opened.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from temoin.capture.kind import HEAD_BYTES, kind
from temoin.capture.limits import Limits, bytes_told
from temoin.capture.original import STREAMED, Original, digest, shown
from temoin.errors import Unreadable
from temoin.records import Unread

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
    """Take standard input into memory or, where it is large, into a nameless temporary file, so that it can be hashed before it is read."""
    if stdin is None:
        return Unread(path=STDIN, reason="no standard input to read", hint="give files or folders, or pipe something in")
    store = tempfile.SpooledTemporaryFile(max_size=limits.file_bytes)  # noqa: SIM115  # lives as long as its original
    size = 0
    while size <= limits.stream_bytes and (chunk := stdin.read(1 << 20)):
        store.write(chunk)
        size += len(chunk)
    store.seek(0)
    head = store.read(HEAD_BYTES)
    store.seek(0)
    return _original(cast(BinaryIO, store), head, size, STDIN, "stdin", lambda: _Again(store), limits, named=True)


class _Again:
    """Standard input, from its beginning once more; closing it keeps what was received for the next reader."""

    def __init__(self, store: tempfile.SpooledTemporaryFile[bytes]) -> None:
        self._store = store
        store.seek(0)

    def __enter__(self) -> _Again:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._store.seek(0)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def _original(
    file: BinaryIO, head: bytes, size: int, path: str, name: str, reopen: object, limits: Limits, *, named: bool
) -> Original | Unread:
    told = shown(path)
    if size == 0 and not head:
        return Unread(path=told, reason="empty file", size_bytes=0, hint="get the file again")
    again = cast("type[BinaryIO]", reopen)
    try:
        found = kind(head, name, again, named=named)
    except Unreadable as err:
        sha, size = digest(file, at_most=limits.stream_bytes)
        return Unread(path=told, reason=str(err), hint=err.hint, sha256=sha if size <= limits.stream_bytes else None, size_bytes=size)
    allowed = limits.stream_bytes if found in STREAMED else limits.file_bytes
    if size > allowed:
        return Unread(path=told, reason=f"a file of {bytes_told(size)}, more than the {bytes_told(allowed)} allowed", size_bytes=size,
                      hint="cut it into its reports, or give them as JSON Lines")  # fmt: skip
    sha, read = digest(file, at_most=allowed)
    if read > allowed:
        return Unread(path=told, reason=f"a file that grew beyond the {bytes_told(allowed)} allowed while it was read", size_bytes=read)
    return Original(path=told, name=name, kind=found, sha256=sha, size_bytes=read, open=again, notes=())
