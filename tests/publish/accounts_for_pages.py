"""Accounts made for the tests of publishing: by hand, and from marked documents where they are at hand.

The linking here is deliberately simple (one event for each type and place, one origin for each name): it makes accounts to be shown, not right ones.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

from temoin.records import Claim, Count, Place, Reading, Unread
from temoin.records_account import (
    Account,
    Commitment,
    Denial,
    Drift,
    Echo,
    Event,
    Figure,
    Gap,
    Link,
    Origin,
    Party,
    Reckoning,
    Shared,
    SourcedClaim,
)

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
COORDINATES = {
    "France": ("FR", 46.6, 2.4),
    "Russia": ("RU", 61.0, 99.0),
    "Moscow": ("RU", 55.75, 37.62),
    "Chechnya": ("RU", 43.4, 45.7),
    "Astrakhan": ("RU", 46.35, 48.04),
    "Grozny": ("RU", 43.32, 45.69),
    "Lyon": ("FR", 45.76, 4.83),
    "Brazil": ("BR", -10.0, -52.0),
    "Paris": ("FR", 48.86, 2.35),
}


def claim(
    text: str,
    quote: str,
    event: str,
    stance: str = "asserts",
    *,
    who: str | None = None,
    low: int | None = None,
    high: int | None = None,
    where: str | None = None,
    when: str | None = None,
    via: str | None = None,
    sure: bool = True,
    modality: str = "fact",
) -> Claim:
    """A claim whose quote stands in the text."""
    start = text.index(quote)
    count = Count(low=low, high=high) if (low, high) != (None, None) else None
    return Claim(
        start=start,
        end=start + len(quote),
        quote=quote,
        event=event,
        stance=stance,
        claimant=who,
        claimant_name=who,
        via=via,
        count=count,
        where=where,
        when=when,
        sure=sure,
        modality=modality,
    )  # type: ignore[arg-type]


def gather(readings: list[Reading], *, echoes: dict[str, str] | None = None, unread: tuple[Unread, ...] = ()) -> Account:
    """An account of the readings."""
    readings = sorted(readings, key=lambda reading: reading.published or date.max)
    parties: dict[str, Party] = {}
    origins: dict[str, Origin] = {}
    claims: list[SourcedClaim] = []
    echoes = echoes or {}
    by_id = {reading.id: reading for reading in readings}

    def party(name: str, kind: str = "unknown") -> str:
        key = f"party-{name.casefold()}"
        parties.setdefault(key, Party(id=key, name=name, names=(name,), kind=kind))  # type: ignore[arg-type]
        return key

    for reading in readings:
        for n, each in enumerate(reading.claims):
            outlet = reading.outlet or reading.id
            name = each.claimant_name or each.claimant or outlet
            named = name[:1].isupper() or name == outlet
            chain = [Link(party=party(name), role="claimant", why="named in the sentence")] if each.claimant and named else []
            if each.via:
                chain.append(Link(party=party(each.via), role="via", why="told through"))
            if reading.id in echoes and by_id[echoes[reading.id]].outlet:
                chain.append(Link(party=party(by_id[echoes[reading.id]].outlet or "", "outlet"), role="copied", why="same words"))
            chain.append(Link(party=party(outlet, "outlet"), role="outlet", why="published it"))
            key = f"origin-{name.casefold()}" if named else f"unnamed-{reading.id}-{name}"
            origins.setdefault(
                key,
                Origin(id=key, name=name, party=party(name) if named else None, named=named, first_report=reading.id, first_day=reading.published),
            )
            claims.append(
                SourcedClaim(
                    id=f"{reading.id}#{n}",
                    report=reading.id,
                    claim=each,
                    origin=key,
                    chain=tuple(chain),
                    event=f"{each.event}@{each.where or ''}",
                    echo=reading.id in echoes,
                )
            )
    by_event: dict[str, list[SourcedClaim]] = defaultdict(list)
    for sourced in claims:
        by_event[sourced.event].append(sourced)
    events = tuple(
        Event(
            id=key,
            type=group[0].claim.event,
            where=group[0].claim.where,
            when=next((c.claim.when for c in group if c.claim.when), None),
            claims=tuple(c.id for c in group),
            origins=tuple(dict.fromkeys(c.origin for c in group if c.claim.stance == "asserts")),
            reports=tuple(dict.fromkeys(c.report for c in group)),
            why="the same act at the same place",
        )
        for key, group in by_event.items()
    )
    figures: list[Figure] = []
    drifts: list[Drift] = []
    reckonings: list[Reckoning] = []
    for event in events:
        by_origin: dict[str, list[SourcedClaim]] = defaultdict(list)
        for sourced in by_event[event.id]:
            if sourced.claim.count and sourced.claim.stance == "asserts":
                by_origin[sourced.origin].append(sourced)
        own = []
        for origin, group in by_origin.items():
            for at, sourced in enumerate(group):
                count = sourced.claim.count
                assert count is not None
                later = next((c for c in group[at + 1 :] if c.claim.count != count), None)
                own.append(
                    Figure(
                        event=event.id,
                        origin=origin,
                        claim=sourced.id,
                        low=count.low,
                        high=count.high,
                        unit=None,
                        day=by_id[sourced.report].published,
                        superseded_by=later.id if later else None,
                    )
                )
                if later:
                    drifts.append(
                        Drift(
                            kind="number",
                            origin=origin,
                            earlier=sourced.id,
                            later=later.id,
                            was=str(count.low or count.high),
                            became=str(later.claim.count.low or later.claim.count.high),
                            weight=3,
                            why="the same origin, another number",
                        )
                    )  # type: ignore[union-attr]
        figures += own
        lows, highs = [f.low for f in own if f.low is not None], [f.high for f in own if f.high is not None]
        if len(by_origin) > 1 and lows and highs and min(lows) <= max(highs):
            reckonings.append(
                Reckoning(
                    event=event.id,
                    rule="span of the bounds of independent origins",
                    low=min(lows),
                    high=max(highs),
                    low_origins=tuple(by_origin),
                    high_origins=tuple(by_origin),
                    disputed=len(by_origin) > 2,
                    working="; ".join(f"{f.low}..{f.high}" for f in own),
                )
            )
    denials = tuple(
        Denial(claim=c.id, by=c.origin, answers=tuple(e.id for e in events if e.type == c.claim.event and e.origins)[:3], why="the same act")
        for c in claims
        if c.claim.stance in ("denies", "doubts")
    )
    commitments = tuple(
        Commitment(
            claim=c.id,
            by=c.origin,
            due="2031-08" if n % 2 else None,
            due_day=date(2031, 8, 31) if n % 2 else None,
            state=("open", "overdue", "kept", "broken", "overtaken")[n % 5],
            evidence=(),
            why="a promise",
        )
        for n, c in enumerate(c for c in claims if c.claim.stance == "promises")
    )
    return Account(
        readings=tuple(readings),
        unread=unread,
        claims=tuple(claims),
        parties=tuple(parties.values()),
        origins=tuple(origins.values()),
        echoes=tuple(
            Echo(report=a, of=b, share=0.62, why="published later", passages=(Shared(start=0, end=9, of_start=0, of_end=9),))
            for a, b in echoes.items()
            if a in by_id and b in by_id
        ),
        events=events,
        figures=tuple(figures),
        reckonings=tuple(reckonings),
        denials=denials,
        commitments=commitments,
        drifts=tuple(drifts[:6]),
        gaps=tuple(Gap(kind="one_origin", about=e.id, detail="a single origin") for e in events if len(e.origins) == 1)[:12],
    )


def from_gold(scenario: str | None = None, languages: str = "en fr ru es pt de") -> Account:
    """An account of the marked documents of one scenario, or of all."""
    readings, echoes = [], {}
    for lang in languages.split():
        for raw in (GOLD / f"dev-{lang}.jsonl").read_text(encoding="utf-8").splitlines():
            document = json.loads(raw)
            if scenario and document.get("scenario") != scenario:
                continue
            claims = []
            for n, found in enumerate(document["claims"]):
                fields = {key: value for key, value in found.items() if key != "optional"}
                count = fields.pop("count")
                claims.append(Claim(**fields, count=Count(**count) if count else None, sure=bool(n % 7), found_by="by hand"))
            places = tuple(Place(start=0, end=1, name=name, country=code, lat=lat, lon=lon) for name, (code, lat, lon) in COORDINATES.items())
            if document.get("echo_of"):
                echoes[document["id"]] = document["echo_of"]
            readings.append(
                Reading(
                    id=document["id"],
                    path=f"reports/{document['id']}.txt",
                    sha256=f"{len(readings):064x}",
                    lang=lang,
                    published=date.fromisoformat(document["published"]) if document["published"] else None,
                    outlet=document.get("outlet"),
                    title=document["text"].split("\n")[0],
                    text=document["text"],
                    claims=tuple(claims),
                    places=places,
                )
            )
    unread = (Unread(path="reports/scan.pdf", reason="scanned page, no text layer", hint="run a text recognition first", sha256="a" * 64),)
    return gather(readings, echoes=echoes, unread=unread)


TEXT = (
    "Relief workers say at least three men were killed.\n\nThe paper Volzhsky Listok reported that up to 26 men had been killed. "
    "The ministry called it a lie.\n\nThe minister promised twenty visas before the summer.\n\nMost read: 70,000 dead in the pandemic"
)


def small() -> Account:
    """One report: an allegation by two origins, a denial, a promise, furniture."""
    furniture = (TEXT.index("Most read"), len(TEXT))
    reading = Reading(
        id="one",
        path="one.txt",
        sha256="0" * 64,
        lang="en",
        published=date(2031, 4, 3),
        outlet="The Courier",
        title="Men killed",
        text=TEXT,
        furniture=(furniture,),
        places=(Place(start=0, end=1, name="Chechnya", country="RU", lat=43.4, lon=45.7),),
        claims=(
            claim(TEXT, "at least three men were killed", "killing", who="Relief workers", low=3, where="Chechnya"),
            claim(TEXT, "up to 26 men had been killed", "killing", who="Volzhsky Listok", high=26, where="Chechnya", sure=False),
            claim(TEXT, "called it a lie", "killing", "denies", who="The ministry", where="Chechnya"),
            claim(TEXT, "promised twenty visas before the summer", "asylum", "promises", who="The minister", low=20, high=20),
        ),
    )
    return gather([reading], unread=(Unread(path="two.pdf", reason="scanned page, no text layer"),))
