"""Lifelines of mechanisms: the line's style says the state, a dot is the dated evidence, silence fades."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from communique.desk.charts import svg
from communique.desk.charts.time_axis import TimeAxis

WIDTH, LEFT, RIGHT, ROW = 1140.0, 250.0, 975.0, 30.0
LONGEST_NAME = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One report on a mechanism's state.

    Attributes:
        day: When.
        status: "agreed", "operating" …
        words: What is said of it.
        address: Where the evidence stands.
    """

    day: dt.date
    status: str
    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifeline:
    """One mechanism.

    Attributes:
        name: Its name.
        steps: Reports in order of time.
        status: Its state now, in words.
        address: Its page.
        is_silent: Whether nobody has reported on it for long.
    """

    name: str
    steps: Sequence[Step]
    status: str
    address: str
    is_silent: bool = False


def draw_lifelines(lifelines: Sequence[Lifeline], until: dt.date, silent_days: int) -> str:
    """Lifelines one under the other; an empty string where there is nothing to show.

    Args:
        lifelines: From top to bottom; those without a dated step are left out.
        until: The day up to which lines are drawn.
        silent_days: After so many days without a report a line fades.
    """
    shown = [line for line in lifelines if line.steps]
    if not shown:
        return ""
    first = min(line.steps[0].day for line in shown)
    until = max([until, *(line.steps[-1].day for line in shown)])
    axis = TimeAxis.over(first, until, LEFT, RIGHT)
    bottom = len(shown) * ROW
    parts = [axis.draw(0, bottom)]
    parts += [_row(line, axis, (number + 0.5) * ROW, until, silent_days) for number, line in enumerate(shown)]
    return svg.picture(WIDTH, bottom + 20, parts, name=f"Lifelines of {len(shown)} mechanisms", class_="lifelines")


def _row(line: Lifeline, axis: TimeAxis, y: float, until: dt.date, silent_days: int) -> str:
    silence = dt.timedelta(days=silent_days)
    parts = []
    for step, after in pairwise([*line.steps, None]):
        assert step is not None
        end = after.day if after else until
        spoken = end if step.status in ("completed", "failed") else min(end, step.day + silence)
        if step.status not in ("completed", "failed"):
            parts.append(_line(axis, step.day, spoken, y, step.status))
            if end > spoken:
                parts.append(_line(axis, spoken, end, y, "silent"))
    for step in line.steps:
        dot = svg.element("circle", cx=axis.at(step.day), cy=y, r=5.0, class_=f"step {step.status}")
        parts.append(svg.link(step.address, svg.title(step.words), dot))
    name = line.name if len(line.name) <= LONGEST_NAME else line.name[: LONGEST_NAME - 1] + "…"
    named = svg.link(line.address, svg.title(line.name), svg.text(name, 0, y + 4))
    silent = svg.element("tspan", " · no follow-up", class_="faint") if line.is_silent else ""
    state = svg.element("tspan", escape(line.status), class_="strong")
    return named + "".join(parts) + svg.element("text", state, silent, x=RIGHT + 14, y=y + 4, class_="label")


def _line(axis: TimeAxis, begin: dt.date, end: dt.date, y: float, status: str) -> str:
    return svg.element("line", x1=axis.at(begin), x2=axis.at(end), y1=y, y2=y, class_=f"life {status}")
