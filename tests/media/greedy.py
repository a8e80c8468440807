"""Tasks that behave badly in the cell, for the test of its walls."""

from __future__ import annotations

import os
import signal
import tempfile
from typing import Any

from temoin.media import cell


def memory(raw: bytes) -> tuple[dict[str, Any], bytes]:
    """Take more memory than there is."""
    return {}, bytes(8_000_000_000)


def time(raw: bytes) -> tuple[dict[str, Any], bytes]:
    """Never end."""
    while True:
        pass


def death(raw: bytes) -> tuple[dict[str, Any], bytes]:
    """Die as a decoder does that reads where it must not."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return {}, b""


def file(raw: bytes) -> tuple[dict[str, Any], bytes]:
    """Write a file."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with tempfile.NamedTemporaryFile() as out:
        out.write(b"x" * 100)
        out.flush()
    return {}, b"written"


def main() -> None:
    """Live in the cell with these tasks."""
    cell.TASKS.update({name: (__name__, name) for name in ("memory", "time", "death", "file")})
    cell.main()
