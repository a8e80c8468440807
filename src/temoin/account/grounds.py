"""Where each claim lies, as far as its report tells: its own place, or the ground it stands on.

A claim that names no place takes it from the claims before it in the same report: within the persecution told of from any of its acts, elsewhere
from the same speaker's claims of the same type only. A place counts as the widest region below a country that these reports know it in (Argun:
Chechnya), so that the acts of one persecution meet. A country counts as the one place in it that the claim's own words name ("in the Colombian
port of Buenaventura"), else as the one region of it that the same report speaks of, where there is just one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import msgspec

from temoin.account.geography import Geography
from temoin.account.lines import GROUND, HARM, Line
from temoin.records import Claim, Reading


class Ground(msgspec.Struct, frozen=True, gc=False):
    """The ground of one claim."""

    region: str | None
    wide: bool  # a country or more: too wide to tell two persecutions apart
    why: str


#: What happens on the ground itself; an inquiry or a trial may be held far from it.
_ACTS = HARM | {"displacement"}
#: What is told of at the place where people are brought.
_BROUGHT = frozenset({"evacuation", "asylum"})
_NOWHERE = Ground(None, False, "no place is named")


def grounds(readings: Sequence[Reading], lines: Sequence[Line], by_report: Sequence[range], geography: Geography) -> list[Ground]:
    """Return the ground of each claim."""
    regions = {name: geography.region(name) for name in geography.names}
    wide = {name: geography.is_wide(name) for name in geography.names}
    out: list[Ground] = [_NOWHERE] * len(lines)
    made: dict[tuple[str, bool, str], Ground] = {}
    for reading, at in zip(readings, by_report, strict=True):
        claims = [(n, lines[n].claim) for n in at]
        acts = [claim.where for _, claim in claims if claim.where and claim.event in _ACTS]
        nearer = {n: found for n, claim in claims if claim.where and wide[claim.where] and (found := _nearer(claim, reading, geography))}
        specific = {regions[where] for where in acts if not wide[where]} | {found for n, found in nearer.items() if lines[n].claim.event in _ACTS}
        if hub := _hub(reading, [claim for _, claim in claims], specific, geography):
            specific = {hub}
            acts = [where for where in acts if geography.inside(hub, where)] or [hub]
            regions.setdefault(hub, hub)
            wide.setdefault(hub, False)
        away = {where for _, claim in claims if (where := claim.where) and claim.event in _BROUGHT} if hub else set()
        last = acts[0] if acts else None
        last_of: dict[tuple[str, str | None], str] = {}
        for n, claim in claims:
            if claim.event == "campaign":
                continue  # an action on the net is nowhere in particular
            where, event, speaker = claim.where, claim.event, claim.claimant_name or claim.claimant
            if where:
                why = where if regions[where] == where else f"{where}, in {regions[where]}"
                last_of[event, speaker] = where
                if event in _ACTS and where not in away:
                    last = where
                place: str | None = where
            else:
                place = last_of.get((event, speaker)) or (last if event in GROUND else None)
                why = f"{place}, named elsewhere in the report" if place else ""
            if place is None:
                continue
            region, is_wide = regions[place], wide[place]
            if n in nearer:
                region, is_wide, why = nearer[n], False, f"{place}, and its words name {nearer[n]} in it"
            elif is_wide and event in GROUND:
                within = [name for name in specific if geography.inside(name, place)]
                if len(within) == 1:
                    region, is_wide, why = within[0], False, f"{place}, and the report speaks of {within[0]} in it"
            key = (region, is_wide, why)
            if key not in made:
                made[key] = Ground(region, is_wide, why)
            out[n] = made[key]
    return out


def _hub(reading: Reading, claims: Sequence[Claim], specific: Collection[str], geography: Geography) -> str:
    """Return where a report's acts happen where no claim of an act says so, only where people were brought: the one other place that is named.

    specific: regions that acts are put in. "" where an act has a place of its own, or where more than one other place is named.
    """
    brought = {geography.region(claim.where) for claim in claims if claim.where and claim.event in _BROUGHT}
    if not brought or not brought >= set(specific):
        return ""
    named = Counter(geography.region(place.name) for place in reading.places if not geography.is_wide(place.name))
    others = [region for region in named if region not in brought]
    if len(others) == 1 and all(named[others[0]] >= named[other] for other in brought):
        return others[0]
    ranked = named.most_common(2)
    if not others and not specific and len(ranked) == 2 and ranked[0][1] >= 2 * ranked[1][1]:
        return ranked[0][0]  # people are brought from the one to the other; the report dwells on the one
    return ""


def _nearer(claim: Claim, reading: Reading, geography: Geography) -> str:
    """Return the region of the one place that the words of a claim name within the country it is put in; "" where none or several."""
    named = {place.name for place in reading.places if claim.start <= place.start and place.end <= claim.end and place.name != claim.where}
    within = {geography.region(name) for name in named if not geography.is_wide(name) and geography.inside(name, claim.where or "")}
    return within.pop() if len(within) == 1 else ""
