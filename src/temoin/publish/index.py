"""An account looked up: every id resolved once, every line of the page given its anchor.

Anchors are made from places in the account (`r3`, `r3c5`, `e2`, `o7`), never from ids that came from outside, so none can break out of
an attribute. An account whose lines point at something it does not hold is refused: a page with dead links would mislead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from temoin.errors import Broken
from temoin.publish.neutral import line
from temoin.records import Reading
from temoin.records_account import Account, Denial, Echo, Event, Figure, Origin, Party, Reckoning, SourcedClaim


def short_path(path: str) -> str:
    """Return the last two parts of a path: enough to find the file, without telling whose folder it lay in."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return line("/".join(parts[-2:]), 160) or line(path, 160)


#: What is done to people; the other types are what is done about it.
HARM = frozenset({"killing", "detention", "abduction", "torture", "sexual_violence", "threat", "persecution", "displacement"})
# An account tells unnamed sources apart by a note in English; the page says the same in its own language.
_UNNAMED = re.compile(r"\s*\(unnamed\b.*\)$", re.DOTALL)


def _by_id(kind: str, things: Iterable[object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for thing in things:
        key: str = thing.id  # type: ignore[attr-defined]
        if key in found:
            raise Broken(f"the account holds two {kind} with the id {line(key, 80)!r}, each wants its own")
        found[key] = thing
    return found


class Index:
    """The account's records by id, their anchors, and the orders in which a reader meets them."""

    def __init__(self, account: Account) -> None:
        """Resolve everything. Raises Broken where ids are doubled or point nowhere."""
        self.account = account
        self.readings: dict[str, Reading] = _by_id("reports", account.readings)  # type: ignore[assignment]
        self.claims: dict[str, SourcedClaim] = _by_id("claims", account.claims)  # type: ignore[assignment]
        self.origins: dict[str, Origin] = _by_id("origins", account.origins)  # type: ignore[assignment]
        self.parties: dict[str, Party] = _by_id("parties", account.parties)  # type: ignore[assignment]
        self.events: dict[str, Event] = _by_id("events", account.events)  # type: ignore[assignment]
        self._check()

        self.report_anchor = {reading.id: f"r{n}" for n, reading in enumerate(account.readings, 1)}
        self.event_anchor = {event.id: f"e{n}" for n, event in enumerate(account.events, 1)}
        self.origin_anchor = {origin.id: f"o{n}" for n, origin in enumerate(account.origins, 1)}
        self.claims_of_report: dict[str, list[SourcedClaim]] = defaultdict(list)
        for claim in account.claims:
            self.claims_of_report[claim.report].append(claim)
        self.claim_anchor: dict[str, str] = {}
        for report, claims in self.claims_of_report.items():
            claims.sort(key=lambda sourced: (sourced.claim.start, -sourced.claim.end))
            for n, sourced in enumerate(claims, 1):
                self.claim_anchor[sourced.id] = f"{self.report_anchor[report]}c{n}"
        self._named_in: dict[str, str | None] = {}
        self._reports_of_origin: dict[str, list[str]] = defaultdict(list)
        for claim in account.claims:
            self._reports_of_origin[claim.origin].append(claim.report)
        self.claims_of_event: dict[str, list[SourcedClaim]] = defaultdict(list)
        for claim in sorted(account.claims, key=self.order):
            self.claims_of_event[claim.event].append(claim)
        self.figures_of_event: dict[str, list[Figure]] = defaultdict(list)
        for figure in account.figures:
            self.figures_of_event[figure.event].append(figure)
        self.figure_of_claim: dict[str, Figure] = {figure.claim: figure for figure in account.figures}
        self.due: dict[str, date] = {promise.claim: promise.due_day for promise in account.commitments if promise.due_day}
        self._changed = {drift.later for drift in account.drifts if drift.kind in ("number", "bound")}
        # Where every figure was left aside there is nothing to take together.
        self.reckoning_of_event: dict[str, Reckoning] = {
            reckoning.event: reckoning for reckoning in account.reckonings if (reckoning.low, reckoning.high) != (None, None)
        }
        self.denials_of_event: dict[str, list[Denial]] = defaultdict(list)
        for denial in account.denials:
            for event in denial.answers:
                self.denials_of_event[event].append(denial)
        self.echo_of_report: dict[str, list[Echo]] = defaultdict(list)
        for echo in account.echoes:
            self.echo_of_report[echo.report].append(echo)

    def _check(self) -> None:
        """Refuse references that lead nowhere."""
        kinds: dict[str, dict[str, object]] = {
            "report": dict(self.readings),
            "claim": dict(self.claims),
            "origin": dict(self.origins),
            "event": dict(self.events),
            "party": dict(self.parties),
        }
        account = self.account
        wanted: list[tuple[str, str, str]] = []
        for claim in account.claims:
            wanted += [(claim.id, "report", claim.report), (claim.id, "origin", claim.origin), (claim.id, "event", claim.event)]
            wanted += [(claim.id, "party", link.party) for link in claim.chain]
        for echo in account.echoes:
            wanted += [(echo.report, "report", echo.report), (echo.report, "report", echo.of)]
        for figure in account.figures:
            wanted += [(figure.claim, "event", figure.event), (figure.claim, "origin", figure.origin), (figure.claim, "claim", figure.claim)]
        for denial in account.denials:
            wanted += [(denial.claim, "claim", denial.claim), (denial.claim, "origin", denial.by)]
            wanted += [(denial.claim, "event", event) for event in denial.answers]
        for commitment in account.commitments:
            wanted += [(commitment.claim, "claim", commitment.claim), (commitment.claim, "origin", commitment.by)]
            wanted += [(commitment.claim, "claim", claim_id) for claim_id in commitment.evidence]
        for drift in account.drifts:
            wanted += [(drift.later, "origin", drift.origin), (drift.later, "claim", drift.earlier), (drift.later, "claim", drift.later)]
        for item in account.since.news if account.since else ():
            wanted += [(item.claim, "claim", item.claim)]
            wanted += [(item.claim, "event", item.event)] if item.event is not None else []
            wanted += [(item.claim, "origin", item.origin)] if item.origin is not None else []
        for reckoning in account.reckonings:
            wanted += [(reckoning.event, "event", reckoning.event)]
        for holder, kind, key in wanted:
            if key not in kinds[kind]:
                raise Broken(f"{line(holder, 80)!r} points at the {kind} {line(key, 80)!r}, which the account does not hold")

    def day(self, sourced: SourcedClaim) -> date | None:
        """Return the day of publication of the claim's report."""
        return self.readings[sourced.report].published

    def order(self, sourced: SourcedClaim) -> tuple[date, str, int]:
        """Sort key: by day of publication, undated last, then by report and place."""
        return (self.day(sourced) or date.max, sourced.report, sourced.claim.start)

    def outlet(self, report: str) -> str:
        """Return the outlet as given, else an empty string."""
        return line(self.readings[report].outlet or "", 80)

    def label(self, report: str) -> str:
        """Return what a person calls a report by: outlet, else title, else file name, else id."""
        reading = self.readings[report]
        path = (reading.path or "").replace("\\", "/").rsplit("/", 1)[-1]
        return line(reading.outlet or reading.title or path or reading.id, 60)

    def lang(self, report: str) -> str | None:
        """Return the language of a report."""
        return self.readings[report].lang

    def party_name(self, party: str) -> str:
        """Return the name of a party on one line, its id where the account does not hold it."""
        found = self.parties.get(party)
        return line(found.name if found else party, 90)

    def origin_name(self, origin: str) -> str:
        """Return the name of an origin on one line."""
        found = self.origins[origin]
        return line(found.name if found.named else _UNNAMED.sub("", found.name) or found.name, 90)

    def origin_lang(self, origin: str) -> str | None:
        """Return the language in which an origin is named: that of a report that carries it and names it so; None where none does."""
        if origin not in self._named_in:
            carriers = [self.origins[origin].first_report, *self._reports_of_origin.get(origin, ())]
            self._named_in[origin] = self.lang_of(self.origin_name(origin), carriers)
        return self._named_in[origin]

    def lang_of(self, name: str, reports: Iterable[str]) -> str | None:
        """Return the language of the first of these reports whose text or outlet holds the name."""
        for report in reports:
            reading = self.readings.get(report)
            if reading is not None and (name in reading.text or name == line(reading.outlet or "", 90)):
                return reading.lang
        return None

    def reports_of_event(self, event: Event) -> list[str]:
        """Return the reports that carry the event, from its claims, in order of publication."""
        return list(dict.fromkeys([claim.report for claim in self.claims_of_event[event.id]] + [r for r in event.reports if r in self.readings]))

    def asserted(self) -> list[Event]:
        """Return the events that somebody asserts: harm before what was done about it, then those with most origins and reports."""
        asserted = [event for event in self.account.events if any(claim.claim.stance == "asserts" for claim in self.claims_of_event[event.id])]
        return sorted(asserted, key=self._weight)

    def _weight(self, event: Event) -> tuple[bool, int, int, int]:
        return (event.type not in HARM, -len(event.origins), -len(self.reports_of_event(event)), -len(self.claims_of_event[event.id]))

    def current_figures(self, event: str) -> list[Figure]:
        """Return the figures of an event that their own origin has not replaced, each at the first report that gives it.

        A number that changed on the way to a report is left out where the origin's own stands beside it.
        """
        seen: set[tuple[str, int | None, int | None]] = set()
        kept: list[Figure] = []
        figures = sorted(self.figures_of_event[event], key=lambda figure: figure.day or date.max)
        own = {figure.origin for figure in figures if figure.superseded_by is None and figure.claim not in self._changed}
        for figure in figures:
            key = (figure.origin, figure.low, figure.high)
            if figure.claim in self._changed and figure.origin in own:
                continue
            if figure.superseded_by is None and key not in seen:
                seen.add(key)
                kept.append(figure)
        return kept
