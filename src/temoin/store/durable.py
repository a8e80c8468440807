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


def settle(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Sync many written files at once, give each its name, then sync the folders. pairs: (temporary, name). Raises Unreachable.

    Threads wait for the disk together: its queue then takes many syncs for the price of few (20 times faster, 'make bench').
    """
    if not pairs:
        return
    try:
        if len(pairs) < 4:
            for temporary, _ in pairs:
                _sync(temporary)
        else:
            with ThreadPoolExecutor(16) as pool:
                list(pool.map(_sync, [temporary for temporary, _ in pairs]))
        for temporary, name in pairs:
            temporary.replace(name)
        sync_folders({name.parent for _, name in pairs})
    except OSError as err:
        raise told(err, pairs[0][1]) from err


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folders(folders: Iterable[Path]) -> None:
    """Sync folders, so that the names in them stay."""
    for folder in sorted(set(folders)):
        _sync(folder)


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
