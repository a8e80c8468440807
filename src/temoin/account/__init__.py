"""Many reports made into one account: who says what, where it goes back to, what it answers, and what changed on the way.

Pure: the same readings in any order give the same account, whatever the clock, the machine and the hash seed. What a person must decide is
proposed, never decided. The rules are told in docs/explanation/account.md.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import pairwise

from temoin.account.affiliations import Houses
from temoin.account.bounds import as_day
from temoin.account.commitments import commitments
from temoin.account.copies import copies
from temoin.account.denials import denials
from temoin.account.drift import Drifts
from temoin.account.echoes import EchoIndex
from temoin.account.events import Events
from temoin.account.figures import figures
from temoin.account.gaps import gaps
from temoin.account.geography import Around, Geography, Inside
from temoin.account.grounds import Ground, grounds
from temoin.account.lines import HARM, Line, in_order, lines
from temoin.account.news import news
from temoin.account.origins import Origins
from temoin.account.parties import Parties
from temoin.account.reckonings import reckon
from temoin.account.speakers import Speakers
from temoin.account.translations import translations
from temoin.records import Count, Reading, Unread
from temoin.records_account import RULES, Account, Drift, Echo, Event, Proposal, SourcedClaim

__all__ = ["RULES", "EchoIndex", "account", "news", "reckon"]


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Hold the cycle collector while an account is built: it holds no cycles, and looking for them costs a third of the time (measured)."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def account(
    readings: Sequence[Reading], *, unread: Sequence[Unread] = (), today: date | None = None, inside: Inside | None = None,
    around: Around | None = None, rule: str = "span",
) -> Account:  # fmt: skip
    """Return the account of these readings.

    unread: what could not be read, passed on, by path.
    today: the day at which promises are judged; where it is None, the day of the latest report.
    inside: says whether one place (English short name) lies in another; around: returns the names of all places that hold one. One is enough, and
    `around` is asked once for each place, not for each pair; without either only countries hold their places.
    rule: how figures are reckoned, one of RULES.
    Two different readings under one id get ids of their own; equal ones count once.
    """
    with _without_collecting():
        ordered = in_order(readings)
        return _account(ordered, unread, today, Geography(ordered, inside, around), rule)


def _account(ordered: tuple[Reading, ...], unread: Sequence[Unread], today: date | None, geography: Geography, rule: str) -> Account:
    rows = lines(ordered)
    by_report = _by_report(rows, len(ordered))
    report_at = {reading.id: at for at, reading in enumerate(ordered)}
    now = today or max((reading.published for reading in ordered if reading.published), default=None)
    parties = Parties(ordered, geography)
    echoes = EchoIndex().add_all(ordered)
    copied = copies(rows, by_report, echoes, report_at)
    origins = Origins(ordered, rows, by_report, parties, copied, echoes)
    named = frozenset(origin.id for origin in origins.all if origin.named)
    ground = grounds(ordered, rows, by_report, geography)
    events = Events(ordered, rows, by_report, origins.sources, copied, ground, geography, named)
    by_id = {event.id: event for event in events.all}
    names = {origin.id: origin.name for origin in origins.all}
    found = _drifts(ordered, rows, by_report, report_at, parties, origins, ground, events, geography, named, names, echoes)
    counted = figures(ordered, rows, origins.sources, events.of, found.changed("number"))
    found.stale(counted)
    drifts = found.all()
    answers = denials(rows, by_report, origins.sources, ground, by_id, events.of, geography)
    reckoned = reckon(
        counted, rule=rule, denied={event for denial in answers for event in denial.answers}, names=names,
        drifted=_misled(drifts, rows, by_report, origins, events.of),
        unsourced={row.id for n, row in enumerate(rows) if origins.sources[n].own_voice},
    )  # fmt: skip
    promised = commitments(rows, by_report, origins.sources, ground, events.of, named, now)
    return Account(
        readings=ordered,
        unread=tuple(sorted(unread, key=lambda u: (u.path, u.reason))),
        claims=tuple(
            SourcedClaim(
                id=row.id, report=ordered[row.at].id, claim=row.claim, origin=origins.sources[n].origin, chain=origins.sources[n].chain,
                event=events.of[n], echo=n in copied, event_why=events.why[n],
            )
            for n, row in enumerate(rows)
        ),
        parties=parties.all, origins=origins.all,
        echoes=(*echoes, *translations(ordered, rows, by_report, origins.sources)),
        events=events.all, figures=counted, reckonings=reckoned, denials=answers,
        commitments=promised, drifts=drifts,
        proposals=(*parties.proposals, *(Proposal(one=a, other=b, why=why, score=0.5) for (a, b), why in sorted(found.one_voice.items()))),
        gaps=gaps(events.all, counted, answers, promised, _told_until(rows, events.of), _answered(events.all, rows, events.of, ground), now),
    )  # fmt: skip


def _drifts(
    ordered: Sequence[Reading], rows: Sequence[Line], by_report: Sequence[range], report_at: dict[str, int], parties: Parties, origins: Origins,
    ground: Sequence[Ground], events: Events, geography: Geography, named: frozenset[str], names: dict[str, str], echoes: Sequence[Echo],
) -> Drifts:  # fmt: skip
    """Return what changed on the way, but for figures gone stale, which need the figures first."""
    houses = Houses(ordered, rows, origins.sources)
    insiders: dict[int, str] = {}
    vias: dict[int, str] = {}
    for n, row in enumerate(rows):
        if row.claim.stance != "denies" and row.claim.count is None:
            continue
        if (speaker := parties.speaker(row.at, row.claim)) is not None and speaker.party is None and speaker.office:
            insiders[n] = speaker.office
        if (via := parties.via(row.at, row.claim)) is not None and via.party is not None:
            vias[n] = via.party
    bodies = {f"body:{party.id}": party.office or "" for party in parties.all if party.office}
    bodies |= {f"body:{party}": code for party, code in parties.bodies.items()}
    found = Drifts(ordered, rows, by_report, origins.sources, ground, events.of, geography, named, {**names, **bodies}, houses)
    for echo in echoes:
        found.copied(echo, report_at)
    speakers = Speakers(rows, origins.sources, events.of, parties.by_id, houses, insiders, vias)
    for mouth in speakers.disagreements():
        found.mouth(mouth)
    found.one_voice = speakers.proposals
    found.sums()
    found.bounds()
    found.certainty()
    found.stage()
    found.kinds()
    return found


def _misled(drifts: Sequence[Drift], rows: Sequence[Line], by_report: Sequence[range], origins: Origins, event_of: Sequence[str]) -> set[str]:
    """Return the claims that stand for nobody's figure: numbers changed on the way, promises told as done, another's figures."""
    at = {row.id: n for n, row in enumerate(rows)}
    counted: dict[str, set[tuple[str, Count]]] = {}
    for n, row in enumerate(rows):
        if row.claim.count is not None:
            counted.setdefault(origins.sources[n].origin, set()).add((event_of[n], row.claim.count))
    out = {drift.later for drift in drifts if drift.kind in ("stage", "kind") and drift.weight >= 4}
    for drift in drifts:
        if drift.kind == "number":
            m = at[drift.later]
            out.update(rows[k].id for k in by_report[rows[m].at] if event_of[k] == event_of[m] and rows[k].claim.count == rows[m].claim.count)
        if drift.kind != "speaker" or drift.weight < 4:
            continue
        n, m = at[drift.earlier], at[drift.later]
        one, other = origins.sources[n].origin, origins.sources[m].origin
        theirs = counted.get(one, set())
        out.update(rows[k].id for k in by_report[rows[m].at] if origins.sources[k].origin == other and (event_of[k], rows[k].claim.count) in theirs)
    return out


def _by_report(rows: Sequence[Line], reports: int) -> list[range]:
    """Return for each report the range of its lines."""
    counts = [0] * (reports + 1)
    for row in rows:
        counts[row.at + 1] += 1
    for at in range(reports):
        counts[at + 1] += counts[at]
    return [range(first, last) for first, last in pairwise(counts)]


def _told_until(rows: Sequence[Line], event_of: Sequence[str]) -> dict[str, date]:
    """Return the day of the latest report of each event."""
    latest: dict[str, int] = {}
    for n, row in enumerate(rows):
        if row.day is not None:
            latest[event_of[n]] = max(latest.get(event_of[n], row.day), row.day)
    return {event: day for event, last in latest.items() if (day := as_day(last)) is not None}


def _answered(events: Sequence[Event], rows: Sequence[Line], event_of: Sequence[str], ground: Sequence[Ground]) -> set[str]:
    """Return the acts on whose ground, or in whose reports, an inquiry is told of."""
    inquired = {(ground[n].region) for n, row in enumerate(rows) if row.claim.event == "investigation" and row.claim.stance == "asserts"} - {None}
    reports = {report for event in events if event.type == "investigation" and event.stage == "told" and event.origins for report in event.reports}
    regions: dict[str, set[str | None]] = {}
    for n, event in enumerate(event_of):
        regions.setdefault(event, set()).add(ground[n].region)
    return {event.id for event in events if event.type in HARM and (regions[event.id] & inquired or reports.intersection(event.reports))}
