"""What a denial or a doubt answers: the events it speaks of, so that it stands beside them.

A denial of one act answers the claims of that act; a blanket denial ("a pure lie", "no such people") answers every act of persecution that the
same report tells of, and, where it tells of none, those of the same ground. "No complaint has reached us" answers what the complaint would be about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from temoin.account.bounds import Days, overlap
from temoin.account.events import is_harm
from temoin.account.geography import Geography
from temoin.account.grounds import Ground
from temoin.account.lines import Line
from temoin.account.origins import Source
from temoin.records_account import Denial, Event

#: Days between the reports of a blanket denial and of the acts it answers, where no report tells both.
_NEAR = 120


def denials(
    lines: Sequence[Line], by_report: Sequence[range], sources: Sequence[Source], grounds: Sequence[Ground],
    events: Mapping[str, Event], event_of: Sequence[str], geography: Geography,
) -> tuple[Denial, ...]:  # fmt: skip
    """Return every denial and doubt of an account, in the order of publication, with the events it answers."""
    seen: dict[str, Days] = {}
    for n, line in enumerate(lines):
        if line.day is not None:
            low, high = seen.get(event_of[n], (line.day, line.day))
            seen[event_of[n]] = (min(low or line.day, line.day), max(high or line.day, line.day))
    by_region: dict[str | None, list[str]] = {}
    last: dict[tuple[str | None, str], int] = {}  # where an event stands last in its region's list
    for n in range(len(lines)):
        region, event = grounds[n].region, event_of[n]
        held = by_region.setdefault(region, [])
        if last.get((region, event), -65) < len(held) - 64:
            last[region, event] = len(held)
            held.append(event)
    told_in: dict[int, list[str]] = {}  # acts that a report tells of
    out: list[Denial] = []
    for n, line in enumerate(lines):
        claim = line.claim
        if claim.stance not in ("denies", "doubts"):
            continue
        by, own = sources[n].origin, events[event_of[n]]
        verb = "denied" if claim.stance == "denies" else "doubted"
        if line.at not in told_in:
            asserted = (event_of[m] for m in by_report[line.at] if lines[m].claim.stance == "asserts")
            told_in[line.at] = [e for e in dict.fromkeys(asserted) if is_harm(events[e])]
        beside = [e for e in told_in[line.at] if geography.meets(_place(events[e]), _place(own))]
        answers: list[str] = [own.id] if _others(own, by) else []
        why = f"{own.type.replace('_', ' ')} is {verb}" if answers else ""
        if claim.event in ("persecution", "complaint"):
            more = [e for e in beside if _others(events[e], by) and e != own.id]
            if more:
                why = (
                    f"all of it is {verb}, and the same report tells of it"
                    if claim.event == "persecution"
                    else "no complaint is known of what the report tells of"
                )
            elif claim.event == "persecution":
                near = by_region.get(grounds[n].region, []) if grounds[n].region else []
                more = [
                    e for e in near if e != own.id and is_harm(events[e]) and _others(events[e], by)
                    and (line.day is None or e not in seen or overlap((line.day, line.day), seen[e], slack_days=_NEAR))
                ]  # fmt: skip
                if more:
                    why = f"all of it is {verb}, of the same ground and season"
            answers += more
        elif not answers:
            answers = [e for e in beside if events[e].type == "persecution" and _others(events[e], by)]
            why = (
                f"{own.type.replace('_', ' ')} is {verb}, which nobody else tells of by that name here"
                if answers
                else "nothing in these reports that it answers"
            )
        out.append(Denial(claim=line.id, by=by, answers=tuple(dict.fromkeys(answers)), why=why or "nothing in these reports that it answers"))
    return tuple(out)


def _others(event: Event, origin: str) -> bool:
    """Return whether somebody else than the denier asserts an event."""
    return any(other != origin for other in event.origins)


def _place(event: Event) -> str | None:
    return event.where
