"""A directed graph laid out in layers, after Sugiyama: from whoever begins on the left to whoever ends on the right.

Cycles are broken at the link that closes them; a node's layer is its longest way from a beginning; a link that passes over layers gets a bend in
each, so that it runs between the boxes and not behind them; order within a layer comes from the middle of the neighbours, swept to and fro.
Source: Sugiyama, Tagawa, Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981. The result is the same on every run.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_SWEEPS = 12


@dataclass(frozen=True)
class Bend:
    """Where a link passes through a layer."""

    source: str
    target: str
    layer: int


Stop = str | Bend


@dataclass(frozen=True)
class Layout:
    """Layers from left to right, each from top to bottom, and the stops of each link in order. A link that closes a cycle has no bends."""

    rows: list[list[Stop]]
    ways: dict[tuple[str, str], list[Stop]]


def layout(links: Iterable[tuple[str, str]]) -> Layout:
    """Return the layout of a graph.

    links: pairs (from, to); a pair given twice counts once. Every link that closes no cycle leads from an earlier layer to a later one.
    """
    after: dict[str, list[str]] = defaultdict(list)
    pairs = list(dict.fromkeys(links))
    for source, target in pairs:
        after[source].append(target)
        after.setdefault(target, [])
    forward = _without_cycles(after)
    layer = _layers(forward)
    onward: dict[Stop, list[Stop]] = {node: [] for node in forward}
    ways: dict[tuple[str, str], list[Stop]] = {pair: list(pair) for pair in pairs}
    for source, targets in forward.items():
        for target in targets:
            way: list[Stop] = [source, *(Bend(source, target, n) for n in range(layer[source] + 1, layer[target])), target]
            ways[(source, target)] = way
            for here, following in itertools.pairwise(way):
                onward.setdefault(here, []).append(following)
    rows: list[list[Stop]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for stop in onward:
        rows[stop.layer if isinstance(stop, Bend) else layer[stop]].append(stop)
    return Layout(_ordered(rows, onward), ways)


def _layers(forward: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the layer of each node of a graph without cycles, none empty."""
    layer = dict.fromkeys(forward, 0)
    for node in _topological(forward):
        for target in forward[node]:
            layer[target] = max(layer[target], layer[node] + 1)
    # Whoever begins a chain stands just before whom it first reaches, or long lines would cross the drawing.
    led_to = {target for targets in forward.values() for target in targets}
    for node, targets in forward.items():
        if targets and node not in led_to:
            layer[node] = min(layer[target] for target in targets) - 1
    number = {n: at for at, n in enumerate(sorted(set(layer.values())))}
    return {node: number[n] for node, n in layer.items()}


def _without_cycles(after: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the graph without the links that lead back into a walk still under way (depth first, own stack: chains may be long)."""
    forward: dict[str, list[str]] = {node: [] for node in after}
    state: dict[str, int] = {}
    for root in after:
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(after[root]))]
        while stack:
            node, targets = stack[-1]
            for target in targets:
                if state.get(target) == 1:
                    continue
                forward[node].append(target)
                if target not in state:
                    state[target] = 1
                    stack.append((target, iter(after[target])))
                    break
            else:
                state[node] = 2
                stack.pop()
    return forward


def _topological(forward: Mapping[str, Sequence[str]]) -> list[str]:
    waiting: dict[str, int] = dict.fromkeys(forward, 0)
    for targets in forward.values():
        for target in targets:
            waiting[target] += 1
    ready = [node for node, count in waiting.items() if not count]
    for node in ready:
        for target in forward[node]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return ready


def _ordered(rows: list[list[Stop]], onward: Mapping[Stop, Sequence[Stop]]) -> list[list[Stop]]:
    """Order each layer by the middle of its neighbours' places, over and over."""
    near: dict[Stop, list[Stop]] = defaultdict(list)
    for node, targets in onward.items():
        for target in targets:
            near[node].append(target)
            near[target].append(node)
    for _ in range(_SWEEPS):
        place = {node: (at + 0.5) / len(row) for row in rows for at, node in enumerate(row)}
        for row in rows:
            row.sort(key=lambda node: sum(place[other] for other in near[node]) / len(near[node]) if near[node] else place[node])
            place.update({node: (at + 0.5) / len(row) for at, node in enumerate(row)})
    return rows
