"""Posts from the first to the last day on which a source gives them."""

from __future__ import annotations

import datetime as dt

from communique.desk.charts.posts import Post, draw_posts
from tests.desk.charts.parsing import links, of_class, titles

POST = Post(
    name="Commander, Harbour Guard",
    first=dt.date(2031, 1, 5),
    last=dt.date(2031, 9, 5),
    address="/actors/a2",
    side=1,
    seen=[(dt.date(2031, 1, 5), "the Commander of the Harbour Guard", "/sources/d1")],
)


def test_no_posts() -> None:
    assert draw_posts([]) == ""


def test_a_bar_and_a_sign_for_each_observation() -> None:
    svg = draw_posts([POST])
    bar = of_class(svg, "tenure")[0]
    assert float(bar.get("x2", 0)) > float(bar.get("x1", 0))
    assert len(of_class(svg, "mark")) == 1
    assert links(svg) == ["/actors/a2", "/sources/d1"]
    assert "2031-01-05: “the Commander of the Harbour Guard”" in titles(svg)


def test_a_post_seen_once_can_be_seen() -> None:
    svg = draw_posts([Post(name="Envoy", first=dt.date(2031, 1, 5), last=dt.date(2031, 1, 5))])
    bar = of_class(svg, "tenure")[0]
    assert float(bar.get("x2", 0)) > float(bar.get("x1", 0))


def test_the_day_of_as_at_is_marked_when_it_lies_on_the_picture() -> None:
    assert of_class(draw_posts([POST], dt.date(2031, 5, 1)), "asat")
    assert not of_class(draw_posts([POST], dt.date(1999, 5, 1)), "asat")
