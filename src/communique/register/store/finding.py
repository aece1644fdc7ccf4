"""Finds engagements: one set of filters for the command line, the desk's query strings, exports and watches."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from communique.errors import QueryError
from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES, TOPICS
from communique.register import models as tables
from communique.register import text_search
from communique.register.store.claims import countries
from communique.register.store.codes import find_actors

SORTS = ("newest", "oldest", "changed", "least-certain", "most-reported")
REVIEWS = ("unreviewed", "accepted", "corrected")
CODE_LETTERS = 2
# Up to so many are looked up one by one and sorted. Beyond, the database walks the rows in their order and asks of each
# whether it fits: a page is full soon when many do. On 200,000 engagements no walk takes more than 50 ms of processor;
# sorting takes some 5 for 500, and as long as a walk for these, since it carries whole records.
FEW = 3_000
# To count takes no order: to look up tens of thousands takes 20 to 40 ms, to ask all records up to 600.
FEW_TO_COUNT = 100_000
MANY = ("actor", "beside", "organization", "country", "place", "topic", "kind", "status", "source", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementFilters:
    """What to find. Values of one filter are alternatives; different filters must all hold.

    Attributes:
        text: Full-text query (words, "phrases", beginning*, -without, OR).
        actor: Codes ("a5") or names of actors, any of whom took part.
        beside: Codes or names of actors, all of whom took part as well.
        organization: Names of institutions or countries that took part, or whose posts a participant holds or held.
        country: ISO codes of the place or of a participant.
        place: Names of places.
        topic, kind, status: Words of the vocabulary.
        source: Outlets that report it.
        review: unreviewed, accepted, corrected.
        since, until: First and last day, inclusive.
        min_confidence: 0 to 1.
        min_sources: Independent sources, at least.
        conflict: Only those on which sources disagree.
        changed_since: Only records that changed at or after this moment.
        sort: newest, oldest, changed, least-certain, most-reported.
    """

    text: str = ""
    actor: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
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
    min_sources: int | None = None
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
            if any("\0" in word for word in words):
                raise QueryError(f"{field.name} has a null character (U+0000), which no record has.")
            if field.name in MANY:
                values[field.name] = tuple(map(country_code, words) if field.name == "country" else words)
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


def country_code(word: str) -> str:
    """A code as it is, a name as its code: a name that is taken for a code would find nothing, and say nothing.

    Raises:
        QueryError: If it is neither.
    """
    if len(word) == CODE_LETTERS and word.isascii() and word.isalpha():
        return word.upper()
    code = countries().country(word) or countries().country(word.title())
    if code is None:
        raise QueryError(f"country {word!r} is not known. Give its ISO code, such as LY.")
    return str(code)


def _convert(name: str, word: str) -> object:
    try:
        if name in ("since", "until"):
            return parse_day(word, is_last=name == "until")
        if name == "changed_since":
            moment = dt.datetime.fromisoformat(word)
            return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        if name == "min_confidence":
            return float(word)
        if name == "min_sources":
            return int(word)
    except (ValueError, OverflowError):  # the latter of moments that lie beyond the calendar in UTC
        raise QueryError(
            f"{name} {word!r} cannot be read. Write dates as 2025-05-14, 2025-05 or 2025, shares as 0.8."
        ) from None
    if name == "conflict":
        return word.lower() not in ("0", "no", "false")
    return word


def read_filters(given: Mapping[str, Any]) -> EngagementFilters:
    """Reads filters as Python gives them: a word or several, days as dates or in words.

    Raises:
        QueryError: If there is no such filter, or its value cannot be understood.
    """
    known = {field.name for field in fields(EngagementFilters)}
    for name in given.keys() - known:
        raise QueryError(f"There is no filter {name!r}. Choose from: {', '.join(sorted(known))}.")
    words = {
        name: [_write(one) for one in (value if isinstance(value, list | tuple | set) else [value])]
        for name, value in given.items()
        if value is not None and value is not False
    }
    return EngagementFilters.parse(words)


def parse_day(word: str, *, is_last: bool = False) -> dt.date:
    """Reads a day, or the first or last day of a month or a year.

    >>> parse_day("2024-02", is_last=True)
    datetime.date(2024, 2, 29)

    Raises:
        ValueError: If it is none of them.
    """
    if re.fullmatch(r"\d{4}(-\d\d)?", word):
        year, _, month = word.partition("-")
        first = dt.date(int(year), int(month or (12 if is_last else 1)), 1)
        return first.replace(day=calendar.monthrange(first.year, first.month)[1]) if is_last else first
    return dt.date.fromisoformat(word)


def find_engagements(filters: EngagementFilters | None = None, *, few: int = FEW) -> QuerySet[tables.Engagement]:
    """The live engagements that fit, sorted. Evaluate it in slices.

    Args:
        filters: What is asked for; all by default.
        few: Up to how many are looked up one by one: ``FEW_TO_COUNT`` where they are only counted.

    Raises:
        QueryError: If a name is not that of any actor, or the text cannot be searched for.
    """
    filters = filters or EngagementFilters()
    rows = tables.Engagement.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
    if filters.text:
        rows = telling(rows, text_search.ENGAGEMENTS, filters.text)
    # Where one of two conditions must hold, records are looked at in turn; then the other filters are asked so as well.
    having = partial(_having, is_in_turn=bool(filters.country or filters.organization), few=few)
    # Asked for with the days as well: somebody who is named every day took part in thousands.
    days: dict[str, Any] = {n: day for n, day in (("day__gte", filters.since), ("day__lte", filters.until)) if day}
    if filters.actor:
        rows = rows.filter(having(tables.EngagementParticipant, actor__in=find_actors(filters.actor), **days))
    for one in filters.beside:
        rows = rows.filter(having(tables.EngagementParticipant, actor__in=find_actors([one]), **days))
    for name in ("place", "kind", "status", "review"):
        if words := getattr(filters, name):
            rows = rows.filter(**{f"{name}__in": words})
    if filters.topic:
        rows = rows.filter(having(tables.EngagementTopic, topic__in=filters.topic))
    if filters.source:
        rows = rows.filter(having(tables.EngagementReport, document__site__in=filters.source))
    # Last what takes longest to find out: SQLite asks of each record in this order.
    if filters.organization:
        rows = rows.filter(_of_organizations(filters.organization))
    if filters.country:
        present = having(tables.EngagementParticipant, actor__country__in=filters.country)
        rows = rows.filter(Q(country__in=filters.country) | present)
    return _sorted(_within(rows, filters), filters.sort)


def count_up_to(rows: QuerySet[Any], most: int) -> int:
    """How many rows there are; counting stops one after so many."""
    return rows.order_by().values("pk")[: most + 1].count()


def telling(rows: QuerySet[Any], table: str, words: str) -> QuerySet[Any]:
    """Those rows whose text fits a query.

    Args:
        rows: Engagements or documents.
        table: Where their texts are indexed.
        words: The query.

    Raises:
        QueryError: If the query has no word that must occur.
    """
    matches = text_search.matching(table, words)
    if text_search.count_matches(table, words, FEW + 1) <= FEW:
        return rows.filter(pk__in=matches)
    # A sum is in no index: SQLite then walks the rows in their order until the page is full, in place of sorting all.
    walked: QuerySet[Any] = rows.alias(number=F("pk") + 0).filter(number__in=matches)
    return walked


def _having(table: Any, *, is_in_turn: bool = False, few: int = FEW, **wanted: object) -> Q:
    """Engagements to which a row of another table belongs that is as wanted."""
    return among(table.objects.filter(**wanted), "engagement", is_in_turn=is_in_turn, few=few)


def among(found: QuerySet[Any], owner: str, *, is_in_turn: bool = False, few: int = FEW) -> Q:
    """Records to which certain rows belong.

    Args:
        found: The rows.
        owner: Their field that leads to the record.
        is_in_turn: Whether records are looked at one after the other, since something else may hold instead: PostgreSQL
            cannot join then. Asked whether such a row exists, it would gather all of them before the first record.
        few: Up to how many are looked up one by one.
    """
    named = found.exclude(**{owner: None}).order_by().values_list(owner, flat=True)
    if named[: few + 1].count() <= few:
        return Q(pk__in=named)
    belonging = found.filter(**{owner: OuterRef("pk")})
    if is_in_turn:
        return Q(IsNull(Subquery(belonging.order_by().values(owner)[:1]), False))
    return Q(Exists(belonging))


def _of_organizations(names: Sequence[str]) -> Q:
    """Institutions took part, or somebody who holds or held a post of theirs."""
    bodies = find_actors(names)
    holders = tables.Tenure.objects.filter(organization_actor__in=bodies).values("actor")
    took_part, held_post = (
        _having(tables.EngagementParticipant, actor__in=actors, is_in_turn=True) for actors in (bodies, holders)
    )
    return took_part | held_post


def _within(rows: QuerySet[tables.Engagement], filters: EngagementFilters) -> QuerySet[tables.Engagement]:
    if filters.since:
        rows = rows.filter(day__gte=filters.since)
    if filters.until:
        rows = rows.filter(day__lte=filters.until)
    if filters.min_confidence is not None:
        rows = rows.filter(confidence__gte=filters.min_confidence)
    if filters.min_sources is not None:
        rows = rows.filter(independent_sources__gte=filters.min_sources)
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
