"""GraphML: who met whom. Nodes are the actors who took part; an edge joins two who sat on different sides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from django.db.models import F

from communique.exchange.citing import CHUNK, cite, in_chunks
from communique.exchange.columns import CITED, Citations, Column
from communique.exchange.selection import Selection
from communique.exchange.tables.actors import ACTORS
from communique.exchange.writing import Written, open_text
from communique.register import models as tables

# Characters that XML cannot hold at all.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TYPES = {"integer": "long", "number": "double", "truth": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """Two actors, and the engagements at which they sat on different sides."""

    actor: int
    other: int
    engagements: tuple[int, ...]
    days: tuple[Any, ...]


EDGE = (
    Column("weight", "integer", "Number of engagements.", lambda m: len(m.engagements)),
    Column("engagement_ids", "texts", "Which (`e17`).", lambda m: [f"e{number}" for number in m.engagements]),
    Column("first_day", "day", "Day of the first.", lambda m: min(m.days, default=None)),
    Column("last_day", "day", "Day of the last.", lambda m: max(m.days, default=None)),
)
NODE = tuple(column for column in ACTORS.columns if column.name != "id")


def write(selection: Selection, folder: Path, name: str) -> Sequence[Written]:
    """Writes a graph: nodes, then edges."""
    with open_text(folder / name) as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        _write_keys(file, "node", NODE)
        _write_keys(file, "edge", (*EDGE, *CITED))
        file.write('<graph id="register" edgedefault="undirected">\n')
        rows = sum(_write_node(file, record) for record in _took_part(selection))
        for meetings, cited in _with_citations(_meetings(selection)):
            values = [column.value(meetings) for column in EDGE] + [column.value(cited) for column in CITED]
            file.write(f'<edge source="a{meetings.actor}" target="a{meetings.other}">')
            _write_data(file, "edge", (*EDGE, *CITED), values)
            file.write("</edge>\n")
            rows += 1
        file.write("</graph>\n</graphml>\n")
    return [Written(name=name, rows=rows)]


def _took_part(selection: Selection) -> Iterator[tuple[Any, ...]]:
    present = tables.EngagementParticipant.objects.filter(engagement__in=selection.engagement_numbers())
    numbers = present.values("actor").distinct()
    for chunk in in_chunks(ACTORS.records(selection), CHUNK):
        codes = {int(record[0][1:]) for record in chunk}
        there = set(numbers.filter(actor__in=codes).values_list("actor", flat=True))
        yield from (record for record in chunk if int(record[0][1:]) in there)


def _meetings(selection: Selection) -> Iterator[Meetings]:
    """The database sorts the pairs, so that one pair at a time is held here."""
    rows = (
        tables.EngagementParticipant.objects.filter(engagement__in=selection.engagement_numbers())
        .annotate(other=F("engagement__participants__actor"), other_side=F("engagement__participants__side"))
        .filter(other__gt=F("actor"))
        .exclude(other_side=F("side"))
        .order_by("actor", "other", "engagement")
        .values_list("actor", "other", "engagement", "engagement__day")
    )
    for (actor, other), group in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: row[:2]):
        days = {engagement: day for _, _, engagement, day in group}
        yield Meetings(
            actor=actor,
            other=other,
            engagements=tuple(days),
            days=tuple(day for day in days.values() if day),
        )


def _with_citations(pairs: Iterable[Meetings]) -> Iterator[tuple[Meetings, Citations]]:
    for chunk in in_chunks(pairs, CHUNK):
        told: dict[int | None, list[tables.EngagementReport]] = defaultdict(list)
        numbers = {number for pair in chunk for number in pair.engagements}
        reports = tables.EngagementReport.objects.filter(engagement__in=numbers)
        for report in reports.only("engagement", "document", "local", "evidence"):
            told[report.engagement_id].append(report)
        for pair in chunk:
            yield pair, cite(report for number in pair.engagements for report in told[number])


def _write_keys(file: TextIO, what: str, columns: Sequence[Column]) -> None:
    for column in columns:
        kind = TYPES.get(column.type, "string")
        shown = "label" if (what, column.name) == ("node", "name") else column.name  # what Gephi shows
        file.write(f'<key id="{what}_{column.name}" for="{what}" attr.name="{shown}" attr.type="{kind}"/>\n')


def _write_node(file: TextIO, record: tuple[Any, ...]) -> int:
    file.write(f"<node id={quoteattr(record[0])}>")
    _write_data(file, "node", NODE, record[1:])
    file.write("</node>\n")
    return 1


def _write_data(file: TextIO, what: str, columns: Sequence[Column], values: Sequence[Any]) -> None:
    for column, value in zip(columns, values, strict=True):
        if value is not None and value != []:
            file.write(f'<data key="{what}_{column.name}">{escape(FORBIDDEN.sub(" ", _text(value)))}</data>')


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(value, list) else str(value)
