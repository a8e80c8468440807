"""The SHA-256 of a file, at the pace of the hash itself: what is sealed, and whether a file is what was sealed.

Measured in `make bench`: short files are read in one call, since opening them costs more than hashing them; long ones through one buffer that is
used again, since a new one for each piece costs as much as the hash. Mapping a file into memory would save the copy, a tenth of the time, and end the
program where a disk fails or somebody cuts the file short meanwhile: an error has to be an error here.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from temoin.errors import Unreachable

#: Up to here a file is read in one call (SEAL 5: os.read is quicker below about 128 KiB, a buffer used again above).
_ONE_READ = 64 << 10
_BUFFER = 1 << 20


def file_sha256(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file, 64 hex digits, and its length in bytes. Raises Unreachable where it cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY)
        try:
            begin = os.read(handle, _ONE_READ)
            # Asked again, even after a short answer: where a disk fails further on, that is how it says so.
            if len(begin) < _ONE_READ and not os.read(handle, 1):
                return sha256(begin).hexdigest(), len(begin)
            os.lseek(handle, 0, os.SEEK_SET)
            return _long(handle)
        finally:
            os.close(handle)
    except OSError as err:
        raise Unreachable(f"{path} cannot be read: {err.strerror or err}") from err


def _long(handle: int) -> tuple[str, int]:
    digest, size, buffer = sha256(), 0, memoryview(bytearray(_BUFFER))
    while count := os.readv(handle, [buffer]):
        digest.update(buffer[:count])
        size += count
    return digest.hexdigest(), size
