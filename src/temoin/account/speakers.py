"""Words put into another mouth: a spokesman's denial credited to his minister, one body's figures to another, a source left out.

Two reports disagree on who said a thing where a copy names another speaker than its source, where the same go-between brought it, where the two
speakers belong to one house, or where several things go together (the same two numbers, or a number and a denial). A house and its own people
are no disagreement: what the colonel says, the police say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from temoin.account.affiliations import VOICE, Houses, house
from temoin.account.figures import same_number, size
from temoin.account.lines import HARM, Line
from temoin.account.names import PERSONAL
from temoin.account.origins import Source
from temoin.records import Count
from temoin.records_account import Party

#: Things two speakers must have in common, number for number or denial for denial, to be taken for one voice.
_BUNDLE = 2


class Mouth(NamedTuple):
    """One thing said, with two speakers for it."""

    earlier: int  # line of the better supported speaker
    later: int  # line that names the other
    why: str
    weight: int


class Speakers:
    """Who is credited with what, over all reports."""

    def __init__(
        self, lines: Sequence[Line], sources: Sequence[Source], event_of: Sequence[str], parties: Mapping[str, Party],
        houses: Houses, offices: Mapping[int, str], vias: Mapping[int, str],
    ) -> None:  # fmt: skip
        """offices: the house of an unnamed insider, by line; vias: the go-between, by line."""
        self._lines, self._sources, self._event_of = lines, sources, event_of
        self.proposals: dict[tuple[str, str], str] = {}  # parties that may be one voice, and why
        self._parties, self._houses, self._offices, self._vias = parties, houses, offices, vias

    def disagreements(self) -> list[Mouth]:
        """Return the things that reports credit to different speakers, one for each report and pair of speakers."""
        found: dict[tuple[int, str, str], Mouth] = {}
        said: dict[tuple[str, str, object], list[int]] = {}
        for n in range(len(self._lines)):
            key = self._thing(n)
            if key is not None and not self._sources[n].own_voice:
                said.setdefault(key, []).append(n)
        bundles: dict[tuple[str, str], dict[tuple[int, tuple[str, str, object]], tuple[int, int]]] = {}
        for thing, members in said.items():
            for n, m in self._rivals(members):
                why = self._bound(n, m)
                if why:
                    self._keep(found, n, m, why, 5 if thing[1] == "denies" else 4)
                    continue
                a, b = self._sources[n].origin, self._sources[m].origin
                if self._may_be_rivals(a, b):
                    bundles.setdefault((a, b), {}).setdefault((self._lines[m].at, thing), (n, m))
        for shared in bundles.values():
            by_report: dict[int, list[tuple[bool, int, int, object]]] = {}
            for (at, thing), (n, m) in shared.items():
                by_report.setdefault(at, []).append((thing[1] != "denies", m, n, thing[2]))
            for things in by_report.values():
                denied = any(not told for told, _, _, _ in things)
                if len({number for told, _, _, number in things if told}) + denied >= _BUNDLE:
                    _, m, n, _ = min(things)
                    if not denied:
                        # the same numbers alone: an organisation and its own spokeswoman look just like that
                        a, b = sorted((self._sources[n].origin, self._sources[m].origin))
                        self.proposals[a, b] = f"{len(things)} numbers are credited to the one and to the other"
                        continue
                    self._keep(found, n, m, f"{len(things)} things of the one are credited to the other", 4)
        return sorted(found.values(), key=lambda mouth: (-mouth.weight, mouth.later, mouth.earlier))

    def _thing(self, n: int) -> tuple[str, str, object] | None:
        """Return what is said, whoever says it: a denial of an event, or a number for it; None for what is too common to compare."""
        line = self._lines[n]
        claim = line.claim
        if claim.stance == "denies" and claim.event in HARM:
            return self._event_of[n], "denies", None
        if (
            claim.stance == "asserts"
            and claim.count is not None
            and claim.count.low is not None
            and claim.count.low == claim.count.high
            and claim.count.low > 1
        ):
            return self._event_of[n], "asserts", claim.count.low
        return None

    def _rivals(self, members: Sequence[int]) -> list[tuple[int, int]]:
        """Return pairs of claims by different speakers in different reports, where no report has both.

        First the better supported speaker's earliest claim, then one claim of the other for each of its reports. Somebody of a house comes before
        the one who holds its office in person: it is upwards that words are credited.
        """
        reports: dict[str, dict[int, int]] = {}
        for n in members:
            reports.setdefault(self._sources[n].origin, {}).setdefault(self._lines[n].at, n)

        def support(origin: str) -> tuple[bool, int, int]:
            first = min(reports[origin].values())
            return self._in_person(first), -len(reports[origin]), first

        speakers = sorted(reports, key=support)[:12]
        out: list[tuple[int, int]] = []
        for k, a in enumerate(speakers):
            for b in speakers[k + 1 :]:
                if not reports[a].keys() & reports[b].keys():
                    out.extend((min(reports[a].values()), m) for m in sorted(reports[b].values())[:20])
        return out

    def _bound(self, n: int, m: int) -> str:
        """Return what binds two speakers of one thing together; "" where nothing does."""
        a, b = self._sources[n].origin, self._sources[m].origin
        via, ranks = self._vias.get(n), self._ranks(n, m)
        one_way = bool(via) and via == self._vias.get(m)
        if not ranks and not one_way:
            return ""  # nothing could bind them; looking for their houses in the texts is what costs
        insider = self._offices.get(n) or self._offices.get(m)
        if not self._may_be_rivals(a, b) and not (insider and ranks):
            return ""
        if via and one_way:
            return f"both came through {self._parties[via].name if via in self._parties else via}"
        mine, theirs = self._house_of(n), self._house_of(m)
        pairs = {(one, other) for one in mine for other in theirs if house(one) == house(other)}
        if VOICE not in mine | theirs:
            pairs = {(one, other) for one, other in pairs if one != other or one not in PERSONAL}  # a president may be the president himself
        shared = {house(one) for one, _ in pairs} - {VOICE}
        if shared and ranks:
            return f"both are of one house: {sorted(shared)[0].replace('_', ' ')}"
        return ""

    def _house_of(self, n: int) -> frozenset[str]:
        origin = self._sources[n].origin
        party = self._parties.get(origin)
        own = {party.office} if party and party.office else set()
        inside = {self._offices[n]} if self._offices.get(n) else set()
        return frozenset(own | inside | self._houses.of(origin))

    def _ranks(self, n: int, m: int) -> bool:
        """Return whether one of two speakers holds an office in person, so that the other is somebody else."""
        return self._in_person(n) or self._in_person(m)

    def _in_person(self, n: int) -> bool:
        party = self._parties.get(self._sources[n].origin)
        return party is not None and party.office in PERSONAL

    def _may_be_rivals(self, a: str, b: str) -> bool:
        """Return whether two named origins can be taken for two speakers: not a house and its own people, not two unnamed ones."""
        one, other = self._parties.get(a), self._parties.get(b)
        if one is None or other is None:
            return False
        for house_, person in ((one, b), (other, a)):
            if house_.office and house_.office not in PERSONAL and house(house_.office) in {house(c) for c in self._houses.of(person)}:
                return False
        if one.office and other.office and one.office == other.office:
            return False  # one office named with and without its country
        institutions = [p for p in (one, other) if p.office and p.office not in PERSONAL]
        return len(institutions) < 2

    def _keep(self, found: dict[tuple[int, str, str], Mouth], n: int, m: int, why: str, weight: int) -> None:
        key = (self._lines[m].at, self._sources[n].origin, self._sources[m].origin)
        if key not in found or (weight, -m) > (found[key].weight, -found[key].later):
            found[key] = Mouth(n, m, why, weight)


def in_a_copy(
    pairs: Sequence[tuple[int, int]], lines: Sequence[Line], sources: Sequence[Source], copy: range, source: range, named: frozenset[str],
) -> list[Mouth]:  # fmt: skip
    """Return where a copy credits something of its source to another speaker, or to nobody.

    pairs: (claim of the copy, claim of the source) that say the same thing.
    """
    out: list[Mouth] = []
    for n, m in pairs:
        mine, theirs = lines[n].claim, lines[m].claim
        if mine.event != theirs.event or mine.stance != theirs.stance or sources[m].own_voice:
            continue
        if mine.claimant is None and mine.claimant_name is None:
            if mine.stance == "asserts" and _number(mine.count, theirs.count) and not _also(n, lines, copy, attributed=True):
                out.append(Mouth(m, n, "the copy tells it in its own voice", 3))
        elif sources[n].origin != sources[m].origin and {sources[n].origin, sources[m].origin} <= named:
            if sources[n].origin in {
                sources[k].origin for k in source if lines[k].claim.event == mine.event and lines[k].claim.stance == mine.stance
            }:
                continue
            if sources[m].origin in {sources[k].origin for k in copy if lines[k].claim.event == mine.event and lines[k].claim.stance == mine.stance}:
                continue
            if mine.stance in ("denies", "doubts") or _number(mine.count, theirs.count):
                out.append(Mouth(m, n, "the copy names another speaker than its source", 5 if mine.stance == "denies" else 4))
    return out


def _number(one: Count | None, other: Count | None) -> bool:
    if one is None or other is None:
        return False
    a, b = (one.low, one.high), (other.low, other.high)
    return same_number(a, b) and size(a) > 1


def _also(n: int, lines: Sequence[Line], report: range, *, attributed: bool) -> bool:
    """Return whether the same report states the same number again, and names its speaker."""
    claim = lines[n].claim
    return any(
        m != n and lines[m].claim.event == claim.event and _number(lines[m].claim.count, claim.count)
        and bool(lines[m].claim.claimant or lines[m].claim.claimant_name) == attributed
        for m in report
    )  # fmt: skip
