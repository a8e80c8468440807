"""The main job: readings go in, in order, and one account comes out; with what is new in it, where somebody asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from temoin.errors import Unreachable
from temoin.records import Reading, Unread
from temoin.records_account import RULES, Account


def make_account(
    outcomes: Iterable[Reading | Unread], *, today: date | None = None, since: date | None = None, beside: Account | None = None,
    rule: str = RULES[0],
) -> Account:  # fmt: skip
    """Return the account of all that was read, with all that was not.

    outcomes: as `temoin.desk.reading.readings` yields them. today: from which day promises count as overdue; None for the day of the run.
    since: tell what is new since that day: beside the account of the reports published before it, as it stood that day; a report without a day
    is not new. beside: tell what is new beside this account; goes before `since`. rule: how figures are reckoned, one of RULES.
    What lies in what (Argun in Chechnya) is asked of the reader's gazetteer, handed on as a function. Raises Unreachable where it is missing.
    """
    from temoin.account import account, news

    read: list[Reading] = []
    unread: list[Unread] = []
    for outcome in outcomes:
        if isinstance(outcome, Unread):
            unread.append(outcome)
        else:
            read.append(outcome)
    made = account(read, unread=unread, today=today or datetime.now(UTC).date(), around=_around, rule=rule)
    if beside is not None:
        return msgspec.structs.replace(made, since=news(beside, made))
    if since is not None:
        before = [reading for reading in read if reading.published is None or reading.published < since]
        return msgspec.structs.replace(made, since=news(account(before, today=since, around=_around, rule=rule), made, day=since))
    return made


def earlier(path: Path) -> Account:
    """Return an account that `temoin account -o FILE.json` wrote. Raises Unreachable where there is no such file, Unreadable where it holds none."""
    from temoin.publish.wire import from_json

    try:
        body = path.read_bytes()
    except OSError as err:
        raise Unreachable(f"{path} cannot be read: {err.strerror or err}", hint="name a file that `temoin account -o FILE.json` wrote") from err
    return from_json(body)


def _around(name: str) -> frozenset[str]:
    """Return the English short names of all places that a place lies in. Where several places of like size bear its name, of all of them."""
    from temoin.read.gazetteer import gazetteer

    book = gazetteer()
    return frozenset(book.spot(outer).name for row in book.named(name) for outer in book.around(row))
