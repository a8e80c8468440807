"""What nobody has said, and what nobody has followed up: one origin only, no place, no time, no answer, a figure left to grow old, a day gone by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from temoin.account.events import is_harm
from temoin.account.figures import phrase
from temoin.records_account import Commitment, Denial, Event, Figure, Gap

#: A figure that its origin has not touched for this long, while others still report the event, is told as old.
OLD_DAYS = 90


def gaps(
    events: Sequence[Event], figures: Sequence[Figure], denials: Sequence[Denial], commitments: Sequence[Commitment],
    told_until: Mapping[str, date], answered: Collection[str], today: date | None,
) -> tuple[Gap, ...]:  # fmt: skip
    """Return the gaps of an account, by event, then promises.

    told_until: the day of the latest report of each event. answered: events for which an inquiry is told of on the same ground.
    """
    spoken = {event for denial in denials for event in denial.answers}
    latest: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        key = (figure.event, figure.origin)
        if figure.superseded_by is None and figure.change in ("first", "raised", "lowered") and figure.day is not None:
            if key not in latest or (latest[key].day or date.min) < figure.day:
                latest[key] = figure
    old: dict[str, list[Figure]] = {}
    for (of, _), figure in latest.items():
        old.setdefault(of, []).append(figure)
    out: list[Gap] = []
    for event in events:
        if event.stage != "told" or not event.origins:
            continue
        if is_harm(event):
            if len(event.origins) == 1:
                n = len(event.reports)
                out.append(Gap(kind="one_origin", about=event.id, detail=f"{n} report{'s' * (n > 1)}, one origin"))
            if event.id not in spoken and event.id not in answered:
                out.append(Gap(kind="no_answer", about=event.id, detail="nobody denies it, doubts it or is told to look into it"))
            if event.where is None:
                out.append(Gap(kind="no_place", about=event.id, detail="no report says where"))
            if event.when is None:
                out.append(Gap(kind="no_time", about=event.id, detail="no report says when"))
        until = told_until.get(event.id)
        for figure in sorted(old.get(event.id, ()), key=lambda f: f.claim):
            if until is not None and figure.day is not None and (until - figure.day).days > OLD_DAYS:
                detail = f"{phrase(figure.low, figure.high)}, of {figure.day}, not renewed while reports went on until {until}"
                out.append(Gap(kind="stale_figure", about=figure.claim, detail=detail))
    for promise in commitments:
        if promise.state == "overdue":
            past = f" on {promise.due_day}" if promise.due_day else ""
            out.append(Gap(kind="overdue", about=promise.claim, detail=f"was due{past}; judged at {today}"))
    return tuple(out)
