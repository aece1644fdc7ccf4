"""Writes the one record of each engagement: what was concluded, what people corrected, and what changed by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.register import models as tables
from communique.register import text_search
from communique.register.resolving.conclusions import conclude
from communique.register.resolving.reports import EngagementClaim
from communique.register.store.changes import end_record, log_changes, log_difference, snapshot
from communique.register.store.engagement_fields import correct, corrected_sides, fill, searchable, sides_of
from communique.register.store.engagement_summary import summarize
from communique.register.store.judged import corrections, review_state, tombstones
from communique.register.store.succession import Succession, merged_into, succeed

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
# Everything that is concluded: where none of it changed, nothing is written.
ALL_FIELDS = (
    *FIELDS,
    "day",
    "latitude",
    "longitude",
    "is_background",
    "confidence",
    "conflicts",
    "sources",
    "side_labels",
    "search_text",
    "merged_into_id",
    "retracted_at",
    "former_keys",
)


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A record on its way into its table.

    Attributes:
        record: The row, concluded and corrected, not yet written.
        reports: The reports that it rests on.
        before: Its fields as they were; None for a new one.
        sides: Numbers of the actors of each side.
        leads: Those who headed their side.
    """

    record: tables.Engagement
    reports: list[tables.EngagementReport]
    before: dict[str, Any] | None
    sides: list[list[int]]
    leads: set[int]

    def participants(self) -> list[tuple[Any, ...]]:
        """The rows of participants, without their numbers."""
        day, kind = self.record.day, self.record.kind
        return [
            (actor, i, j, actor in self.leads, day, kind)
            for i, side in enumerate(self.sides)
            for j, actor in enumerate(side)
        ]


def write_engagements(
    groups: Sequence[Sequence[str]], claims: Mapping[str, EngagementClaim], affected: set[int]
) -> set[int]:
    """Writes the records of groups of reports, and merges or retracts those that no group continues.

    Returns:
        Numbers of the records that were written, merged or retracted.
    """
    reports = {
        row.key: row for row in tables.EngagementReport.objects.filter(key__in=list(claims)).select_related("document")
    }
    held = {key: row.engagement_id for key, row in reports.items() if row.engagement_id}
    succession = succeed(groups, held, affected, _former(affected, claims))
    known = tables.Engagement.objects.in_bulk([number for number in succession.record_of if number])
    drafts = [
        _draft(
            known[number] if number else tables.Engagement(),
            [reports[key] for key in keys],
            [claims[key] for key in keys],
        )
        for keys, number in zip(groups, succession.record_of, strict=True)
    ]
    _write(drafts)
    _end(succession, [draft.record for draft in drafts], held)
    return {draft.record.pk for draft in drafts} | set(succession.merged) | succession.orphaned


def _former(affected: Iterable[int], keys: Iterable[str]) -> dict[int, list[str]]:
    """The records that were merged into affected ones, or rejected, with the keys of their claims."""
    merged = merged_into(tables.Engagement.objects, affected)
    return tombstones("engagement", keys) | {number: row.former_keys for number, row in merged.items()}


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


def _draft(
    record: tables.Engagement, reports: list[tables.EngagementReport], claims: Sequence[EngagementClaim]
) -> _Draft:
    before = snapshot(record, ALL_FIELDS) if record.pk else None
    conclusion = conclude(claims)
    fill(record, conclusion, {row.key: row for row in reports})
    keys = [row.key for row in reports]
    corrected = corrections("engagement", keys)
    for field, value in corrected.items():
        correct(record, field, value)
    record.review = review_state("engagement", keys)
    record.merged_into, record.retracted_at, record.former_keys = None, None, []
    record.day = record.date_start or record.date_end
    sides = corrected_sides(corrected["sides"]) if "sides" in corrected else sides_of(conclusion)
    if len(record.side_labels) != len(sides):
        record.side_labels = [None] * len(sides)
    leads = {int(actor[1:]) for side in conclusion.sides for actor in side.leads if actor[:1] == "a"}
    return _Draft(record=record, reports=reports, before=before, sides=sides, leads=leads)


def _write(drafts: Sequence[_Draft]) -> None:
    """Writes what changed; a record that says what it said is left alone."""
    people = {actor for draft in drafts for side in draft.sides for actor in side}
    names = dict(tables.Actor.objects.filter(pk__in=people).values_list("pk", "name"))
    log = []
    for draft in drafts:
        record = draft.record
        record.summary = summarize(record, [[names[actor] for actor in side] for side in draft.sides])
        text, indexed = searchable(record, draft.reports), record.search_text
        record.search_text = text
        if (after := snapshot(record, ALL_FIELDS)) != draft.before:
            told = {field: after[field] for field in FIELDS}
            line = draft.before and {field: draft.before[field] for field in FIELDS}
            record.version += line is not None and line != told
            record.save()
            log.append(log_difference(record, line, told))
        if text != indexed:
            text_search.index_text(text_search.ENGAGEMENTS, record.pk, text, indexed or None)
        _write_topics(draft)
    _claim_reports(drafts)
    _write_participants(drafts)
    log_changes(line for line in log if line)


def _claim_reports(drafts: Iterable[_Draft]) -> None:
    """Points reports to their record."""
    moved = []
    for draft in drafts:
        for report in draft.reports:
            if report.engagement_id != draft.record.pk:
                report.engagement = draft.record
                moved.append(report)
    tables.EngagementReport.objects.bulk_update(moved, ["engagement"], batch_size=200)


def _write_participants(drafts: Sequence[_Draft]) -> None:
    stored: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    known = [draft.record.pk for draft in drafts if draft.before]
    rows = tables.EngagementParticipant.objects.filter(engagement__in=known)
    for number, *values in rows.values_list("engagement", "actor", "side", "position", "is_lead", "day", "kind"):
        stored[number].append(tuple(values))
    changed = [draft for draft in drafts if stored.get(draft.record.pk, []) != draft.participants()]
    if stored:
        rows.filter(engagement__in=[draft.record.pk for draft in changed]).delete()
    tables.EngagementParticipant.objects.bulk_create(
        tables.EngagementParticipant(
            engagement=draft.record,
            actor_id=actor,
            side=side,
            position=position,
            is_lead=is_lead,
            day=day,
            kind=kind,
        )
        for draft in changed
        for actor, side, position, is_lead, day, kind in draft.participants()
    )


def _write_topics(draft: _Draft) -> None:
    record, before = draft.record, draft.before
    if before:
        was_live = before["merged_into_id"] is None and before["retracted_at"] is None
        if was_live and before["topics"] == record.topics:
            return
        record.topic_rows.all().delete()
    tables.EngagementTopic.objects.bulk_create(
        tables.EngagementTopic(engagement=record, topic=topic) for topic in record.topics
    )


def rename_participants(actors: set[int]) -> None:
    """Writes the summaries anew of engagements whose participants are shown under other names than before."""
    if not actors:
        return
    named = tables.EngagementParticipant.objects.filter(actor__in=actors).values("engagement")
    changed = []
    for row in tables.Engagement.objects.filter(pk__in=named).prefetch_related("participants__actor"):
        sides: dict[int, list[str]] = defaultdict(list)
        for participant in row.participants.all():
            sides[participant.side].append(participant.actor.name)
        before, indexed = row.summary, row.search_text
        row.summary = summarize(row, [names for _, names in sorted(sides.items())])
        if row.summary != before:
            row.search_text = row.summary + indexed.removeprefix(before)
            text_search.index_text(text_search.ENGAGEMENTS, row.pk, row.search_text, indexed)
            changed.append(row)
    tables.Engagement.objects.bulk_update(changed, ["summary", "search_text"], batch_size=200)
