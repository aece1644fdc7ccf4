"""Engagements, and who took part in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from communique.exchange.citing import cite, participant_passage_id, stream
from communique.exchange.columns import Citations, Column, Table
from communique.exchange.selection import Selection
from communique.register import models as tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """A participant of an engagement, and the reports' rows that say so."""

    row: tables.EngagementParticipant
    claims: Sequence[tables.ReportParticipant]

    @property
    def label(self) -> str | None:
        """What the reports call the side."""
        labels: list[str | None] = self.row.engagement.side_labels
        return labels[self.row.side] if self.row.side < len(labels) else None

    @property
    def posts(self) -> list[str]:
        """Posts and ranks as the reports of this engagement give them."""
        roles = (role for claim in self.claims for role in claim.mention.data.get("roles", ()))
        return list(dict.fromkeys(_describe(role) for role in roles))


def _describe(role: dict[str, Any]) -> str:
    standing = "" if role.get("standing", "current") == "current" else f" ({role['standing']})"
    of = f", {role['organization']}" if role.get("organization") else ""
    return f"{role['title']}{of}{standing}"


def engagements(selection: Selection) -> Iterator[tuple[tables.Engagement, Citations]]:
    """The chosen engagements with their participants, and where each is told."""
    reports = tables.EngagementReport.objects.only("engagement", "document", "local", "evidence")
    rows = selection.engagements().prefetch_related(Prefetch("reports", queryset=reports), "participants")
    for row in stream(rows):
        yield row, cite(row.reports.all())


def participations(selection: Selection) -> Iterator[tuple[Participation, Citations]]:
    """Who took part in the chosen engagements, and the passages that say so."""
    for row in stream(with_claims(selection)):
        yield from participations_of(row)


def with_claims(selection: Selection) -> QuerySet[tables.Engagement]:
    """The query for the chosen engagements, their participants, and the reports' rows behind them."""
    claims = tables.ReportParticipant.objects.select_related("mention")
    reports = tables.EngagementReport.objects.only("engagement", "document", "local", "evidence").order_by("document")
    return selection.engagements().prefetch_related(
        Prefetch("participants", queryset=tables.EngagementParticipant.objects.select_related("actor")),
        Prefetch("reports", queryset=reports),
        Prefetch("reports__participants", queryset=claims),
    )


def participations_of(row: tables.Engagement) -> Iterator[tuple[Participation, Citations]]:
    """Who took part in one engagement of ``with_claims``."""
    said: dict[int | None, list[tables.ReportParticipant]] = defaultdict(list)
    for report in row.reports.all():
        for claim in report.participants.all():
            said[claim.actor_id].append(claim)
    for participant in row.participants.all():
        claims = said[participant.actor_id]
        cited = Citations(
            sources=tuple(dict.fromkeys(f"d{claim.report.document_id}" for claim in claims)),
            evidence=tuple(participant_passage_id(claim) for claim in claims),
        )
        yield Participation(row=participant, claims=claims), cited


ENGAGEMENTS = Table(
    name="engagements",
    meaning="One real engagement, however many documents tell it.",
    rows=engagements,
    own=(
        Column("id", "text", "Permanent id (`e17`).", lambda e: e.code),
        Column("kind", "text", "meeting, visit, call, conference, signing, exercise, …", lambda e: e.kind),
        Column("status", "text", "held, planned, cancelled.", lambda e: e.status),
        Column("date_start", "day", "First possible day.", lambda e: e.date_start),
        Column("date_end", "day", "Last possible day.", lambda e: e.date_end),
        Column("precision", "text", "How the days are meant: day, month, year, range, before.", lambda e: e.precision),
        Column("place", "text", "Where, in its standard form.", lambda e: e.place),
        Column("country", "text", "Country of the place (ISO 3166-1 alpha-2).", lambda e: e.country),
        Column("latitude", "number", "Degrees, WGS 84.", lambda e: e.latitude),
        Column("longitude", "number", "Degrees, WGS 84.", lambda e: e.longitude),
        Column("topics", "texts", "What was discussed.", lambda e: list(e.topics)),
        Column("summary", "text", "One line of words, made from the fields.", lambda e: e.summary),
        Column(
            "participant_ids",
            "texts",
            "Who took part, side by side (`actors`; sides in `participants`).",
            lambda e: [f"a{p.actor_id}" for p in e.participants.all()],
        ),
        Column("is_background", "truth", "Whether all reports only look back at it.", lambda e: e.is_background),
        Column("confidence", "number", "The highest of its reports', 0 to 1.", lambda e: e.confidence),
        Column(
            "independent_sources",
            "integer",
            "Outlets that report it of their own; copies count as their original.",
            lambda e: e.independent_sources,
        ),
        Column(
            "conflicts",
            "object",
            "What documents disagree on: list of {field, values: {digest of the document: value}}.",
            lambda e: e.conflicts,
        ),
        Column("review", "text", "unreviewed, accepted, corrected.", lambda e: e.review),
        Column("version", "integer", "Counts up whenever what it says changes.", lambda e: e.version),
        Column("updated_at", "moment", "When the record last changed.", lambda e: e.updated_at),
    ),
)

PARTICIPANTS = Table(
    name="participants",
    meaning="Somebody who took part in an engagement.",
    rows=participations,
    own=(
        Column("engagement_id", "text", "The engagement (`engagements`).", lambda p: f"e{p.row.engagement_id}"),
        Column("side", "integer", "Number of the side, from 1.", lambda p: p.row.side + 1),
        Column("position", "integer", "Place within the side, from 1.", lambda p: p.row.position + 1),
        Column("side_label", "text", "What the reports call the side.", lambda p: p.label),
        Column("actor_id", "text", "Who (`actors`).", lambda p: f"a{p.row.actor_id}"),
        Column("name", "text", "The actor's name.", lambda p: p.row.actor.name),
        Column("type", "text", "person, organization, country, group.", lambda p: p.row.actor.type),
        Column("country", "text", "The actor's country (ISO 3166-1 alpha-2).", lambda p: p.row.actor.country),
        Column("is_lead", "truth", "Whether they led the side.", lambda p: p.row.is_lead),
        Column("posts", "texts", "Posts and ranks as these reports give them.", lambda p: p.posts),
    ),
)
