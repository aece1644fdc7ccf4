"""GraphML: who met whom. Nodes are the actors who took part; an edge joins two who sat on different sides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from django.db.models import F

from communique.exchange.citing import CHUNK
from communique.exchange.columns import CITED, Citations, Column, Record
from communique.exchange.selection import Selection
from communique.exchange.tables.actors import ACTORS
from communique.exchange.tables.engagements import told_of
from communique.exchange.writing import Written, open_text

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


def _took_part(selection: Selection) -> Iterator[Record]:
    """One record at a time: those of a few who are named everywhere would take more than all the rest."""
    participants = selection.participants()
    for record in ACTORS.records(selection):
        if participants.filter(actor=int(record[0][1:])).exists():
            yield record


def _meetings(selection: Selection) -> Iterator[Meetings]:
    """The database sorts the pairs of one actor at a time, and of these one pair is held here."""
    actors = selection.actors().order_by("pk").values_list("pk", flat=True)
    rows = (
        selection.participants()
        .annotate(other=F("engagement__participants__actor"), other_side=F("engagement__participants__side"))
        .filter(other__gt=F("actor"))
        .exclude(other_side=F("side"))
        .order_by("actor", "other", "engagement")
        .values_list("actor", "other", "engagement", "engagement__day")
    )
    for number in actors.iterator(chunk_size=CHUNK):
        pairs = rows.filter(actor=number).iterator(chunk_size=CHUNK)
        for (actor, other), group in groupby(pairs, key=lambda row: row[:2]):
            days = {engagement: day for _, _, engagement, day in group}
            yield Meetings(
                actor=actor,
                other=other,
                engagements=tuple(days),
                days=tuple(day for day in days.values() if day),
            )


def _with_citations(pairs: Iterable[Meetings]) -> Iterator[tuple[Meetings, Citations]]:
    for chunk in _by_engagements(pairs):
        told = told_of({number for pair in chunk for number in pair.engagements})
        for pair in chunk:
            cited = [told[number] for number in pair.engagements if number in told]
            yield (
                pair,
                Citations(
                    sources=tuple(dict.fromkeys(code for one in cited for code in one.sources)),
                    evidence=tuple(code for one in cited for code in one.evidence),
                ),
            )


def _by_engagements(pairs: Iterable[Meetings]) -> Iterator[list[Meetings]]:
    """So many pairs together that they have some hundreds of engagements: those who meet often have as many alone."""
    chunk: list[Meetings] = []
    engagements = 0
    for pair in pairs:
        chunk.append(pair)
        engagements += len(pair.engagements)
        if engagements >= CHUNK:
            yield chunk
            chunk, engagements = [], 0
    yield chunk


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
