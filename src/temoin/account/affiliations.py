"""Which house a speaker stands for, as the reports say beside the name: "a spokesman for the interior ministry, Anton Belykh".

Only words within a few steps of the name count, in the same sentence. Used to see that a spokesman's words were put into his minister's mouth;
never used to merge the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from temoin.account.lines import Line
from temoin.account.names import take_apart
from temoin.account.origins import Source
from temoin.account.spelling import fold
from temoin.account.wording import wording
from temoin.records import Reading

#: Code points before and after a name that are looked at.
_AROUND = 90
#: Mentions of a name looked at in one report.
_MENTIONS = 3
_STOP = re.compile(r"[.!?](?:\s|$)|\n")


def affiliations(readings: Sequence[Reading], lines: Sequence[Line], sources: Sequence[Source], origins: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return for each of these origins the codes of offices and bodies that stand beside its name."""
    found: dict[str, set[str]] = {}
    done: set[tuple[str, int]] = set()
    for n, line in enumerate(lines):
        origin = sources[n].origin
        if origin not in origins or (origin, line.at) in done:
            continue
        reading = readings[line.at]
        apart = take_apart(line.claim.claimant_name or line.claim.claimant or "", reading.lang)
        if apart.sort != "name" or not reading.text:
            continue
        done.add((origin, line.at))
        found.setdefault(origin, set()).update(_beside(reading, apart.core))
    return {origin: frozenset(codes) for origin, codes in found.items()}


def _beside(reading: Reading, name: str) -> set[str]:
    """Return the codes near the first mentions of a name."""
    words = wording(reading.lang)
    last = name.split()[-1]
    codes: set[str] = set()
    for got in list(re.finditer(re.escape(last), reading.text))[:_MENTIONS]:
        before = reading.text[max(0, got.start() - _AROUND) : got.start()]
        after = reading.text[got.end() : got.end() + _AROUND]
        cuts = list(_STOP.finditer(before))
        before = before[cuts[-1].end() :] if cuts else before
        cut = _STOP.search(after)
        after = after[: cut.start()] if cut else after
        for side in (before, after):
            flat = " ".join(re.findall(r"\w+", fold(side)))
            codes.update(code for m in words.offices.finditer(flat) if (code := words.office(m[0])[0]))
            codes.update(code for m in words.bodies.finditer(flat) if (code := words.body(m[0])))
    return codes


def house(code: str) -> str:
    """Return the house of an office: minister and ministry of the interior share one."""
    return code.removesuffix("_minister").removesuffix("_ministry")
