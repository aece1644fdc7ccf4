"""Writes the one record of each engagement: what was concluded, what people corrected, and what changed by it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from communique.register import models as tables
from communique.register import text_search
from communique.register.resolving.conclusions import EngagementConclusion, conclude
from communique.register.resolving.reports import EngagementClaim
from communique.register.store.changes import end_record, log_change, snapshot
from communique.register.store.codes import find_survivor
from communique.register.store.engagement_summary import summarize
from communique.register.store.judged import corrections, review_state, tombstones
from communique.register.store.succession import Succession, succeed

FIELDS = (
    "kind",
    "status",
    "date_start",
    "date_end",
    "precision",
    "place",
    "country",
    "topics",
    "summary",
    "independent_sources",
    "report_count",
    "has_conflict",
    "review",
)


def write_engagements(
    groups: Sequence[Sequence[str]], claims: Mapping[str, EngagementClaim], affected: set[int]
) -> set[int]:
    """Writes the records of groups of reports, and merges or retracts those that no group continues.

    Returns:
        Numbers of the records written.
    """
    reports = {
        row.key: row for row in tables.EngagementReport.objects.filter(key__in=list(claims)).select_related("document")
    }
    held = {key: row.engagement_id for key, row in reports.items() if row.engagement_id}
    succession = succeed(groups, held, affected, _former(affected, claims))
    written: list[tables.Engagement] = []
    for keys, number in zip(groups, succession.record_of, strict=True):
        record = tables.Engagement.objects.get(pk=number) if number else tables.Engagement()
        _write(record, [reports[key] for key in keys], [claims[key] for key in keys])
        written.append(record)
    _end(succession, written, held)
    return {record.pk for record in written}


def _former(affected: Iterable[int], keys: Iterable[str]) -> dict[str, int]:
    """The ended record that each claim belonged to: merged into an affected one, or rejected."""
    rows = tables.Engagement.objects.filter(merged_into__in=list(affected))
    merged = {key: row.pk for row in rows.order_by("-pk") for key in row.former_keys}
    return tombstones("engagement", keys) | merged


def _end(succession: Succession, written: Sequence[tables.Engagement], held: Mapping[str, int]) -> None:
    for number in sorted(set(succession.merged) | succession.orphaned):
        record = tables.Engagement.objects.get(pk=number)
        survivor = written[succession.merged[number]] if number in succession.merged else None
        text_search.forget_text(text_search.ENGAGEMENTS, record.pk, record.search_text)
        record.search_text = ""
        record.participants.all().delete()
        record.topic_rows.all().delete()
        tables.EngagementReport.objects.filter(engagement=record).update(engagement=None)
        end_record(record, survivor, (key for key, owner in held.items() if owner == number))


def _write(
    record: tables.Engagement, reports: Sequence[tables.EngagementReport], claims: Sequence[EngagementClaim]
) -> None:
    before = snapshot(record, FIELDS) if record.pk else None
    conclusion = conclude(claims)
    by_key = {row.key: row for row in reports}
    _fill(record, conclusion, by_key)
    keys = list(by_key)
    corrected = corrections("engagement", keys)
    for field, value in corrected.items():
        _correct(record, field, value)
    record.review = review_state("engagement", keys)
    record.merged_into, record.retracted_at, record.former_keys = None, None, []
    record.day = record.date_start or record.date_end
    record.save()
    tables.EngagementReport.objects.filter(key__in=keys).update(engagement=record)
    sides = _corrected_sides(corrected["sides"]) if "sides" in corrected else _sides(conclusion)
    leads = {int(actor[1:]) for side in conclusion.sides for actor in side.leads if actor[:1] == "a"}
    _write_participants(record, sides, leads)
    _write_topics(record)
    record.summary = summarize(record)
    _index(record, reports)
    after = snapshot(record, FIELDS)
    if before != after:
        record.version += before is not None
        changed = {f: [before[f], after[f]] for f in FIELDS if before[f] != after[f]} if before else {}
        log_change(record.code, "updated" if before else "created", changed)
    record.save()


def _sides(conclusion: EngagementConclusion) -> list[list[int]]:
    return [[int(actor[1:]) for actor in side.actors if actor[:1] == "a"] for side in conclusion.sides]


def _corrected_sides(sides: Sequence[Sequence[int]]) -> list[list[int]]:
    """Numbers of actors as people gave them; those that were merged since stand for the actor they became."""
    actors = tables.Actor.objects.in_bulk([number for side in sides for number in side])
    return [list(dict.fromkeys(find_survivor(actors[n]).pk for n in side if n in actors)) for side in sides]


def _fill(
    record: tables.Engagement, conclusion: EngagementConclusion, reports: Mapping[str, tables.EngagementReport]
) -> None:
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


def _correct(record: tables.Engagement, field: str, value: Any) -> None:
    if field in ("kind", "status", "place", "country", "topics", "precision"):
        setattr(record, field, value)
    elif field == "date":
        record.date_start = dt.date.fromisoformat(value) if value else None
        record.date_end = record.date_start
        record.precision = "day" if value else None
    if field == "place":
        record.latitude = record.longitude = None


def _write_participants(record: tables.Engagement, sides: Sequence[Sequence[int]], leads: set[int]) -> None:
    rows = [
        tables.EngagementParticipant(
            engagement=record, actor_id=actor, side=i, position=j, is_lead=actor in leads, day=record.day
        )
        for i, side in enumerate(sides)
        for j, actor in enumerate(side)
    ]
    record.participants.all().delete()
    tables.EngagementParticipant.objects.bulk_create(rows)
    if len(record.side_labels) != len(sides):
        record.side_labels = [None] * len(sides)


def _write_topics(record: tables.Engagement) -> None:
    record.topic_rows.all().delete()
    tables.EngagementTopic.objects.bulk_create(
        tables.EngagementTopic(engagement=record, topic=topic) for topic in record.topics
    )


def _index(record: tables.Engagement, reports: Sequence[tables.EngagementReport]) -> None:
    """Full text of an engagement: its summary, and the passages that report it."""
    quotes = sorted({row.quote for row in reports})
    text = "\n".join([record.summary, *(topic.replace("_", " ") for topic in record.topics), *quotes])
    if text != record.search_text:
        text_search.index_text(text_search.ENGAGEMENTS, record.pk, text, record.search_text or None)
        record.search_text = text
