"""Finds engagements: one set of filters for the command line, the desk's query strings, exports and watches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import F, Q, QuerySet

from communique.errors import QueryError
from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES, TOPICS
from communique.register import models as tables
from communique.register import text_search
from communique.register.store.codes import find_actors

SORTS = ("newest", "oldest", "changed", "least-certain", "most-reported")
REVIEWS = ("unreviewed", "accepted", "corrected")
MANY = ("actor", "country", "place", "topic", "kind", "status", "source", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementFilters:
    """What to find. Values of one filter are alternatives; different filters must all hold.

    Attributes:
        text: Full-text query (words, "phrases", beginning*, -without, OR).
        actor: Codes ("a5") or names of actors; repeated with "all" set, all must have taken part.
        country: ISO codes of the place or of a participant.
        place: Names of places.
        topic, kind, status: Words of the vocabulary.
        source: Outlets that report it.
        review: unreviewed, accepted, corrected.
        since, until: First and last day, inclusive.
        min_confidence: 0 to 1.
        conflict: Only those on which sources disagree.
        changed_since: Only records that changed at or after this moment.
        sort: newest, oldest, changed, least-certain, most-reported.
    """

    text: str = ""
    actor: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    min_confidence: float | None = None
    conflict: bool = False
    changed_since: dt.datetime | None = None
    sort: str = "newest"

    def __post_init__(self) -> None:
        _check("topic", self.topic, TOPICS)
        _check("kind", self.kind, ENGAGEMENT_KINDS)
        _check("status", self.status, ENGAGEMENT_STATUSES)
        _check("review", self.review, REVIEWS)
        _check("sort", (self.sort,), SORTS)
        if self.since and self.until and self.since > self.until:
            raise QueryError(f"since {self.since} lies after until {self.until}. Turn them round.")

    @classmethod
    def parse(cls, given: Mapping[str, Sequence[str]]) -> EngagementFilters:
        """Reads filters from lists of words by name, as a query string has them; unknown names are passed over.

        Raises:
            QueryError: If a value cannot be understood; the message names filter and value.
        """
        values: dict[str, object] = {}
        for field in fields(cls):
            words = [word.strip() for word in given.get(field.name, ()) if word.strip()]
            if not words:
                continue
            if field.name in MANY:
                values[field.name] = tuple(w.upper() if field.name == "country" else w for w in words)
            else:
                values[field.name] = _convert(field.name, words[-1])
        return cls(**values)  # type: ignore[arg-type]

    def to_query(self) -> list[tuple[str, str]]:
        """The filters as pairs for a query string: ``parse`` reads them back."""
        pairs: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default or value is None:
                continue
            if field.name in MANY:
                pairs += [(field.name, word) for word in value]
            else:
                pairs.append((field.name, "1" if value is True else _write(value)))
        return pairs


def _write(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _check(name: str, given: Sequence[str], known: Sequence[str]) -> None:
    for word in given:
        if word not in known:
            raise QueryError(f"{name} {word!r} is not known. Choose from: {', '.join(known)}.")


def _convert(name: str, word: str) -> object:
    try:
        if name in ("since", "until"):
            return dt.date.fromisoformat(word)
        if name == "changed_since":
            moment = dt.datetime.fromisoformat(word)
            return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        if name == "min_confidence":
            return float(word)
    except ValueError:
        raise QueryError(f"{name} {word!r} cannot be read. Write dates as 2025-05-14, shares as 0.8.") from None
    if name == "conflict":
        return word.lower() not in ("0", "no", "false")
    return word


def find_engagements(filters: EngagementFilters | None = None) -> QuerySet[tables.Engagement]:
    """The live engagements that fit, sorted. Evaluate it in slices.

    Raises:
        QueryError: If a name is not that of any actor, or the text cannot be searched for.
    """
    filters = filters or EngagementFilters()
    rows = tables.Engagement.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
    if filters.text:
        rows = rows.filter(pk__in=text_search.matching(text_search.ENGAGEMENTS, filters.text))
    if filters.actor:
        rows = rows.filter(pk__in=_engagements_of(actor__in=find_actors(filters.actor)))
    if filters.country:
        rows = rows.filter(
            Q(country__in=filters.country) | Q(pk__in=_engagements_of(actor__country__in=filters.country))
        )
    for name in ("place", "kind", "status", "review"):
        if words := getattr(filters, name):
            rows = rows.filter(**{f"{name}__in": words})
    if filters.topic:
        topics = tables.EngagementTopic.objects.filter(topic__in=filters.topic)
        rows = rows.filter(pk__in=topics.values("engagement"))
    if filters.source:
        reports = tables.EngagementReport.objects.filter(engagement__isnull=False, document__site__in=filters.source)
        rows = rows.filter(pk__in=reports.values("engagement"))
    return _sorted(_within(rows, filters), filters.sort)


def _engagements_of(**actors: object) -> QuerySet[tables.EngagementParticipant, Any]:
    """Numbers of the engagements that certain actors took part in: asked for once, not for each engagement."""
    return tables.EngagementParticipant.objects.filter(**actors).values("engagement")


def _within(rows: QuerySet[tables.Engagement], filters: EngagementFilters) -> QuerySet[tables.Engagement]:
    if filters.since:
        rows = rows.filter(day__gte=filters.since)
    if filters.until:
        rows = rows.filter(day__lte=filters.until)
    if filters.min_confidence is not None:
        rows = rows.filter(confidence__gte=filters.min_confidence)
    if filters.conflict:
        rows = rows.filter(has_conflict=True)
    if filters.changed_since:
        rows = rows.filter(updated_at__gte=filters.changed_since)
    return rows


def _sorted(rows: QuerySet[tables.Engagement], sort: str) -> QuerySet[tables.Engagement]:
    """Undated ones come last, and equals in the order of their numbers: paging needs a total order."""
    if sort == "newest":
        return rows.order_by(F("day").desc(nulls_last=True), "-pk")
    if sort == "oldest":
        return rows.order_by(F("day").asc(nulls_last=True), "pk")
    return rows.order_by({"changed": "-updated_at", "least-certain": "confidence"}.get(sort, "-report_count"), "-pk")
