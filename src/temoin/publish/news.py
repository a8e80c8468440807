"""What is new since an earlier account, put into words that every writer shares: the first line, and for each item its number and what changed."""

from __future__ import annotations

from temoin.publish.changes import ends
from temoin.publish.index import Index
from temoin.publish.neutral import line
from temoin.publish.wording import Words
from temoin.records_account import News, Since

#: Names of reports that are gone, told by name.
_GONE = 6


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
