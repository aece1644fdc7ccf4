"""Outlines of the world, cut to what is shown."""

from __future__ import annotations

from itertools import pairwise

import pytest

from communique.desk.charts.map import HEIGHT, WIDTH, Spot, View, draw_map
from communique.desk.charts.outlines import clip, load_outlines
from tests.desk.charts.parsing import links, of_class, titles


def spot(name: str, latitude: float, longitude: float, count: int = 1) -> Spot:
    return Spot(name=name, latitude=latitude, longitude=longitude, count=count, address=f"/engagements?place={name}")


def test_no_places() -> None:
    assert draw_map([]) == ""


def test_outlines_are_of_this_world() -> None:
    outlines = load_outlines()
    assert {"LY", "US", "GH", "XK"} <= set(outlines)
    points = [point for rings in outlines.values() for ring in rings for point in ring]
    assert all(-541 < x < 541 and -90.1 <= y <= 84 for x, y in points)
    west = min(x for ring in outlines["LY"] for x, _ in ring)
    assert 9 < west < 10


def test_no_ring_jumps_from_one_end_of_the_world_to_the_other() -> None:
    for code, rings in load_outlines().items():
        for ring in rings:
            steps = [abs(b[0] - a[0]) for a, b in pairwise(ring) if a[1] != -90.0]
            assert max(steps, default=0) < 180, code


@pytest.mark.parametrize(
    "places",
    [
        [(5.5, -0.2)],
        [(38.9, -77.0), (39.9, 116.4), (-33.9, 151.2)],
        [(-17.8, 178.0), (21.3, -157.8)],
        [(78.2, 15.6)],
        [(-77.8, 166.7)],
    ],
)
def test_all_places_are_on_the_picture(places: list[tuple[float, float]]) -> None:
    view = View.over([spot(str(n), *place) for n, place in enumerate(places)])
    for latitude, longitude in places:
        x, y = view.at(longitude, latitude)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_structure() -> None:
    svg = draw_map([spot("Accra", 5.6, -0.2, 9), spot("Lomé", 6.1, 1.2, 4)], ["GH"])
    circles = of_class(svg, "place")
    assert [float(circle.get("r", 0)) for circle in circles] == sorted(
        (float(c.get("r", 0)) for c in circles), reverse=True
    )
    assert len(of_class(svg, "lit")) == 1
    assert len(of_class(svg, "land")) > 3
    assert titles(svg) == ["Accra: 9", "Lomé: 4"]
    assert links(svg) == ["/engagements?place=Accra", "/engagements?place=Lomé"]
    assert "Borders imply no opinion" in svg


def test_the_whole_world_is_not_heavy() -> None:
    assert len(draw_map([spot("a", -50, -170), spot("b", 70, 170)])) < 160_000


def test_clipping() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert set(clip(square, 5, 5, 20, 20)) == {(5.0, 5.0), (10.0, 5.0), (10.0, 10.0), (5.0, 10.0)}
    assert clip(square, 20, 20, 30, 30) == []
    assert set(clip(square, -5, -5, 20, 20)) == set(square)
