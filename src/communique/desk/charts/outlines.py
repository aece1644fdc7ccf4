"""Outlines of the world's countries: Natural Earth's, simplified by ``data/outlines/derive.py`` in the repository."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

Ring = list[tuple[float, float]]


@cache
def load_outlines() -> dict[str, list[Ring]]:
    """Rings of (longitude, latitude) in degrees, closed, by ISO 3166-1 alpha-2 code; "" holds what has no code.

    A ring that crosses the 180th meridian goes on beyond it, and stands twice: once at each end of the world.
    """
    stored = json.loads((resources.files("communique.desk.charts.data") / "outlines.json").read_text("utf-8"))
    arcs = [_decode(arc) for arc in stored["arcs"]]
    return {
        code: [copy for ring in rings for copy in _unroll(_join(ring, arcs))]
        for code, rings in stored["countries"].items()
    }


def _decode(steps: list[int]) -> Ring:
    x = y = 0
    points = []
    for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x / 100, y / 100))
    return points


def _join(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Arcs one after the other; a negative number (bits turned) means backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _unroll(ring: Ring) -> list[Ring]:
    """The ring without jumps from one end of the world to the other, and its copy a turn on where it goes beyond."""
    turns, before = 0, ring[0][0]
    unrolled: Ring = []
    for x, y in ring:
        turns += (x - before < -180) - (x - before > 180)
        unrolled.append((x + 360 * turns, y))
        before = x
    if turns:  # round a pole: closed along its edge of the map
        pole = -90.0 if unrolled[0][1] < 0 else 90.0
        unrolled += [(unrolled[-1][0], pole), (unrolled[0][0], pole)]
    west, east = min(x for x, _ in unrolled), max(x for x, _ in unrolled)
    copies = [unrolled]
    if east > 180:
        copies.append([(x - 360, y) for x, y in unrolled])
    if west < -180:
        copies.append([(x + 360, y) for x, y in unrolled])
    return copies


def clip(ring: Ring, left: float, bottom: float, right: float, top: float) -> Ring:
    """The part of a ring within a rectangle, by Sutherland and Hodgman's way ("Reentrant polygon clipping", 1974)."""
    for axis, bound, keeps_below in ((0, left, False), (0, right, True), (1, bottom, False), (1, top, True)):
        if not ring:
            return []
        inside: Ring = []
        before = ring[-1]
        for point in ring:
            is_in = point[axis] <= bound if keeps_below else point[axis] >= bound
            was_in = before[axis] <= bound if keeps_below else before[axis] >= bound
            if is_in != was_in:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                inside.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if is_in:
                inside.append(point)
            before = point
        ring = inside
    return ring
