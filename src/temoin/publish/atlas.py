"""The places of an account on a map that asks nobody for anything: Natural Earth outlines, cut to the part of the world spoken of.

The land is one drawing that stretches with the page; the markers lie over it by per cent, so that their numbers stay readable on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from temoin.publish.index import Index
from temoin.publish.neutral import line
from temoin.publish.outlines import Line, outlines

WIDTH, HEIGHT = 720.0, 380.0
_LEAST_DEGREES = 34.0  # of longitude: closer in, the outlines (1:110,000,000) are too coarse to help
_SOUTH, _NORTH = -58.0, 84.0
_FINEST = 0.9  # pixels between two points of an outline


@dataclass(frozen=True)
class Spot:
    """A place that claims name: its number on the map, and the events said to have happened there."""

    number: int
    name: str
    lat: float
    lon: float
    events: tuple[str, ...]
    reports: int


@dataclass(frozen=True)
class Window:
    """The part of the world shown: an equirectangular view, true to scale at its middle latitude."""

    west: float
    south: float
    east: float
    north: float

    def x(self, lon: float) -> float:
        """Pixels from the left."""
        return (lon - self.west) / (self.east - self.west) * WIDTH

    def y(self, lat: float) -> float:
        """Pixels from the top."""
        return (self.north - lat) / (self.north - self.south) * HEIGHT


def spots(index: Index) -> tuple[tuple[Spot, ...], tuple[str, ...]]:
    """Return the places of events that have coordinates in some report, those of most reports first, and the names of those that have none."""
    known: dict[str, tuple[float, float]] = {}
    for reading in index.account.readings:
        for place in reading.places:
            if place.lat is not None and place.lon is not None and abs(place.lat) <= 90 and abs(place.lon) <= 180:
                known.setdefault(place.name, (place.lat, place.lon))
    events: dict[str, dict[str, None]] = {}
    reports: dict[str, set[str]] = {}
    for event in index.account.events:
        for claim in index.claims_of_event[event.id]:
            where = claim.claim.where or event.where
            if where:
                events.setdefault(where, {})[event.id] = None
                reports.setdefault(where, set()).add(claim.report)
    order = sorted(events, key=lambda name: (-len(reports[name]), name))
    placed = [name for name in order if name in known]
    found = tuple(Spot(n, line(name, 60), *known[name], tuple(events[name]), len(reports[name])) for n, name in enumerate(placed, 1))
    return found, tuple(line(name, 60) for name in order if name not in known)


def window(points: Sequence[tuple[float, float]]) -> Window:
    """Return the view that holds all points (latitude, longitude) with room around them."""
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    middle_lat, middle_lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    shrink = max(math.cos(math.radians(middle_lat)), 0.3)  # a degree of longitude against one of latitude
    across = max((max(lons) - min(lons)) * 1.3, (max(lats) - min(lats)) * 1.5 * WIDTH / HEIGHT / shrink, _LEAST_DEGREES)
    if across >= 300:
        return Window(-180, _SOUTH, 180, _NORTH)
    tall = min(across * shrink * HEIGHT / WIDTH, _NORTH - _SOUTH)
    west = min(max(middle_lon - across / 2, -180), 180 - across)
    south = min(max(middle_lat - tall / 2, _SOUTH), _NORTH - tall)
    return Window(west, south, west + across, south + tall)


def _path(lines: Iterable[Line], view: Window, closed: bool) -> str:
    """Return the path of all lines that touch the view, points nearer than a pixel to the last left out."""
    out = []
    # What crosses the date line goes on beyond 180 degrees: its other half is the same line, a turn further west or east.
    for each, turn in ((each, turn) for each in lines for turn in (0, -360, 360)):
        xs, ys = [lon + turn for lon, _ in each], [lat for _, lat in each]
        if max(xs) < view.west or min(xs) > view.east or max(ys) < view.south or min(ys) > view.north:
            continue
        turned = tuple(zip(xs, ys, strict=True))
        points: list[tuple[float, float]] = []
        for lon, lat in _clipped(turned, view) if closed else turned:
            x, y = round(view.x(lon), 1), round(view.y(lat), 1)
            if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) >= _FINEST:
                points.append((x, y))
        if len(points) > (2 if closed else 1):
            out.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if closed else ""))
    return "".join(out)


def _clipped(ring: Line, view: Window) -> Line:
    """Return a ring cut to the view with a little room (Sutherland and Hodgman 1974, "Reentrant Polygon Clipping")."""
    room = (view.east - view.west) * 0.03
    points: list[tuple[float, float]] = list(ring)
    for axis, limit, below in (
        (0, view.west - room, True),
        (0, view.east + room, False),
        (1, view.south - room, True),
        (1, view.north + room, False),
    ):
        kept: list[tuple[float, float]] = []
        for before, here in zip([points[-1], *points[:-1]] if points else [], points, strict=True):
            inside, was_inside = (here[axis] >= limit) == below, (before[axis] >= limit) == below
            if inside != was_inside:
                part = (limit - before[axis]) / (here[axis] - before[axis])
                kept.append((before[0] + part * (here[0] - before[0]), before[1] + part * (here[1] - before[1])))
            if inside:
                kept.append(here)
        points = kept
    return tuple(points)


def atlas(places: Sequence[Spot], *, title: str) -> Markup:
    """Return the map as SVG with a numbered marker for each place. `places` must not be empty."""
    view = window([(spot.lat, spot.lon) for spot in places])
    shapes = outlines()
    land = _path(shapes["land"], view, closed=True)
    borders = _path(shapes["borders"], view, closed=False)
    taken: list[tuple[float, float]] = []
    markers: list[str] = []
    leads: list[str] = []
    most = max(spot.reports for spot in places)
    for spot in places:
        x, y = view.x(spot.lon) / WIDTH * 100, view.y(spot.lat) / HEIGHT * 100
        # Markers that would hide one another step aside, joined to their place by a line.
        side = 0
        while side < 12 and any(abs(x + side * 4 - other_x) < 3.9 and abs(y - other_y) < 7 for other_x, other_y in taken):
            side += 1
        taken.append((x + side * 4, y))
        lead = ""
        if side:
            lead = (
                f'<line class="lead" x1="{x:.2f}%" y1="{y:.2f}%" x2="{x + side * 4:.2f}%" y2="{y:.2f}%"/>'
                f'<circle class="lead" cx="{x:.2f}%" cy="{y:.2f}%" r="2.5"/>'
            )
        radius = 9 + 5 * math.sqrt(spot.reports / most)
        leads.append(lead)
        markers.append(
            f'<svg x="{x + side * 4:.2f}%" y="{y:.2f}%" overflow="visible"><g class="spot"><title>{escape(spot.name)}</title>'
            f'<circle r="{radius:.1f}"/><text y="4" text-anchor="middle">{spot.number}</text></g></svg>'
        )
    return Markup(
        f'<svg class="map" role="img" aria-label="{escape(title)}"><svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none" '
        f'width="100%" height="100%"><path class="land" fill-rule="evenodd" d="{land}"/><path class="borders" d="{borders}"/></svg>'
        f"{''.join(leads)}{''.join(markers)}</svg>"
    )
