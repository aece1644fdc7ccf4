"""Lifelines: a mark for each state, within the picture, and well-formed whatever the names."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from lxml import etree

from communique.model.vocabulary import MechanismStatus

FIRST, AS_AT = dt.date(2029, 3, 1), dt.date(2031, 12, 1)
SVG = "{http://www.w3.org/2000/svg}"


def draw(*lines: tuple[str, list[tuple[dt.date, str]]]) -> etree._Element:
    from communique.exchange.briefs.lifelines import Lifeline, draw_lifelines

    return etree.fromstring(draw_lifelines([Lifeline(name=n, steps=tuple(s)) for n, s in lines], AS_AT))


def texts(svg: etree._Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def test_names_years_and_a_legend_of_the_states_that_occur() -> None:
    svg = draw(("joint unit", [(FIRST, "agreed"), (dt.date(2031, 1, 1), "operating")]))
    assert texts(svg) == ["2029", "2030", "2031", "Joint unit", "agreed", "operating"]


def test_an_end_has_no_dotted_line() -> None:
    open_line, ended = draw(("a", [(FIRST, "agreed")])), draw(("a", [(FIRST, "completed")]))
    assert len([p for p in open_line.iter(f"{SVG}path") if p.get("stroke-dasharray")]) == 1
    assert not [p for p in ended.iter(f"{SVG}path") if p.get("stroke-dasharray")]


@pytest.mark.parametrize("status", get_args(MechanismStatus))
def test_every_state_has_a_mark(status: str) -> None:
    assert status.replace("_", " ") in texts(draw(("a", [(FIRST, status)])))


@pytest.mark.parametrize("first", [dt.date(1804, 1, 1), dt.date(2031, 11, 30), AS_AT, dt.date(2031, 1, 1)])
def test_ticks_and_marks_stay_inside_whatever_the_span(first: dt.date) -> None:
    svg = draw(("a", [(first, "agreed")]))
    width = float(svg.get("width", "0"))
    places = [float(circle.get("cx", "0")) for circle in svg.iter(f"{SVG}circle")]
    places += [float(text.get("x", "0")) for text in svg.iter(f"{SVG}text")]
    assert all(0 < place < width for place in places)
    assert len(list(svg.iter(f"{SVG}text"))) < 20


def test_a_long_or_hostile_name_is_shortened_and_escaped() -> None:
    name = texts(draw(("<b>& " + "word " * 40, [(FIRST, "agreed")])))[-2]
    assert name.startswith("<b>& word")
    assert name.endswith("…")
    assert len(name) <= 46
