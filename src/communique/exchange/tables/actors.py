"""Actors, and the posts they are seen in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.exchange.citing import (
    citations,
    document_numbers,
    observation_id,
    stream_chunks,
    tenure_id,
)
from communique.exchange.columns import Citations, Column, Table
from communique.exchange.selection import Selection
from communique.register import models as tables

# Somebody can be named in a hundred thousand documents: the mentions of so many are sorted together.
FEW = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An actor, and the records of authority files that name it (file and id)."""

    row: tables.Actor
    authorities: Sequence[str]


def actors(selection: Selection) -> Iterator[tuple[Known, Citations]]:
    """The actors, and where each is named."""
    mentions = tables.Mention.objects.all()
    rows = tables.Actor.objects.defer("former_keys")
    for chunk in stream_chunks(selection.actors().order_by("pk"), rows, FEW):
        numbers = [row.pk for row in chunk]
        authorities: dict[int, list[str]] = defaultdict(list)
        records = tables.Profile.objects.filter(actor__in=numbers, is_authority=True).order_by("pk")
        for number, data in records.values_list("actor", "data"):
            authorities[number].append(data["origin"])
        # Both are in the order of the numbers: of one actor at a time, all citations are held.
        told = citations(mentions, "profile__actor", numbers)
        number, cited = next(told, (0, Citations()))
        for row in chunk:
            is_named = row.pk == number
            yield Known(row=row, authorities=authorities[row.pk]), cited if is_named else Citations()
            if is_named:
                number, cited = next(told, (0, Citations()))


def tenures(selection: Selection) -> Iterator[tuple[tables.Tenure, Citations]]:
    """Who is seen in which post, with the observations that are kept."""
    rows = tables.Tenure.objects.select_related("actor")
    for chunk in stream_chunks(selection.tenures().order_by("actor", "pk"), rows):
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


def _code(number: int | None) -> str | None:
    return f"a{number}" if number else None


ACTORS = Table(
    name="actors",
    meaning="A person, organization, country or group across all documents.",
    rows=actors,
    own=(
        Column("id", "text", "Permanent id (`a5`).", lambda a: a.row.code),
        Column("type", "text", "person, organization, country, group.", lambda a: a.row.type),
        Column("name", "text", "The name to show.", lambda a: a.row.name),
        Column("aliases", "texts", "Other spellings.", lambda a: list(a.row.aliases)),
        Column("acronym", "text", "Short form.", lambda a: a.row.acronym),
        Column("country", "text", "ISO 3166-1 alpha-2.", lambda a: a.row.country),
        Column("wikidata_id", "text", "From an authority file (`Q42`).", lambda a: a.row.wikidata_id),
        Column("authority_ids", "texts", "Records of authority files: file and id.", lambda a: list(a.authorities)),
        Column("first_seen", "day", "Day of the first document that names them.", lambda a: a.row.first_seen),
        Column("last_seen", "day", "Day of the last document that names them.", lambda a: a.row.last_seen),
        Column("mention_count", "integer", "Number of documents that name them.", lambda a: a.row.mention_count),
        Column("review", "text", "unreviewed, accepted, corrected.", lambda a: a.row.review),
        Column("version", "integer", "Counts up whenever what it says changes.", lambda a: a.row.version),
        Column("updated_at", "moment", "When the record last changed.", lambda a: a.row.updated_at),
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
