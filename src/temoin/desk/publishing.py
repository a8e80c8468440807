"""An account goes to a terminal or to a file, by the ending of its name."""

from __future__ import annotations

from pathlib import Path

from temoin.records_account import Account

#: The endings under which an account can be written.
KINDS = (".html", ".json", ".md")


def show(account: Account, *, width: int | None = None, colour: bool = False) -> str:
    """Return the account for a terminal. width: columns; None asks the terminal. colour: with its escape sequences."""
    from temoin import publish

    return publish.terminal(account)


def write(account: Account, path: Path) -> None:
    """Write the account whole, or not at all: a file of that name is replaced only once the new one is complete."""
    from temoin import publish

    publish.write(account, path)
