"""What may be derived from the figures of an event: a span that independent origins support, with its rule and its working.

Never a sum, never a maximum over origins that know nothing of each other. Each origin counts once, with its latest tally, in its most careful
wording. Figures of one single person are cases, not tallies, where larger figures stand; they are named in the working and left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from temoin.account.figures import Value, by_event, phrase, same_number, size, weaker
from temoin.records_account import RULES, Choice, Figure, Reckoning


class Tally(NamedTuple):
    """One origin's current figure of an event."""

    origin: str
    value: Value
    claim: str
    day: str
    told: int  # how often


def reckon(
    figures: Sequence[Figure], *, rule: str = "span", denied: Collection[str] = (), names: Mapping[str, str] | None = None,
    drifted: Collection[str] = (), unsourced: Collection[str] = (),
) -> tuple[Reckoning, ...]:  # fmt: skip
    """Return one reckoning for each event that has figures.

    rule: one of RULES. span: from the lowest to the highest bound that any origin supports; lowest, highest: the origin with the least or the most;
    latest: the newest tally; most_repeated: the value most claims give. denied: events that somebody denies or doubts.
    names: how to show an origin in the working. drifted: claims that changed on the way; they count for nobody.
    unsourced: claims told in a report's own voice; where somebody else has put the same number forward, they are no origin of their own.
    Raises ValueError for a rule there is not.
    """
    if rule not in RULES:
        raise ValueError(f"no rule {rule!r}; there are {', '.join(RULES)}")
    shown = names or {}
    return tuple(_reckon(event, found, rule, event in denied, shown, drifted, unsourced) for event, found in by_event(figures).items())


def tallies(
    figures: Sequence[Figure], drifted: Collection[str] = (), unsourced: Collection[str] = (),
) -> tuple[list[Tally], list[Figure]]:  # fmt: skip
    """Return each origin's current tally of one event, and the figures left aside."""
    larger = any(size((f.low, f.high)) > 1 or f.low != f.high for f in figures)
    aside: list[Figure] = []
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.superseded_by or figure.change == "stale" or figure.claim in drifted or (larger and figure.low == figure.high == 1):
            aside.append(figure)
        else:
            groups.setdefault(figure.origin, []).append(figure)
    out: list[Tally] = []
    sourced = {(f.low, f.high) for found in groups.values() for f in found if f.claim not in unsourced}
    for origin, found in groups.items():
        if all(f.claim in unsourced and any(same_number(value, (f.low, f.high)) for value in sourced) for f in found):
            aside += found
            continue
        told = Counter((f.low, f.high) for f in found)
        best = min(
            found,
            key=lambda f: (-sum(n for v, n in told.items() if same_number(v, (f.low, f.high))), f.day is None, -(f.day.toordinal() if f.day else 0)),
        )
        value = (best.low, best.high)
        same = [f for f in found if same_number((f.low, f.high), value)]
        for figure in same:
            value = weaker(value, (figure.low, figure.high))
        aside += [f for f in found if f not in same]
        first = min(same, key=lambda f: (f.day is None, str(f.day), f.claim))
        out.append(Tally(origin, value, first.claim, str(first.day or "undated"), len(same)))
    return sorted(out, key=lambda t: (size(t.value), t.origin)), aside


def _reckon(
    event: str, figures: Sequence[Figure], rule: str, denied: bool, names: Mapping[str, str], drifted: Collection[str], unsourced: Collection[str],
) -> Reckoning:  # fmt: skip
    found, aside = tallies(figures, drifted, unsourced)
    chosen = _CHOICES[rule](found)
    low, high = _span([t.value for t in chosen])
    lows = tuple(t.origin for t in chosen if t.value[0] == low) if low is not None else tuple(t.origin for t in chosen if t.value[0] is None)
    highs = tuple(t.origin for t in chosen if t.value[1] == high) if high is not None else tuple(t.origin for t in chosen if t.value[1] is None)
    apart = any(not _meet(a.value, b.value) for n, a in enumerate(found) for b in found[n + 1 : n + 40])
    return Reckoning(
        event=event, rule=rule, low=low, high=high, low_origins=lows, high_origins=highs, disputed=denied or apart,
        working=_working(rule, found, chosen, aside, (low, high), denied, apart, names, drifted, unsourced), choices=_choices(found),
    )  # fmt: skip


def _choices(found: list[Tally]) -> tuple[Choice, ...]:
    """Return what every rule gives, to show how much the choice matters; nothing where all give the same."""
    if len({tally.value for tally in found}) < 2:
        return ()
    given = [(rule, _span([tally.value for tally in choose(found)])) for rule, choose in _CHOICES.items()]
    return tuple(Choice(rule=rule, low=low, high=high) for rule, (low, high) in given) if len({value for _, value in given}) > 1 else ()


def _span(values: Sequence[Value]) -> Value:
    """Return the lowest and the highest bound; the top stays open where somebody says "at least" more than anybody's upper bound."""
    lows = [low for low, _ in values if low is not None]
    highs = [high for _, high in values if high is not None]
    low = min(lows, default=None)
    high = max(highs, default=None)
    if high is not None and any(value[1] is None and value[0] is not None and value[0] > high for value in values):
        high = None
    if low is not None and any(value[0] is None and value[1] is not None and value[1] < low for value in values):
        low = None  # the least is open: somebody says "at most" less than anybody's lower bound
    return low, high


def _meet(one: Value, other: Value) -> bool:
    return (one[0] is None or other[1] is None or one[0] <= other[1]) and (other[0] is None or one[1] is None or other[0] <= one[1])


def _most_repeated(found: list[Tally]) -> list[Tally]:
    told: Counter[Value] = Counter()
    for tally in found:
        told[tally.value] += tally.told
    top = max(told.values(), default=0)
    return [t for t in found if told[t.value] == top][:1]


def _latest(found: list[Tally]) -> list[Tally]:
    dated = [t for t in found if t.day != "undated"]
    return [max(dated, key=lambda t: (t.day, t.origin))] if dated else found[:1]


_CHOICES: dict[str, Callable[[list[Tally]], list[Tally]]] = {
    "span": lambda found: found,
    "lowest": lambda found: [t for t in found if size(t.value) == size(found[0].value)],
    "highest": lambda found: [t for t in found if size(t.value) == size(found[-1].value)],
    "latest": _latest,
    "most_repeated": _most_repeated,
}


def _working(
    rule: str, found: Sequence[Tally], chosen: Sequence[Tally], aside: Sequence[Figure], span: Value, denied: bool, apart: bool,
    names: Mapping[str, str],     drifted: Collection[str], unsourced: Collection[str],
) -> str:  # fmt: skip
    """Return the reckoning spelled out, so that anybody can do it again."""
    lines = [
        f"{names.get(t.origin, t.origin)}: {phrase(*t.value)} ({t.day}, {t.claim}" + (f", told {t.told} times)" if t.told > 1 else ")") for t in found
    ]
    if rule != "span":
        lines.append(f"rule {rule}: " + ", ".join(names.get(t.origin, t.origin) for t in chosen))
    counted = f"{len(found)} independent origin{'s' * (len(found) != 1)}"
    lines.append(f"rule {rule}, {counted}: {phrase(*span)}")
    if aside:
        left = Counter(phrase(f.low, f.high) + _reason(f, drifted, unsourced) for f in aside)
        lines.append("left aside: " + ", ".join(f"{value} × {n}" if n > 1 else value for value, n in sorted(left.items())[:8]))
    if apart:
        lines.append("the origins exclude one another")
    if denied:
        lines.append("somebody denies or doubts it")
    return "; ".join(lines)


def _reason(figure: Figure, drifted: Collection[str], unsourced: Collection[str]) -> str:
    if figure.claim in drifted:
        return " (changed on the way)"
    if figure.superseded_by:
        return " (superseded)"
    return " (told without a source)" if figure.claim in unsourced else ""
