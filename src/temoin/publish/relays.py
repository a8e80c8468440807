"""Who relies on whom: the chains of an account made one graph, laid out in layers from the first speaker to the last outlet, and drawn."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from temoin.publish.index import Index
from temoin.publish.layout import Bend, Stop, layout
from temoin.publish.neutral import direction, language_tag

#: Beyond this many boxes nobody can read a drawing; the rest stays in the table.
MOST_NODES = 90
_BOX, _GAP, _ROW, _TALL, _THIN = 184, 68, 32, 24, 12
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


def drawing(graph: Relays, *, title: str) -> tuple[Markup, int]:
    """Return the graph as SVG, and how many links had to be left out of it. The SVG has its own width in pixels and scrolls within its frame."""
    links = _largest(graph, MOST_NODES)
    laid = layout((link.source, link.target) for link in links)
    taken = [sum(_THIN if isinstance(stop, Bend) else _ROW for stop in row) for row in laid.rows]
    height = max(taken, default=0) + 8
    width = len(laid.rows) * _BOX + max(len(laid.rows) - 1, 0) * _GAP + 4
    at: dict[Stop, tuple[float, float]] = {}  # the left end of each stop's middle line
    for column, row in enumerate(laid.rows):
        spare = (height - 8 - taken[column]) / len(row)
        y = 4.0
        for stop in row:
            tall = (_THIN if isinstance(stop, Bend) else _ROW) + spare
            at[stop] = (2 + column * (_BOX + _GAP), y + tall / 2)
            y += tall
    most = max((link.passages for link in links), default=1)
    lines = [_link(link, [at[stop] for stop in laid.ways[(link.source, link.target)]], most, graph.nodes) for link in reversed(links)]
    boxes = [_box(graph.nodes[stop], x, y - _TALL / 2) for stop, (x, y) in at.items() if isinstance(stop, str)]
    svg = (
        f'<svg class="relays" role="img" aria-label="{escape(title)}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"<g>{''.join(lines)}</g><g>{''.join(boxes)}</g></svg>"
    )
    return Markup(svg), len(graph.links) - len(links)


def _link(link: Relay, way: Sequence[tuple[float, float]], most: int, nodes: Mapping[str, Node]) -> str:
    thick = 1 + 3 * link.passages / most
    kind = "link copied" if link.copied else "link"
    (x, y), *further = way
    back = further[-1][0] <= x  # closes a cycle: the line leaves and enters on the outer sides
    path = f"M{x if back else x + _BOX:.0f} {y:.1f}"
    here = x if back else x + _BOX
    for n, (next_x, next_y) in enumerate(further):
        end = next_x + _BOX if back else next_x
        bend = -30.0 if back else (end - here) / 2
        path += f"C{here + bend:.0f} {y:.1f} {end - bend:.0f} {next_y:.1f} {end:.0f} {next_y:.1f}"
        here, y = end, next_y
        if n < len(further) - 1:  # straight on through the layer, between its boxes
            here = next_x + _BOX
            path += f"H{here:.0f}"
    return (
        f'<path class="{kind}" stroke-width="{thick:.1f}" d="{path}">'
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
