"""Posts over time: one row a post, from the first to the last day on which a source gives it to the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.desk.charts import svg
from communique.desk.charts.time_axis import TimeAxis

WIDTH, LEFT, RIGHT, ROW = 1140.0, 330.0, 1130.0, 26.0
LONGEST_NAME = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post that sources give to somebody.

    Attributes:
        name: "Commander, Border Guard".
        first: First day on which a source says so.
        last: Last such day.
        seen: Days of single observations with their words and where they stand.
        address: Who or what else held it, or None.
        side: 0 to 4, of the body it belongs to.
    """

    name: str
    first: dt.date
    last: dt.date
    seen: Sequence[tuple[dt.date, str, str]] = field(default_factory=tuple)
    address: str | None = None
    side: int = 0


def draw_posts(posts: Sequence[Post], as_at: dt.date | None = None) -> str:
    """Posts one under the other; an empty string for none.

    Args:
        posts: From top to bottom.
        as_at: A day to mark.
    """
    if not posts:
        return ""
    days = [post.first for post in posts] + [post.last for post in posts]
    axis = TimeAxis.over(min(days), max(days), LEFT, RIGHT)
    bottom = len(posts) * ROW
    parts = [axis.draw(0, bottom)]
    for number, post in enumerate(posts):
        y = (number + 0.5) * ROW
        name = post.name if len(post.name) <= LONGEST_NAME else post.name[: LONGEST_NAME - 1] + "…"
        parts.append(svg.link(post.address, svg.title(post.name), svg.text(name, 0, y + 4)))
        bar = svg.element(
            "line",
            x1=axis.at(post.first),
            x2=max(axis.at(post.last), axis.at(post.first) + 1),
            y1=y,
            y2=y,
            class_=f"tenure s{post.side}",
        )
        words = f"{post.name}: seen from {post.first} to {post.last}"
        parts.append(svg.element("g", svg.title(words), bar, data_tip=""))
        for day, said, address in post.seen:
            parts.append(svg.link(address, svg.title(f"{day}: “{said}”"), svg.sign(post.side, axis.at(day), y, 4.0)))
    if as_at is not None and axis.first <= as_at <= axis.last:
        x = axis.at(as_at)
        parts.append(
            svg.element("line", x1=x, x2=x, y1=0, y2=bottom, class_="asat") + svg.text(str(as_at), x + 4, 9, "faint")
        )
    return svg.picture(WIDTH, bottom + 20, parts, name=f"Posts over time: {len(posts)}", class_="posts")
