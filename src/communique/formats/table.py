"""Readouts as tables for a terminal, made to be read at 80 columns and up."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.formats.layout import Layout, Pair
from communique.formats.wording import (
    NOBODY,
    say,
    say_date,
    say_kind,
    say_place,
    say_roles,
    say_side,
    say_topics,
)
from communique.model import Engagement, Evidence, Readout

ACCENT = "cyan"
QUIET = "dim"
# All but the line end.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def render(pairs: Iterable[Pair], layout: Layout) -> Iterator[str]:
    """Gives the tables of one document after the other."""
    for _, readout in pairs:
        yield draw(_document_parts(readout, layout), layout)


def draw(parts: Iterable[RenderableType], layout: Layout) -> str:
    """What a terminal of the layout's width would show."""
    paper = io.StringIO()
    console = Console(
        file=paper,
        width=layout.width,
        force_terminal=layout.has_colour,
        color_system="standard" if layout.has_colour else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    # Tables fill their columns up with blanks, which only gets in the way of copying and of comparing.
    return "".join(line.rstrip() + "\n" for line in paper.getvalue().splitlines())


def plain(text: str, style: str = "") -> Text:
    """Text of a document without control characters: a page must not be able to steer the terminal."""
    return Text(CONTROL.sub("�", text), style=style)


def _document_parts(readout: Readout, layout: Layout) -> Iterator[RenderableType]:
    head = readout.document
    yield plain(head.title or head.uri, style="bold")
    published = head.published.isoformat() if head.published else "undated"
    yield plain(" · ".join(filter(None, (head.site, published, head.uri))), style=QUIET)
    tables = [
        table
        for table in (
            _engagements(readout, layout),
            _commitments(readout, layout),
            _mechanisms(readout, layout),
            _statements(readout, layout),
            _people(readout),
        )
        if table.row_count
    ]
    if not tables:
        yield Padding(Text("Nothing found: no engagement, commitment, statement or person.", style=QUIET), (1, 0, 1, 2))
    for table in tables:
        yield Text("")
        yield table
    yield Text("")


def new_table(*columns: tuple[str, int | None, int]) -> Table:
    """An empty table; columns are heading, fixed width (None: as it comes), and share of the free width."""
    table = Table(
        box=box.SIMPLE_HEAD, expand=True, padding=(0, 1), pad_edge=False, show_edge=False, header_style=ACCENT
    )
    for heading, width, share in columns:
        table.add_column(heading, width=width, ratio=share or None, overflow="fold")
    return table


def _engagements(readout: Readout, layout: Layout) -> Table:
    table = new_table(("Engagements", 11, 0), ("What", 11, 0), ("Who", None, 3), ("Where", None, 1), ("On", None, 2))
    for engagement in readout.engagements:
        table.add_row(
            Text(say_date(engagement.date)),
            Text(say_kind(engagement)),
            _who(engagement, layout, engagement.evidence),
            plain(say_place(engagement) or "–"),
            Text(say_topics(engagement.topics) or "–"),
        )
    return table


def _who(engagement: Engagement, layout: Layout, evidence: tuple[Evidence, ...]) -> Text:
    sides = [say_side(side) for side in engagement.sides] or [NOBODY]
    return with_quote(Text("\n").join(plain(f"– {side}") for side in sides), layout, evidence)


def _commitments(readout: Readout, layout: Layout) -> Table:
    table = new_table(("Commitments", 11, 0), ("Who", None, 2), ("What", None, 4))
    for commitment in readout.commitments:
        what = plain(commitment.what)
        if commitment.mechanism:
            what.append_text(plain(f"\nmechanism: {commitment.mechanism}", style=QUIET))
        if commitment.target:
            what.append_text(plain(f"\ntarget: {commitment.target}", style=QUIET))
        table.add_row(
            Text(say(commitment.act)),
            plain(", ".join(party.name for party in commitment.parties) or NOBODY),
            with_quote(what, layout, commitment.evidence),
        )
    return table


def _mechanisms(readout: Readout, layout: Layout) -> Table:
    table = new_table(("Mechanisms", 11, 0), ("When", 11, 0), ("Who", None, 2), ("Which", None, 4))
    for step in readout.mechanisms:
        table.add_row(
            Text(say(step.status)),
            Text(say_date(step.date)),
            plain(", ".join(party.name for party in step.parties) or NOBODY),
            with_quote(plain(step.name), layout, step.evidence),
        )
    return table


def _statements(readout: Readout, layout: Layout) -> Table:
    table = new_table(("Statements", 11, 0), ("Who", None, 2), ("Target, passage", None, 4))
    for statement in readout.statements:
        passage = plain(statement.target or "–")
        # What a statement says stands in its passage only, so the passage is shown with or without being asked.
        table.add_row(
            Text(say(statement.act)),
            plain(statement.speaker or NOBODY),
            with_quote(passage, layout, statement.evidence, always=True),
        )
    return table


def _people(readout: Readout) -> Table:
    table = new_table(("People", None, 2), ("Roles", None, 4))
    for person in readout.people:
        table.add_row(plain(person.name), plain(say_roles(person) or "–"))
    return table


def with_quote(text: Text, layout: Layout, evidence: tuple[Evidence, ...], *, always: bool = False) -> Text:
    """The text with the main passage under it, where passages are wanted."""
    if evidence and (layout.with_evidence or always):
        text.append_text(plain(f"\n“{' '.join(evidence[0].quote.split())}”", style=f"italic {QUIET}"))
    return text
