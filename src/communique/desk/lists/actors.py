"""The list of actors."""

from __future__ import annotations

import datetime as dt
import json

from django.db.models import F, Q

from communique.desk.lists import choices
from communique.desk.lists.listing import Column, Field, Listing, Rows, Sort
from communique.desk.lists.shared_fields import REVIEW, live
from communique.desk.wording import country_name
from communique.register.models import Actor


def _named(rows: Rows, text: str) -> Rows:
    # SQLite keeps the letters of other scripts in a list as JSON writes them (\u0645), PostgreSQL as they are.
    written = json.dumps(text)[1:-1]
    spelled = Q(aliases__icontains=text) | Q(aliases__icontains=written)
    return rows.filter(Q(name__icontains=text) | spelled | Q(acronym__iexact=text))


LISTING = Listing(
    name="actors",
    noun=("actor", "actors"),
    rows=lambda: live(Actor),
    fields=(
        Field(
            name="q",
            label="Name",
            apply=_named,
        ),
        Field(
            name="type",
            label="Type",
            apply=lambda r, v: r.filter(type=v),
            kind="choice",
            choices=choices.words(("person", "organization", "country", "group")),
        ),
        Field(
            name="country",
            label="Country",
            apply=lambda r, v: r.filter(country=v),
            kind="choice",
            choices=choices.actor_countries,
        ),
        Field(name="since", label="Seen since", apply=lambda r, v: r.filter(last_seen__gte=v), kind="date"),
        REVIEW,
    ),
    sorts=(
        Sort(name="mentions", label="most often named first", by=("-mention_count", "pk")),
        Sort(name="name", label="by name", by=("name", "pk")),
        Sort(name="latest", label="last seen first", by=(F("last_seen").desc(nulls_last=True), "pk")),
    ),
    columns=(
        Column(name="id", value=lambda a: a.code),
        Column(name="name", value=lambda a: a.name),
        Column(name="type", value=lambda a: a.type),
        Column(name="country", value=lambda a: a.country, type=str | None),
        Column(name="acronym", value=lambda a: a.acronym, type=str | None),
        Column(name="aliases", value=lambda a: a.aliases, type=list[str]),
        Column(name="wikidata_id", value=lambda a: a.wikidata_id, type=str | None),
        Column(name="first_seen", value=lambda a: a.first_seen, type=dt.date | None),
        Column(name="last_seen", value=lambda a: a.last_seen, type=dt.date | None),
        Column(name="documents", value=lambda a: a.mention_count, type=int),
        Column(name="review", value=lambda a: a.review),
    ),
    dress=lambda rows: rows.prefetch_related("tenures"),
    title=lambda a: a.name,
    summary=lambda a: ", ".join(
        filter(None, (a.type, country_name(a.country), f"named in {a.mention_count} documents"))
    ),
    changed=lambda a: a.updated_at,
)
