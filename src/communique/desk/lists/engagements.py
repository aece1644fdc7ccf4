"""The list of engagements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.db.models import F, Q
from django.http import QueryDict

from communique.desk.lists import choices
from communique.desk.lists.listing import Choose, Column, Field, FieldKind, Listing, Rows, Sort, count_rows
from communique.desk.wording import country_name, say_heading, say_sides, say_when, say_who
from communique.formats.wording import say
from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES, TOPICS
from communique.register.models import Actor, EngagementParticipant
from communique.register.store.finding import FEW_TO_COUNT, MANY, REVIEWS, EngagementFilters, find_engagements

LATEST = (F("day").desc(nulls_last=True), "-pk")


def live() -> Rows:
    """Engagements that are neither merged into others nor retracted."""
    return find_engagements().order_by()


class EngagementListing(Listing):
    """Filters as everywhere (``EngagementFilters``): the command line, exports and watches have the same ones."""

    def given(self, query: QueryDict) -> dict[str, Any]:
        """The filters of a query string, those that differ from the default.

        Raises:
            QueryError: If a value cannot be understood.
        """
        filters = EngagementFilters.parse(dict(query.lists()))
        return {
            field.name: getattr(filters, field.name)
            for field in fields(filters)
            if getattr(filters, field.name) != field.default
        }

    def select(self, values: Mapping[str, Any]) -> Rows:
        """The rows that fit, in the order that is one of the filters."""
        return find_engagements(EngagementFilters(**values))

    def count(self, values: Mapping[str, Any], rows: Rows) -> int:
        """Counted from what the filters name, not in the order of the list; nobody may see less than all."""
        return count_rows(find_engagements(EngagementFilters(**values), few=FEW_TO_COUNT))


def _field(
    name: str, label: str, kind: FieldKind = "text", *, choose: Choose | None = None, is_quiet: bool = False
) -> Field:
    return Field(name=name, label=label, kind=kind, choices=choose, is_quiet=is_quiet, is_many=name in MANY)


LISTING = EngagementListing(
    name="engagements",
    noun=("engagement", "engagements"),
    rows=live,
    fields=(
        _field("text", "Words"),
        _field("actor", "Actor"),
        _field("beside", "Beside", is_quiet=True),
        _field("organization", "Organization", is_quiet=True),
        _field("country", "Country", "choice", choose=choices.actor_countries),
        _field("place", "Place", "choice", choose=choices.places),
        _field("kind", "Kind", "choice", choose=choices.words(ENGAGEMENT_KINDS)),
        _field("topic", "Topic", "choice", choose=choices.words(TOPICS)),
        _field("status", "Status", "choice", choose=choices.words(ENGAGEMENT_STATUSES)),
        _field("since", "Since", "date"),
        _field("until", "Until", "date"),
        _field("source", "Source", "choice", choose=choices.sites),
        _field("review", "Review", "choice", choose=choices.words(REVIEWS)),
        _field("min_sources", "Independent sources from", "whole", is_quiet=True),
        _field("min_confidence", "Certainty from", "share", is_quiet=True),
        _field("changed_since", "Changed since", is_quiet=True),
        _field("conflict", "Sources disagree", "check"),
    ),
    # The filters order the rows themselves.
    sorts=(
        Sort(name="newest", label="latest first"),
        Sort(name="oldest", label="earliest first"),
        Sort(name="changed", label="last changed first"),
        Sort(name="most-reported", label="most reports first"),
        Sort(name="least-certain", label="least certain first"),
    ),
    columns=(
        Column(name="id", value=lambda e: e.code),
        Column(name="kind", value=lambda e: e.kind),
        Column(name="status", value=lambda e: e.status),
        Column(name="date", value=say_when),
        Column(name="date_start", value=lambda e: e.date_start, type=dt.date | None),
        Column(name="date_end", value=lambda e: e.date_end, type=dt.date | None),
        Column(name="precision", value=lambda e: e.precision, type=str | None),
        Column(name="place", value=lambda e: e.place, type=str | None),
        Column(name="country", value=lambda e: e.country, type=str | None),
        Column(name="latitude", value=lambda e: e.latitude, type=float | None),
        Column(name="longitude", value=lambda e: e.longitude, type=float | None),
        Column(name="sides", value=lambda e: [", ".join(names) for names in say_sides(e)], type=list[str]),
        Column(name="topics", value=lambda e: e.topics, type=list[str]),
        Column(name="reports", value=lambda e: e.report_count, type=int),
        Column(name="independent_sources", value=lambda e: e.independent_sources, type=int),
        Column(name="confidence", value=lambda e: e.confidence, type=float),
        Column(name="review", value=lambda e: e.review),
        Column(name="sources_disagree", value=lambda e: e.has_conflict, type=bool),
    ),
    dress=lambda rows: rows.prefetch_related("participants__actor"),
    title=lambda e: f"{say_heading(e)}: {say_who(e)}",
    summary=lambda e: "; ".join(
        filter(
            None,
            (
                ", ".join(map(say, e.topics)),
                e.place and f"{e.place}, {country_name(e.country)}",
                f"{e.independent_sources} independent sources",
            ),
        )
    ),
    changed=lambda e: e.updated_at,
)


def involving(actor: Actor) -> Q:
    """Engagements in which an actor took part."""
    return Q(pk__in=EngagementParticipant.objects.filter(actor=actor).values("engagement"))
