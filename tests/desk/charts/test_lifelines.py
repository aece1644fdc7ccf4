"""The line's style says the state, and silence fades."""

from __future__ import annotations

import datetime as dt

from communique.desk.charts.lifelines import Lifeline, Step, draw_lifelines
from tests.desk.charts.parsing import links, of_class, parse, titles

TODAY = dt.date(2031, 12, 1)


def lifeline(*steps: tuple[dt.date, str], is_silent: bool = False) -> Lifeline:
    return Lifeline(
        name="Joint Patrol",
        status=steps[-1][1] if steps else "agreed",
        address="/mechanisms/m1",
        is_silent=is_silent,
        steps=[
            Step(day=day, status=status, words=f"{day} {status}", address=f"/sources/d{n}#t1-2")
            for n, (day, status) in enumerate(steps)
        ],
    )


def test_without_a_dated_step_there_is_no_line() -> None:
    assert draw_lifelines([lifeline()], TODAY, 120) == ""


def test_each_step_is_a_dot_that_leads_to_its_evidence() -> None:
    svg = draw_lifelines([lifeline((dt.date(2031, 8, 1), "agreed"), (dt.date(2031, 10, 1), "operating"))], TODAY, 120)
    assert [dot.get("class") for dot in of_class(svg, "step")] == ["step agreed", "step operating"]
    assert links(svg) == ["/mechanisms/m1", "/sources/d0#t1-2", "/sources/d1#t1-2"]
    assert "2031-08-01 agreed" in titles(svg)


def test_a_long_silence_fades_and_a_short_one_does_not() -> None:
    quick = draw_lifelines([lifeline((dt.date(2031, 10, 1), "operating"))], TODAY, 120)
    assert [line.get("class") for line in of_class(quick, "life")] == ["life operating"]
    slow = draw_lifelines([lifeline((dt.date(2031, 1, 1), "operating"))], TODAY, 120)
    assert [line.get("class") for line in of_class(slow, "life")] == ["life operating", "life silent"]


def test_what_has_ended_has_no_line_after_its_end() -> None:
    svg = draw_lifelines([lifeline((dt.date(2031, 1, 1), "operating"), (dt.date(2031, 2, 1), "completed"))], TODAY, 120)
    assert [line.get("class") for line in of_class(svg, "life")] == ["life operating"]


def test_no_follow_up_is_said_in_words() -> None:
    svg = draw_lifelines([lifeline((dt.date(2031, 1, 1), "agreed"), is_silent=True)], TODAY, 120)
    assert "no follow-up" in "".join(parse(svg).itertext())


def test_a_step_of_tomorrow_is_on_the_picture() -> None:
    svg = draw_lifelines([lifeline((dt.date(2032, 3, 1), "operating"))], TODAY, 120)
    assert float(of_class(svg, "step")[0].get("cx", 0)) <= 975
