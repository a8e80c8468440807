"""How a table of sentences and claims is checked, for all languages alike."""

from datetime import date
from typing import NamedTuple

from temoin.read import read
from temoin.records import Claim


class Expected(NamedTuple):
    """One claim: its event and stance, words of the claimant (None for the report's own voice), and bounds (None where no number is stated)."""

    event: str
    stance: str = "asserts"
    claimant: str | None = None
    count: tuple[int | None, int | None] | None = None


def told(text: str, lang: str) -> list[Claim]:
    return list(read(text, lang=lang, published=date(2031, 5, 20)).claims)


def fits(claim: Claim, wanted: Expected) -> bool:
    names = f"{claim.claimant or ''} {claim.claimant_name or ''}".lower()
    who = claim.claimant is None if wanted.claimant is None else wanted.claimant.lower() in names
    count = (claim.count.low, claim.count.high) if claim.count else None
    return claim.event == wanted.event and claim.stance == wanted.stance and who and count == wanted.count


def check(text: str, lang: str, wanted: list[Expected]) -> None:
    """Assert that every expected claim is found, that nothing else of another event is, and that all quotations stand in the text."""
    claims = told(text, lang)
    shown = [(c.event, c.stance, c.claimant, c.claimant_name, c.count, c.quote, c.found_by) for c in claims]
    for w in wanted:
        assert any(fits(c, w) for c in claims), f"{w} not among {shown}"
    assert {c.event for c in claims} <= {w.event for w in wanted}, f"more than {wanted}: {shown}"
    for c in claims:
        assert text[c.start : c.end] == c.quote
