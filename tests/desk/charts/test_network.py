"""The same network looks the same each time; names do not lie on each other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from communique.desk.charts.labels import Box, LabelPlacer
from communique.desk.charts.layout import place_around, place_nodes
from communique.desk.charts.network import HEIGHT, WIDTH, Node, Tie, draw_network
from tests.desk.charts.parsing import links, of_class, parse, titles


def nodes(count: int) -> list[Node]:
    return [
        Node(key=f"a{n}", name=f"Actor {n}", side=n % 5, weight=count - n, address=f"/actors/a{n}")
        for n in range(count)
    ]


def ties(count: int) -> list[Tie]:
    return [
        Tie(left=f"a{a}", right=f"a{b}", count=1 + (a * b) % 4)
        for a, b in combinations(range(count), 2)
        if (a * 7 + b) % 5 == 0
    ]


@pytest.mark.parametrize("count", [1, 2, 7, 40])
def test_nodes_stand_within_the_picture_and_apart(count: int) -> None:
    places = place_nodes([float(n) for n in range(count)], [(n, n + 1, 2.0) for n in range(count - 1)])
    assert places.shape == (count, 2)
    assert ((places >= 0) & (places <= 1)).all()
    gaps = [np.abs(places[a] - places[b]).max() for a, b in combinations(range(count), 2)]
    assert all(gap > 0.01 for gap in gaps)


def test_no_nodes() -> None:
    assert place_nodes([], []).shape == (0, 2)


def test_tied_ones_stand_nearer() -> None:
    places = place_nodes([1.0] * 12, [(a, b, 3.0) for a, b in combinations(range(6), 2)])
    inside = np.mean([np.linalg.norm(places[a] - places[b]) for a, b in combinations(range(6), 2)])
    across = np.mean([np.linalg.norm(places[a] - places[b]) for a in range(6) for b in range(6, 12)])
    assert inside < across * 0.7


def test_the_same_each_time() -> None:
    assert draw_network(nodes(20), ties(20)) == draw_network(nodes(20), ties(20))


def test_nobody_met_anybody() -> None:
    assert draw_network(nodes(3), []) == ""


def test_structure() -> None:
    svg = draw_network(nodes(9), [*ties(9), Tie(left="a1", right="a99", count=1)])
    assert len(of_class(svg, "node")) == 9
    assert len(of_class(svg, "tie")) == len(ties(9))
    assert "/actors/a4" in links(svg)
    assert "Actor 0\n9 engagements" in titles(svg)
    assert "Actor 8\n1 engagement" in titles(svg)


def test_round_one_actor() -> None:
    svg = draw_network(nodes(9), ties(9), centre="a4")
    middle = next(node for node in of_class(svg, "node") if node.get("data-node") == "a4")
    mark = next(element for element in middle.iter() if "mark" in element.get("class", ""))
    assert f"{WIDTH / 2:g} " in mark.get("d", "")  # its tip points down along the middle
    assert place_around(40)[0].tolist() == [0.5, 0.5]
    assert len({tuple(place) for place in place_around(40).round(4).tolist()}) == 40


def test_labels_stay_on_the_page_and_off_each_other() -> None:
    svg = draw_network(nodes(40), ties(40))
    assert 15 < len(list(parse(svg).iter("text"))) <= 40
    page = Box(left=0, top=0, right=WIDTH, bottom=HEIGHT)
    placer = LabelPlacer(page)
    spots = [placer.place(100, 100 + 30 * (n // 4), 4, 60) for n in range(8)]
    assert 4 <= 8 - spots.count(None) < 8
    assert all(page.holds(box) for box in placer.taken)
    assert not any(a.meets(b) for a, b in combinations(placer.taken, 2))
