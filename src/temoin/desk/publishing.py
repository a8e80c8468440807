"""An account goes to a terminal, or to a file of the kind that its name ends in."""

from __future__ import annotations

from pathlib import Path

from temoin.errors import Misused
from temoin.records_account import Account


def check(path: Path | None, *, words: str) -> None:
    """Say at once, not after an hour of reading, where an account cannot be written so.

    path: of the file, None for the terminal. words: the language of the account's own words. Raises Misused.
    """
    from temoin.publish.files import ending
    from temoin.publish.wording import LANGUAGES

    if words not in LANGUAGES:
        raise Misused(f"an account has no words in {words!r}", hint=f"--words takes {', '.join(LANGUAGES)}")
    if path is None:
        return
    ending(path)
    if path.is_dir():
        raise Misused(f"{path} is a folder; an account is written to a file", hint=f"temoin account REPORT... -o {path}/account.html")
    if not path.parent.is_dir():
        raise Misused(f"there is no folder {path.parent} to write {path.name} in", hint=f"mkdir -p {path.parent}")


def show(account: Account, *, words: str, width: int, colour: bool) -> str:
    """Return the account for a terminal. words: the language of the account's own words. width: in columns. colour: with its escape sequences."""
    from temoin.publish.screen import terminal

    return terminal(account, width=width, lang=words, color=colour)


def write(account: Account, path: Path, *, words: str) -> None:
    """Write the account whole, or not at all: a file of that name is replaced only once the new one is complete."""
    from temoin import publish

    publish.write(account, path, lang=words)
