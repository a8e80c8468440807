"""Files that are there after a power cut: written apart, synced, renamed, and the folder synced too.

Promises: under its name a file is whole or absent; when `write` or `settle` returns, it and its name are on the disk. An error of fsync is never
tried again: it is raised, since the system may have dropped what it could not write.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from temoin.errors import TemoinError, Unreachable


def write(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file durably, replacing what stood there. Raises Unreachable."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
        sync_folders([path.parent])
    except OSError as err:
        temporary.unlink(missing_ok=True)
        raise told(err, path) from err


def settle(files: Sequence[tuple[BinaryIO, Path, Path]]) -> None:
    """Sync and close written files, give each its name, then sync each folder once. files: (open file, where it is, its name). Raises Unreachable.

    Each is synced by the handle that wrote it, which is the one that is told of an error. Threads wait for the disk together: its queue then
    takes many syncs for the price of few.
    """
    if not files:
        return
    try:
        if len(files) < 4:
            for out, _, _ in files:
                _finish(out)
        else:
            with ThreadPoolExecutor(16) as pool:
                list(pool.map(_finish, [out for out, _, _ in files]))
        for _, temporary, name in files:
            temporary.replace(name)
        sync_folders({name.parent for _, _, name in files})
    except OSError as err:
        raise told(err, files[0][2]) from err


def _finish(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())
    out.close()


def sync_folders(folders: Iterable[Path]) -> None:
    """Sync folders, so that the names in them stay."""
    for folder in sorted(set(folders)):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def destroy(path: Path) -> None:
    """Overwrite a small file with zeros, and remove it. On flash this may leave a copy: hence secrets are keys, and keys are rotated."""
    try:
        size = path.stat().st_size
        with path.open("r+b") as out:
            out.write(b"\0" * size)
            out.flush()
            os.fsync(out.fileno())
        path.unlink()
        sync_folders([path.parent])
    except FileNotFoundError:
        return
    except OSError as err:
        raise told(err, path) from err


def told(err: OSError, path: Path) -> TemoinError:
    """Return an error of the disk in words."""
    if err.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unreachable("the disk is full: nothing was sealed", hint="Free some space; what was acknowledged is safe.")
    return Unreachable(f"{path.name} cannot be written: {err.strerror or err}")
