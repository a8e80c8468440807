"""The container of a bundle: a zip of stored files in one fixed form, so that equal contents give equal bytes.

Promises: every byte of the container is determined by the names and contents, and any other byte refuses it; nothing is compressed, so
nothing can swell; names are plain and relative. Ordinary zip programs open it. Source: PKWARE APPNOTE 6.3, sections 4.3 and 4.4.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

from temoin.errors import Broken, Refused

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATE = 0x0021  # 1 January 1980: the container tells nothing of when it was packed
_MODE = 0o100644 << 16
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(?:/[A-Za-z0-9][A-Za-z0-9_.-]*)*", re.ASCII)
MAX_FILES = 65_534
MAX_BYTES = (1 << 32) - 2


def _local(name: bytes, crc: int, size: int) -> bytes:
    return _LOCAL.pack(b"PK\x03\x04", 20, 0, 0, 0, _DATE, crc, size, size, len(name), 0) + name


def _central(name: bytes, crc: int, size: int, offset: int) -> bytes:
    return _CENTRAL.pack(b"PK\x01\x02", 0x0314, 20, 0, 0, 0, _DATE, crc, size, size, len(name), 0, 0, 0, 0, _MODE, offset) + name


def write(out: BinaryIO, files: Iterable[tuple[str, bytes | Callable[[], Iterable[bytes]]]]) -> None:
    """Write files, given in the order of their names. Raises Refused for a name out of order or not plain, or for too much.

    A large file is given as what yields its pieces; it is asked twice, since its checksum stands before it.
    """
    offset, central, last, count = 0, [], "", 0
    for name, content in files:
        if not _NAME.fullmatch(name) or name <= last:
            raise Refused(f"{name!r} cannot stand after {last!r} in a bundle: names are plain, each once, in order")
        pieces = (lambda whole=content: [whole]) if isinstance(content, bytes) else content
        crc = size = 0
        for piece in pieces():
            crc, size = zlib.crc32(piece, crc), size + len(piece)
        head = _local(name.encode(), crc, min(size, MAX_BYTES))
        count, last = count + 1, name
        if count > MAX_FILES or offset + len(head) + size > MAX_BYTES - (1 << 26):
            raise Refused("the bundle would hold more than 65,534 files or 4 GB", hint="Export case by case.")
        central.append(_central(name.encode(), crc, size, offset))
        out.write(head)
        for piece in pieces():
            out.write(piece)
        offset += len(head) + size
    directory = b"".join(central)
    out.write(directory)
    out.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0))


def read(raw: bytes | memoryview) -> Mapping[str, memoryview]:
    """Return the files by name, in order. Raises Broken where any byte is not as `write` would have it."""
    view = memoryview(raw)
    files: dict[str, memoryview] = {}
    central, at, last = [], 0, ""
    while bytes(view[at : at + 4]) == b"PK\x03\x04":
        if at + _LOCAL.size > len(view):
            raise Broken(f"the bundle ends inside a header at byte {at}")
        fields = _LOCAL.unpack_from(view, at)
        crc, size, name_size = fields[6], fields[7], fields[9]
        name_at = at + _LOCAL.size
        name = bytes(view[name_at : name_at + name_size])
        stop = name_at + name_size + size
        if stop > len(view) or _local(name, crc, size) != bytes(view[at : name_at + name_size]):
            raise Broken(
                f"the header of {name.decode('ascii', 'replace')[:90]!r}, at byte {at} of the bundle, was changed, or the bundle is cut short"
            )
        text = name.decode("ascii", "replace")
        if not _NAME.fullmatch(text) or text <= last:
            raise Broken(f"{text[:60]!r} stands in the bundle out of order or under a name that is not plain")
        content = view[name_at + name_size : stop]
        if zlib.crc32(content) != crc:
            raise Broken(f"{text} was changed or damaged: its checksum does not fit")
        files[text] = content
        central.append(_central(name, crc, size, at))
        at, last = stop, text
    directory = b"".join(central)
    if len(files) > MAX_FILES:
        raise Broken("too many files in the bundle")
    if bytes(view[at:]) != directory + _END.pack(b"PK\x05\x06", 0, 0, len(files), len(files), len(directory), at, 0):
        raise Broken(f"the directory of the bundle, from byte {at}, was changed, or the bundle is cut short")
    return files
