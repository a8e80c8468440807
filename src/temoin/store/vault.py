"""The vault: payloads on disk, each encrypted with its own key, in files with random names that tell nothing.

Promises: payloads are durable before anybody hears of them; reading one back checks every byte; without its key it is noise.
Those up to 1 MiB that are put together share a file, one after another, so that a batch costs the disk two syncs and not two for each; larger ones
have a file of their own. Where in its file a payload lies stands in its entry's envelope, so that a file does not tell how many it holds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from temoin.errors import Broken, Unreachable
from temoin.store import durable
from temoin.store.stream import CHUNK, TAG, Sealing, opened

#: Larger payloads have a file of their own: its sync is small beside its bytes, and erasing it gives the space back.
SMALL_BYTES = 1 << 20
#: A shared file is closed at this size, so that it can be copied, and lost, in bearable portions.
SHARED_BYTES = 64 << 20
#: Files up to here are read in one call: opening them costs more than hashing them (SEAL 5).
_ONE_READ = 128 << 10


class Place(NamedTuple):
    """Where in its file a payload lies: first byte and length, of the ciphertext."""

    start: int
    length: int


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A payload that was written: its file, its place there, its key, and what it was."""

    name: str
    place: Place
    key: bytes
    sha256: str
    size_bytes: int


class _Writing(NamedTuple):
    name: str
    temporary: Path
    out: BinaryIO


class Vault:
    """The folder of payloads. random: gives that many unpredictable bytes."""

    def __init__(self, folder: Path, random: Callable[[int], bytes]) -> None:
        self.folder = folder
        self._random = random

    def create(self) -> None:
        """Make the folder and its 256 parts, closed to others, durable."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in range(256):
            (self.folder / f"{part:02x}").mkdir(mode=0o700, exist_ok=True)
        durable.sync_folders([self.folder, self.folder.parent])

    def path(self, name: str) -> Path:
        """Return where a file of payloads lies."""
        return self.folder / name[:2] / name

    def put(self, sources: Sequence[Path | bytes]) -> list[Stored]:
        """Encrypt and write payloads; they are durable, under their names, when this returns.

        Raises Unreachable where one cannot be read or written: then none of them is kept.
        """
        stored: list[Stored] = []
        files: list[_Writing] = []
        shared: _Writing | None = None
        part, keys = self._random(1), self._random(32 * len(sources))
        try:
            for number, source in enumerate(sources):
                key = keys[32 * number : 32 * number + 32]
                with _Source(source) as read:
                    if read.size > SMALL_BYTES:
                        files.append(self._begin(part))
                        stored.append(_encrypt(read, files[-1], key))
                        continue
                    if shared is None or shared.out.tell() >= SHARED_BYTES:
                        shared = self._begin(part)
                        files.append(shared)
                    stored.append(_encrypt(read, shared, key))
            durable.settle([(one.out, one.temporary, self.path(one.name)) for one in files])
        except BaseException:
            for one in files:
                with suppress(OSError):
                    one.out.close()
                one.temporary.unlink(missing_ok=True)
                self.path(one.name).unlink(missing_ok=True)
            raise
        return stored

    def _begin(self, part: bytes) -> _Writing:
        # One part for the whole batch: its folder is synced once.
        name = (part + self._random(15)).hex()
        temporary = self.path(name).with_name(f".{name}.new")
        try:
            return _Writing(name, temporary, temporary.open("xb", buffering=1 << 18))
        except OSError as err:
            raise durable.told(err, temporary) from err

    def read(self, name: str, key: bytes, place: Place | None = None) -> Iterator[bytes]:
        """Give a payload's bytes in pieces. place: None for the whole file.

        Raises Broken where a byte was changed or cut off, Unreachable where the file is gone.
        """
        try:
            with self.path(name).open("rb") as handle:
                yield from opened(_pieces(handle, place), key)
        except Broken as err:
            raise Broken(f"payload file {name} was changed or damaged" + (f" at byte {place.start}" if place else "")) from err
        except FileNotFoundError as err:
            raise Unreachable(f"payload file {name} is missing") from err
        except OSError as err:
            raise Unreachable(f"payload file {name} cannot be read: {err.strerror}") from err

    def forget(self, name: str) -> None:
        """Let the system forget what its memory holds of a file, so that the next reading is of the disk. Only a hint."""
        if hasattr(os, "posix_fadvise"):
            with suppress(OSError), self.path(name).open("rb") as handle:
                os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def names(self) -> Iterator[str]:
        """Give the names of all files here, unfinished ones included."""
        for part in sorted(self.folder.iterdir()):
            if part.is_dir():
                yield from sorted(path.name for path in part.iterdir())

    def remove(self, name: str) -> None:
        """Remove a file, durably. Nothing happens where it is gone already."""
        path = self._place(name)
        path.unlink(missing_ok=True)
        durable.sync_folders([path.parent])

    def blank(self, name: str, place: Place) -> None:
        """Overwrite one payload of a file with zeros, durably, and leave the others. Nothing happens where the file is gone."""
        path = self._place(name)
        try:
            with path.open("r+b", buffering=0) as handle:
                handle.seek(place.start)
                left = min(place.length, path.stat().st_size - place.start)
                while left > 0:
                    left -= handle.write(bytes(min(left, 1 << 20)))
                os.fsync(handle.fileno())
        except FileNotFoundError:
            return
        except OSError as err:
            raise durable.told(err, path) from err

    def set_aside(self, name: str, folder: Path) -> None:
        """Move a file that nobody speaks of into another folder, where a person can look at it; it is not destroyed."""
        path = self._place(name)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            path.replace(folder / name)
            durable.sync_folders([path.parent, folder])
        except OSError as err:
            raise durable.told(err, path) from err

    def _place(self, name: str) -> Path:
        return self.folder / name.lstrip(".")[:2] / name


class _Source:
    """A payload to be read: bytes, or a file. `size` is what it has now; a file that grows meanwhile is read to its end."""

    def __init__(self, source: Path | bytes) -> None:
        self._source = source
        self._handle: int | None = None
        if isinstance(source, bytes):
            self.size = len(source)
            return
        try:
            self._handle = os.open(source, os.O_RDONLY | os.O_CLOEXEC)
            self.size = os.fstat(self._handle).st_size
        except OSError as err:
            self.__exit__()
            raise Unreachable(f"{source} cannot be read: {err.strerror or err}") from err

    def __enter__(self) -> _Source:
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def whole(self) -> bytes | None:
        """Return all of it where it is short enough for one call, else None."""
        if isinstance(self._source, bytes):
            return self._source
        if self.size >= _ONE_READ:
            return None
        return b"".join(iter(lambda: self._read(self.size + 1), b""))

    def chunks(self) -> Iterator[bytes]:
        """Give it in chunks of 64 KiB, the last of which may be shorter."""
        content = self.whole()
        if content is not None:
            for at in range(0, len(content), CHUNK):
                yield content[at : at + CHUNK]
            return
        rest = b""
        while piece := self._read(CHUNK - len(rest)):
            rest += piece
            if len(rest) == CHUNK:
                yield rest
                rest = b""
        if rest:
            yield rest

    def _read(self, most: int) -> bytes:
        assert self._handle is not None
        try:
            return os.read(self._handle, most)
        except OSError as err:
            raise Unreachable(f"{self._source!s} cannot be read: {err.strerror or err}") from err


def _encrypt(source: _Source, file: _Writing, key: bytes) -> Stored:
    start, sealing = file.out.tell(), Sealing(key)
    content = source.whole() if source.size <= CHUNK else None
    try:
        if content is not None and len(content) <= CHUNK:
            file.out.write(sealing.whole(content))
        else:
            chunks = source.chunks() if content is None else (content[at : at + CHUNK] for at in range(0, len(content), CHUNK))
            for piece in sealing.pieces(chunks):
                file.out.write(piece)
    except OSError as err:
        raise durable.told(err, file.temporary) from err
    place = Place(start, file.out.tell() - start)
    return Stored(name=file.name, place=place, key=key, sha256=sealing.sha256, size_bytes=sealing.size_bytes)


def _pieces(handle: BinaryIO, place: Place | None) -> Iterator[bytes]:
    left = place.length if place else None
    if place:
        handle.seek(place.start)
    while left is None or left:
        piece = handle.read(CHUNK + TAG if left is None else min(CHUNK + TAG, left))
        if not piece:
            return
        if left is not None:
            left -= len(piece)
        yield piece
