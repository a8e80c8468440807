"""Where a claim changed on its way: another number, a bound lost, another speaker, more certainty, a promise told as done.

Each finding shows two claims, what the one said and what became of it in the other, and how much that misleads (5 most). The reference is the
more careful or the better supported wording; where it is not the older one, the reason says so. A change that the origin itself can have made (a
raised figure) is history, not drift.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice

from temoin.account.affiliations import Houses
from temoin.account.copies import counts_meet, matches
from temoin.account.figures import Value, phrase, same_number, size
from temoin.account.geography import Geography
from temoin.account.grounds import Ground
from temoin.account.lines import HARM, Line
from temoin.account.origins import Source
from temoin.account.speakers import Mouth, in_a_copy
from temoin.account.spelling import fold
from temoin.account.wording import wording
from temoin.records import Count, Reading
from temoin.records_account import Drift, DriftKind, Echo, Figure

#: Days by which a careful wording may be younger than a careless one and still be its reference: one news moment.
_MOMENT = 3
#: Code points between two numbers of one speaker that somebody may add up.
_BESIDE = 250
#: Days between two reports of one story.
_NEAR = 62
#: Days between a promise and a report that tells it as done.
_YEAR = 366


class Drifts:
    """Collects what changed, one finding for each kind, report and thing; the most misleading first."""

    def __init__(
        self, readings: Sequence[Reading], lines: Sequence[Line], by_report: Sequence[range], sources: Sequence[Source], grounds: Sequence[Ground],
        event_of: Sequence[str], geography: Geography, named: frozenset[str], names: Mapping[str, str], houses: Houses,
    ) -> None:  # fmt: skip
        self._readings, self._lines, self._by_report, self._sources = readings, lines, by_report, sources
        self._grounds, self._event_of, self._geography, self._named = grounds, event_of, geography, named
        self._names, self._houses = names, houses
        self._at = {line.id: n for n, line in enumerate(lines)}
        self._events = [line.claim.event for line in lines]
        self._origins = [source.origin for source in sources]
        self._values: list[Value] = [_value(line.claim.count) for line in lines]
        self._found: dict[tuple[str, int, str, str], Drift] = {}
        self.one_voice: dict[tuple[str, str], str] = {}  # parties that may be one voice, for a person to decide

    def all(self) -> tuple[Drift, ...]:
        """Return the findings, the most misleading first, then by day."""
        return tuple(sorted(self._found.values(), key=lambda d: (-d.weight, self._at[d.later], self._at[d.earlier], d.kind)))

    def _add(self, kind: DriftKind, n: int, m: int, was: str, became: str, weight: int, why: str) -> None:
        """Write down that claim n became claim m."""
        older = self._lines[n].day is not None and self._lines[m].day is not None and (self._lines[n].day or 0) > (self._lines[m].day or 0)
        why += f"; {self._readings[self._lines[m].at].id} is the older report" if older else ""
        speaker = became if kind == "speaker" and not self._own_voice(m) else self._sources[n].origin
        thing = "" if kind == "speaker" and not self._own_voice(m) else self._event_of[m]
        key = (kind, self._lines[m].at, speaker, thing)
        old = self._found.get(key)
        if old is None or (weight, "copy" in why) > (old.weight, "copy" in old.why):
            self._found[key] = Drift(
                kind=kind, origin=self._sources[n].origin,
                earlier=self._lines[n].id, later=self._lines[m].id, was=was, became=became, weight=weight, why=why,
            )  # fmt: skip

    # -- numbers

    def bounds(self) -> None:
        """Find bounds that were lost: "at least four" told as "four", by the same origin about the same event."""
        groups: dict[tuple[str, str], list[int]] = {}
        changed = self.changed("number")  # what is no number of its origin has no bound of his to lose
        for n, line in enumerate(self._lines):
            if line.claim.count is not None and line.claim.stance == "asserts" and n not in changed:
                groups.setdefault((self._sources[n].origin, self._event_of[n]), []).append(n)
        for members in groups.values():
            values = {self._value(n) for n in members}
            if len(values) < 2:
                continue
            for careful in sorted((v for v in values if v[0] != v[1]), key=str):
                held = [n for n in members if self._value(n) == careful]
                about = None not in careful  # "about 7,500": a rounding, not a bound
                for m in members:
                    if self._value(m)[0] != self._value(m)[1] or not same_number(careful, self._value(m)) or size(careful) < 2:
                        continue
                    here = [n for n in held if self._lines[n].at == self._lines[m].at]
                    before = [n for n in held if self._lines[n].at != self._lines[m].at and self._not_after(n, m)]
                    was, became = phrase(*careful), phrase(*self._value(m))
                    exact = {self._lines[n].at for n in members if self._value(n) == self._value(m)}
                    if about and len(exact) > len({self._lines[n].at for n in held}):
                        continue
                    if here:
                        self._add("bound", here[0], m, was, became, 2, "its own text keeps the bound that this sentence drops")
                    elif before:
                        told = len({self._lines[n].at for n in held})
                        self._add("bound", before[0], m, was, became, 3, f"{told} report{'s' * (told > 1)} give{'s' * (told == 1)} it with its bound")

    def stale(self, figures: Sequence[Figure]) -> None:
        """Find figures repeated after their origin had changed them."""
        for figure in figures:
            if figure.change == "stale" and figure.superseded_by:
                n, m = self._at[figure.superseded_by], self._at[figure.claim]
                day = figure.day or date.min
                newer = self._lines[n].day
                since = f"{day.toordinal() - newer} days" if newer is not None and figure.day else "some time"
                self._add("stale", n, m, phrase(*self._value(n)), phrase(*self._value(m)), 3, f"the origin had given another figure {since} before")

    def sums(self) -> None:
        """Find numbers that add up two numbers of one speaker: twelve verified and eight under verification told as twenty."""
        totals: dict[tuple[str, int], list[tuple[int, int]]] = {}
        of_origin: dict[tuple[str, int, str], list[tuple[int, int]]] = {}  # the same, for those whom no body stands behind
        for report in self._by_report:
            exact = [n for n in report if self._exact(n) and not self._sources[n].own_voice]
            for k, n in enumerate(exact):
                for m in islice(exact, k + 1, None):
                    if self._lines[m].claim.start - self._lines[n].claim.end > _BESIDE:
                        break
                    if self._sources[n].origin != self._sources[m].origin:
                        continue
                    if self._value(n) != self._value(m) or self._lines[n].claim.event != self._lines[m].claim.event:
                        whole = size(self._value(n)) + size(self._value(m))
                        for event in {self._lines[n].claim.event, self._lines[m].claim.event}:
                            totals.setdefault((event, whole), []).append((n, m))
                            of_origin.setdefault((event, whole, self._sources[n].origin), []).append((n, m))
        for report in self._by_report:
            for n in report:
                claim = self._lines[n].claim
                if claim.count is None or claim.stance != "asserts" or not totals:
                    continue
                value = self._value(n)
                middle = value[0] if value[0] == value[1] else (value[0] + value[1]) // 2 if value[0] is not None and value[1] is not None else None
                origin = self._sources[n].origin
                listed = totals.get((claim.event, middle or 0), ()) if self._body(origin) else of_origin.get((claim.event, middle or 0, origin), ())
                for one, other in listed:
                    part = one if self._lines[one].claim.event == claim.event else other
                    if self._lines[one].at == self._lines[n].at or not self._same_voice(part, n) or not self._not_after(part, n):
                        continue
                    if not self._geography.meets(self._grounds[part].region, self._grounds[n].region):
                        continue
                    parts = " and ".join(f"{phrase(*self._value(k))} ({self._lines[k].claim.event})" for k in (one, other))
                    self._add("number", part, n, parts, phrase(*value), 4, "two numbers of one speaker were added up")
                    break

    def _same_voice(self, part: int, n: int) -> bool:
        """Return whether two claims are of one origin, or of a person and the body that person speaks for."""
        a, b = self._sources[part].origin, self._sources[n].origin
        if a == b:
            return True
        body = self._body(b)
        return bool(body and any(body.startswith(code) or code.startswith(body) for code in self._houses.of(a)))

    def _body(self, origin: str) -> str:
        """Return the code of the office or body an origin is; "" where it is none."""
        return self._names.get(f"body:{origin}", "")

    # -- copies

    def copied(self, echo: Echo, report_at: Mapping[str, int]) -> None:
        """Find what a copy changed of its source: numbers, speakers, certainty, kind, negation."""
        copy, source = self._by_report[report_at[echo.report]], self._by_report[report_at[echo.of]]
        pairs = matches(self._by_report, echo, report_at, self._events, self._origins, self._alike)
        for mouth in in_a_copy(pairs, self._lines, self._sources, copy, source, self._named):
            self.mouth(mouth)
        for n, m in pairs:
            mine, theirs = self._lines[n].claim, self._lines[m].claim
            same_origin = self._sources[n].origin == self._sources[m].origin and not self._sources[n].own_voice
            if mine.stance == "asserts" and theirs.stance == "denies" and same_origin and mine.event == theirs.event:
                if not any(self._lines[k].claim.stance == "denies" and self._lines[k].claim.event == mine.event for k in copy):
                    self._add("negation", m, n, "denies it", "asserts it", 5, "the copy lost the denial")
            if not same_origin or mine.stance != theirs.stance or mine.count is None or theirs.count is None:
                continue
            if mine.event == theirs.event and not counts_meet(mine.count, theirs.count) and not same_number(self._value(n), self._value(m)):
                known = {self._value(k) for k in source if self._lines[k].claim.event == mine.event and self._lines[k].claim.count}
                if self._value(n) not in known:
                    self._add("number", m, n, phrase(*self._value(m)), phrase(*self._value(n)), 4, "the copy gives another number than its source")
            elif mine.event != theirs.event and mine.event in HARM and theirs.event in HARM:
                was, became = theirs.event.replace("_", " "), mine.event.replace("_", " ")
                self._add("kind", m, n, was, became, 4, f"the copy tells {phrase(*self._value(n))} as something else")
            elif theirs.modality in ("alleged", "possible") and mine.modality == "fact" and mine.event == theirs.event and not self._own_voice(n):
                # a copy that leaves the speaker out has lost more than a mark of hearsay: that is told as words put into another mouth
                self._add("certainty", m, n, theirs.modality, "fact", 3, "the copy tells as fact what its source marks as told")

    def _alike(self, n: int, m: int) -> float:
        """Return how well a claim of a copy and one of its source agree: by event, speaker, number and stance."""
        one_origin = self._origins[n] == self._origins[m] and not self._sources[n].own_voice
        event = self._events[m]
        same_event = self._events[n] == event
        if not same_event and not one_origin:
            return 0.0
        mine, theirs = self._lines[n].claim, self._lines[m].claim
        number = mine.count is not None and theirs.count is not None and same_number(self._values[n], self._values[m])
        if same_event:
            return 2.0 + 2 * one_origin + 2 * number + (mine.stance == theirs.stance) + 0.5 * (mine.count == theirs.count)
        if not number or size(self._values[n]) <= 1:
            return 0.0
        here = self._by_report[self._lines[n].at]
        return 0.0 if any(self._events[k] == event and self._lines[k].claim.count == theirs.count for k in here) else 1.0

    # -- speakers, certainty, stage, kind

    def mouth(self, mouth: Mouth) -> None:
        """Write down that a thing is credited to another speaker."""
        n, m = mouth.earlier, mouth.later
        became = "the report's own voice" if self._own_voice(m) else self._names.get(self._sources[m].origin, self._sources[m].origin)
        self._add("speaker", n, m, self._names.get(self._sources[n].origin, self._sources[n].origin), became, mouth.weight, mouth.why)

    def certainty(self) -> None:
        """Find doubts that became denials: "unconfirmed" told as "false", of the same speaker."""
        by_origin: dict[str, dict[int, dict[str, int]]] = {}
        for n, line in enumerate(self._lines):
            if line.claim.event in HARM and line.claim.stance in ("denies", "doubts") and self._sources[n].origin in self._named:
                by_origin.setdefault(self._sources[n].origin, {}).setdefault(line.at, {}).setdefault(line.claim.stance, n)
        for reports in by_origin.values():
            doubts = [stances["doubts"] for stances in reports.values() if "doubts" in stances and "denies" not in stances]
            for stances in reports.values():
                if "denies" in stances and "doubts" not in stances:
                    m = stances["denies"]
                    held = [n for n in doubts if self._not_after(n, m) and self._geography.meets(self._grounds[n].region, self._grounds[m].region)]
                    if held:
                        self._add("certainty", held[0], m, "doubts it", "denies it", 4, "who could not confirm it is told as having denied it")

    def stage(self) -> None:
        """Find promises told as done, on nobody's word but the promiser's."""
        promised: dict[tuple[str, Value], list[int]] = {}
        told_as_promise: set[tuple[int, Value]] = set()
        for n, line in enumerate(self._lines):
            if line.claim.stance == "promises" and line.claim.count is not None and size(self._value(n)) > 1:
                promised.setdefault((line.claim.event, self._value(n)), []).append(n)
                told_as_promise.add((line.at, self._value(n)))
        for m, line in enumerate(self._lines):
            claim = line.claim
            if claim.stance != "asserts" or claim.count is None:
                continue
            for n in promised.get((claim.event, self._value(m)), ()):
                promise = self._lines[n]
                if promise.at == line.at or not self._geography.meets(self._country(n), self._country(m)):
                    continue
                if line.day is not None and promise.day is not None and abs(line.day - promise.day) > _YEAR:
                    continue
                mine, theirs = self._sources[m], self._sources[n]
                if not mine.own_voice and mine.origin in self._named and mine.origin != theirs.origin:
                    continue
                if (line.at, self._value(n)) in told_as_promise:
                    continue
                weight = 4 if mine.origin == theirs.origin else 5
                self._add(
                    "stage",
                    n,
                    m,
                    f"promised: {phrase(*self._value(n))}",
                    f"told as done: {phrase(*self._value(m))}",
                    weight,
                    "no one but the promiser vouches for it",
                )
                break

    def _country(self, n: int) -> str | None:
        """Return the place of a claim only where it states one: a promise's ground may be anywhere."""
        return self._lines[n].claim.where

    def kinds(self) -> None:
        """Find visas told as asylum: a leave to enter is not yet protection."""
        visas: list[int] = []
        asylums: list[int] = []
        for n, line in enumerate(self._lines):
            if line.claim.event != "asylum" or line.claim.stance != "asserts":
                continue
            flat = fold(line.claim.quote)
            found = {code for code, pattern in wording(self._readings[line.at].lang).kinds if pattern.search(flat)}
            if len(found) == 1:
                (visas if "visa" in found else asylums).append(n)
        by_event: dict[str, list[int]] = {}
        by_number: dict[Value, list[int]] = {}
        by_report: dict[int, list[int]] = {}
        for n in visas:
            by_event.setdefault(self._event_of[n], []).append(n)
            by_report.setdefault(self._lines[n].at, []).append(n)
            if self._exact(n):
                by_number.setdefault(self._value(n), []).append(n)
        for m in asylums:
            count, at = self._lines[m].claim.count, self._lines[m].at
            near = list(by_event.get(self._event_of[m], ()))
            if self._exact(m):  # the same number elsewhere: who is let in is told of at either end of the way
                near += by_report.get(at, ())
                near += [n for n in by_number.get(self._value(m), ()) if self._one_story(n, m)]
            near = [n for n in near if self._lines[n].claim.count is None or counts_meet(self._lines[n].claim.count, count)]
            held = sorted(near, key=lambda n: (self._lines[n].at != at, not self._not_after(n, m), n))
            if held:
                own = self._lines[held[0]].at == at
                self._add("kind", held[0], m, "visa", "asylum", 3, "its own text speaks of visas" if own else "others speak of visas")

    def _one_story(self, n: int, m: int) -> bool:
        """Return whether the reports of two claims are near in time and quote one party at least, by name."""
        one, other = self._lines[n], self._lines[m]
        if one.day is None or other.day is None or abs(one.day - other.day) > _NEAR:
            return False
        mine, theirs = (
            {self._sources[k].origin for k in self._by_report[at] if not self._sources[k].own_voice} & self._named for at in (one.at, other.at)
        )  # fmt: skip
        return bool(mine & theirs)

    # -- small answers

    def changed(self, kind: DriftKind) -> set[int]:
        """Return the claims found so far that changed in one way."""
        return {self._at[drift.later] for drift in self._found.values() if drift.kind == kind}

    def _own_voice(self, n: int) -> bool:
        claim = self._lines[n].claim
        return self._sources[n].own_voice or not (claim.claimant or claim.claimant_name)

    def _value(self, n: int) -> Value:
        return self._values[n]

    def _exact(self, n: int) -> bool:
        low, high = self._value(n)
        return low is not None and low == high and low > 1 and self._lines[n].claim.stance in ("asserts", "doubts")

    def _not_after(self, n: int, m: int) -> bool:
        one, other = self._lines[n].day, self._lines[m].day
        return one is None or other is None or one <= other + _MOMENT


def _value(count: Count | None) -> Value:
    return (count.low, count.high) if count is not None else (None, None)
