"""Whoever speaks, acts or passes on, under all names and scripts these reports know them by.

Two names are one party where they differ in spelling, script, title or grammatical case only; each such step is kept with its reason and score.
A surname stands for its full name within the report that gives both, or where the reports know one bearer only. An office ("the interior
minister") is a party of its own beside its country, and is never merged with a person. What is merely close is a proposal for a person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from rapidfuzz import fuzz

from temoin.account.geography import Geography
from temoin.account.likeness import Likeness, alike, is_acronym
from temoin.account.names import NATIONAL, Name, take_apart
from temoin.account.spelling import consonants, fold, is_cyrillic, slug
from temoin.account.wording import wording
from temoin.records import Claim, Reading, Span
from temoin.records_account import Merge, Party, PartyKind, Proposal

Key = tuple[str, ...]
_K = TypeVar("_K", bound=str)
#: Names in one block that are compared pairwise; the earliest of them where there are more.
_BLOCK = 400
#: Names at least this alike, and not merged, are shown to a person.
_CLOSE = 0.85


class Speaker(NamedTuple):
    """Who stands behind a word of a report: a party, or nobody by name."""

    party: str | None  # Party.id
    name: str
    role: str = ""  # for the unnamed: what tells one from another in the same report
    office: str = ""


class _Entry:
    """One name as it is written, in one key: proper names by skeleton, offices by code and country, bodies by code."""

    __slots__ = ("apart", "cyrillic", "first", "key", "kinds", "langs", "names", "of", "reports")

    def __init__(self, key: Key, apart: Name, first: int, of: str) -> None:
        self.key, self.apart, self.first, self.of = key, apart, first, of
        self.names: dict[str, int] = {}  # how often each way of writing stands there
        self.kinds: dict[PartyKind, int] = {}
        self.langs: set[str] = set()
        self.reports: set[int] = set()
        self.cyrillic = is_cyrillic(apart.core)

    def kind(self) -> PartyKind:
        """Return the kind that is told most often."""
        return max(self.kinds, key=lambda kind: self.kinds[kind])


class Parties:
    """The parties of one account, and who is meant by a name in one of its reports."""

    def __init__(self, readings: Sequence[Reading], geography: Geography) -> None:
        self._readings, self._geography = readings, geography
        self._homes = [geography.home(reading) for reading in readings]
        self._entries: dict[Key, _Entry] = {}
        self._outlet_keys: dict[str, Key] = {}
        self._short: list[dict[str, Key]] = []
        self._parent: dict[Key, Key] = {}
        self._merges: dict[Key, list[Merge]] = {}
        self._close: list[tuple[Key, Key, str, float]] = []
        self._speakers: dict[tuple[int, tuple[str | None, ...]], Speaker] = {}
        self._offices: dict[tuple[int, tuple[str | None, ...], Span | None, str | None], Speaker] = {}
        for at, reading in enumerate(readings):
            self._enter(at, reading)
        self._parent = {key: key for key in self._entries}
        self._merge_spellings()
        self._merge_short()
        self._ids: dict[Key, str] = {}
        self.all = self._build()
        self._outlets = [self._party(self._outlet_key(r.outlet)) if r.outlet and r.outlet.strip() else None for r in readings]
        self.by_id = {party.id: party for party in self.all}
        self.bodies = {self._party(key): key[1] for key in self._entries if key[0] == "body"}  # party and code of a body with a translated name
        self.proposals = self._proposals()

    def speaker(self, at: int, claim: Claim) -> Speaker | None:
        """Return who puts a claim of report `at` forward; None for the report's own voice."""
        if not claim.claimant and not claim.claimant_name:
            return None
        return self._known(at, (claim.claimant_name, claim.claimant), claim)

    def via(self, at: int, claim: Claim) -> Speaker | None:
        """Return through whom a claim of report `at` came; None where nobody stands between."""
        return self._known(at, (claim.via,), claim) if claim.via else None

    def outlet(self, at: int) -> str | None:
        """Return the party of a report's outlet; None where the report does not say."""
        return self._outlets[at]

    def named(self, name: str, lang: str | None) -> str | None:
        """Return the party a proper name belongs to, if the reports know it."""
        apart = take_apart(name, lang)
        key = ("name", *apart.bones)
        return self._party(key) if apart.sort == "name" and key in self._parent else None

    # -- gathering

    def _enter(self, at: int, reading: Reading) -> None:
        """Write down every name of a report, and which short name means which full one here."""
        if reading.outlet and reading.outlet.strip():
            self._note(at, self._outlet_key(reading.outlet), Name("name", reading.outlet.strip(), self._outlet_key(reading.outlet)[1:]), "outlet")
        # Claims that name the same people are one entry, written as often as they are; an office is looked at claim by claim.
        same: dict[tuple[str | None, str | None, str | None], list[Claim]] = {}
        for claim in reading.claims:
            same.setdefault((claim.claimant_name, claim.claimant, claim.via), []).append(claim)
        seen: dict[str, Name] = {}
        shorts: dict[str, Key] = {}
        for names in same:
            for name in names:
                if name and name not in seen:
                    seen[name] = take_apart(name, reading.lang)
            if names[0] and names[1] and names[0] != names[1]:
                full, short = seen[names[0]], seen[names[1]]
                if short.sort == "name" == full.sort and len(short.bones) == 1 < len(full.bones):
                    shorts[short.bones[0]] = ("name", *full.bones)
        full_names = {apart.bones for apart in seen.values() if apart.sort == "name" and len(apart.bones) > 1}
        for apart in seen.values():
            if apart.sort == "name" and len(apart.bones) == 1 and apart.bones[0] not in shorts and not apart.body:
                word, cyrillic = apart.bones[0], 2 * is_cyrillic(apart.core)
                owners = [full for full in full_names if alike((full[-1],), (word,), one_language=True, cyrillic=cyrillic)]
                owners = owners or [full for full in full_names if word in full]
                if len(owners) == 1:
                    shorts[word] = ("name", *owners[0])
        self._short.append(shorts)
        keys = {name: self._key(at, apart, reading.claims[0]) for name, apart in seen.items() if apart.sort != "office"}
        for names, claims in same.items():
            by_office = any(name and name not in keys for name in names)
            for claim in claims if by_office else claims[:1]:
                self._note_all(at, claim, 1 if by_office else len(claims), seen, keys)

    def _note_all(self, at: int, claim: Claim, times: int, seen: dict[str, Name], keys: dict[str, Key | None]) -> None:
        """Write down whom claims of the same speaker name: under the first key that one of the two ways of naming him has, and who passed it on."""
        first: Key | None = None
        for name in (claim.claimant_name, claim.claimant):
            key = (keys[name] if name in keys else self._key(at, seen[name], claim)) if name else None
            if name and key and first in (None, key):
                first = key
                self._note(at, key, seen[name], seen[name].kind, times)
        if claim.via and (key := keys[claim.via] if claim.via in keys else self._key(at, seen[claim.via], claim)):
            self._note(at, key, seen[claim.via], seen[claim.via].kind, times)

    def _note(self, at: int, key: Key, apart: Name, kind: PartyKind, times: int = 1) -> None:
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = _Entry(key, apart, at, key[2] if key[0] == "office" else "")
        entry.names[apart.core] = entry.names.get(apart.core, 0) + times
        entry.kinds[kind] = entry.kinds.get(kind, 0) + times
        entry.langs.add(self._readings[at].lang or "")
        entry.reports.add(at)

    def _outlet_key(self, outlet: str) -> Key:
        if outlet not in self._outlet_keys:
            apart = take_apart(outlet, None)
            self._outlet_keys[outlet] = ("name", *apart.bones) if apart.sort == "name" else ("name", *(fold(word) for word in outlet.split()))
        return self._outlet_keys[outlet]

    def _key(self, at: int, apart: Name, claim: Claim) -> Key | None:
        if apart.sort == "name":
            if apart.body:
                return ("body", apart.body)
            short = self._short[at].get(apart.bones[0]) if len(apart.bones) == 1 else None
            return short or ("name", *apart.bones)
        return ("office", apart.office, self._country_of(at, apart, claim)) if apart.sort == "office" else None

    def _country_of(self, at: int, apart: Name, claim: Claim) -> str:
        """Return whose office it is: the place its name holds, else the report's own country. A region's government is not its country's."""
        if apart.scope:
            span = claim.claimant_span
            place = self._geography.named_in(self._readings[at], span.start, span.end) if span else ""
            if place:
                return self._geography.country(place) if apart.office in NATIONAL or self._geography.is_wide(place) else place
            return self._geography.pointed_at(apart.scope) or " ".join(apart.scope)
        if apart.office == "organisers" and claim.where:
            return self._geography.country(claim.where)
        return self._homes[at]

    def _find(self, at: int, names: Iterable[str | None], claim: Claim) -> Speaker:
        unnamed: Name | None = None
        for name in names:
            if not name or not name.strip():
                continue
            apart = take_apart(name, self._readings[at].lang)
            key = self._key(at, apart, claim)
            if key is not None and key in self._parent:
                return Speaker(self._party(key), apart.core, office=apart.office)
            if unnamed is None or (unnamed.why == "a pronoun" and apart.why != "a pronoun"):
                unnamed = apart
        if unnamed is None:
            return Speaker(None, "", "?")
        role = "?" if unnamed.why == "a pronoun" else fold(unnamed.core)
        return Speaker(None, unnamed.core, role, unnamed.office)

    def _known(self, at: int, names: tuple[str | None, ...], claim: Claim) -> Speaker:
        """Find who is meant once for each report; an office depends on the claim, by the places beside it."""
        key = (at, names)
        got = self._speakers.get(key)
        if got is None:
            beside = (at, names, claim.claimant_span, claim.where)
            got = self._offices.get(beside)
        if got is None:
            got = self._find(at, names, claim)
            if got.office:
                self._offices[beside] = got
            else:
                self._speakers[key] = got
        return got

    # -- merging

    def _root(self, key: Key) -> Key:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def _party(self, key: Key) -> str:
        return self._ids[self._root(key)]

    def _compare(self, a: _Entry, b: _Entry) -> Likeness | None:
        one_language = bool(a.langs & b.langs) and a.cyrillic == b.cyrillic
        return alike(a.apart.bones, b.apart.bones, one_language=one_language, cyrillic=a.cyrillic + b.cyrillic)

    def _merge_spellings(self) -> None:
        """Merge names that differ in spelling, script or case; the earliest is the trunk, so that ids stay when reports are added."""
        entries = sorted((e for e in self._entries.values() if e.key[0] == "name"), key=lambda e: (e.first, e.key))
        rank = {entry.key: n for n, entry in enumerate(entries)}
        scored: list[tuple[float, int, int, str]] = []
        for a, b in _pairs(entries):
            got = self._compare(a, b)
            one, other = sorted((rank[a.key], rank[b.key]))
            if got is not None:
                scored.append((-got.score, one, other, got.why))
            elif (ratio := fuzz.ratio(" ".join(a.apart.bones), " ".join(b.apart.bones)) / 100) >= _CLOSE:
                self._close.append((entries[one].key, entries[other].key, "nearly the same letters", ratio))
        for minus, one, other, why in sorted(scored):
            a, b = entries[one], entries[other]
            trunk, branch = self._entries[self._root(a.key)], self._entries[self._root(b.key)]
            if trunk is branch:
                continue
            if a.reports & b.reports and -minus < 0.92:
                self._close.append((a.key, b.key, f"{why}, but one report uses both", -minus))
                continue
            if (trunk is not a or branch is not b) and self._compare(trunk, branch) is None:
                self._close.append((trunk.key, branch.key, f"both are like {a.apart.core}", -minus))
                continue
            self._join(trunk, branch, why, -minus)

    def _merge_short(self) -> None:
        """Merge acronyms, and surnames that only one full name in these reports ends with."""
        full: dict[str, set[Key]] = {}
        initials: dict[str, set[Key]] = {}
        for key, entry in self._entries.items():
            if key[0] == "name" and len(key) > 2:
                if entry.kind() in ("unknown", "person"):
                    full.setdefault(key[-1], set()).add(self._root(key))
                words = tuple(w for w in fold(entry.apart.core).split() if w)
                initials.setdefault("".join(w[0] for w in words), set()).add(self._root(key))
        kinds = wording(None).words
        for key, entry in sorted(self._entries.items()):
            if key[0] == "name" and len(key) > 3 and (plain := self._entries.get(("name", *key[2:]))) is not None:
                # "Organisation Nile Rights Desk", where "Nile Rights Desk" is known by itself
                if kinds.of(fold(entry.apart.core.split()[0])) & {"organisations", "outlets"}:
                    self._join(self._entries[self._root(plain.key)], self._entries[self._root(key)], "what it is, before its name", 0.95)
            if key[0] != "name" or len(key) != 2:
                continue
            core = entry.apart.core
            owners = {self._root(k) for k in full.get(key[1], ())}
            spelled = {self._root(k) for k in initials.get(fold(core), ())}
            if core.isupper() and len(core) >= 3 and len(spelled) == 1 and is_acronym(core, tuple(fold(core))):
                self._join(self._entries[next(iter(spelled))], self._entries[self._root(key)], "its initials", 0.9)
            elif len(owners) == 1 and entry.kind() in ("unknown", "person"):
                self._join(
                    self._entries[next(iter(owners))], self._entries[self._root(key)], "the only bearer of this surname in these reports", 0.85
                )

    def _join(self, trunk: _Entry, branch: _Entry, why: str, score: float) -> None:
        if trunk.key == branch.key:
            return
        self._parent[branch.key] = trunk.key
        if branch.apart.core != trunk.apart.core:
            merge = Merge(name=branch.apart.core, into=trunk.apart.core, why=why, score=round(score, 2))
            self._merges.setdefault(trunk.key, []).append(merge)
        self._merges.setdefault(trunk.key, []).extend(self._merges.pop(branch.key, []))

    # -- what is shown

    def _build(self) -> tuple[Party, ...]:
        groups: dict[Key, list[_Entry]] = {}
        for key, entry in self._entries.items():
            groups.setdefault(self._root(key), []).append(entry)
        out: list[Party] = []
        for root, entries in groups.items():
            trunk = self._entries[root]
            names, kinds = dict(trunk.names), dict(trunk.kinds)
            for entry in entries:
                if entry is not trunk:
                    _add(names, entry.names)
                    _add(kinds, entry.kinds)
            kinds.pop("unknown", None)
            kind: PartyKind = min(kinds.items(), key=lambda item: (-item[1], item[0]))[0] if kinds else "unknown"
            if root[0] == "body":
                kind = "organisation"
            first = min(names, key=lambda name: (-names[name], -len(name), name)) if len(names) > 1 else next(iter(names))
            self._ids[root] = _identify(root, trunk)
            merges = tuple(sorted(self._merges.get(root, []), key=lambda m: (-m.score, m.name)))
            why = "; ".join(f"{m.name} = {m.into}: {m.why} ({m.score:.2f})" for m in merges)
            if len(names) > 1 and not merges:
                why = "the same letters, once script, accents, titles and short forms within one report are set aside"
            if root[0] == "office":
                why = f"one office, {root[1].replace('_', ' ')}" + (f", of {root[2]}" if root[2] else "")
            elif root[0] == "body":
                why = "one body, whose name is translated"
            out.append(
                Party(
                    id=self._ids[root], name=first, names=tuple(sorted(names)), kind=kind, why=why, merges=merges,
                    office=root[1] if root[0] == "office" else None, of=(root[2] or None) if root[0] == "office" else None,
                )
            )  # fmt: skip
        return tuple(sorted(out, key=lambda party: party.id))

    def _proposals(self) -> tuple[Proposal, ...]:
        found: dict[tuple[str, str], tuple[float, str]] = {}
        for one, other, why, score in self._close:
            a, b = sorted((self._party(one), self._party(other)))
            if a != b and score > found.get((a, b), (0.0, ""))[0]:
                found[a, b] = (score, why)
        ordered = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
        return tuple(Proposal(one=a, other=b, why=why, score=round(score, 2)) for (a, b), (score, why) in ordered)


def _add(sums: dict[_K, int], more: dict[_K, int]) -> None:
    """Add the numbers of one table to those of another."""
    for key, number in more.items():
        sums[key] = sums.get(key, 0) + number


def _identify(root: Key, trunk: _Entry) -> str:
    """Return an id that can be read and stays the same: from the earliest way of writing, never from a place in a list."""
    text = "-".join(part for part in root[1:] if part) if root[0] != "name" else trunk.apart.core
    digest = hashlib.sha256("\x1f".join(root).encode()).hexdigest()[:6]
    return f"{slug(text)}-{digest}"


def _pairs(entries: Sequence[_Entry]) -> Iterable[tuple[_Entry, _Entry]]:
    """Yield the pairs worth comparing, each once.

    Two names of several words meet where one word has the same first consonants and the others begin alike; so a slip in one word hides nothing,
    and a common first name draws no crowd.
    """
    blocks: dict[Key, list[int]] = {}
    for n, entry in enumerate(entries):
        stems = [consonants(bone) for bone in entry.apart.bones]
        begins = "".join(stem[:1] for stem in stems)
        for at, stem in enumerate(stems):
            blocks.setdefault((begins, str(at), stem[:3]), []).append(n)
        blocks.setdefault(("=", "".join(entry.apart.bones)), []).append(n)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) < 2:
            continue
        group = members[:_BLOCK]
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                if (one, other) not in seen:
                    seen.add((one, other))
                    yield entries[one], entries[other]
