"""Reports that are likely translations: the same claims, numbers and speakers in the same order, in another language.

Told as likely, with the claims that correspond, and used for nothing else: a person decides whether the words were translated. Independent reports
of one event share up to four fifths of the shorter one's claims in order (measured on the development documents); nine tenths is asked for here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from temoin.account.lines import Line
from temoin.account.origins import Source
from temoin.records import Reading
from temoin.records_account import Echo, Shared

#: Part of the shorter report's claims that must correspond in order, how many at least, and how many of them with a number.
_SHARE, _LEAST, _NUMBERS = 0.9, 8, 3
#: Days between a report and its translation.
_DAYS = 60
#: First reports looked at for each claim with a number.
_FIRST = 8

Sign = tuple[str, str, int | None, int | None, str]


def translations(readings: Sequence[Reading], lines: Sequence[Line], by_report: Sequence[range], sources: Sequence[Source]) -> tuple[Echo, ...]:
    """Return the likely translations, each with the corresponding claims as passages, in the order of publication."""
    carriers: dict[Sign, list[int]] = {}
    out: list[Echo] = []
    for at, report in enumerate(by_report):
        if len(report) < _LEAST:
            continue
        signs = [_sign(lines[n], sources[n]) for n in report]
        shared: dict[int, int] = {}
        for sign in {s for s in signs if s[2] is not None or s[3] is not None}:
            held = carriers.setdefault(sign, [])
            for other in held:
                shared[other] = shared.get(other, 0) + 1
            if len(held) < _FIRST:
                held.append(at)
        for other in sorted(shared, key=lambda o: (-shared[o], o))[:_FIRST]:
            if shared[other] >= _NUMBERS and _may_be(readings[at], readings[other]):
                echo = _compare(at, other, signs, readings, lines, by_report, sources)
                if echo is not None:
                    out.append(echo)
                    break
    return tuple(out)


def _may_be(one: Reading, other: Reading) -> bool:
    """Return whether two reports are in different known languages and near each other in time."""
    if not one.lang or not other.lang or one.lang.split("-")[0] == other.lang.split("-")[0]:
        return False
    return one.published is None or other.published is None or abs((one.published - other.published).days) <= _DAYS


def _compare(
    at: int, other: int, signs: Sequence[Sign], readings: Sequence[Reading], lines: Sequence[Line], by_report: Sequence[range],
    sources: Sequence[Source],
) -> Echo | None:  # fmt: skip
    theirs = [_sign(lines[n], sources[n]) for n in by_report[other]]
    least = max(_LEAST, _SHARE * min(len(signs), len(theirs)))
    if (Counter(signs) & Counter(theirs)).total() < least:
        return None  # not enough in common in any order
    pairs = _in_order(signs, theirs)
    share = len(pairs) / min(len(signs), len(theirs))
    numbers = sum(signs[i][2] is not None or signs[i][3] is not None for i, _ in pairs)
    if share < _SHARE or len(pairs) < _LEAST or numbers < _NUMBERS:
        return None
    mine, source = by_report[at], by_report[other]
    passages = tuple(
        Shared(start=a.start, end=a.end, of_start=b.start, of_end=b.end)
        for a, b in ((lines[mine[i]].claim, lines[source[j]].claim) for i, j in pairs)
    )  # fmt: skip
    why = f"likely translated: {len(pairs)} claims with the same numbers and speakers, in the same order, in another language"
    return Echo(report=readings[at].id, of=readings[other].id, share=round(share, 3), why=why, passages=passages, translated=True)


def _sign(line: Line, source: Source) -> Sign:
    """Return what of a claim is the same in every language: type, stance, number and origin; a report's own voice is one."""
    count = line.claim.count
    return line.claim.event, line.claim.stance, count.low if count else None, count.high if count else None, "" if source.own_voice else source.origin


def _in_order(one: Sequence[Sign], other: Sequence[Sign]) -> list[tuple[int, int]]:
    """Return the longest common run of two sequences, gaps allowed, as pairs of indices. Source: Wagner and Fischer 1974."""
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            table[i + 1][j + 1] = table[i][j] + 1 if a == b else max(table[i][j + 1], table[i + 1][j])
    pairs: list[tuple[int, int]] = []
    i, j = len(one), len(other)
    while i and j:
        if one[i - 1] == other[j - 1] and table[i][j] == table[i - 1][j - 1] + 1:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
