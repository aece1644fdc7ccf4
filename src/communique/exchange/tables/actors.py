"""Actors, and the posts they are seen in."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch

from communique.exchange.citing import cite, document_numbers, in_chunks, observation_id, stream, tenure_id
from communique.exchange.columns import Citations, Column, Table
from communique.exchange.selection import Selection
from communique.register import models as tables

# Somebody can be named in a hundred thousand documents: fewer of them are fetched together.
FEW = 50


def actors(selection: Selection) -> Iterator[tuple[tables.Actor, Citations]]:
    """The actors, and where each is named."""
    mentions = tables.Mention.objects.only("profile", "document", "local", "evidence")
    profiles = tables.Profile.objects.only("actor", "is_authority", "data").order_by("pk")
    rows = selection.actors().prefetch_related(
        Prefetch("profiles", queryset=profiles), Prefetch("profiles__mentions", queryset=mentions)
    )
    for row in rows.order_by("pk").iterator(chunk_size=FEW):
        yield row, cite(mention for profile in row.profiles.all() for mention in profile.mentions.all())


def tenures(selection: Selection) -> Iterator[tuple[tables.Tenure, Citations]]:
    """Who is seen in which post, with the observations that are kept."""
    rows = selection.tenures().select_related("actor").order_by("actor", "post_key")
    for chunk in in_chunks(stream(rows)):
        numbers = document_numbers(o["document"] for row in chunk for o in row.observations)
        for row in chunk:
            seen = dict.fromkeys(numbers[o["document"]] for o in row.observations if o["document"] in numbers)
            yield (
                row,
                Citations(
                    sources=tuple(f"d{number}" for number in seen),
                    evidence=tuple(observation_id(number, row) for number in seen),
                ),
            )


def _authorities(row: tables.Actor) -> list[str]:
    return [profile.data["origin"] for profile in row.profiles.all() if profile.is_authority]


def _code(number: int | None) -> str | None:
    return f"a{number}" if number else None


ACTORS = Table(
    name="actors",
    meaning="A person, organization, country or group across all documents.",
    rows=actors,
    own=(
        Column("id", "text", "Permanent id (`a5`).", lambda a: a.code),
        Column("type", "text", "person, organization, country, group.", lambda a: a.type),
        Column("name", "text", "The name to show.", lambda a: a.name),
        Column("aliases", "texts", "Other spellings.", lambda a: list(a.aliases)),
        Column("acronym", "text", "Short form.", lambda a: a.acronym),
        Column("country", "text", "ISO 3166-1 alpha-2.", lambda a: a.country),
        Column("wikidata_id", "text", "From an authority file (`Q42`).", lambda a: a.wikidata_id),
        Column("authority_ids", "texts", "Records of authority files: file and id.", _authorities),
        Column("first_seen", "day", "Day of the first document that names them.", lambda a: a.first_seen),
        Column("last_seen", "day", "Day of the last document that names them.", lambda a: a.last_seen),
        Column("mention_count", "integer", "Number of documents that name them.", lambda a: a.mention_count),
        Column("review", "text", "unreviewed, accepted, corrected.", lambda a: a.review),
        Column("version", "integer", "Counts up whenever what it says changes.", lambda a: a.version),
        Column("updated_at", "moment", "When the record last changed.", lambda a: a.updated_at),
    ),
)

TENURES = Table(
    name="tenures",
    meaning="A post that documents give to a person.",
    rows=tenures,
    own=(
        Column("id", "text", "The person, and a digest of the post.", tenure_id),
        Column("person_id", "text", "Who (`actors`).", lambda t: f"a{t.actor_id}"),
        Column("name", "text", "The person's name.", lambda t: t.actor.name),
        Column("title", "text", "The post in its standard form.", lambda t: t.title),
        Column("organization", "text", "Where, in its standard form.", lambda t: t.organization),
        Column(
            "organization_id",
            "text",
            "The same, where it is an actor (`actors`).",
            lambda t: _code(t.organization_actor_id),
        ),
        Column(
            "first_seen",
            "day",
            "First day on which a document gives them the post: not the first day in office.",
            lambda t: t.first_seen,
        ),
        Column(
            "last_seen",
            "day",
            "Last day on which a document gives them the post: not the last day in office.",
            lambda t: t.last_seen,
        ),
        Column("observation_count", "integer", "Number of documents that say so.", lambda t: t.observation_count),
        Column("superseded_by_id", "text", "The next holder (`actors`).", lambda t: _code(t.superseded_by_id)),
        Column("flags", "texts", "handover, overlap, contradiction.", lambda t: list(t.flags)),
    ),
)
