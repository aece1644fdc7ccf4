"""The timeline: one row a kind, a sign an engagement, counts a month above; cells in place of signs for many."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.desk.charts import svg
from communique.desk.charts.time_axis import TimeAxis, next_month, say_month

MOST_SIGNS = 1000
"""More signs than this are neither told apart nor worth their bytes: then months are drawn as cells."""
WIDTH, LEFT, RIGHT = 1140.0, 150.0, 1134.0
BAR_HEIGHT, GAP = 48.0, 10.0
SIGN, STACKED, MOST_STACKED = 4.0, 9.5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One engagement.

    Attributes:
        day: When.
        row: Its kind: the row it stands in.
        side: 0 to 4.
        is_hollow: Not reviewed yet.
        words: What it is.
        address: Where it leads.
    """

    day: dt.date
    row: str
    side: int
    is_hollow: bool
    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What the timeline shows.

    Attributes:
        rows: Kinds with their words, from top to bottom.
        counts: Number of engagements by (month's first day, kind): all of them, those without a sign too.
        dots: The signs; none where there are more than ``MOST_SIGNS``.
        list_address: The list that months lead to, as "/engagements".
    """

    rows: Sequence[tuple[str, str]]
    counts: Mapping[tuple[dt.date, str], int]
    dots: Sequence[Dot] = ()
    list_address: str = "/engagements"


def draw_timeline(timeline: Timeline) -> str:
    """The timeline as SVG; an empty string where there is nothing to show."""
    if not timeline.counts:
        return ""
    months = [month for month, _ in timeline.counts]
    axis = TimeAxis.over(min(months), max(months), LEFT, RIGHT)
    totals: Counter[dt.date] = Counter()
    by_row: Counter[str] = Counter()
    for (month, row), count in timeline.counts.items():
        totals[month] += count
        by_row[row] += count
    parts = [_bars(timeline, axis, totals)]
    bottom = BAR_HEIGHT + 8
    for row, words in timeline.rows:
        if not by_row[row]:
            continue
        drawn, height = _signs(timeline, axis, row) if timeline.dots else _cells(timeline, axis, row)
        bottom += height + GAP
        parts.append(svg.element("g", drawn, transform=f"translate(0 {svg.number(bottom)})"))
        parts.append(svg.element("line", x1=LEFT, x2=RIGHT, y1=bottom + 7, y2=bottom + 7, class_="axis"))
        parts.append(svg.text(words, 0, bottom + 4) + svg.text(f"{by_row[row]:,}", LEFT - 10, bottom + 4, "faint end"))
    name = f"Timeline: {sum(totals.values())} engagements, {say_month(min(months))} to {say_month(max(months))}"
    return svg.picture(WIDTH, bottom + 26, [axis.draw(0, bottom + 7), *parts], name=name, class_="timeline")


def month_address(timeline: Timeline, month: dt.date, row: str | None = None) -> str:
    """The list of a month's engagements."""
    last = next_month(month) - dt.timedelta(days=1)
    kind = f"&kind={row}" if row else ""
    return f"{timeline.list_address}?since={month}&until={last}{kind}"


def _bars(timeline: Timeline, axis: TimeAxis, totals: Counter[dt.date]) -> str:
    highest = max(totals.values())
    parts = [svg.text("per month", 0, BAR_HEIGHT - 2), svg.text(f"{highest:,}", LEFT - 10, 10, "faint end")]
    for month, count in sorted(totals.items()):
        left, right = axis.at(month), axis.at(next_month(month))
        height = max(count / highest * (BAR_HEIGHT - 4), 1.0)
        bar = svg.element(
            "rect", x=left + 0.6, y=BAR_HEIGHT - height, width=max(right - left - 1.2, 0.8), height=height, class_="bar"
        )
        parts.append(svg.link(month_address(timeline, month), svg.title(f"{say_month(month)}: {count}"), bar))
    return "".join(parts)


def _signs(timeline: Timeline, axis: TimeAxis, row: str) -> tuple[str, float]:
    """Signs of one row, those of about the same day on top of each other; and how high they stand."""
    taken: defaultdict[int, list[float]] = defaultdict(list)
    drawn, highest = [], 0
    for dot in sorted((dot for dot in timeline.dots if dot.row == row), key=lambda dot: (dot.day, dot.address)):
        x = axis.at(dot.day)
        level = next((n for n in range(MOST_STACKED) if not taken[n] or x - taken[n][-1] >= STACKED), MOST_STACKED - 1)
        taken[level].append(x)
        highest = max(highest, level)
        sign = svg.sign(dot.side, x, -level * STACKED, SIGN, hollow=dot.is_hollow)
        drawn.append(svg.link(dot.address, svg.title(dot.words), sign))
    return "".join(drawn), 14 + highest * STACKED


def _cells(timeline: Timeline, axis: TimeAxis, row: str) -> tuple[str, float]:
    """Months of one row as cells, the darker the more."""
    most = max(count for (_, kind), count in timeline.counts.items() if kind == row)
    drawn = []
    for (month, kind), count in sorted(timeline.counts.items()):
        if kind == row:
            left, right = axis.at(month), axis.at(next_month(month))
            cell = svg.element(
                "rect", x=left + 0.3, y=-7.0, width=max(right - left - 0.6, 0.8), height=12.0, class_="cell",
                fill_opacity=f"{0.12 + 0.88 * count / most:.2f}",
            )  # fmt: skip
            words = svg.title(f"{row.replace('_', ' ')}, {say_month(month)}: {count}")
            drawn.append(svg.link(month_address(timeline, month, row), words, cell))
    return "".join(drawn), 12.0
