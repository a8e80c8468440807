"""The main job: readings go in, in order, and one account comes out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from temoin.records import Reading, Unread
from temoin.records_account import Account


def make_account(outcomes: Iterable[Reading | Unread], *, today: date | None = None) -> Account:
    """Return the account of all that was read, with all that was not.

    outcomes: as `temoin.desk.reading.readings` yields them. today: from which day promises count as overdue; None for the day of the run.
    What lies in what (Argun in Chechnya) is asked of the reader's gazetteer, handed on as a function. Raises Unreachable where it is missing.
    """
    from temoin.account import account

    read: list[Reading] = []
    unread: list[Unread] = []
    for outcome in outcomes:
        if isinstance(outcome, Unread):
            unread.append(outcome)
        else:
            read.append(outcome)
    return account(read, unread=unread, today=today or datetime.now(UTC).date(), around=_around)


def _around(name: str) -> frozenset[str]:
    """Return the English short names of all places that a place lies in. Where several places of like size bear its name, of all of them."""
    from temoin.read.gazetteer import gazetteer

    book = gazetteer()
    return frozenset(book.spot(outer).name for row in book.named(name) for outer in book.around(row))
