"""What is new beside an earlier account: happenings, origins, numbers raised and lowered, denials, promises made, kept and broken, words changed.

Two accounts are compared by what their reports say, never by their ids alone: a report is the same where outlet, day and text are, a claim where it
stands at the same place with the same type, stance and number; events and origins are the same where they share such a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from temoin.account.lines import HARM
from temoin.records import Claim, Count, Reading
from temoin.records_account import Account, Commitment, Denial, Event, Figure, News, NewsKind, Since, SourcedClaim

_ReportKey = tuple[str | None, date | None, str]
_ClaimKey = tuple[_ReportKey, int, int, str, str, Count | None]

_DENIED: dict[str, NewsKind] = {"denies": "denied", "doubts": "doubted"}
_STATES: dict[str, NewsKind] = {"kept": "kept", "broken": "broken", "overtaken": "overtaken", "overdue": "overdue"}
_CHANGES: dict[str, NewsKind] = {"first": "figure", "raised": "raised", "lowered": "lowered"}


def news(old: Account, new: Account, *, day: date | None = None) -> Since:
    """Return what `new` holds and `old` does not, happenings first, each with the claim that tells it.

    day: passed on, where the old account is that of the reports before a day. The old account may have been made by another version.
    """
    before = {_report_key(reading) for reading in old.readings}
    now = {_report_key(reading) for reading in new.readings}
    return Since(
        day=day,
        reports_before=len(old.readings),
        last_day_before=max((reading.published for reading in old.readings if reading.published), default=None),
        reports=tuple(reading.id for reading in new.readings if _report_key(reading) not in before),
        gone=tuple(reading.outlet or reading.title or reading.id for reading in old.readings if _report_key(reading) not in now),
        news=tuple(_Comparison(old, new).all()),
    )


class _Comparison:
    """Two accounts, and what of the one is in the other."""

    def __init__(self, old: Account, new: Account) -> None:
        self._old, self._new = old, new
        self._claims = {sourced.id: sourced for sourced in new.claims}
        self._old_claims = {sourced.id: sourced for sourced in old.claims}
        held = _keyed(old)
        self._was = {sourced.id: held[key] for key, sourced in _keyed(new).items() if key in held}  # the same claim, by its id now
        self._now = {before.id: now for now, before in self._was.items()}  # and its id now, by the one before
        self._old_events: dict[str, set[str]] = {}
        self._old_origins: dict[str, set[str]] = {}
        for now, before in self._was.items():
            self._old_events.setdefault(self._claims[now].event, set()).add(before.event)
            self._old_origins.setdefault(self._claims[now].origin, set()).add(before.origin)
        self._asserting: dict[str, set[str]] = {}  # origins of each earlier event
        for event in old.events:
            self._asserting[event.id] = set(event.origins)

    def all(self) -> Iterable[News]:
        """Yield what is new."""
        fresh = {event.id for event in self._new.events if event.id not in self._old_events}
        yield from self._happenings(fresh)
        yield from self._origins(fresh)
        yield from self._figures(fresh)
        yield from self._denials()
        yield from self._commitments()
        for drift in self._new.drifts:
            if drift.later not in self._was:
                yield News(kind="drift", claim=drift.later, event=self._claims[drift.later].event, origin=drift.origin, why=drift.why)

    def _happenings(self, fresh: set[str]) -> Iterable[News]:
        ordered = sorted((event for event in self._new.events if event.id in fresh and event.stage == "told"), key=lambda e: e.type not in HARM)
        for event in ordered:
            first = self._first(event.claims, "asserts")
            if first is not None:
                count = first.claim.count
                yield News(
                    kind="event", claim=first.id, event=event.id, origin=first.origin,
                    low=count.low if count else None, high=count.high if count else None,
                    why=_counted(event),
                )  # fmt: skip

    def _origins(self, fresh: set[str]) -> Iterable[News]:
        """Yield who tells of a known happening for the first time; a number of theirs is told with it."""
        for event in self._new.events:
            if event.id in fresh or event.stage != "told":
                continue
            known = {origin for before in self._old_events[event.id] for origin in self._asserting.get(before, ())}
            for origin in event.origins:
                if self._was_origin(origin) & known:
                    continue
                first = self._first((n for n in event.claims if self._claims[n].origin == origin), "asserts")
                if first is not None and first.id not in self._was:
                    count = first.claim.count
                    yield News(
                        kind="origin", claim=first.id, event=event.id, origin=origin,
                        low=count.low if count else None, high=count.high if count else None,
                        why=f"{len(known)} told of it before",
                    )  # fmt: skip

    def _figures(self, fresh: set[str]) -> Iterable[News]:
        replaced: dict[str, Figure] = {}
        for figure in self._new.figures:
            if figure.superseded_by is not None:
                replaced.setdefault(figure.superseded_by, figure)
        told = {(origin.event, origin.origin) for origin in self._origins(fresh)}
        seen: set[tuple[str, str, int | None, int | None]] = set()
        for figure in sorted(self._new.figures, key=lambda f: (f.change == "first", f.day or date.max)):
            key = (figure.event, figure.origin, figure.low, figure.high)
            if figure.claim in self._was or figure.event in fresh or figure.change not in _CHANGES or key in seen:
                continue
            seen.add(key)
            if figure.change == "first" and ((figure.event, figure.origin) in told or figure.superseded_by is not None):
                continue
            was = replaced.get(figure.claim)
            yield News(
                kind=_CHANGES[figure.change], claim=figure.claim, event=figure.event, origin=figure.origin, low=figure.low, high=figure.high,
                was_low=was.low if was else None, was_high=was.high if was else None,
            )  # fmt: skip

    def _denials(self) -> Iterable[News]:
        """Yield each denier once for each set of happenings that he has not denied before."""
        before: set[tuple[str, str]] = set()
        for denial in self._old.denials:
            now = self._now.get(denial.claim)
            if now is not None:
                before.update((self._claims[now].origin, event) for event in (*denial.answers, self._claims[now].event))
        answered_now: dict[str, Denial] = {denial.claim: denial for denial in self._new.denials}
        for claim, denial in answered_now.items():
            if claim in self._was:
                before.update((denial.by, event) for event in denial.answers)
        for denial in self._new.denials:
            sourced = self._claims[denial.claim]
            about = {(denial.by, event) for event in (denial.answers or (sourced.event,))}
            if denial.claim in self._was or about <= before:
                continue
            before |= about
            yield News(kind=_DENIED.get(sourced.claim.stance, "denied"), claim=denial.claim, event=sourced.event, origin=denial.by, why=denial.why)

    def _commitments(self) -> Iterable[News]:
        held: dict[str, Commitment] = {}
        for commitment in self._old.commitments:
            if (now := self._now.get(commitment.claim)) is not None:
                held[now] = commitment
        for commitment in self._new.commitments:
            was = held.get(commitment.claim) or self._same_promise(commitment, held)
            kind: NewsKind | None = _STATES.get(commitment.state) if was is None or was.state != commitment.state else None
            if was is None and commitment.state not in ("kept", "broken"):
                kind = "promised"
            if kind is None:
                continue
            told = next((n for n in reversed(commitment.evidence) if n in self._claims), commitment.claim) if kind in ("kept", "broken") else ""
            count = self._claims[commitment.claim].claim.count
            yield News(
                kind=kind, claim=told or commitment.claim, event=self._claims[commitment.claim].event, origin=commitment.by,
                low=count.low if count else None, high=count.high if count else None, why=commitment.why,
            )  # fmt: skip

    def _same_promise(self, commitment: Commitment, held: dict[str, Commitment]) -> Commitment | None:
        """Return the earlier promise that this one repeats: an older report of it may have come to light."""
        claim = self._claims[commitment.claim].claim
        for now, before in held.items():
            other = self._claims[now]
            if other.origin == commitment.by and (other.claim.event, other.claim.count) == (claim.event, claim.count):
                return before
        return None

    def _was_origin(self, origin: str) -> set[str]:
        return {origin} | self._old_origins.get(origin, set())

    def _first(self, claims: Iterable[str], stance: str) -> SourcedClaim | None:
        """Return the first of these claims of one stance; one with a number where there is one."""
        found = [self._claims[n] for n in claims if self._claims[n].claim.stance == stance]
        return next((sourced for sourced in found if sourced.claim.count is not None), found[0] if found else None)


def _keyed(account: Account) -> dict[_ClaimKey, SourcedClaim]:
    reports = {reading.id: _report_key(reading) for reading in account.readings}
    return {_claim_key(reports[s.report], s.claim): s for s in account.claims if s.report in reports}


def _report_key(reading: Reading) -> _ReportKey:
    return reading.outlet, reading.published, reading.text


def _claim_key(report: _ReportKey, claim: Claim) -> _ClaimKey:
    return report, claim.start, claim.end, claim.event, claim.stance, claim.count


def _counted(event: Event) -> str:
    return f"{_many(event.reports, 'report')}, {_many(event.origins, 'origin')}"


def _many(things: Sequence[str], word: str) -> str:
    return f"{len(things)} {word}{'s' * (len(things) != 1)}"
