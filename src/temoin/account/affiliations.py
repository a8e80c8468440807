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

#: Stands among the codes of somebody who is called a spokesperson.
VOICE = "voice"
#: Code points before and after a name that are looked at.
_AROUND = 90
#: Mentions of a name looked at in one report.
_MENTIONS = 3
#: Reports looked at for one origin.
_REPORTS = 40
_STOP = re.compile(r"[.!?](?:\s|$)|\n")


class Houses:
    """For each origin the codes of offices and bodies that stand beside its name; read when first asked for."""

    def __init__(self, readings: Sequence[Reading], lines: Sequence[Line], sources: Sequence[Source]) -> None:
        self._readings, self._lines = readings, lines
        self._spoken: dict[str, dict[int, int]] = {}
        for n, source in enumerate(sources):
            if not source.own_voice:
                self._spoken.setdefault(source.origin, {}).setdefault(lines[n].at, n)
        self._found: dict[str, frozenset[str]] = {}

    def of(self, origin: str) -> frozenset[str]:
        """Return the codes beside an origin's name, over the first reports that quote it."""
        if origin not in self._found:
            codes: set[str] = set()
            for at, n in list(self._spoken.get(origin, {}).items())[:_REPORTS]:
                reading, claim = self._readings[at], self._lines[n].claim
                apart = take_apart(claim.claimant_name or claim.claimant or "", reading.lang)
                if apart.sort == "name" and reading.text:
                    codes |= _beside(reading, apart.core)
            self._found[origin] = frozenset(codes)
        return self._found[origin]


def _beside(reading: Reading, name: str) -> set[str]:
    """Return the codes near the first mentions of a name."""
    words = wording(reading.lang)
    last = name.split()[-1]
    codes: set[str] = set()
    stop = 0
    for _ in range(_MENTIONS):
        start = reading.text.find(last, stop)
        if start < 0:
            break
        stop = start + len(last)
        before = reading.text[max(0, start - _AROUND) : start]
        after = reading.text[stop : stop + _AROUND]
        cuts = list(_STOP.finditer(before))
        before = before[cuts[-1].end() :] if cuts else before
        cut = _STOP.search(after)
        after = after[: cut.start()] if cut else after
        for side in (before, after):
            plain = re.findall(r"\w+", fold(side))
            flat = " ".join(plain)
            if any(words.is_in("voices", word) for word in plain):
                codes.add(VOICE)
            codes.update(code for m in words.offices.finditer(flat) if (code := words.office(m[0])[0]))
            codes.update(code for m in words.bodies.finditer(flat) if (code := words.body(m[0])))
    return codes


def house(code: str) -> str:
    """Return the house of an office: minister and ministry of the interior share one."""
    return code.removesuffix("_minister").removesuffix("_ministry")
