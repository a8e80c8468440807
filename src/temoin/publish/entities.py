"""An account as FollowTheMoney entities, one JSON object a line, for OpenAleph and its kin.

Reports become `Article`, parties `LegalEntity`, `Person`, `Organization` or `PublicBody`, events `Event`, each origin's part in an event an
`UnknownLink` whose role says what it does. The model has no claim: the quotations travel in `description`, their reports in `proof`.
Source: the FollowTheMoney model 4, schemata Article, LegalEntity, Event, UnknownLink.
"""

from __future__ import annotations

import hashlib
import json as standard
import re
from collections.abc import Iterator
from typing import Any

from temoin.publish.index import Index
from temoin.publish.neutral import language_tag, line, neutral
from temoin.publish.wording import words
from temoin.records import Reading
from temoin.records_account import Account, Event, Origin

_SCHEMA = {
    "person": "Person",
    "organisation": "Organization",
    "outlet": "Organization",
    "authority": "PublicBody",
    "group": "LegalEntity",
    "unknown": "LegalEntity",
}
# The model writes languages with three letters (ISO 639-3).
_THREE = {
    "en": "eng",
    "fr": "fra",
    "ru": "rus",
    "es": "spa",
    "pt": "por",
    "de": "deu",
    "ar": "ara",
    "uk": "ukr",
    "it": "ita",
    "nl": "nld",
    "pl": "pol",
    "tr": "tur",
}
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def entities(account: Account) -> bytes:
    """Return the account's reports, parties, events and links, one entity a line. Ids are digests, the same for the same account."""
    index = Index(account)
    return b"".join(standard.dumps(each, ensure_ascii=False).encode() + b"\n" for each in _entities(index))


def _id(kind: str, key: str) -> str:
    return f"temoin-{kind}-" + hashlib.sha256(f"{kind}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _entity(kind: str, key: str, schema: str, **properties: list[str | None]) -> dict[str, Any]:
    kept = {name: list(dict.fromkeys(value for value in values if value)) for name, values in properties.items()}
    return {"id": _id(kind, key), "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _entities(index: Index) -> Iterator[dict[str, Any]]:
    for reading in index.account.readings:
        yield _article(index, reading)
    for origin in index.account.origins:
        yield _party(index, origin)
    for event in index.account.events:
        yield _event(index, event)
        yield from _links(index, event)


def _article(index: Index, reading: Reading) -> dict[str, Any]:
    language = _THREE.get(language_tag(reading.lang).split("-")[0].lower())
    title = line(reading.title, 300) if reading.title else index.label(reading.id)
    url = reading.url if reading.url and re.match(r"https?://[^\s<>\"]+$", reading.url) else None
    digest = reading.sha256 if reading.sha256 and re.fullmatch(r"[0-9a-f]{64}", reading.sha256) else None
    about = f"SHA-256 {digest}" if digest else None
    return _entity(
        "report",
        reading.id,
        "Article",
        title=[title],
        publishedAt=[reading.published.isoformat() if reading.published else None],
        publisher=[line(reading.outlet, 200) if reading.outlet else None],
        author=[line(author, 200) for author in reading.authors],
        language=[language],
        sourceUrl=[url],
        fileName=[line((reading.path or "").rsplit("/", 1)[-1], 200)],
        bodyText=[neutral(reading.text)],
        summary=[about],
    )


def _party(index: Index, origin: Origin) -> dict[str, Any]:
    party = index.parties.get(origin.party or "")
    kind = party.kind if party else "unknown"
    names = [line(name, 300) for name in party.names] if party else []
    note = None if origin.named else "unnamed source"
    return _entity(
        "origin",
        origin.id,
        _SCHEMA[kind],
        name=[line(origin.name, 300)],
        alias=[name for name in names if name != line(origin.name, 300)],
        notes=[note],
    )


def _days(edtf: str | None) -> tuple[str | None, str | None]:
    first, _, last = (edtf or "").partition("/")
    start = first.rstrip("~?%")
    end = last.rstrip("~?%")
    return (start if _DATE.fullmatch(start) else None, end if _DATE.fullmatch(end) else None)


def _event(index: Index, event: Event) -> dict[str, Any]:
    own = words("en")
    start, end = _days(event.when)
    name = " · ".join([own.say(f"event.{event.type}"), *([line(event.where, 100)] if event.where else [])])
    counts = own.say(
        "summary.event", reports=own.say("count.reports", len(index.reports_of_event(event))), origins=own.say("count.origins", len(event.origins))
    )
    single = start if start and not end and "/" not in (event.when or "") else None
    return _entity(
        "event",
        event.id,
        "Event",
        name=[name],
        date=[single],
        startDate=[None if single else start],
        endDate=[end],
        location=[line(event.where, 100) if event.where else None],
        summary=[counts],
        involved=[_id("origin", key) for key in event.origins],
        proof=[_id("report", key) for key in index.reports_of_event(event)],
    )


def _links(index: Index, event: Event) -> Iterator[dict[str, Any]]:
    own = words("en")
    by: dict[tuple[str, str], list[str]] = {}
    proof: dict[tuple[str, str], list[str | None]] = {}
    for sourced in index.claims_of_event[event.id]:
        key = (sourced.origin, sourced.claim.stance)
        number = f" [{own.count(sourced.claim.count.low, sourced.claim.count.high)}]" if sourced.claim.count else ""
        by.setdefault(key, []).append(f"“{line(sourced.claim.quote, 1000)}”{number}")
        proof.setdefault(key, []).append(_id("report", sourced.report))
    for (origin, stance), quotes in by.items():
        yield _entity(
            "link",
            f"{event.id}\0{origin}\0{stance}",
            "UnknownLink",
            subject=[_id("origin", origin)],
            object=[_id("event", event.id)],
            role=[stance],
            description=list(quotes),
            proof=proof[(origin, stance)],
        )
