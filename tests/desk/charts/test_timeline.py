"""Signs while they can be told apart, cells when there are too many."""

from __future__ import annotations

import datetime as dt

from communique.desk.charts.timeline import Dot, Timeline, draw_timeline
from tests.desk.charts.parsing import links, of_class, parse, titles

MAY, JUNE = dt.date(2031, 5, 1), dt.date(2031, 6, 1)
ROWS = (("meeting", "meeting"), ("visit", "visit"), ("call", "call"))


def dot(day: int, row: str = "meeting", *, side: int = 0, is_hollow: bool = False) -> Dot:
    return Dot(
        day=MAY.replace(day=day), row=row, side=side, is_hollow=is_hollow, words=f"{row} {day}", address=f"/e{day}"
    )


def test_nothing_to_show() -> None:
    assert draw_timeline(Timeline(rows=ROWS, counts={})) == ""


def test_a_sign_for_each_engagement() -> None:
    dots = [dot(3), dot(4, "visit", side=2, is_hollow=True), dot(9)]
    svg = draw_timeline(Timeline(rows=ROWS, counts={(MAY, "meeting"): 2, (MAY, "visit"): 1}, dots=dots))
    assert len(of_class(svg, "mark")) == 3
    assert len(of_class(svg, "hollow")) == 1
    assert {"/e3", "/e4", "/e9"} <= set(links(svg))
    assert "visit 4" in titles(svg)


def test_kinds_that_did_not_take_place_have_no_row() -> None:
    svg = draw_timeline(Timeline(rows=ROWS, counts={(MAY, "visit"): 1}, dots=[dot(4, "visit")]))
    words = [element.text for element in parse(svg).iter("text")]
    assert "visit" in words
    assert "call" not in words


def test_signs_of_one_day_stand_on_top_of_each_other() -> None:
    svg = draw_timeline(Timeline(rows=ROWS, counts={(MAY, "meeting"): 3}, dots=[dot(3), dot(3), dot(3)]))
    assert len({mark.get("cy") for mark in of_class(svg, "mark")}) == 3


def test_many_become_cells_that_lead_to_their_month() -> None:
    svg = draw_timeline(Timeline(rows=ROWS, counts={(MAY, "meeting"): 4000, (JUNE, "meeting"): 1000}))
    cells = of_class(svg, "cell")
    assert [cell.get("fill-opacity") for cell in cells] == ["1.00", "0.34"]
    assert "/engagements?since=2031-06-01&until=2031-06-30&kind=meeting" in links(svg)


def test_a_month_ends_with_its_last_day() -> None:
    svg = draw_timeline(Timeline(rows=ROWS, counts={(dt.date(2032, 2, 1), "meeting"): 2, (JUNE, "meeting"): 1}))
    assert "/engagements?since=2032-02-01&until=2032-02-29" in links(svg)


def test_the_highest_bar_is_the_fullest_month() -> None:
    svg = draw_timeline(Timeline(rows=ROWS, counts={(MAY, "meeting"): 2, (JUNE, "visit"): 5}))
    heights = [float(bar.get("height", 0)) for bar in of_class(svg, "bar")]
    assert heights[1] > heights[0] > 0
