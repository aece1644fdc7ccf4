"""Engagements, and who took part in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from communique.exchange.citing import citations, participant_passage_id, stream_chunks
from communique.exchange.columns import Citations, Column, Table
from communique.exchange.selection import Selection
from communique.register import models as tables

# What one report says of a participant: document, local id, side, position, and the mention's data.
Told = tuple[int, str, int, int, Mapping[str, Any]]
UNCITED = Citations()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """An engagement, and the numbers of the actors who took part, side by side."""

    row: tables.Engagement
    actors: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """A participant of an engagement.

    Attributes:
        side, position: Counted from 0.
        label: What the reports call the side.
        posts: Posts and ranks as the reports of this engagement give them.
    """

    engagement: int
    side: int
    position: int
    is_lead: bool
    actor: int
    name: str
    type: str
    country: str | None
    label: str | None
    posts: Sequence[str]
    cited: Citations


def engagements(selection: Selection) -> Iterator[tuple[Gathering, Citations]]:
    """The chosen engagements, and where each is told."""
    for chunk in _chunks(selection):
        numbers = [row.pk for row in chunk]
        cited = told_of(numbers)
        present: dict[int, list[int]] = defaultdict(list)
        taken_part = _taken_part(numbers)
        for number, actor in taken_part.values_list("engagement", "actor"):
            present[number].append(actor)
        for row in chunk:
            yield Gathering(row=row, actors=present[row.pk]), cited.get(row.pk, UNCITED)


def participations(selection: Selection) -> Iterator[tuple[Participation, Citations]]:
    """Who took part in the chosen engagements, and the passages that say so."""
    for _, people in attended(selection):
        for participation in people:
            yield participation, participation.cited


def attended(selection: Selection) -> Iterator[tuple[tables.Engagement, list[Participation]]]:
    """The chosen engagements, each with who took part."""
    for chunk in _chunks(selection):
        numbers = [row.pk for row in chunk]
        claims = _claims(numbers)
        labels = {row.pk: row.side_labels for row in chunk}
        present: dict[int, list[Participation]] = defaultdict(list)
        taken_part = _taken_part(numbers).values_list(
            "engagement", "side", "position", "actor", "is_lead", "actor__name", "actor__type", "actor__country"
        )
        for engagement, side, position, actor, *who in taken_part:
            label = labels[engagement][side] if side < len(labels[engagement]) else None
            told = claims.get((engagement, actor), ())
            present[engagement].append(_participation((engagement, side, position, actor), (label, *who), told))
        for row in chunk:
            yield row, present[row.pk]


def _participation(where: tuple[int, int, int, int], who: Sequence[Any], told: Sequence[Told]) -> Participation:
    """Made of engagement, side, position and actor; of label, lead, name, type and country; of what reports say."""
    engagement, side, position, actor = where
    label, is_lead, name, kind, country = who
    return Participation(
        engagement=engagement,
        side=side,
        position=position,
        is_lead=is_lead,
        actor=actor,
        name=name,
        type=kind,
        country=country,
        label=label,
        posts=list(dict.fromkeys(_describe(role) for *_, data in told for role in data.get("roles", ()))),
        cited=Citations(
            sources=tuple(dict.fromkeys(f"d{document}" for document, *_ in told)),
            evidence=tuple(participant_passage_id(d, local, i, j) for d, local, i, j, _ in told),
        ),
    )


def told_of(numbers: Collection[int]) -> dict[int, Citations]:
    """Where engagements are told."""
    return dict(citations(tables.EngagementReport.objects.all(), "engagement", numbers))


def _chunks(selection: Selection) -> Iterator[list[tables.Engagement]]:
    rows = tables.Engagement.objects.defer("search_text", "former_keys", "sources")
    return stream_chunks(selection.engagements(), rows)


def _taken_part(numbers: Collection[int]) -> QuerySet[tables.EngagementParticipant]:
    return tables.EngagementParticipant.objects.filter(engagement__in=numbers).order_by("side", "position", "pk")


def _claims(numbers: Collection[int]) -> dict[tuple[int, int], list[Told]]:
    """What reports say of the participants, by engagement and actor."""
    told: dict[tuple[int, int], list[Told]] = defaultdict(list)
    rows = tables.ReportParticipant.objects.filter(report__engagement__in=numbers, actor__isnull=False)
    ordered = rows.order_by("report__document", "report__local", "side", "position", "pk")
    names = ("report__engagement", "actor", "report__document", "report__local", "side", "position", "mention__data")
    for engagement, actor, *claim in ordered.values_list(*names):
        told[engagement, actor].append(tuple(claim))
    return told


def _describe(role: dict[str, Any]) -> str:
    standing = "" if role.get("standing", "current") == "current" else f" ({role['standing']})"
    of = f", {role['organization']}" if role.get("organization") else ""
    return f"{role['title']}{of}{standing}"


ENGAGEMENTS = Table(
    name="engagements",
    meaning="One real engagement, however many documents tell it.",
    rows=engagements,
    own=(
        Column("id", "text", "Permanent id (`e17`).", lambda e: e.row.code),
        Column("kind", "text", "meeting, visit, call, conference, signing, exercise, …", lambda e: e.row.kind),
        Column("status", "text", "held, planned, cancelled.", lambda e: e.row.status),
        Column("date_start", "day", "First possible day.", lambda e: e.row.date_start),
        Column("date_end", "day", "Last possible day.", lambda e: e.row.date_end),
        Column(
            "precision", "text", "How the days are meant: day, month, year, range, before.", lambda e: e.row.precision
        ),
        Column("place", "text", "Where, in its standard form.", lambda e: e.row.place),
        Column("country", "text", "Country of the place (ISO 3166-1 alpha-2).", lambda e: e.row.country),
        Column("latitude", "number", "Degrees, WGS 84.", lambda e: e.row.latitude),
        Column("longitude", "number", "Degrees, WGS 84.", lambda e: e.row.longitude),
        Column("topics", "texts", "What was discussed.", lambda e: list(e.row.topics)),
        Column("summary", "text", "One line of words, made from the fields.", lambda e: e.row.summary),
        Column(
            "participant_ids",
            "texts",
            "Who took part, side by side (`actors`; sides in `participants`).",
            lambda e: [f"a{actor}" for actor in e.actors],
        ),
        Column("is_background", "truth", "Whether all reports only look back at it.", lambda e: e.row.is_background),
        Column("confidence", "number", "The highest of its reports', 0 to 1.", lambda e: e.row.confidence),
        Column(
            "independent_sources",
            "integer",
            "Outlets that report it of their own; copies count as their original.",
            lambda e: e.row.independent_sources,
        ),
        Column(
            "conflicts",
            "object",
            "What documents disagree on: list of {field, values: {digest of the document: value}}.",
            lambda e: [{**c, "values": dict(sorted(c["values"].items()))} for c in e.row.conflicts],
        ),
        Column("review", "text", "unreviewed, accepted, corrected.", lambda e: e.row.review),
        Column("version", "integer", "Counts up whenever what it says changes.", lambda e: e.row.version),
        Column("updated_at", "moment", "When the record last changed.", lambda e: e.row.updated_at),
    ),
)

PARTICIPANTS = Table(
    name="participants",
    meaning="Somebody who took part in an engagement.",
    rows=participations,
    own=(
        Column("engagement_id", "text", "The engagement (`engagements`).", lambda p: f"e{p.engagement}"),
        Column("side", "integer", "Number of the side, from 1.", lambda p: p.side + 1),
        Column("position", "integer", "Place within the side, from 1.", lambda p: p.position + 1),
        Column("side_label", "text", "What the reports call the side.", lambda p: p.label),
        Column("actor_id", "text", "Who (`actors`).", lambda p: f"a{p.actor}"),
        Column("name", "text", "The actor's name.", lambda p: p.name),
        Column("type", "text", "person, organization, country, group.", lambda p: p.type),
        Column("country", "text", "The actor's country (ISO 3166-1 alpha-2).", lambda p: p.country),
        Column("is_lead", "truth", "Whether they led the side.", lambda p: p.is_lead),
        Column("posts", "texts", "Posts and ranks as these reports give them.", lambda p: p.posts),
    ),
)
