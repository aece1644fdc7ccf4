"""``register-json``: the whole register as one JSON object (see docs/register-json.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from communique.register import models as tables

CHUNK = 500


def write_register_json() -> Iterator[str]:
    """The object piece by piece, record by record: memory does not grow with the register."""
    parts = (
        ("documents", _documents),
        ("actors", _actors),
        ("engagements", _engagements),
        ("mechanisms", _mechanisms),
        ("tenures", _tenures),
    )
    yield "{"
    for number, (name, rows) in enumerate(parts):
        yield f'{"," if number else ""}\n"{name}": ['
        for position, row in enumerate(rows()):
            yield ("," if position else "") + "\n" + json.dumps(row, ensure_ascii=False)
        yield "]"
    yield "\n}\n"


def _documents() -> Iterator[dict[str, Any]]:
    for row in tables.Document.objects.select_related("copy_of").order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "id": row.sha256,
            "uri": row.uri,
            "published": row.published.isoformat() if row.published else None,
            "copy_of": row.copy_of.sha256 if row.copy_of else None,
        }


def _actors() -> Iterator[dict[str, Any]]:
    mentions = tables.Mention.objects.select_related("document").order_by("key")
    rows = (
        tables.Actor.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
        .prefetch_related(Prefetch("profiles__mentions", queryset=mentions))
        .order_by("pk")
    )
    for actor in rows.iterator(chunk_size=CHUNK):
        yield {
            "id": actor.code,
            "type": actor.type,
            "name": actor.name,
            "mentions": [
                {"document": mention.document.uri, "quote": quote}
                for profile in actor.profiles.all()
                for mention in profile.mentions.all()
                for quote in sorted({mention.name, *(e["quote"] for e in mention.evidence)})
            ],
        }


def _engagements() -> Iterator[dict[str, Any]]:
    reports = tables.EngagementReport.objects.select_related("document").order_by("key")
    rows = (
        tables.Engagement.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
        .prefetch_related("participants", Prefetch("reports", queryset=reports))
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=CHUNK):
        uris = {report.document.sha256: report.document.uri for report in row.reports.all()}
        yield {
            "id": row.code,
            "kind": row.kind,
            "status": row.status,
            "date": _date(row),
            "place": row.place,
            "sides": _sides(row),
            "reports": [
                {"document": report.document.uri, "quote": report.quote, "background": report.background}
                for report in row.reports.all()
            ],
            "independent_sources": row.independent_sources,
            "conflicts": [
                {"field": c["field"], "values": {uris.get(d, d): value for d, value in c["values"].items()}}
                for c in row.conflicts
            ],
        }


def _date(row: tables.Engagement) -> str | None:
    """As precise as it is known: a day, a month, a year."""
    if row.date_start is None:
        return None
    return row.date_start.isoformat()[: {"month": 7, "year": 4}.get(row.precision or "", 10)]


def _sides(row: tables.Engagement) -> list[list[str]]:
    sides: list[list[str]] = [[] for _ in row.side_labels]
    for participant in row.participants.all():
        while len(sides) <= participant.side:
            sides.append([])
        sides[participant.side].append(f"a{participant.actor_id}")
    return sides


def _mechanisms() -> Iterator[dict[str, Any]]:
    steps = tables.MechanismStep.objects.select_related("document").filter(is_repeat=False).order_by("day", "key")
    rows = (
        tables.Mechanism.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
        .prefetch_related("parties", Prefetch("steps", queryset=steps))
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=CHUNK):
        yield {
            "id": row.code,
            "name": row.name,
            "kind": row.kind,
            "parties": [actor.code for actor in row.parties.all()],
            "status": row.status,
            "history": [
                {
                    "date": step.day.isoformat() if step.day else None,
                    "document": step.document.uri,
                    "status": step.status,
                    "quote": step.quote,
                }
                for step in row.steps.all()
            ],
        }


def _tenures() -> Iterator[dict[str, Any]]:
    for row in tables.Tenure.objects.select_related("organization_actor").order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "person": f"a{row.actor_id}",
            "title": row.title,
            "organization": row.organization,
            "first_seen": row.first_seen.isoformat() if row.first_seen else None,
            "last_seen": row.last_seen.isoformat() if row.last_seen else None,
            "superseded_by": f"a{row.superseded_by_id}" if row.superseded_by_id else None,
            "flags": row.flags,
        }
