"""The keys of a workspace, each in its own file that only its owner can read, in a folder apart from what they open.

Promises: a key is on the disk before anything is encrypted with it; a destroyed key is gone from here. Keep this folder out of the nightly
backup, or give it a short-lived one of its own: a key that sits in an old backup is not destroyed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from temoin.errors import Broken, Unreachable
from temoin.seal.key import SigningKey
from temoin.store import durable


class Keyring:
    """The folder of keys. random: gives that many unpredictable bytes."""

    def __init__(self, folder: Path, random: Callable[[int], bytes]) -> None:
        self.folder = folder
        self._random = random

    def create(self) -> None:
        """Make the folder, closed to others."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)

    def signing(self, name: str) -> SigningKey:
        """Read a signing key. Raises Unreachable or Broken, without repeating any of it."""
        return SigningKey.parse(self._read(self.folder / f"{name}.key"))

    def keep(self, name: str, key: SigningKey) -> Path:
        """Write a signing key down and return where. Raises Broken where one of that name is there already."""
        path = self.folder / f"{name}.key"
        if path.exists():
            raise Broken(f"a key {name} is there already")
        durable.write(path, key.export().encode() + b"\n")
        return path

    def epochs(self) -> list[int]:
        """Return the numbers of the epoch keys that are here."""
        return sorted(int(path.stem[6:]) for path in self.folder.glob("epoch-*.key") if path.stem[6:].isdigit())

    def epoch(self, number: int) -> bytes:
        """Read an epoch key. Raises Unreachable where it is gone: what it wrapped is then gone too."""
        text = self._read(self.folder / f"epoch-{number:06d}.key").strip()
        try:
            key = bytes.fromhex(text)
        except ValueError:
            key = b""
        if len(key) != 32:
            raise Broken(f"the key of epoch {number} is damaged")
        return key

    def new_epoch(self, number: int) -> bytes:
        """Make an epoch key, durable before it is returned."""
        key = self._random(32)
        durable.write(self.folder / f"epoch-{number:06d}.key", key.hex().encode() + b"\n")
        return key

    def destroy_epoch(self, number: int) -> None:
        """Destroy an epoch key, and with it everything that only it could open."""
        durable.destroy(self.folder / f"epoch-{number:06d}.key")

    def _read(self, path: Path) -> str:
        try:
            return path.read_text("ascii")
        except FileNotFoundError:
            raise Unreachable(f"the key {path.stem} is not here", hint="Without it nothing can be signed or opened.") from None
        except (OSError, ValueError):
            raise Unreachable(f"the key {path.stem} cannot be read") from None
