"""Claims that may speak of one happening: same type, places that can be one ground, times that can meet, and for each claim the reason.

Careful by rule: where two happenings could be meant, a claim stays apart, and a person joins them. What is promised or demanded is kept apart
from what is told. Claims are taken in the order of publication, so ids stay when later reports are added.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from temoin.account.bounds import Days, days, overlap, span_edtf
from temoin.account.copies import Copy, counts_meet
from temoin.account.geography import Geography
from temoin.account.grounds import Ground
from temoin.account.lines import HARM, TO_COME, Line
from temoin.account.origins import Source
from temoin.account.spelling import slug
from temoin.records import Count, EventType, Reading
from temoin.records_account import Event

#: Days by which two stated times of a lasting thing may miss each other, and of a thing of one day.
_SLACK, _SLACK_OF_A_DAY = 31, 3
#: Claims without a time belong together while their reports lie no further apart (chosen so that a story's silences of a season do not split it).
_SAME_STORY = 183
#: A happening told of over more than this is more than one.
_LONGEST = 400
#: Clusters of one place looked at for each claim, the most recently touched first.
_RECENT = 48
#: Parties that two reports must share for a claim without a place to be taken for the same story.
_SHARED_PARTIES = 2
_MOVES = frozenset({"evacuation", "displacement", "asylum"})
_OF_A_DAY = frozenset({"protest", "judgment", "evacuation"})

Key = tuple[str, str, str | None]


class _Cluster(msgspec.Struct, gc=False):
    region: str | None
    low: int | None
    high: int | None
    seen: int | None  # day of the latest report
    members: list[int]
    touched: int
    counts: dict[str, list[Count]]  # by origin


class Events:
    """The events of an account, and for each claim its event and why."""

    def __init__(
        self, readings: Sequence[Reading], lines: Sequence[Line], by_report: Sequence[range], sources: Sequence[Source],
        copies: Mapping[int, Copy], grounds: Sequence[Ground], geography: Geography, named: frozenset[str],
    ) -> None:  # fmt: skip
        self._readings, self._lines, self._sources, self._copies = readings, lines, sources, copies
        self._grounds, self._geography, self._named = grounds, geography, named
        self._clusters: dict[Key, list[_Cluster]] = {}
        self._regions: dict[tuple[str, str], list[str]] = {}  # where each type is told of, in the order it was met
        self._of: list[_Cluster | None] = [None] * len(lines)
        self._why = [""] * len(lines)
        self._by_origin: dict[tuple[str, str, str], list[_Cluster]] = {}
        self._tick = 0
        self._tracks: list[tuple[EventType, str]] = [
            (line.claim.event, "to_come" if line.claim.stance in TO_COME else "told") for line in lines
        ]  # fmt: skip
        self._times = [_time(line) for line in lines]
        self._here: dict[tuple[int, str, str], dict[int, _Cluster]] = {}  # the events of each report, in the order they were met
        self._told: list[dict[str, int]] = []
        self._story: dict[tuple[str, str], dict[str, dict[int, _Cluster]]] = {}
        order = range(len(lines))
        for n in order:
            if grounds[n].region is not None and not grounds[n].wide:
                self._place(n)
        for n in order:
            if grounds[n].wide:
                self._place(n)
        stories = self._stories(by_report)
        for n in order:
            if grounds[n].region is None:
                self._without_place(n, stories)
        self._reunite()
        self.all, self.of = self._build()
        self.why = self._why

    def _track(self, n: int) -> tuple[EventType, str]:
        return self._tracks[n]

    def _place(self, n: int) -> None:
        """Put a claim with a place into its event, or begin one."""
        ground, track = self._grounds[n], self._track(n)
        if self._follow(n):
            return
        found = self._best(n, self._clusters.get((*track, ground.region), ()))
        if found is None and ground.wide and ground.region is not None:
            held = [
                cluster for region in self._regions.get(track, ())
                if region != ground.region and self._geography.inside(region, ground.region)
                for cluster in self._clusters[(*track, region)][-_RECENT:] if self._fits(n, cluster)
            ]  # fmt: skip
            why = "only one place in it is spoken of at that time"
            if len({cluster.region for cluster in held}) > 1:
                held, why = [cluster for cluster in held if self._same_tally(n, cluster)], "the same origin with the same number in it"
            if len({cluster.region for cluster in held}) == 1:
                self._join(n, self._best(n, held) or held[-1], f"{ground.why}: {why}")
                return
        if found is None and self._lines[n].claim.event in _MOVES:
            # who is moved is told of at either end of the way
            country = self._geography.country(ground.region or "")
            ways = [
                cluster for cluster in self._by_origin.get((*track, self._sources[n].origin), ())
                if cluster.region and self._geography.country(cluster.region) == country and self._same_tally(n, cluster) and self._fits(n, cluster)
            ]  # fmt: skip
            if len(ways) == 1:
                self._join(n, ways[0], f"{ground.why}: the same origin with the same number in the same country")
                return
        if found is not None:
            self._join(n, found, ground.why)
        else:
            self._begin(n, ground.region, ground.why)

    def _without_place(self, n: int, stories: list[dict[str, int]]) -> None:
        """Put a claim without a place where its words, its origin or its story are; else keep it by itself in its report."""
        if self._follow(n):
            return
        event, stage = self._track(n)
        line, origin = self._lines[n], self._sources[n].origin
        here = self._here.get((line.at, event, stage), {})
        mine = {key: cluster for key, cluster in here.items() if cluster.region is not None}
        if len(mine) == 1:
            self._join(n, next(iter(mine.values())), "the same report, which names one place for this")
            return
        if origin in self._named:
            held = [c for c in self._by_origin.get((event, stage, origin), ()) if self._fits(n, c)]
            same = [c for c in held if any(counts_meet(line.claim.count, count) for count in c.counts.get(origin, ()))] if line.claim.count else []
            chosen = same if len({c.region for c in same}) == 1 else held
            if chosen and len({c.region for c in chosen}) == 1:
                why = "the same origin" + (" with the same number" if chosen is same else "") + ", elsewhere with the place"
                self._join(n, self._best(n, chosen) or chosen[-1], why)
                return
        shared: Counter[int] = Counter()
        by_id: dict[int, _Cluster] = {}
        story = self._story.get((event, stage), {})
        for party in stories[line.at]:
            for cluster in list(story.get(party, {}).values())[-_RECENT:]:
                if self._fits(n, cluster):
                    shared[id(cluster)] += 1
                    by_id[id(cluster)] = cluster
        best = max(shared.values(), default=0)
        close = [by_id[key] for key, count in shared.items() if count == best]
        count = line.claim.count
        if count is not None and count.low is not None and count.low == count.high and count.low >= 10:
            same = [c for c in by_id.values() if any(count == known for counts in c.counts.values() for known in counts)]
            if len(same) == 1:
                self._join(n, same[0], f"the same number, {count.low:,}, and its report and others share who speaks")
                return
        if best >= _SHARED_PARTIES and len({c.region for c in close}) == 1:
            self._join(n, self._best(n, close) or close[0], f"its report and others share {best} of those who speak")
            return
        own = [cluster for cluster in here.values() if cluster.region is None]
        if own:
            self._join(n, own[0], "the same report; no place is named")
        else:
            self._begin(n, None, "no place is named")

    def _same_tally(self, n: int, cluster: _Cluster) -> bool:
        """Return whether the origin of a claim has put its number forward in an event already; a number of one proves nothing."""
        count = self._lines[n].claim.count
        known = cluster.counts.get(self._sources[n].origin, ())
        return count is not None and (count.low or count.high or 0) > 1 and count in known

    def _stories(self, by_report: Sequence[range]) -> list[dict[str, int]]:
        """Return the named origins of each report, and point each at the events its reports speak of."""
        out: list[dict[str, int]] = []
        for report in by_report:
            counts: dict[str, int] = {}
            for n in report:
                source = self._sources[n]
                if source.origin in self._named and not source.own_voice:
                    counts[source.origin] = counts.get(source.origin, 0) + 1
            out.append(counts)
        self._told = out
        listed: set[tuple[int, int]] = set()
        for n, cluster in enumerate(self._of):
            if cluster is not None and (key := (self._lines[n].at, id(cluster))) not in listed:
                listed.add(key)
                self._list(n, cluster)
        return out

    def _list(self, n: int, cluster: _Cluster) -> None:
        """Point the named origins of a claim's report at its event."""
        told = self._told[self._lines[n].at]
        if not told:
            return
        story, key = self._story.setdefault(self._tracks[n], {}), id(cluster)
        for party in told:
            held = story.get(party)
            if held is None:
                story[party] = {key: cluster}
            else:
                held[key] = cluster

    def _follow(self, n: int) -> bool:
        """Put a copied claim where its original is."""
        copy = self._copies.get(n)
        if copy is None or copy.of < 0 or self._track(copy.of) != self._track(n):
            return False
        cluster = self._of[copy.of]
        if cluster is None:
            return False
        self._join(n, cluster, f"its sentence is copied from {self._readings[copy.source].id}")
        return True

    def _fits(self, n: int, cluster: _Cluster) -> bool:
        """Return whether a claim's time can be the time of an event."""
        (low, high), first, last = self._times[n], cluster.low, cluster.high
        if low is None or high is None or first is None or last is None:
            day = self._lines[n].day
            return day is None or cluster.seen is None or abs(day - cluster.seen) <= _SAME_STORY
        short = high - low <= _SLACK_OF_A_DAY and self._tracks[n][0] in _OF_A_DAY
        slack = _SLACK_OF_A_DAY if short else _SLACK
        if low > last + slack or first > high + slack:
            return False
        return max(high, last) - min(low, first) <= max(_LONGEST, high - low, last - first)

    def _best(self, n: int, clusters: Sequence[_Cluster]) -> _Cluster | None:
        """Return the fitting event with the same origin, else the most recently told one."""
        if not clusters:
            return None
        fitting = [cluster for cluster in clusters[-_RECENT:] if self._fits(n, cluster)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        origin, count = self._sources[n].origin, self._lines[n].claim.count

        def rank(cluster: _Cluster) -> tuple[bool, bool, int]:
            known = cluster.counts.get(origin)
            return bool(known and any(counts_meet(count, c) for c in known)), known is not None, cluster.touched

        return max(fitting, key=rank)

    def _begin(self, n: int, region: str | None, why: str) -> None:
        cluster = _Cluster(region=region, low=None, high=None, seen=None, members=[], touched=0, counts={})
        if region is not None:
            track = self._track(n)
            if (*track, region) not in self._clusters:
                self._regions.setdefault(track, []).append(region)
            self._clusters.setdefault((*track, region), []).append(cluster)
        self._join(n, cluster, why)

    def _join(self, n: int, cluster: _Cluster, why: str) -> None:
        line, origin = self._lines[n], self._sources[n].origin
        low, high = self._times[n]
        if low is not None and high is not None:
            if cluster.low is None or low < cluster.low:
                cluster.low = low
            if cluster.high is None or high > cluster.high:
                cluster.high = high
        if line.day is not None and (cluster.seen is None or line.day > cluster.seen):
            cluster.seen = line.day
        self._tick += 1
        cluster.touched = self._tick
        cluster.members.append(n)
        track, count = self._tracks[n], line.claim.count
        counts = cluster.counts.get(origin)
        if counts is None:
            counts = cluster.counts[origin] = []
            self._by_origin.setdefault((*track, origin), []).append(cluster)
        if count is not None and len(counts) < 16 and count not in counts:
            counts.append(count)
        self._of[n] = cluster
        self._why[n] = why
        here = self._here.get((line.at, *track))
        if here is None:
            here = self._here[(line.at, *track)] = {}
        if id(cluster) not in here:
            here[id(cluster)] = cluster
            if self._told:
                self._list(n, cluster)

    def _reunite(self) -> None:
        """Make one of two events of one place whose times have come to overlap, where somebody named tells of both: "since February", and April 1."""
        for clusters in self._clusters.values():
            kept: list[_Cluster] = []
            for cluster in clusters:
                trunk = next((other for other in kept[-_RECENT:] if self._one(other, cluster)), None)
                if trunk is None:
                    kept.append(cluster)
                    continue
                for n in cluster.members:
                    self._of[n] = trunk
                    self._why[n] += "; its time meets another told by the same origin"
                trunk.members += cluster.members
                trunk.low, trunk.high = _least(trunk.low, cluster.low), _most(trunk.high, cluster.high)
                trunk.counts = {**cluster.counts, **trunk.counts}

    def _one(self, one: _Cluster, other: _Cluster) -> bool:
        if one.low is None or one.high is None or other.low is None or other.high is None or self._lines[one.members[0]].claim.event in _OF_A_DAY:
            return False
        if not overlap((one.low, one.high), (other.low, other.high)) or max(one.high, other.high) - min(one.low, other.low) > _LONGEST:
            return False
        return any(
            origin in other.counts and origin in self._named and not (self._owns(one, origin) and self._owns(other, origin)) for origin in one.counts
        )

    def _in_denial(self, n: int, m: int) -> bool:
        """Return whether a claim is only the words in which its own speaker names what he denies or doubts."""
        mine, theirs = self._lines[n], self._lines[m]
        return (
            mine.at == theirs.at and mine.claim.count is None and self._sources[n].origin == self._sources[m].origin
            and mine.claim.start < theirs.claim.end and theirs.claim.start < mine.claim.end
        )  # fmt: skip

    def _owns(self, cluster: _Cluster, origin: str) -> bool:
        """Return whether an origin speaks of an event only as the outlet whose report it is."""
        return all(self._sources[n].own_voice for n in cluster.members if self._sources[n].origin == origin)

    def _build(self) -> tuple[tuple[Event, ...], list[str]]:
        of = [""] * len(self._lines)
        events: list[tuple[int, Event]] = []
        seen: set[int] = set()
        for cluster in self._of:
            if cluster is None or id(cluster) in seen:
                continue
            seen.add(id(cluster))
            event = self._event(cluster)
            for n in cluster.members:
                of[n] = event.id
            events.append((min(cluster.members), event))
        return tuple(event for _, event in sorted(events, key=lambda pair: pair[0])), of

    def _event(self, cluster: _Cluster) -> Event:
        members = sorted(cluster.members)
        event, stage = self._track(members[0])
        sources, lines = self._sources, self._lines
        places: dict[str, int] = {}
        reports: dict[int, None] = {}
        origins: dict[str, None] = {}
        low: int | None = None
        high: int | None = None
        denied = [n for n in members if lines[n].claim.stance in ("denies", "doubts")]
        for n in members:
            claim = lines[n].claim
            reports[lines[n].at] = None
            if claim.where:
                places[claim.where] = places.get(claim.where, 0) + 1
            if claim.when:
                first, last = days(claim.when)
                low, high = _least(low, first), _most(high, last)
            if claim.stance in ("asserts", "promises", "demands") and not (denied and any(self._in_denial(n, m) for m in denied)):
                origins[sources[n].origin] = None
        where = cluster.region if cluster.region in places else min(places.items(), key=lambda p: (-p[1], p[0]))[0] if places else None
        if high is not None and low is not None and high < low and stage == "told":
            high = None  # "since" a day after the last that is told
        first_claim = lines[members[0]].id
        digest = hashlib.sha256("\x1f".join((event, stage, first_claim)).encode()).hexdigest()[:6]
        return Event(
            id=f"{event.replace('_', '-')}-{slug(where or cluster.region or 'no-place')}-{digest}",
            type=event, where=where or cluster.region, when=span_edtf(low, high), claims=tuple(lines[n].id for n in members),
            origins=tuple(origins), reports=tuple(self._readings[at].id for at in reports),
            why=_explain(event, where, len(members), len(reports), [self._why[n] for n in members]),
            stage="to_come" if stage == "to_come" else "told",
        )  # fmt: skip


def _explain(event: str, where: str | None, claims: int, reports: int, reasons: Sequence[str]) -> str:
    """Return in words what links the claims of an event."""
    if claims == 1:
        return f"one claim, of {event.replace('_', ' ')}" + (f" in {where}" if where else "; no place is named")
    told = Counter(reason for reason in reasons if reason and reason != where)
    parts = [f"{claims} claims of {event.replace('_', ' ')} in {reports} report{'s' * (reports > 1)}" + (f", {where}" if where else "")]
    parts += [f"{count} × {reason}" for reason, count in sorted(told.items(), key=lambda item: (-item[1], item[0]))[:6]]
    return "; ".join(parts)


def is_harm(event: Event) -> bool:
    """Return whether an event is an act of persecution that is told of."""
    return event.type in HARM and event.stage == "told"


def _least(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else min(one, other)


def _most(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else max(one, other)


def _time(line: Line) -> Days:
    """Return the stated time of a claim; an open end of something told of ends with its report."""
    low, high = days(line.claim.when)
    if high is None and low is not None and line.day is not None and line.claim.stance not in TO_COME:
        high = max(low, line.day)
    if low is None and high is not None:
        low = high - 366
    return low, high
