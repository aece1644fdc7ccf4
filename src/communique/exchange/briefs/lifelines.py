"""Draws the lifelines of mechanisms as SVG: a line from the first to the last word of each, a mark for each state.

States are told by shape, not by colour alone: promised ones are hollow, reached ones filled, ended ones crossed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from communique.exchange.briefs.document import legible
from communique.exchange.briefs.wording import capitalize

WIDTH, LEFT, RIGHT, ROW, TOP = 660, 232, 14, 24, 26
FONT = "Libertinus Serif, Charter, Georgia, serif"
INK, QUIET, RULE, ACCENT, WARM = "#1d1c19", "#66625a", "#dcd8cd", "#0f5f63", "#a63d2f"
# Letters of a name that fit beside its line; the text below the picture has all of it.
NAME_LENGTH = 44
# Years between two ticks: the smallest step that leaves some 40 units to each label.
STEPS = (1, 2, 5, 10, 20, 50)
TICK_WIDTH = 40
LEGEND_COLUMN = 107


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifeline:
    """A mechanism and its states.

    Attributes:
        name: Its name.
        steps: Day and state, the earliest first; at least one.
    """

    name: str
    steps: tuple[tuple[dt.date, str], ...]

    @property
    def words(self) -> str:
        """The states in words: "agreed 2031-05-04, operating 2031-07-01"."""
        return ", ".join(f"{status.replace('_', ' ')} {day}" for day, status in self.steps)

    @property
    def is_over(self) -> bool:
        """Whether its last state is an end."""
        return self.steps[-1][1] in ("completed", "failed")


def draw_lifelines(lines: Sequence[Lifeline], as_at: dt.date) -> str:
    """The picture: one row a mechanism, years along the top, the states that occur explained below.

    Args:
        lines: At least one.
        as_at: The right end; what is not over goes on to it as a dotted line.
    """
    scale = _Scale(min(line.steps[0][0] for line in lines), as_at)
    used = [status for status in _MARKS if any(status == s for line in lines for _, s in line.steps)]
    bottom = TOP + ROW * len(lines)
    height = bottom + 22 + 18 * ((len(used) - 1) // 4 + 1)
    parts = [*_axis(scale, bottom)]
    for i, line in enumerate(lines):
        parts += _row(line, TOP + ROW * i + ROW / 2, scale)
    parts += _legend(used, bottom + 20)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="{FONT}" font-size="11" fill="{INK}">{"".join(parts)}</svg>'
    )


class _Scale:
    """From days to places along the line."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first = dt.date(first.year, 1, 1)
        self.last = max(last, first + dt.timedelta(days=1))
        self._days = (self.last - self.first).days

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / self._days
        return LEFT + 10 + min(max(share, 0), 1) * (WIDTH - LEFT - RIGHT - 20)

    def ticks(self) -> list[dt.date]:
        years = self._days / 365.25
        room = (WIDTH - LEFT - RIGHT) / TICK_WIDTH
        step = next((step for step in STEPS if years / step <= room), STEPS[-1])
        start = -(-self.first.year // step) * step
        return [dt.date(year, 1, 1) for year in range(start, self.last.year + 1, step)]


def _axis(scale: _Scale, bottom: int) -> Iterable[str]:
    for day in scale.ticks():
        x = scale.x(day)
        yield f'<path d="M{x:.1f} {TOP - 6}V{bottom}" stroke="{RULE}" fill="none"/>'
        yield f'<text x="{x:.1f}" y="{TOP - 11}" text-anchor="middle" fill="{QUIET}">{day.year}</text>'


def _row(line: Lifeline, y: float, scale: _Scale) -> Iterable[str]:
    first, last = scale.x(line.steps[0][0]), scale.x(line.steps[-1][0])
    name = escape(_shorten(capitalize(legible(line.name))))
    yield f'<text x="{LEFT}" y="{y + 3.5:.1f}" text-anchor="end">{name}</text>'
    if last > first:
        yield f'<path d="M{first:.1f} {y}H{last:.1f}" stroke="{ACCENT}" stroke-width="2" fill="none"/>'
    if not line.is_over:
        end = scale.x(scale.last)
        yield f'<path d="M{last:.1f} {y}H{end:.1f}" stroke="{ACCENT}" stroke-dasharray="1.5 3.5" fill="none"/>'
    for day, status in line.steps:
        yield _mark(status, scale.x(day), y)


def _shorten(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1].rsplit(' ', 1)[0]} …"


_CIRCLE = '<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{fill}" stroke="{ink}" stroke-width="1.5"/>'
_SQUARE = '<rect x="{a:.1f}" y="{b:.1f}" width="9" height="9" fill="{fill}" stroke="{ink}" stroke-width="1.5"/>'
_DIAMOND = '<path d="M{x:.1f} {c:.1f}l5.5 5.5l-5.5 5.5l-5.5 -5.5z" fill="{fill}" stroke="{ink}" stroke-width="1.5"/>'
_CROSS = '<path d="M{a:.1f} {b:.1f}l9 9m0 -9l-9 9" fill="none" stroke="{ink}" stroke-width="2"/>'
_BARS = '<path d="M{a:.1f} {b:.1f}v9m9 -9v9" fill="none" stroke="{ink}" stroke-width="3"/>'
# State → shape, fill, stroke; in the order of a life.
_MARKS = {
    "called_for": (_CIRCLE, "#ffffff", QUIET),
    "announced": (_DIAMOND, "#ffffff", ACCENT),
    "agreed": (_CIRCLE, "#ffffff", ACCENT),
    "reaffirmed": (_CIRCLE, RULE, ACCENT),
    "operating": (_CIRCLE, ACCENT, ACCENT),
    "completed": (_SQUARE, ACCENT, ACCENT),
    "suspended": (_BARS, "none", WARM),
    "failed": (_CROSS, "none", WARM),
}


def _mark(status: str, x: float, y: float) -> str:
    shape, fill, ink = _MARKS[status]
    return shape.format(x=x, y=y, a=x - 4.5, b=y - 4.5, c=y - 5.5, fill=fill, ink=ink)


def _legend(used: Sequence[str], y: float) -> Iterable[str]:
    for i, status in enumerate(used):
        x, row = LEFT + 10 + LEGEND_COLUMN * (i % 4), y + 18 * (i // 4)
        yield _mark(status, x, row)
        yield f'<text x="{x + 10:.1f}" y="{row + 3.5:.1f}" fill="{QUIET}">{status.replace("_", " ")}</text>'
