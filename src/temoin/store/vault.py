"""The vault: payloads on disk, each encrypted with its own key, under a random name that tells nothing.

Promises: a payload is durable before anybody hears of it; reading it back checks every byte; without its key it is noise.
Form: ChaCha20-Poly1305 over chunks of 64 KiB, nonce = number of the chunk and a mark on the last one (the STREAM construction of age v1, payload).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from temoin.errors import Broken, Unreachable
from temoin.store import durable

CHUNK = 64 * 1024
_TAG = 16
_LABEL = b"temoin/payload/v1"


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A payload that was written: its file, its key, and what it was."""

    name: str
    key: bytes
    sha256: str
    size_bytes: int


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
        """Return where a payload lies."""
        return self.folder / name[:2] / name

    def put(self, sources: Sequence[Path | bytes]) -> list[Stored]:
        """Encrypt and write payloads; they are durable, under their names, when this returns.

        Raises Unreachable where one cannot be read or written: then none of them is kept.
        """
        stored: list[Stored] = []
        pairs: list[tuple[Path, Path]] = []
        # One part for the whole batch: its folder is synced once, where random ones would cost a sync for almost every file.
        part = self._random(1)
        try:
            for source in sources:
                name = (part + self._random(15)).hex()
                final = self.path(name)
                temporary = final.with_name(f".{name}.new")
                pairs.append((temporary, final))
                stored.append(self._encrypt(source, temporary, name))
            durable.settle(pairs)
        except BaseException:
            for temporary, final in pairs:
                temporary.unlink(missing_ok=True)
                final.unlink(missing_ok=True)
            raise
        return stored

    def _encrypt(self, source: Path | bytes, temporary: Path, name: str) -> Stored:
        key = self._random(32)
        cipher, digest, size, number = ChaCha20Poly1305(key), sha256(), 0, 0
        try:
            with temporary.open("xb") as out:
                ahead = b""
                for chunk in _chunks(source):
                    digest.update(chunk)
                    size += len(chunk)
                    if number or ahead:
                        out.write(cipher.encrypt(number.to_bytes(11, "big") + b"\0", ahead, _LABEL))
                        number += 1
                    ahead = chunk
                out.write(cipher.encrypt(number.to_bytes(11, "big") + b"\1", ahead, _LABEL))
        except OSError as err:
            raise durable.told(err, temporary) from err
        return Stored(name=name, key=key, sha256=digest.hexdigest(), size_bytes=size)

    def read(self, name: str, key: bytes) -> Iterator[bytes]:
        """Give a payload's bytes in pieces. Raises Broken where a byte was changed or cut off, Unreachable where the file is gone."""
        cipher, number = ChaCha20Poly1305(key), 0
        try:
            with self.path(name).open("rb") as handle:
                sealed = handle.read(CHUNK + _TAG)
                while True:
                    ahead = handle.read(CHUNK + _TAG)
                    last = not ahead
                    yield cipher.decrypt(number.to_bytes(11, "big") + bytes([last]), sealed, _LABEL)
                    if last:
                        return
                    sealed, number = ahead, number + 1
        except InvalidTag as err:
            raise Broken(f"payload file {name} was changed or damaged") from err
        except FileNotFoundError as err:
            raise Unreachable(f"payload file {name} is missing") from err
        except OSError as err:
            raise Unreachable(f"payload file {name} cannot be read: {err.strerror}") from err

    def names(self) -> Iterator[str]:
        """Give the names of all files here, unfinished ones included."""
        for part in sorted(self.folder.iterdir()):
            if part.is_dir():
                yield from sorted(path.name for path in part.iterdir())

    def remove(self, name: str) -> None:
        """Remove a payload, durably. Nothing happens where it is gone already."""
        path = self._place(name)
        path.unlink(missing_ok=True)
        durable.sync_folders([path.parent])

    def set_aside(self, name: str, folder: Path) -> None:
        """Move a payload that nobody speaks of into another folder, where a person can look at it; it is not destroyed."""
        path = self._place(name)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            path.replace(folder / name)
            durable.sync_folders([path.parent, folder])
        except OSError as err:
            raise durable.told(err, path) from err

    def _place(self, name: str) -> Path:
        return self.folder / name.lstrip(".")[:2] / name


def _chunks(source: Path | bytes) -> Iterator[bytes]:
    """Give the source in chunks; a small file is one read, since opening it costs more than hashing it."""
    if isinstance(source, bytes):
        for at in range(0, len(source), CHUNK):
            yield source[at : at + CHUNK]
        return
    try:
        with source.open("rb", buffering=0) as handle:
            rest = b""
            while piece := handle.read(CHUNK - len(rest)):
                rest += piece
                if len(rest) == CHUNK:
                    yield rest
                    rest = b""
            if rest:
                yield rest
    except OSError as err:
        raise Unreachable(f"{source} cannot be read: {err.strerror or err}") from err
