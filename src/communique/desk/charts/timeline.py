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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """A month on the axis, worked out once for all rows.

    Attributes:
        left: Where it begins.
        right: Where it ends.
        words: "Oct 2031".
        address: The list of its engagements.
    """

    left: float
    right: float
    words: str
    address: str


def draw_timeline(timeline: Timeline) -> str:
    """The timeline as SVG; an empty string where there is nothing to show."""
    if not timeline.counts:
        return ""
    dates = sorted({month for month, _ in timeline.counts})
    axis = TimeAxis.over(dates[0], dates[-1], LEFT, RIGHT)
    months = {date: _place_month(date, axis, timeline.list_address) for date in dates}
    totals: Counter[dt.date] = Counter()
    rows: defaultdict[str, list[tuple[_Month, int]]] = defaultdict(list)
    for (date, row), count in sorted(timeline.counts.items()):
        totals[date] += count
        rows[row].append((months[date], count))
    parts = [_bars([(months[date], count) for date, count in sorted(totals.items())])]
    bottom = BAR_HEIGHT + 8
    for row, words in timeline.rows:
        if not (counted := rows[row]):
            continue
        drawn, height = _signs(timeline, axis, row) if timeline.dots else _cells(counted, row)
        bottom += height + GAP
        parts.append(svg.element("g", drawn, transform=f"translate(0 {svg.number(bottom)})"))
        parts.append(svg.element("line", x1=LEFT, x2=RIGHT, y1=bottom + 7, y2=bottom + 7, class_="axis"))
        number = sum(count for _, count in counted)
        parts.append(svg.text(words, 0, bottom + 4) + svg.text(f"{number:,}", LEFT - 10, bottom + 4, "faint end"))
    name = f"Timeline: {sum(totals.values())} engagements, {say_month(dates[0])} to {say_month(dates[-1])}"
    return svg.picture(WIDTH, bottom + 26, [axis.draw(0, bottom + 7), *parts], name=name, class_="timeline")


def _place_month(first: dt.date, axis: TimeAxis, list_address: str) -> _Month:
    after = next_month(first)
    return _Month(
        left=axis.at(first),
        right=axis.at(after),
        words=say_month(first),
        address=f"{list_address}?since={first}&until={after - dt.timedelta(days=1)}",
    )


def _bars(counted: Sequence[tuple[_Month, int]]) -> str:
    highest = max(count for _, count in counted)
    parts = [svg.text("per month", 0, BAR_HEIGHT - 2), svg.text(f"{highest:,}", LEFT - 10, 10, "faint end")]
    for month, count in counted:
        height = max(count / highest * (BAR_HEIGHT - 4), 1.0)
        width = max(month.right - month.left - 1.2, 0.8)
        bar = svg.element("rect", x=month.left + 0.6, y=BAR_HEIGHT - height, width=width, height=height, class_="bar")
        parts.append(svg.link(month.address, svg.title(f"{month.words}: {count}"), bar))
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


def _cells(counted: Sequence[tuple[_Month, int]], row: str) -> tuple[str, float]:
    """Months of one row as cells, the darker the more."""
    most = max(count for _, count in counted)
    words = row.replace("_", " ")
    drawn = []
    for month, count in counted:
        cell = svg.element(
            "rect", x=month.left + 0.3, y=-7.0, width=max(month.right - month.left - 0.6, 0.8), height=12.0,
            class_="cell", fill_opacity=f"{0.12 + 0.88 * count / most:.2f}",
        )  # fmt: skip
        title = svg.title(f"{words}, {month.words}: {count}")
        drawn.append(svg.link(f"{month.address}&kind={row}", title, cell))
    return "".join(drawn), 12.0
