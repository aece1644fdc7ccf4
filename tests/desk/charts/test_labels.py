"""Labels keep clear of each other, of signs, and of the edge."""

from __future__ import annotations

import pytest

from communique.desk.charts.labels import GAP, Box, LabelPlacer, measure

PAGE = Box(left=0, top=0, right=300, bottom=100)


# As wide as a browser sets them in Noto Sans at 10.5.
@pytest.mark.parametrize(
    ("words", "width"),
    [("Emhemed Mohamed al-Amami", 153.1), ("Stephen Townsend", 93.5)],
)
def test_names_are_measured(words: str, width: float) -> None:
    assert 0.97 * width < measure(words) < 1.1 * width


def test_a_label_stands_right_of_its_sign_where_there_is_room() -> None:
    spot = LabelPlacer(PAGE).place(20, 50, 4, 100)
    assert spot is not None
    assert (spot.x, spot.anchor) == (20 + 4 + GAP, "")


def test_at_the_edge_it_stands_left() -> None:
    spot = LabelPlacer(PAGE).place(280, 50, 4, 100)
    assert spot is not None
    assert spot.anchor == "end"


def test_two_on_one_line_are_not_read_as_one() -> None:
    placer = LabelPlacer(PAGE)
    placer.place(20, 50, 4, 100)
    spot = placer.place(20 + 4 + GAP + 100 + 1 + 100 + GAP + 4, 50, 4, 100)  # its place on the left begins one further
    assert spot is not None
    assert spot.anchor == "middle"


def test_where_there_is_no_room_there_is_no_label() -> None:
    placer = LabelPlacer(PAGE)
    placer.take(PAGE)
    assert placer.place(20, 50, 4, 100) is None
