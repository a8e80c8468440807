"""What is new since an earlier account, put into words and in an order that every writer shares.

News of one happening stand together, and so do the promises of one party; harm comes before what is done about it, and what most reports tell first.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from temoin.publish.changes import ends
from temoin.publish.index import HARM, Index
from temoin.publish.neutral import line
from temoin.publish.wording import Words
from temoin.records_account import News, NewsKind, Since

#: What weighs most is told first: within a happening, and among the promises of one party.
_WEIGHT: tuple[NewsKind, ...] = (
    "event", "raised", "lowered", "denied", "doubted", "broken", "overdue", "kept", "promised", "overtaken", "figure", "origin", "drift",
)  # fmt: skip
_PROMISES = frozenset({"promised", "kept", "broken", "overtaken", "overdue"})

#: Names of reports that are gone, told by name.
_GONE = 6


@dataclass(frozen=True)
class NewsGroup:
    """What is new of one happening, or what one party has promised."""

    event: str | None  # Event.id; None for promises, and for what belongs to no happening
    party: str | None  # Origin.id; None for a happening
    items: tuple[News, ...]  # what weighs most first


def groups(since: Since, index: Index) -> tuple[NewsGroup, ...]:
    """Return the news in groups: harm, then what is done about it, then promises; in each the one that most reports tell of first."""
    found: dict[tuple[str | None, str | None], list[News]] = {}
    for item in since.news:
        key = (None, item.origin) if item.kind in _PROMISES else (item.event, None)
        found.setdefault(key, []).append(item)

    def rank(entry: tuple[int, NewsGroup]) -> tuple[int, int, int, int]:
        nth, group = entry
        first = _WEIGHT.index(group.items[0].kind)
        if group.event is None:
            return 2, first, 0, nth
        event = index.events[group.event]
        return int(event.type not in HARM), -len(index.reports_of_event(event)), first, nth

    made = [
        NewsGroup(event, party, tuple(sorted(items, key=lambda item: _WEIGHT.index(item.kind)))) for (event, party), items in found.items()
    ]  # fmt: skip
    return tuple(group for _, group in sorted(enumerate(made), key=rank))


def tally(since: Since, own: Words) -> str:
    """Return how much is new of each kind: "New: 3 · Raised: 1"; "" where nothing is."""
    counted = Counter(item.kind for item in since.news)
    return " · ".join(f"{own.say(f'news.{kind}')}{own.colon} {own.digits(counted[kind])}" for kind in _WEIGHT if counted[kind])


def lead(since: Since, own: Words) -> str:
    """Return how many reports are new, and beside what."""
    reports = own.say("news.reports", len(since.reports))
    if since.day is not None:
        return own.say("news.since", day=own.day(since.day), reports=reports)
    before = own.say("count.reports", since.reports_before)
    if since.last_day_before is None:
        return own.say("news.beside_undated", before=before, reports=reports)
    return own.say("news.beside", before=before, day=own.day(since.last_day_before), reports=reports)


def gone(since: Since, own: Words) -> str:
    """Return which reports the earlier account held and this one does not; "" where there are none."""
    if not since.gone:
        return ""
    names = [line(name, 60) for name in since.gone[:_GONE]]
    if len(since.gone) > _GONE:
        names.append(own.say("page.more", len(since.gone) - _GONE))
    return own.say("news.gone", names=", ".join(names))


def number(item: News, own: Words) -> str:
    """Return the number of an item with what it was before, "" where none is stated."""
    if (item.low, item.high) == (None, None):
        return ""
    now = own.count(item.low, item.high)
    if (item.was_low, item.was_high) == (None, None):
        return now
    return own.say("news.was", was=own.count(item.was_low, item.was_high), now=now)


def change(item: News, index: Index, own: Words) -> str:
    """Return what a drift made of what, "" for another item."""
    if item.kind != "drift":
        return ""
    found = next((drift for drift in index.account.drifts if drift.later == item.claim and drift.origin == item.origin), None)
    return " → ".join(ends(found, index, own)) if found else ""
