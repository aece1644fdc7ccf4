"""Many readouts on one sheet: what was done, in the order of time, what was promised, and how much there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from rich.console import RenderableType
from rich.text import Text

from communique.formats.layout import Layout, Pair
from communique.formats.table import ACCENT, QUIET, draw, new_table, plain, with_quote
from communique.formats.wording import NOBODY, say, say_date, say_kind, say_place, say_side
from communique.model import Commitment, Engagement, Readout

Row = tuple[str, Engagement]


def render_overview(pairs: Sequence[Pair], layout: Layout) -> str:
    """The engagements with their passages, by date, then the commitments, then the counts.

    Engagements that a report only looks back on are counted, not shown: another report usually has them as its news.
    """
    return draw(_parts(pairs, layout), layout)


def _parts(pairs: Sequence[Pair], layout: Layout) -> Iterator[RenderableType]:
    rows = [(_name(readout), entry) for _, readout in pairs for entry in readout.engagements]
    shown = sorted((row for row in rows if not row[1].background), key=_day)
    if shown:
        yield _engagements(shown, layout)
        yield Text("")
    commitments = [(_name(readout), entry) for _, readout in pairs for entry in readout.commitments]
    if commitments:
        yield _commitments(commitments, layout)
        yield Text("")
    yield _summary([readout for _, readout in pairs], len(rows) - len(shown))


def _name(readout: Readout) -> str:
    return PurePath(readout.document.uri).stem


def _day(row: Row) -> dt.date:
    date = row[1].date
    return (date and (date.start or date.end)) or dt.date.max


def _engagements(rows: Sequence[Row], layout: Layout) -> RenderableType:
    table = new_table(
        ("Date", 10, 0), ("What", 11, 0), ("Who, and the passage that says so", None, 4), ("Where", None, 1)
    )
    for name, engagement in rows:
        sides = Text("\n").join(plain(f"– {say_side(side)}") for side in engagement.sides or ())
        who = with_quote(sides if engagement.sides else Text(NOBODY), layout, engagement.evidence, always=True)
        who.append(f"\n{name}", style=QUIET)
        kind = plain(say_kind(engagement))
        table.add_row(plain(say_date(engagement.date)), kind, who, plain(say_place(engagement) or "–"))
    return table


def _commitments(rows: Sequence[tuple[str, Commitment]], layout: Layout) -> RenderableType:
    table = new_table(("Act", 10, 0), ("Who", None, 2), ("What", None, 4))
    for name, commitment in rows:
        parties = ", ".join(party.name for party in commitment.parties) or NOBODY
        what = with_quote(plain(commitment.what), layout, commitment.evidence, always=True)
        what.append(f"\n{name}", style=QUIET)
        table.add_row(Text(say(commitment.act)), plain(parties), what)
    return table


def _summary(readouts: Sequence[Readout], looked_back_on: int) -> Text:
    counts = (
        (len(readouts), "report", "reports"),
        (sum(len(readout.people) for readout in readouts), "person named", "people named"),
        (sum(len(readout.engagements) for readout in readouts), "engagement", "engagements"),
        (sum(len(readout.commitments) for readout in readouts), "commitment", "commitments"),
        (sum(len(readout.statements) for readout in readouts), "statement", "statements"),
    )
    text = Text(" · ".join(f"{number} {one if number == 1 else many}" for number, one, many in counts), style=ACCENT)
    if looked_back_on:
        text.append(f"\n{looked_back_on} of the engagements are only looked back on, and not shown above.", style=QUIET)
    return text
