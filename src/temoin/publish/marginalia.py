"""An account as W3C Web Annotations: each claim a note on its stretch of its report, for any reader that speaks the standard.

Source: Web Annotation Data Model, W3C Recommendation 23 February 2017, sections 3.1 (annotations), 4.2.4 (text quotes), 4.2.5 (text positions).
"""

import json as standard
from typing import Any
from urllib.parse import quote

from temoin.publish.index import Index
from temoin.publish.neutral import encodable, language_tag
from temoin.records import Reading
from temoin.records_account import Account, SourcedClaim

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of text before and after a quotation, so that it is found again in a changed copy


def annotations(account: Account) -> bytes:
    """Return an annotation collection as JSON-LD.

    One annotation a claim: its body holds the claim's fields, its target the quotation by its text and by its place.
    """
    index = Index(account)
    items = [_annotation(index, sourced) for sourced in account.claims]
    collection: dict[str, Any] = {
        "@context": _CONTEXT,
        "id": "urn:temoin:account",
        "type": "AnnotationCollection",
        "label": "Témoin",
        "total": len(items),
    }
    if items:
        collection["first"] = {
            "id": "urn:temoin:account:claims",
            "type": "AnnotationPage",
            "partOf": "urn:temoin:account",
            "startIndex": 0,
            "items": items,
        }
    return standard.dumps(collection, ensure_ascii=False, indent=1).encode() + b"\n"


def source(reading: Reading) -> str:
    """Return the IRI of a report: its digest where it has one (RFC 6920), else its id."""
    if reading.sha256 and len(reading.sha256) == 64 and reading.sha256.isalnum() and reading.sha256.isascii():
        return f"urn:sha256:{reading.sha256}"
    return f"urn:temoin:report:{quote(encodable(reading.id), safe='')}"


def _annotation(index: Index, sourced: SourcedClaim) -> dict[str, Any]:
    reading, claim, origin = index.readings[sourced.report], sourced.claim, index.origins[sourced.origin]
    exact: dict[str, Any] = {"type": "TextQuoteSelector", "exact": encodable(claim.quote)}
    if reading.text[claim.start : claim.end] == claim.quote:
        exact["prefix"] = encodable(reading.text[max(0, claim.start - _AROUND) : claim.start])
        exact["suffix"] = encodable(reading.text[claim.end : claim.end + _AROUND])
    target: dict[str, Any] = {
        "source": source(reading),
        "selector": [exact, {"type": "TextPositionSelector", "start": claim.start, "end": claim.end}],
    }
    about: dict[str, Any] = {
        "event": claim.event,
        "stance": claim.stance,
        "modality": claim.modality,
        "origin": encodable(origin.name),
        "sure": claim.sure,
        "proposed_by": claim.proposed_by,
        "count": {"low": claim.count.low, "high": claim.count.high} if claim.count else None,
        "when": claim.when,
        "where": claim.where,
        "via": claim.via,
    }
    told = {key: encodable(value) if isinstance(value, str) else value for key, value in about.items() if value is not None}
    made: dict[str, Any] = {
        "id": f"urn:temoin:claim:{quote(encodable(sourced.id), safe='')}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": claim.event},
            {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": standard.dumps(told, ensure_ascii=False)},
        ],
        "target": target,
    }
    if language_tag(reading.lang):
        target["source"] = {"id": source(reading), "type": "Text", "format": "text/plain", "language": language_tag(reading.lang)}
    return made
