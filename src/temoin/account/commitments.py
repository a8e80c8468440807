"""Promises followed up: what was promised, by when, and what later reports say of it.

The state is judged at a given day. Kept needs the word of somebody else than the promiser, named, after the promise; a report that tells a promise
as done on nobody's word is drift, not evidence. Only reports count that speak of the same ground, or quote somebody whom the promise's reports
quote. Broken needs the day to be past and somebody to say that it was not, or not wholly, done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from temoin.account.bounds import as_day, days, overlap
from temoin.account.copies import counts_meet
from temoin.account.figures import phrase, size
from temoin.account.grounds import Ground
from temoin.account.lines import Line
from temoin.account.origins import Source
from temoin.records import Claim, Count
from temoin.records_account import Commitment, CommitmentState

#: Later claims looked at for one promise, of each ground and each party its reports share with others.
_LOOKED_AT = 60


def commitments(
    lines: Sequence[Line], by_report: Sequence[range], sources: Sequence[Source], grounds: Sequence[Ground], event_of: Sequence[str],
    named: frozenset[str], today: date | None,
) -> tuple[Commitment, ...]:  # fmt: skip
    """Return the promises of an account, each once for its promiser, type and number (without a number: its event), in the order of publication."""
    groups: dict[tuple[str, str, tuple[int | None, int | None] | None], list[int]] = {}
    speaking = [
        frozenset(sources[n].origin for n in report if sources[n].origin in named and not sources[n].own_voice) for report in by_report
    ]  # fmt: skip
    told: dict[tuple[str, str], list[int]] = {}
    for n, line in enumerate(lines):
        claim = line.claim
        if claim.stance == "promises":
            value = _value(claim.count)
            thing = event_of[n] if value is None else claim.event
            groups.setdefault((sources[n].origin, thing, value), []).append(n)
    wanted: dict[str, set[str]] = {}  # whose word, and which ground's, is asked for, by type
    for (origin, _, _), members in groups.items():
        wanted.setdefault(lines[members[0]].claim.event, set()).update(_near(members, origin, lines, speaking, grounds))
    for n, line in enumerate(lines):
        claim = line.claim
        asked = wanted.get(claim.event)
        if asked is None or claim.stance not in ("asserts", "denies"):
            continue
        for origin in speaking[line.at] & asked:
            told.setdefault((claim.event, origin), []).append(n)
        if grounds[n].region is not None and (region := f"@{grounds[n].region}") in asked:
            told.setdefault((claim.event, region), []).append(n)
    now = today.toordinal() if today else None
    latest: dict[tuple[str, str], list[list[int]]] = {}
    for (origin, event, _), members in groups.items():
        latest.setdefault((origin, event), []).append(members)
    out: list[tuple[int, Commitment]] = []
    for (origin, event, value), members in groups.items():
        first = lines[members[0]]
        due = next((lines[n].claim.when for n in members if lines[n].claim.when), None)
        due_day = days(due)[1]
        near: set[int] = set()
        for key in _near(members, origin, lines, speaking, grounds):
            listed = told.get((first.claim.event, key), [])
            begin = _first_from(listed, first, lines)
            near.update(listed[begin : begin + _LOOKED_AT])
        evidence, kept, short = _evidence(members, value, sorted(near), lines, sources, named, origin)
        newer = [
            m
            for m in latest[origin, event]
            if m is not members
            and value is not None
            and lines[m[0]].claim.count
            and all(_later(lines[m[0]], lines[n]) for n in members)  # what is still told as promised has not been overtaken
        ]
        state, why = _judge(due_day, now, kept, short, bool(newer))
        if newer:
            evidence.append(newer[0][0])
            why = f"{why}: {phrase(*(_value(lines[newer[0][0]].claim.count) or (None, None)))}" if state == "overtaken" else why
        repeated = len(members) - 1
        why += f"; told again {repeated} time{'s' * (repeated > 1)}" if repeated else ""
        shown = tuple(lines[n].id for n in sorted(set(evidence)))
        out.append((members[0], Commitment(claim=first.id, by=origin, due=due, due_day=as_day(due_day), state=state, evidence=shown, why=why)))
    return tuple(commitment for _, commitment in sorted(out, key=lambda pair: pair[0]))


def _near(
    members: Sequence[int], origin: str, lines: Sequence[Line], speaking: Sequence[frozenset[str]], grounds: Sequence[Ground],
) -> set[str]:  # fmt: skip
    """Return the parties and grounds under which later claims may bear on a promise."""
    grounded = {f"@{grounds[n].region}" for n in members if grounds[n].region is not None}
    return grounded.union((origin,), *(speaking[lines[n].at] for n in members))


def _evidence(
    members: Sequence[int], value: tuple[int | None, int | None] | None, told: Sequence[int], lines: Sequence[Line], sources: Sequence[Source],
    named: frozenset[str], origin: str,
) -> tuple[list[int], list[int], list[int]]:  # fmt: skip
    """Return the claims that bear on a promise, those that say it was kept, and those that say it fell short."""
    promise = lines[members[0]]
    evidence: list[int] = []
    kept: list[int] = []
    short: list[int] = []
    for n in told:
        line = lines[n]
        claim = line.claim
        if line.at == promise.at or line.day is None or promise.day is None or line.day < promise.day:
            continue
        other = sources[n].origin != origin and sources[n].origin in named and not sources[n].own_voice
        if claim.stance == "denies":
            if other and value is None:
                evidence.append(n)
                short.append(n)
        elif value is not None and claim.count is not None:
            if counts_meet(Count(low=value[0], high=value[1]), claim.count) and size(value) > 1:
                evidence.append(n)
                if other and (line.day > promise.day):
                    kept.append(n)
            elif claim.count.low is None and claim.count.high is not None and claim.count.high < size(value):
                evidence.append(n)
                if other:
                    short.append(n)
        elif value is None and other and _as_promised(claim, members, lines):
            evidence.append(n)
            kept.append(n)
    return evidence[:12], kept, short


def _first_from(told: Sequence[int], promise: Line, lines: Sequence[Line]) -> int:
    """Return where in `told` the reports of the promise's day begin; lines stand in the order of publication."""
    low, high = 0, len(told)
    while low < high:
        middle = (low + high) // 2
        day = lines[told[middle]].day
        if day is not None and promise.day is not None and day < promise.day:
            low = middle + 1
        else:
            high = middle
    return low


def _as_promised(claim: Claim, members: Sequence[int], lines: Sequence[Line]) -> bool:
    """Return whether a thing told of lies in the time for which it was promised."""
    when = next((days(lines[n].claim.when) for n in members if lines[n].claim.when), (None, None))
    told = days(claim.when)
    return None not in (*when, *told) and overlap(when, told)


def _judge(due: int | None, now: int | None, kept: Sequence[int], short: Sequence[int], newer: bool) -> tuple[CommitmentState, str]:
    past = due is not None and now is not None and now > due
    if kept:
        return "kept", "somebody else, by name, says that it was done"
    if newer:
        return "overtaken", "the same promiser has promised something else since"
    if past and short:
        return "broken", "its day is past, and somebody says that it was not, or not wholly, done"
    if past:
        return "overdue", "its day is past, and nobody here says that it was done"
    if short:
        return "open", "so far less was done than promised"
    return "open", "no day is given" if due is None else "its day has not come"


def _later(one: Line, other: Line) -> bool:
    return one.day is not None and other.day is not None and one.day > other.day


def _value(count: Count | None) -> tuple[int | None, int | None] | None:
    return None if count is None else (count.low, count.high)
