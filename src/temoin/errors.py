"""What can go wrong, on one screen. Each sentence holds what was seen and what was wanted; `hint` says what to do.

TemoinError          exit 1
├── Unreadable       bytes or text that cannot be understood
├── Broken           something stored or handed over disagrees with itself (exit 3 where a seal does not verify)
├── Refused          asked for something that must not be done
├── Misused          the command was called wrongly (exit 2)
└── Unreachable      a file, a folder, a server that does not answer
"""

from __future__ import annotations


class TemoinError(Exception):
    """Anything that Témoin refuses or fails to do."""

    exit_code = 1

    def __init__(self, sentence: str, *, hint: str | None = None) -> None:
        super().__init__(sentence)
        self.hint = hint


class Unreadable(TemoinError):
    """Bytes or text that cannot be understood."""


class Broken(TemoinError):
    """Something stored or handed over disagrees with itself."""


class Unverified(Broken):
    """A seal, proof or digest that does not verify."""

    exit_code = 3


class Refused(TemoinError):
    """Asked for something that must not be done."""


class Misused(TemoinError):
    """The command was called wrongly."""

    exit_code = 2


class Unreachable(TemoinError):
    """A file, a folder or a server that does not answer."""
