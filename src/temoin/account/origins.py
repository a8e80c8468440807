"""Where each claim goes back to: its innermost speaker, through whoever passed it on.

A claim in a report's own voice goes back to its outlet, or, where its sentence is copied or reworded from an echoed report, to where the echoed
sentence goes back to; a report that credits another outlet for its whole text speaks in that outlet's voice. An unnamed source counts once
for each report that first carried it, and once only where several reports have it through the same named go-between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from temoin.account.bounds import as_day
from temoin.account.copies import Copy, counts_meet
from temoin.account.credits import credits, is_credited
from temoin.account.lines import Line
from temoin.account.names import role
from temoin.account.parties import Parties, Speaker
from temoin.account.spelling import fold, slug
from temoin.account.wording import wording
from temoin.records import Count, Reading
from temoin.records_account import Echo, Link, Origin

#: Code points: a first line that is longer is no headline.
_LONGEST_HEADLINE = 160
_WORD = re.compile(r"\w+")


class Source(msgspec.Struct, frozen=True, gc=False):
    """Where one claim goes back to."""

    origin: str
    chain: tuple[Link, ...]
    own_voice: bool


class Origins:
    """The origins of an account, and the way every claim came."""

    def __init__(
        self, readings: Sequence[Reading], lines: Sequence[Line], by_report: Sequence[range], parties: Parties,
        copies: Mapping[int, Copy], echoes: Sequence[Echo],
    ) -> None:  # fmt: skip
        self._readings, self._lines, self._parties = readings, lines, parties
        self._copies, self._by_report = copies, by_report
        self._report_at = {reading.id: at for at, reading in enumerate(readings)}
        self._echo_of: dict[str, str] = {}
        for echo in echoes:
            self._echo_of.setdefault(echo.report, echo.of)
        self._found: dict[str, Origin] = {}
        self._sources: list[Source | None] = [None] * len(lines)
        self._links: dict[tuple[str, str, str], Link] = {}
        self._named: dict[tuple[int, str, str, str | None, str | None], Source] = {}  # what one report says of one speaker, however often
        self._published = [self._outlet_links(at) for at in range(len(readings))]
        self._voices: list[tuple[str, tuple[Link, ...]] | None] = [None] * len(readings)
        self.sources = [self._source(n, 0) for n in range(len(lines))]
        self.all = tuple(sorted(self._found.values(), key=lambda o: (o.first_day is None, str(o.first_day), o.id)))

    def _source(self, n: int, depth: int) -> Source:
        got = self._sources[n]
        if got is None:
            got = self._sources[n] = self._trace(n, depth)
        return got

    def _trace(self, n: int, depth: int) -> Source:
        line = self._lines[n]
        speaker = self._parties.speaker(line.at, line.claim)
        if speaker is not None and speaker.party is not None:
            key = (line.at, speaker.party, speaker.name, line.claim.claimant, line.claim.via)
            known = self._named.get(key)
            if known is not None:
                return known
        copied = self._copies.get(n)
        outlet = self._published[line.at]
        if speaker is not None and speaker.party is not None:
            links = [self._link(speaker.party, "claimant", f"named as “{_short(line.claim.claimant or speaker.name)}”"), *self._via(n), *outlet]
            named = self._named[key] = Source(self._note(speaker.party, speaker.name, speaker.party, line), tuple(links), False)
            return named
        if copied is not None and copied.of >= 0 and depth < 20:
            before = self._source(copied.of, depth + 1)
            if speaker is None or self._is_unnamed(before.origin):
                self._note_again(before.origin, line)
                link = self._outlet_of(copied.source)
                step = (self._link(link, "copied", f"the sentence is copied from {self._readings[copied.source].id}"),) if link else ()
                inner = tuple(step_ for step_ in before.chain if step_.role not in ("outlet", "copied"))
                return Source(before.origin, (*inner, *step, *outlet), before.own_voice and speaker is None)
        if speaker is None:
            told = self._reworded(n)
            if told >= 0 and depth < 20:
                before = self._source(told, depth + 1)
                self._note_again(before.origin, line)
                inner = tuple(step for step in before.chain if step.role not in ("outlet", "copied"))
                source = self._lines[told].at
                link = self._outlet_of(source)
                reworded = (self._link(link, "copied", f"reworded from {self._readings[source].id}, which it echoes"),) if link else ()
                return Source(before.origin, (*inner, *reworded, *outlet), before.own_voice)
            told = self._given_below(n)
            if told >= 0 and depth < 20:
                before = self._source(told, depth + 1)
                return Source(before.origin, before.chain, False)
            return self._own_voice(line, outlet)
        return self._named_below(n, speaker, depth) or self._its_own(n, speaker, outlet) or self._unnamed(n, speaker, outlet)

    def _reworded(self, n: int) -> int:
        """Return the claim of the echoed report that an unattributed claim rewords; -1 where the echoed report holds no such claim."""
        line = self._lines[n]
        of = self._echo_of.get(self._readings[line.at].id)
        if of is None:
            return -1
        claim = line.claim
        same = [
            m for m in self._by_report[self._report_at[of]]
            if self._lines[m].claim.event == claim.event and self._lines[m].claim.stance == claim.stance
            and counts_meet(self._lines[m].claim.count, claim.count)
        ]  # fmt: skip
        if claim.count is None and len(same) != 1:
            return -1
        return min(same, key=lambda m: (self._lines[m].claim.count != claim.count, m), default=-1)

    def _given_below(self, n: int) -> int:
        """Return the claim by which the same report gives an unattributed number to somebody, as a text does for its headline; -1 where none."""
        line = self._lines[n]
        claim = line.claim
        if claim.count is None or claim.stance != "asserts" or (claim.count.low or claim.count.high or 0) < 2:
            return -1  # a number of one proves nothing
        found: dict[str, int] = {}
        for m in self._by_report[line.at]:
            other = self._lines[m].claim
            if other.event == claim.event and other.stance == "asserts" and other.count is not None and _one_number(other.count, claim.count):
                speaker = self._parties.speaker(line.at, other)
                if speaker is not None and speaker.party is not None:
                    found.setdefault(speaker.party, m)
        return next(iter(found.values())) if len(found) == 1 else -1

    def _named_below(self, n: int, speaker: Speaker, depth: int) -> Source | None:
        """Return whom the text names where its headline has a role only: "Russian newspaper says", and below "the Russian newspaper Novaya Gazeta".

        The text must give the same thing (event, stance, and the number where there is one) to one named party, which bears the role: by the words
        around its name, or, with the same number, by what it is.
        """
        line = self._lines[n]
        claim, reading = line.claim, self._readings[line.at]
        title = _headline(reading)
        if depth >= 20 or not speaker.name or " ".join(claim.quote.split()) not in title or " ".join(speaker.name.split()) not in title:
            return None
        kind, words = role(speaker.name, reading.lang)
        found: dict[str, int] = {}
        for m in self._by_report[line.at]:
            other = self._lines[m].claim
            if m == n or (other.event, other.stance) != (claim.event, claim.stance) or not _one_telling(other.count, claim.count):
                continue
            named = self._parties.speaker(line.at, other)
            if named is None or named.party is None:
                continue
            called = role(other.claimant or "", reading.lang)[1]
            by_kind = claim.count is not None and kind and self._parties.by_id[named.party].kind == kind
            if by_kind or (words and words <= called):
                found.setdefault(named.party, m)
        if len(found) != 1:
            return None
        party, m = next(iter(found.items()))
        before = self._source(m, depth + 1)
        self._note_again(before.origin, line)
        link = self._link(party, "claimant", f"the headline’s “{_short(speaker.name)}” is named in the text, which says the same")
        return Source(before.origin, (link, *before.chain[1:]), False)

    def _its_own(self, n: int, speaker: Speaker, outlet: tuple[Link, ...]) -> Source | None:
        """Return the report's outlet where it calls itself by a part of its own name: "the Network", in what the Green Coast Network publishes."""
        line = self._lines[n]
        claim, reading, party = line.claim, self._readings[line.at], self._outlet_of(line.at)
        words = wording(reading.lang)
        called = [word for word in _WORD.findall(speaker.name) if not words.is_in("definite", fold(word))]
        whole = _WORD.findall(reading.outlet or "")
        if party is None or not called or len(called) >= len(whole) or not all(word[0].isupper() and word in whole for word in called):
            return None
        if words.nouns_have_capitals or role(claim.claimant or speaker.name, reading.lang)[0] == "":
            return None
        self._note(party, self._name(party), party, line)
        return Source(party, (self._link(party, "claimant", f"its own name, cut short: “{_short(speaker.name)}”"), *outlet), False)

    def _own_voice(self, line: Line, outlet: tuple[Link, ...]) -> Source:
        voice = self._voices[line.at]
        if voice is None:
            voice = self._voices[line.at] = self._voice(line.at)
        party, way = voice
        if party:
            name = next(p for p in (self._name(party),))
            links = (self._link(party, "claimant", "the report speaks in its own voice"), *way, *outlet) if way else outlet
            return Source(self._note(party, name, party, line), links, True)
        reading = self._readings[line.at]
        key = f"report-{slug(reading.id)}"
        self._note(key, reading.title or reading.outlet or reading.id, None, line, named=False)
        return Source(key, outlet, True)

    def _voice(self, at: int) -> tuple[str, tuple[Link, ...]]:
        """Return the party whose voice a report speaks in, and the link to it: its outlet, or the one it credits for its whole text."""
        reading = self._readings[at]
        source = self._echo_of.get(reading.id)
        places = {fold(reading.text[place.start : place.end]) for place in reading.places}
        for credit in credits(reading.text, reading.lang) if reading.text else ():
            if fold(credit.outlet) in places:
                continue  # a dateline: "BUENAVENTURA (Colombia) —"
            if is_credited(reading.outlet, credit.outlet) or source is not None:
                continue
            party = self._parties.named(credit.outlet, reading.lang)
            if party:
                return party, (self._link(party, "copied", f"it says so: “{credit.words}”"),)
        return self._parties.outlet(at) or "", ()

    def _unnamed(self, n: int, speaker: Speaker, outlet: tuple[Link, ...]) -> Source:
        line = self._lines[n]
        via = self._parties.via(line.at, line.claim)
        reading = self._readings[line.at]
        name = "somebody" if speaker.role == "?" else speaker.name or "somebody"
        if via is not None and via.party is not None and via.party != self._parties.outlet(line.at):
            key = f"unnamed-via-{via.party}-{slug(speaker.office or line.claim.event)}"
            name = f"{name} (unnamed, through {via.name})"
        else:
            key = f"unnamed-{slug(reading.id)}-{slug(speaker.role) if speaker.role != '?' else 'unresolved'}"
            name = f"{name} (unnamed, in {reading.outlet or reading.id})"
        self._note(key, name, None, line, named=False)
        return Source(key, (*self._via(n), *outlet), False)

    def _via(self, n: int) -> tuple[Link, ...]:
        line = self._lines[n]
        via = self._parties.via(line.at, line.claim)
        if via is None or via.party is None or via.party == self._parties.outlet(line.at):
            return ()
        return (self._link(via.party, "via", f"told through “{_short(line.claim.via or via.name)}”"),)

    def _outlet_links(self, at: int) -> tuple[Link, ...]:
        party = self._outlet_of(at)
        return (self._link(party, "outlet", "published it"),) if party else ()

    def _outlet_of(self, at: int) -> str | None:
        return self._parties.outlet(at)

    def _link(self, party: str, role: str, why: str) -> Link:
        key = (party, role, why)
        if key not in self._links:
            self._links[key] = msgspec.convert({"party": party, "role": role, "why": why}, Link)
        return self._links[key]

    def _name(self, party: str) -> str:
        return self._parties.by_id[party].name

    def _is_unnamed(self, origin: str) -> bool:
        return not self._found[origin].named

    def _note(self, key: str, name: str, party: str | None, line: Line, *, named: bool = True) -> str:
        """Write down an origin, at the earliest report that carried it."""
        if key not in self._found:
            shown = self._name(party) if party else name
            self._found[key] = Origin(
                id=key, name=shown, party=party, named=named, first_report=self._readings[line.at].id, first_day=as_day(line.day),
            )  # fmt: skip
        else:
            self._note_again(key, line)
        return key

    def _note_again(self, key: str, line: Line) -> None:
        old = self._found[key]
        day = as_day(line.day)
        if day is not None and (old.first_day is None or day < old.first_day):
            self._found[key] = msgspec.structs.replace(old, first_report=self._readings[line.at].id, first_day=day)


def _headline(reading: Reading) -> str:
    """Return a report's headline on one line: its title, else the first line of its text where it is as short as a headline."""
    if reading.title:
        return " ".join(reading.title.split())
    first = " ".join(reading.text.lstrip()[: 4 * _LONGEST_HEADLINE].partition("\n")[0].split())
    return first if len(first) <= _LONGEST_HEADLINE else ""


def _one_telling(one: Count | None, other: Count | None) -> bool:
    """Return whether two claims tell one thing as far as numbers go: the same one, or none stated in either."""
    return one is other if one is None or other is None else _one_number(one, other)


def _one_number(one: Count, other: Count) -> bool:
    """Return whether two counts state the same number, whatever their bounds."""
    return bool({one.low, one.high} & {other.low, other.high} - {None}) and counts_meet(one, other)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
