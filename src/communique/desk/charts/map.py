"""The map: how many engagements took place where. Borders imply no opinion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sqrt

from communique.desk.charts import svg
from communique.desk.charts.labels import Box, LabelPlacer, measure
from communique.desk.charts.outlines import Ring, clip, load_outlines

WIDTH, HEIGHT = 560.0, 430.0
LEAST_DEGREES = 9.0
"""A map of a single town shows its neighbourhood: so many degrees from top to bottom."""
MARGIN = 0.12
SMALLEST_STEP = 0.9
"""Points nearer to each other than this (units of the picture) are one: half of the width of a border."""
SMALLEST_RING = 2.0
"""Islands narrower than this (units of the picture) are left out."""
MOST_PLACES = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place.

    Attributes:
        name: Its name.
        latitude: Degrees north.
        longitude: Degrees east.
        count: Engagements there.
        address: The list of them.
    """

    name: str
    latitude: float
    longitude: float
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The stretch of the world that is shown, in degrees: a plate carrée that is true to scale along its middle."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def over(cls, spots: Sequence[Spot]) -> View:
        """Room for all spots, with a margin, in the shape of the picture."""
        north, south = max(s.latitude for s in spots), min(s.latitude for s in spots)
        east, west = max(s.longitude for s in spots), min(s.longitude for s in spots)
        middle_y, middle_x = (north + south) / 2, (east + west) / 2
        narrow = max(cos(radians(middle_y)), 0.2)
        height = max((north - south) * (1 + 2 * MARGIN), LEAST_DEGREES)
        height = max(height, (east - west) * (1 + 2 * MARGIN) * narrow * HEIGHT / WIDTH)
        width = height * WIDTH / HEIGHT / narrow
        return cls(
            west=middle_x - width / 2,
            south=middle_y - height / 2,
            east=middle_x + width / 2,
            north=middle_y + height / 2,
        )

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point of the world stands on the picture."""
        return (
            (longitude - self.west) / (self.east - self.west) * WIDTH,
            (self.north - latitude) / (self.north - self.south) * HEIGHT,
        )


def draw_map(spots: Sequence[Spot], lit: Iterable[str] = ()) -> str:
    """The map as SVG; an empty string for no spots.

    Args:
        spots: Places; beyond ``MOST_PLACES`` those with the fewest engagements are left out.
        lit: ISO 3166-1 alpha-2 codes of countries to set off.
    """
    shown = sorted(spots, key=lambda spot: (-spot.count, spot.name))[:MOST_PLACES]
    if not shown:
        return ""
    view = View.over(shown)
    parts = [svg.element("rect", width=WIDTH, height=HEIGHT, class_="sea", rx=3)]
    lit_codes = set(lit)
    for code, rings in load_outlines().items():
        path = "".join(_path(ring, view) for ring in rings)
        if path:
            parts.append(svg.element("path", d=path, class_="land lit" if code in lit_codes else "land"))
    most = shown[0].count
    places = [(spot, *view.at(spot.longitude, spot.latitude), 2.6 + 8.4 * sqrt(spot.count / most)) for spot in shown]
    placer = LabelPlacer(Box(left=2, top=2, right=WIDTH - 2, bottom=HEIGHT - 2))
    for _, x, y, size in places:
        placer.take(Box(left=x - size, top=y - size, right=x + size, bottom=y + size))
    for spot, x, y, size in places:
        circle = svg.element("circle", cx=x, cy=y, r=size, class_="place")
        label = placer.place(x, y, size, measure(f"{spot.name} {spot.count}"))
        words = (
            svg.text(f"{spot.name} {spot.count}", label.x, label.y, f"label halo {label.anchor}".strip())
            if label
            else ""
        )
        parts.append(svg.link(spot.address, svg.title(f"{spot.name}: {spot.count}"), circle, words))
    return svg.picture(
        WIDTH, HEIGHT, parts, name=f"Where: {len(shown)} places. Borders imply no opinion.", class_="map"
    )


def _path(ring: Ring, view: View) -> str:
    """A ring as a path, as far as it can be seen, without the points that a screen cannot show."""
    cut = clip(ring, view.west - 1, view.south - 1, view.east + 1, view.north + 1)
    points: Ring = []
    for longitude, latitude in cut:
        x, y = view.at(longitude, latitude)
        if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) >= SMALLEST_STEP:
            points.append((x, y))
    extent = max((max(values) - min(values) for values in zip(*points, strict=True)), default=0.0)
    if len(points) < 3 or extent < SMALLEST_RING:
        return ""
    # Steps on a grid of tenths, from one point to the next: half as long as places, and rounding does not add up.
    grid = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = (f"{(x2 - x1) / 10:g} {(y2 - y1) / 10:g}" for (x1, y1), (x2, y2) in pairwise(grid))
    return f"M{grid[0][0] / 10:g} {grid[0][1] / 10:g}l{' '.join(steps)}z"
