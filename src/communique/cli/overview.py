"""What is in an open register, on one sheet: engagements by day, what sources disagree on, and how much there is."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from communique.formats.layout import Layout
from communique.formats.table import ACCENT, QUIET, draw, new_table, plain
from communique.register import models as tables
from communique.register.store.engagement_summary import date_words, list_names
from communique.register.store.finding import EngagementFilters, find_engagements
from communique.register.store.status import status_of_register

# Engagements and disagreements on the sheet: it should be read, not scrolled.
ENGAGEMENTS, CONFLICTS = 30, 8


def render_register(layout: Layout) -> str:
    """The sheet as text."""
    return draw(_parts(), layout)


def _parts() -> Iterator[RenderableType]:
    rows = find_engagements(EngagementFilters(sort="newest")).filter(is_background=False)
    yield _engagements(list(rows.prefetch_related("participants__actor", "reports")[:ENGAGEMENTS]))
    yield Text("")
    conflicts = list(rows.filter(has_conflict=True)[:CONFLICTS])
    if conflicts:
        yield Text("Sources disagree on", style="bold")
        for row in conflicts:
            fields = ", ".join(sorted({conflict["field"] for conflict in row.conflicts}))
            yield plain(f"  {row.code}  {row.summary}: {fields}")
        yield Text("")
    yield _summary()


def _engagements(rows: list[tables.Engagement]) -> RenderableType:
    table = new_table(("Id", 5, 0), ("When", 16, 0), ("What", 11, 0), ("Who, and the passage that says so", None, 4))
    for row in rows:
        sides: dict[int, list[str]] = {}
        for participant in row.participants.all():
            sides.setdefault(participant.side, []).append(participant.actor.name)
        who = Text("\n").join(plain(f"– {list_names(names)}") for _, names in sorted(sides.items()))
        report = min(row.reports.all(), key=lambda r: (r.background, -r.confidence, r.key))
        who.append("\n")
        who.append_text(plain(f"“{report.quote}”", style=QUIET))
        what = row.kind.replace("_", " ") + (f"\n({row.status})" if row.status != "held" else "")
        when = plain(date_words(row) + (f"\n{row.place}" if row.place else ""))
        table.add_row(row.code, when, plain(what), who)
    return table


def _summary() -> Text:
    status = status_of_register()
    counts = (
        (status.documents, "document", "documents"),
        (status.engagements, "engagement", "engagements"),
        (status.people, "person", "people"),
        (status.tenures, "post held", "posts held"),
        (status.commitments, "commitment", "commitments"),
        (status.statements, "statement", "statements"),
    )
    words = " · ".join(f"{number} {one if number == 1 else many}" for number, one, many in counts)
    return Text(words, style=ACCENT)
