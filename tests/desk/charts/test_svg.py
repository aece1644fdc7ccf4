"""Elements are escaped; every side has a shape of its own."""

from __future__ import annotations

import pytest

from communique.desk.charts import svg
from tests.desk.charts.parsing import parse


def test_words_and_attributes_are_escaped() -> None:
    drawn = svg.link("/x?a=1&b=\"'", svg.title("<b>&"), svg.text("</text><script>", 1, 2))
    root = parse(drawn)
    assert root.get("href") == "/x?a=1&b=\"'"
    assert [child.tag for child in root] == ["title", "text"]
    assert root[0].text == "<b>&"
    assert root[1].text == "</text><script>"


def test_no_style_within_the_picture() -> None:
    assert "style" not in svg.picture(10, 10, [svg.sign(n, 5, 5) for n in range(svg.SIDES)], name="x")


def test_every_side_has_its_shape_and_hue() -> None:
    drawn = [svg.sign(side, 50.0, 50.0) for side in range(svg.SIDES)]
    assert len({element.split("class")[0] for element in drawn}) == svg.SIDES
    assert [f"s{side}" in element for side, element in enumerate(drawn)] == [True] * svg.SIDES


def test_hollow_is_a_class() -> None:
    assert "hollow" in svg.sign(2, 0, 0, hollow=True)
    assert "hollow" not in svg.sign(2, 0, 0)


@pytest.mark.parametrize(("value", "written"), [(1.0, "1"), (1.26, "1.3"), (-0.04, "-0"), (120.0, "120"), (0.5, "0.5")])
def test_numbers_are_short(value: float, written: str) -> None:
    assert svg.number(value) == written


def test_without_an_address_it_is_a_group() -> None:
    assert parse(svg.link(None, svg.title("x"))).tag == "g"
