"""The first part of a brief: what there is, in figures and two sentences."""

from __future__ import annotations

from communique.exchange.briefs.document import Figure, Figures, Paragraph, Section, Sentence
from communique.exchange.briefs.promises import is_open
from communique.exchange.briefs.selection import Selection
from communique.exchange.briefs.wording import count, listed, say_loose_day, say_topic

TOPICS_NAMED = 3


def summarize_selection(selection: Selection) -> Section:
    """Figures of the selection, and what they cover."""
    rows = selection.engagements
    people = {p.actor_id for row in rows for p in row.participants.all() if p.actor.type == "person"}
    reports = {r.document_id for row in rows for r in row.reports.all() if selection.sources.is_known(r.document)}
    figures = [
        _figure(len(rows), "engagement"),
        _figure(len(people), "person", "people"),
        _figure(len(reports), "report"),
        _figure(len(selection.commitments), "commitment"),
        _figure(sum(is_open(row, selection.as_at) for row in selection.commitments), "without follow-up", ""),
        _figure(len(selection.mechanisms), "mechanism"),
        _figure(sum(row.has_conflict for row in rows), "disputed", ""),
    ]
    return Section(
        heading="Summary",
        blocks=(Figures(figures=tuple(figures)), Paragraph(sentences=tuple(map(Sentence, _sentences(selection))))),
    )


def _sentences(selection: Selection) -> list[str]:
    rows = selection.engagements
    dated = sorted((row for row in rows if row.day), key=lambda row: (row.day, row.pk))
    undated = len(rows) - len(dated)
    parts = []
    if dated:
        first, last = (say_loose_day(row.day, row.precision) for row in (dated[0], dated[-1]))
        parts.append(
            f"{count(len(dated), 'engagement')} {f'of {first}' if first == last else f'from {first} to {last}'}"
        )
    if undated:
        parts.append(f"{undated:,} without a date" if dated else f"{count(undated, 'engagement')} without a date")
    said = [f"It covers {listed(parts)}."] if parts else []
    by_status = {status: sum(row.status == status for row in rows) for status in ("held", "planned", "cancelled")}
    states = [f"{number} {status}" for status, number in by_status.items() if number]
    said.append(
        f"Of them, {listed(states)}." if len(states) > 1 else f"All are {next(iter(row.status for row in rows))}."
    )
    counts: dict[str, int] = {}
    for row in rows:
        for topic in row.topics:
            counts[topic] = counts.get(topic, 0) + 1
    if counts:
        most = sorted(counts, key=lambda topic: (-counts[topic], topic))[:TOPICS_NAMED]
        said.append(f"Most often discussed: {listed([f'{say_topic(topic)} ({counts[topic]})' for topic in most])}.")
    return said


def _figure(number: int, one: str, more: str | None = None) -> Figure:
    return Figure(value=f"{number:,}", label=one if number == 1 or more == "" else more or f"{one}s")
