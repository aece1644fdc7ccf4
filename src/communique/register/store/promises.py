"""Looks up mechanisms and commitments: by words, parties and state, and by how long nothing was heard of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F, Q, QuerySet

from communique.register import models as tables
from communique.register.store.codes import find_actors

ENDED = ("completed", "failed")
Row = TypeVar("Row", tables.Mechanism, tables.Commitment)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFilters:
    """Which mechanisms or commitments to find; different filters must all hold.

    Attributes:
        words: All occur in the name, or in what was promised.
        who: Codes or names of parties, any of them.
        state: States of a mechanism, or acts of a commitment, any of them.
        is_open: Only those that did not end.
        stale_days: Only those of which nothing was heard for so many days.
        as_at: The day from which one looks: later ones are left out, and later news does not count. None for all there
            are, looked at today.
    """

    words: str = ""
    who: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    is_open: bool = False
    stale_days: int | None = None
    as_at: dt.date | None = None

    @property
    def today(self) -> dt.date:
        """The day by which silence is reckoned."""
        return self.as_at or dt.datetime.now(dt.UTC).date()


def find_mechanisms(filters: PromiseFilters) -> QuerySet[tables.Mechanism]:
    """The live mechanisms that fit, those last heard of first.

    Raises:
        QueryError: If nobody is called as a party is.
    """
    rows = _of_parties(tables.Mechanism.objects.all(), filters)
    for word in filters.words.split():
        rows = rows.filter(name__icontains=word)
    if filters.state:
        rows = rows.filter(status__in=filters.state)
    if filters.is_open:
        rows = rows.exclude(status__in=ENDED)
    if filters.as_at:
        rows = rows.filter(Q(first_day__lte=filters.as_at) | Q(first_day=None))
    if filters.stale_days is not None:
        heard = tables.MechanismStep.objects.filter(mechanism__isnull=False)
        rows = rows.exclude(pk__in=heard.filter(_news(filters)).values("mechanism")).exclude(status__in=ENDED)
    return rows.order_by(F("last_day").desc(nulls_last=True), "-pk")


def find_commitments(filters: PromiseFilters) -> QuerySet[tables.Commitment]:
    """The live commitments that fit, the latest first.

    Raises:
        QueryError: If nobody is called as a party is.
    """
    rows = _of_parties(tables.Commitment.objects.all(), filters)
    for word in filters.words.split():
        rows = rows.filter(Q(what__icontains=word) | Q(target__icontains=word))
    if filters.state:
        rows = rows.filter(act__in=filters.state)
    if filters.as_at:
        rows = rows.filter(Q(day__lte=filters.as_at) | Q(day=None))
    if filters.is_open or filters.stale_days is not None:
        ended = tables.CommitmentFollowUp.objects.filter(status__in=ENDED, day__lte=filters.today)
        rows = rows.exclude(pk__in=ended.values("commitment"))
    if filters.stale_days is not None:
        heard = tables.CommitmentFollowUp.objects.filter(_news(filters))
        rows = rows.filter(day__lte=_oldest_news(filters)).exclude(pk__in=heard.values("commitment"))
    return rows.order_by(F("day").desc(nulls_last=True), "-pk")


def _of_parties(rows: QuerySet[Row], filters: PromiseFilters) -> QuerySet[Row]:
    rows = rows.filter(merged_into__isnull=True, retracted_at__isnull=True)
    parties: Sequence[int] = find_actors(filters.who) if filters.who else ()
    return rows.filter(parties__in=parties).distinct() if filters.who else rows


def _oldest_news(filters: PromiseFilters) -> dt.date:
    return filters.today - dt.timedelta(days=filters.stale_days or 0)


def _news(filters: PromiseFilters) -> Q:
    """News that is younger than what counts as stale, and not later than the day from which one looks."""
    return Q(day__gt=_oldest_news(filters), day__lte=filters.today)
