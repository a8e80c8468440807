"""What a claim was and what it became on the way, in the page's words: numbers, acts and stances are said anew, names and quotations stay.

An account notes both ends of a change in English; whatever is not known here is told as it stands there.
"""

from __future__ import annotations

import re

from temoin.publish.index import Index
from temoin.publish.neutral import line
from temoin.publish.speakers import told_as
from temoin.publish.wording import Words
from temoin.records_account import Drift, SourcedClaim

#: How an account notes two numbers that were added up: "12 (killing) and 8 (investigation)".
_PART = re.compile(r"(?P<number>[^()]+?) \((?P<event>[a-z_]+)\)(?: and |$)")
_OWN_VOICE = "the report's own voice"
_LONGEST = 90


def ends(drift: Drift, index: Index, own: Words) -> tuple[str, str]:
    """Return what a claim was and what it became, each on one line of at most 90 code points."""
    earlier, later = index.claims[drift.earlier], index.claims[drift.later]
    was, became = line(drift.was, _LONGEST), line(drift.became, _LONGEST)
    match drift.kind:
        case "number" | "bound" | "stale":
            return _parts(drift.was, own) or _number(earlier, own) or was, _number(later, own) or became
        case "stage":
            promised = _said(own.say("stance.promises"), _number(earlier, own), own)
            return promised, _said(own.say("text.as_done"), _number(later, own), own)
        case "certainty" | "negation":
            if earlier.claim.stance != later.claim.stance:
                return own.say(f"stance.{earlier.claim.stance}"), own.say(f"stance.{later.claim.stance}")
            return own.say(f"modality.{earlier.claim.modality}"), own.say(f"modality.{later.claim.modality}")
        case "kind":
            if earlier.claim.event != later.claim.event:
                return own.say(f"event.{earlier.claim.event}"), own.say(f"event.{later.claim.event}")
            return own.say("text.visa"), own.say("text.asylum")
        case "speaker":
            return _speaker(earlier, index, own), own.say("text.own_voice") if drift.became == _OWN_VOICE else _speaker(later, index, own)
    return was, became


def _said(what: str, number: str, own: Words) -> str:
    return f"{what}{own.colon} {number}" if number else what


def _speaker(sourced: SourcedClaim, index: Index, own: Words) -> str:
    """Return who speaks, with a word where he has no name."""
    name, note = told_as(index, own, sourced.origin)
    return line(f"{name} ({note})" if note else name, _LONGEST)


def _number(sourced: SourcedClaim, own: Words) -> str:
    """Return the number of a claim in words, "" where it states none."""
    count = sourced.claim.count
    return own.count(count.low, count.high) if count is not None else ""


def _parts(noted: str, own: Words) -> str:
    """Return two numbers that were added up, each with its act; "" where the note is of another kind."""
    found = list(_PART.finditer(noted))
    if len(found) < 2 or "".join(got[0] for got in found) != noted:
        return ""
    acts = [own.say("event." + got["event"]) for got in found]
    return " + ".join(f"{got['number']} ({act})" for got, act in zip(found, acts, strict=True))[:_LONGEST]
