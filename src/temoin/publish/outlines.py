"""The outlines of land and borders, cut from Natural Earth 1:110m (public domain) by way of the npm package world-atlas 2.0.2 (ISC).

`outlines.json` holds two lists of lines, "land" (closed rings) and "borders" (open), each a flat list of integers in hundredths of a degree:
the first longitude and latitude, then steps. Rings that cross the date line go on beyond 180 degrees.
To make it anew: `python -m temoin.publish.outlines countries-110m.json > outlines.json`.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

Line = tuple[tuple[float, float], ...]
_PER_DEGREE = 100
_ROUND = 360 * _PER_DEGREE


@cache
def outlines() -> Mapping[str, tuple[Line, ...]]:
    """Return {"land": rings, "borders": lines}, each a tuple of (longitude, latitude) in degrees."""
    stored = json.loads(files(__package__).joinpath("outlines.json").read_text(encoding="ascii"))
    return {kind: tuple(_unfold(numbers) for numbers in lines) for kind, lines in stored.items()}


def _unfold(numbers: list[int]) -> Line:
    x = y = 0
    points = []
    for at in range(0, len(numbers), 2):
        x, y = x + numbers[at], y + numbers[at + 1]
        points.append((x / _PER_DEGREE, y / _PER_DEGREE))
    return tuple(points)


def cut(topology: Mapping[str, Any]) -> dict[str, list[list[int]]]:
    """Return our lines from a TopoJSON topology with the objects "land" and "countries": land as rings, arcs shared by two countries as borders.

    Source: the TopoJSON format specification, sections 2.1.2 (transform) and 2.1.4 (arc indexes; ~n is arc n backwards).
    """
    (x_scale, y_scale), (x_shift, y_shift) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[tuple[int, int]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * x_scale + x_shift) * _PER_DEGREE), round((y * y_scale + y_shift) * _PER_DEGREE)))
        arcs.append(points)

    def rings(geometry: Mapping[str, Any]) -> list[list[int]]:
        if geometry["type"] == "GeometryCollection":
            return [ring for part in geometry["geometries"] for ring in rings(part)]
        if geometry["type"] == "Polygon":
            return list(geometry["arcs"])
        return [ring for polygon in geometry["arcs"] for ring in polygon]

    land = []
    for ring in rings(topology["objects"]["land"]):
        points = []
        for index in ring:
            piece = arcs[index] if index >= 0 else arcs[~index][::-1]
            points.extend(piece if not points else piece[1:])
        points = _unwrapped(points)
        if abs(points[-1][0] - points[0][0]) < _ROUND / 2:  # a ring around the pole (Antarctica) has no inside on a flat map
            land.append(_fold(points))
    used = Counter(index if index >= 0 else ~index for ring in rings(topology["objects"]["countries"]) for index in ring)
    return {"land": land, "borders": [_fold(_unwrapped(arcs[index])) for index, times in sorted(used.items()) if times > 1]}


def _unwrapped(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a line without jumps at the date line: longitudes go on beyond 180 degrees instead."""
    turned = 0
    out = points[:1]
    for before, here in itertools.pairwise(points):
        step = here[0] - before[0]
        turned += -_ROUND if step > _ROUND / 2 else _ROUND if step < -_ROUND / 2 else 0
        out.append((here[0] + turned, here[1]))
    return out


def _fold(points: list[tuple[int, int]]) -> list[int]:
    folded: list[int] = []
    before = (0, 0)
    for point in points:
        if point != before or not folded:
            folded += [point[0] - before[0], point[1] - before[1]]
        before = point
    return folded


if __name__ == "__main__":
    json.dump(cut(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), sys.stdout, separators=(",", ":"))
