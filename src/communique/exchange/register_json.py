"""``register-json``: the whole register as one JSON object (see docs/register-json.md)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from communique.exchange.citing import BY_DAY, CHUNK, parties, stream, stream_chunks
from communique.exchange.selection import Selection
from communique.exchange.tables.actors import FEW
from communique.register import models as tables


def write_register_json(selection: Selection) -> Iterator[str]:
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
        for position, row in enumerate(rows(selection)):
            yield ("," if position else "") + "\n" + json.dumps(row, ensure_ascii=False)
        yield "]"
    yield "\n}\n"


def _documents(selection: Selection) -> Iterator[dict[str, Any]]:
    for row in stream(selection.documents().order_by("pk"), tables.Document.objects.select_related("copy_of")):
        yield {
            "id": row.sha256,
            "uri": row.uri,
            "published": row.published.isoformat() if row.published else None,
            "copy_of": row.copy_of.sha256 if row.copy_of else None,
        }


def _actors(selection: Selection) -> Iterator[dict[str, Any]]:
    names = ("profile__actor", "document__uri", "name", "evidence")
    for chunk in stream_chunks(selection.actors().order_by("pk"), size=FEW):
        mentions = tables.Mention.objects.filter(profile__actor__in=[actor.pk for actor in chunk])
        rows = mentions.order_by("profile__actor", "key").values_list(*names).iterator(chunk_size=CHUNK)
        told = groupby(rows, key=lambda row: row[0])  # in the order of the actors: of one, all mentions are held
        number, group = next(told, (0, iter(())))
        for actor in chunk:
            named = list(group) if actor.pk == number else []
            yield {
                "id": actor.code,
                "type": actor.type,
                "name": actor.name,
                "mentions": [
                    {"document": uri, "quote": quote}
                    for _, uri, name, evidence in named
                    for quote in sorted({name, *(passage["quote"] for passage in evidence)})
                ],
            }
            if actor.pk == number:
                number, group = next(told, (0, iter(())))


def _engagements(selection: Selection) -> Iterator[dict[str, Any]]:
    names = ("engagement", "document__sha256", "document__uri", "evidence", "background")
    for chunk in stream_chunks(selection.engagements().order_by("pk")):
        numbers = [row.pk for row in chunk]
        told: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        reports = tables.EngagementReport.objects.filter(engagement__in=numbers).order_by("key")
        for number, *report in reports.values_list(*names):
            told[number].append(tuple(report))
        present: dict[int, list[tuple[int, int]]] = defaultdict(list)
        taken_part = tables.EngagementParticipant.objects.filter(engagement__in=numbers).order_by(
            "side", "position", "pk"
        )
        for number, side, actor in taken_part.values_list("engagement", "side", "actor"):
            present[number].append((side, actor))
        for row in chunk:
            yield _engagement(row, told[row.pk], present[row.pk])


def _engagement(
    row: tables.Engagement, reports: list[tuple[Any, ...]], present: list[tuple[int, int]]
) -> dict[str, Any]:
    uris = {digest: uri for digest, uri, _, _ in reports}
    return {
        "id": row.code,
        "kind": row.kind,
        "status": row.status,
        "date": _date(row),
        "place": row.place,
        "sides": _sides(row, present),
        "reports": [
            {"document": uri, "quote": evidence[0]["quote"] if evidence else "", "background": background}
            for _, uri, evidence, background in reports
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


def _sides(row: tables.Engagement, present: list[tuple[int, int]]) -> list[list[str]]:
    sides: list[list[str]] = [[] for _ in row.side_labels]
    for side, actor in present:
        while len(sides) <= side:
            sides.append([])
        sides[side].append(f"a{actor}")
    return sides


def _mechanisms(selection: Selection) -> Iterator[dict[str, Any]]:
    rows = tables.Mechanism.objects.prefetch_related(parties())
    names = ("mechanism", "day", "document__uri", "status", "evidence")
    for chunk in stream_chunks(selection.mechanisms().order_by("pk"), rows, FEW):
        history: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        steps = tables.MechanismStep.objects.filter(mechanism__in=chunk, is_repeat=False)
        for number, *step in steps.order_by(BY_DAY, "key").values_list(*names):
            history[number].append(tuple(step))
        for row in chunk:
            yield {
                "id": row.code,
                "name": row.name,
                "kind": row.kind,
                "parties": [actor.code for actor in row.parties.all()],
                "status": row.status,
                "history": [
                    {
                        "date": day.isoformat() if day else None,
                        "document": uri,
                        "status": status,
                        "quote": evidence[0]["quote"] if evidence else "",
                    }
                    for day, uri, status, evidence in history[row.pk]
                ],
            }


def _tenures(selection: Selection) -> Iterator[dict[str, Any]]:
    for row in stream(selection.tenures().order_by("pk")):
        yield {
            "person": f"a{row.actor_id}",
            "title": row.title,
            "organization": row.organization,
            "first_seen": row.first_seen.isoformat() if row.first_seen else None,
            "last_seen": row.last_seen.isoformat() if row.last_seen else None,
            "superseded_by": f"a{row.superseded_by_id}" if row.superseded_by_id else None,
            "flags": row.flags,
        }
