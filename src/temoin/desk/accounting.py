"""The main job: readings go in, in order, and one account comes out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from temoin.records import Reading, Unread
from temoin.records_account import Account


def make_account(outcomes: Iterable[Reading | Unread], *, today: date | None = None) -> Account:
    """Return the account of all that was read, with all that was not.

    outcomes: as `temoin.desk.reading.readings` yields them. today: from which day promises count as overdue; None for the day of the run.
    """
    from temoin.account import account

    read: list[Reading] = []
    unread: list[Unread] = []
    for outcome in outcomes:
        if isinstance(outcome, Unread):
            unread.append(outcome)
        else:
            read.append(outcome)
    return account(read, unread=unread, today=today)
