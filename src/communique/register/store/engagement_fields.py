"""What an engagement's record says: its fields as they follow from the conclusion, and as people corrected them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from communique.register import models as tables
from communique.register.resolving.conclusions import EngagementConclusion
from communique.register.store.codes import find_survivor


def fill(
    record: tables.Engagement, conclusion: EngagementConclusion, reports: Mapping[str, tables.EngagementReport]
) -> None:
    """Writes what was concluded into the fields of a record; ``reports`` are those that it rests on, by key."""
    rows = list(reports.values())
    dated, placed = reports.get(conclusion.date_from or ""), reports.get(conclusion.place_from or "")
    record.kind, record.status = conclusion.kind, conclusion.status
    record.date_start = dated.date_start if dated else None
    record.date_end = dated.date_end if dated else None
    record.precision = dated.precision if dated else None
    record.place = placed.place if placed else None
    record.country = placed.country if placed else next((r.country for r in rows if r.country), None)
    record.latitude = placed.latitude if placed else None
    record.longitude = placed.longitude if placed else None
    record.topics = sorted({topic for row in rows for topic in row.topics})
    record.is_background = conclusion.is_background
    record.independent_sources = conclusion.independent_sources
    record.report_count = len({row.document_id for row in rows})
    record.confidence = conclusion.confidence
    record.conflicts = [{"field": c.field, "values": dict(c.values)} for c in conclusion.conflicts]
    record.has_conflict = bool(conclusion.conflicts)
    record.sources = _sources(rows)
    labels = [row.side_labels for row in rows if len(row.side_labels) == len(conclusion.sides)]
    record.side_labels = labels[0] if labels else [None] * len(conclusion.sides)


def _sources(rows: Iterable[tables.EngagementReport]) -> dict[str, dict[str, list[str]]]:
    """Which documents state what."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(rows, key=lambda r: r.key):
        stated = {"kind": row.kind, "status": row.status, "date": row.date_start or row.date_end, "place": row.place}
        for field, value in stated.items():
            if value is not None:
                found[field][str(value)].append(row.document.sha256)
        for topic in row.topics:
            found["topics"][topic].append(row.document.sha256)
    return {field: dict(values) for field, values in found.items()}


def correct(record: tables.Engagement, field: str, value: Any) -> None:
    """Writes what somebody gave instead of what was concluded into a field of a record."""
    if field in ("kind", "status", "place", "country", "topics", "precision"):
        setattr(record, field, value)
    elif field == "date":
        record.date_start = dt.date.fromisoformat(value) if value else None
        record.date_end = record.date_start
        record.precision = "day" if value else None
    if field == "place":
        record.latitude = record.longitude = None


def sides_of(conclusion: EngagementConclusion) -> list[list[int]]:
    """Numbers of the actors of each side."""
    return [[int(actor[1:]) for actor in side.actors if actor[:1] == "a"] for side in conclusion.sides]


def corrected_sides(sides: Sequence[Sequence[int]]) -> list[list[int]]:
    """Numbers of actors as people gave them; those that were merged since stand for the actor they became."""
    actors = tables.Actor.objects.in_bulk([number for side in sides for number in side])
    return [list(dict.fromkeys(find_survivor(actors[n]).pk for n in side if n in actors)) for side in sides]


def searchable(record: tables.Engagement, reports: Iterable[tables.EngagementReport]) -> str:
    """What full-text search has of an engagement: its summary, its topics, and the passages that report it."""
    quotes = sorted({row.quote for row in reports})
    return "\n".join([record.summary, *(topic.replace("_", " ") for topic in record.topics), *quotes])
