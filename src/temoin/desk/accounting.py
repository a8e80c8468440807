"""The main job: readings go in, in order, and one account comes out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from temoin.records import Reading, Unread
from temoin.records_account import Account


def make_account(outcomes: Iterable[Reading | Unread], *, today: date | None = None) -> Account:
    """Return the account of all that was read, with all that was not.

    outcomes: as `temoin.desk.reading.readings` yields them. today: from which day promises count as overdue; None for the day of the run.
    """
    from temoin.account import account

    read: list[Reading] = []
    unread: list[Unread] = []
    taken: dict[str, int] = {}
    for outcome in outcomes:
        if isinstance(outcome, Unread):
            unread.append(outcome)
        else:
            read.append(_apart(outcome, taken))
    return account(read, unread=unread, today=today)


def _apart(reading: Reading, taken: dict[str, int]) -> Reading:
    """Give a reading an id of its own: claims are pointed at by `<report id>#<n>`, so two reports must not share one."""
    if reading.id not in taken:
        taken[reading.id] = 1
        return reading
    number = taken[reading.id] + 1
    while f"{reading.id}~{number}" in taken:
        number += 1
    taken[reading.id] = number
    name = f"{reading.id}~{number}"
    taken[name] = 1
    return msgspec.structs.replace(reading, id=name, notes=(*reading.notes, f"another report is also called {reading.id}"))
