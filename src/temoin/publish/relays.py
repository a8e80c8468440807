"""Who relies on whom: the chains of an account made one graph, laid out in layers from the first speaker to the last outlet, and drawn.

Layout after Sugiyama: cycles are broken at the link that closes them, a node's layer is its longest way from a beginning, and order within
a layer comes from the middle of its neighbours, swept to and fro. The result is the same on every run.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from temoin.publish.index import Index
from temoin.publish.neutral import direction, language_tag

#: Beyond this many boxes nobody can read a drawing; the rest stays in the table.
MOST_NODES = 90
_BOX, _GAP, _ROW, _TALL = 184, 68, 32, 24
_SWEEPS = 8
_LETTERS = 24  # what fits a box at 12 pixels


@dataclass
class Relay:
    """One party leading to another: how many passages took that way, whether it is a copy, in which reports."""

    source: str
    target: str
    passages: int = 0
    copied: bool = False
    reports: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    """A party in the drawing."""

    key: str
    name: str
    lang: str | None
    named: bool


@dataclass(frozen=True)
class Relays:
    """The graph, without those who only speak in their own words and whom nobody cites."""

    nodes: Mapping[str, Node]
    links: tuple[Relay, ...]  # those with most passages first
    alone: tuple[Node, ...]


def relays(index: Index) -> Relays:
    """Return who passed on whose words, counted from the chains of the account's claims and from its echoes."""
    nodes: dict[str, Node] = {}
    links: dict[tuple[str, str], Relay] = {}

    def party(key: str, report: str) -> str:
        if f"p:{key}" not in nodes:
            name = index.party_name(key)
            nodes[f"p:{key}"] = Node(f"p:{key}", name, index.lang_of(name, [report]), True)
        return f"p:{key}"

    for claim in index.account.claims:
        origin = index.origins[claim.origin]
        way: list[tuple[str, bool]] = []
        if origin.party is None or origin.party not in {link.party for link in claim.chain}:
            key = f"o:{origin.id}" if origin.party is None else party(origin.party, claim.report)
            nodes.setdefault(key, Node(key, index.origin_name(origin.id), index.origin_lang(origin.id), origin.named))
            way.append((key, False))
        way += [(party(link.party, claim.report), link.role == "copied") for link in claim.chain]
        for (source, source_copied), (target, _) in itertools.pairwise(way):
            if source == target:
                continue
            link = links.setdefault((source, target), Relay(source, target))
            link.passages += 1
            link.copied = link.copied or source_copied
            link.reports[claim.report] = None
    linked = {key for pair in links for key in pair}
    kept = {key: node for key, node in nodes.items() if key in linked}
    ordered = tuple(sorted(links.values(), key=lambda link: (-link.passages, -len(link.reports), nodes[link.source].name, nodes[link.target].name)))
    return Relays(kept, ordered, tuple(node for key, node in nodes.items() if key not in linked))


def _largest(graph: Relays, most: int) -> list[Relay]:
    """Return the links with most passages, as many as the drawing has boxes for."""
    kept: list[Relay] = []
    drawn: set[str] = set()
    for link in graph.links:
        more = drawn | {link.source, link.target}
        if len(more) <= most:
            drawn = more
            kept.append(link)
    return kept


def layers(links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the nodes of a directed graph in layers, each layer in a good order. Cycles are allowed; the link that closes one is turned a blind eye.

    links: pairs (from, to). Every link that is not part of a broken cycle leads from an earlier layer to a later one.
    """
    after: dict[str, list[str]] = defaultdict(list)
    for source, target in links:
        after[source].append(target)
        after.setdefault(target, [])
    forward = _without_cycles(after)
    layer = dict.fromkeys(forward, 0)
    for node in _topological(forward):
        for target in forward[node]:
            layer[target] = max(layer[target], layer[node] + 1)
    # Whoever begins a chain stands just before whom it first reaches, or long lines would cross the drawing.
    before: dict[str, int] = defaultdict(int)
    for targets in forward.values():
        for target in targets:
            before[target] += 1
    for node, targets in forward.items():
        if targets and not before[node]:
            layer[node] = min(layer[target] for target in targets) - 1
    rows: list[list[str]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for node in forward:
        rows[layer[node]].append(node)
    return _ordered([row for row in rows if row], forward)


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


def _ordered(rows: list[list[str]], forward: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Order each layer by the middle of its neighbours' places, over and over."""
    near: dict[str, set[str]] = defaultdict(set)
    for node, targets in forward.items():
        for target in targets:
            near[node].add(target)
            near[target].add(node)
    for _ in range(_SWEEPS):
        place = {node: (at + 0.5) / len(row) for row in rows for at, node in enumerate(row)}
        for row in rows:
            row.sort(key=lambda node: sum(place[other] for other in near[node]) / len(near[node]) if near[node] else place[node])
            place.update({node: (at + 0.5) / len(row) for at, node in enumerate(row)})
    return rows


def drawing(graph: Relays, *, title: str) -> tuple[Markup, int]:
    """Return the graph as SVG, and how many links had to be left out of it. The SVG has its own width in pixels and scrolls within its frame."""
    links = _largest(graph, MOST_NODES)
    rows = layers((link.source, link.target) for link in links)
    tallest = max((len(row) for row in rows), default=0)
    height = tallest * _ROW + 8
    width = len(rows) * _BOX + max(len(rows) - 1, 0) * _GAP + 4
    at: dict[str, tuple[float, float]] = {}
    for column, row in enumerate(rows):
        step = (height - 8) / len(row)
        for place, node in enumerate(row):
            at[node] = (2 + column * (_BOX + _GAP), 4 + step * (place + 0.5) - _TALL / 2)
    most = max((link.passages for link in links), default=1)
    lines = [_link(link, at, most, graph.nodes) for link in reversed(links)]
    boxes = [_box(graph.nodes[key], x, y) for key, (x, y) in at.items()]
    svg = (
        f'<svg class="relays" role="img" aria-label="{escape(title)}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"<g>{''.join(lines)}</g><g>{''.join(boxes)}</g></svg>"
    )
    return Markup(svg), len(graph.links) - len(links)


def _link(link: Relay, at: Mapping[str, tuple[float, float]], most: int, nodes: Mapping[str, Node]) -> str:
    (x1, y1), (x2, y2) = at[link.source], at[link.target]
    start, end = x1 + _BOX, x2
    if x2 <= x1:  # part of a broken cycle: the line leaves and enters on the outer sides
        start, end = x1, x2 + _BOX
    y1, y2 = y1 + _TALL / 2, y2 + _TALL / 2
    bend = max(abs(end - start) / 2, 30.0) * (1 if end >= start else -1)
    thick = 1 + 3 * link.passages / most
    kind = "link copied" if link.copied else "link"
    return (
        f'<path class="{kind}" stroke-width="{thick:.1f}" '
        f'd="M{start:.0f} {y1:.1f}C{start + bend:.0f} {y1:.1f} {end - bend:.0f} {y2:.1f} {end:.0f} {y2:.1f}">'
        f"<title>{escape(nodes[link.source].name)} → {escape(nodes[link.target].name)} ({link.passages})</title></path>"
    )


def _box(node: Node, x: float, y: float) -> str:
    short = node.name if len(node.name) <= _LETTERS else node.name[: _LETTERS - 1].rstrip() + "…"
    kind = "node" if node.named else "node unnamed"
    lang = language_tag(node.lang)
    rtl = ' direction="rtl"' if direction(lang) == "rtl" else ""
    return (
        f'<g class="{kind}" transform="translate({x:.0f} {y:.1f})"><title>{escape(node.name)}</title>'
        f'<rect width="{_BOX}" height="{_TALL}" rx="4"/>'
        f'<text x="{_BOX / 2:.0f}" y="16" text-anchor="middle" lang="{escape(lang)}"{rtl}>{escape(short)}</text></g>'
    )
