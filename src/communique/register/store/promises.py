"""Looks up mechanisms and commitments: by words, parties and state, and by how long nothing was heard of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from communique.errors import QueryError
from communique.register import models as tables
from communique.register.resolving.mechanisms import REACHED
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
    rows: QuerySet[Any] = _of_parties(tables.Mechanism.objects.all(), filters)
    for word in filters.words.split():
        rows = rows.filter(name__icontains=word)
    rows = rows.alias(status_then=F("status"), day_then=F("last_day"))
    if filters.as_at:
        rows = _as_at(rows, filters.as_at)
    if filters.state:
        rows = rows.filter(status_then__in=filters.state)
    if filters.is_open:
        rows = rows.exclude(status_then__in=ENDED)
    if filters.stale_days is not None:
        heard = tables.MechanismStep.objects.filter(mechanism__isnull=False)
        rows = rows.exclude(pk__in=heard.filter(_news(filters)).values("mechanism")).exclude(status_then__in=ENDED)
    return rows.order_by(F("day_then").desc(nulls_last=True), "-pk")


def last_steps(as_at: dt.date) -> QuerySet[tables.MechanismStep]:
    """Steps that were known on a day, the last first; what only repeats an earlier report is none."""
    return tables.MechanismStep.objects.filter(is_repeat=False, day__lte=as_at).order_by("-day", "-key")


def _as_at(rows: QuerySet[Any], day: dt.date) -> QuerySet[Any]:
    """Those of which a step was known on a day, with their state of then; what people corrected is the latest state."""
    last = last_steps(day).filter(mechanism=OuterRef("pk"))
    done = last.exclude(status__in=("called_for", "reaffirmed"))
    # As ``resolving.mechanisms.reached`` has it: calls undo nothing, confirmations nothing that went beyond words.
    words_only = Coalesce(
        Subquery(last.exclude(status="called_for").values("status")[:1]), Subquery(last.values("status")[:1])
    )
    is_latest = When(last_day__lte=day, then=F("status"))
    rows = rows.alias(day_then=Subquery(last.values("day")[:1]))
    rows = rows.alias(done_then=Subquery(done.values("status")[:1]))
    went_on = When(done_then__in=REACHED, then=F("done_then"))
    rows = rows.alias(status_then=Case(is_latest, went_on, default=words_only))
    return rows.filter(day_then__isnull=False)


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
    try:
        return filters.today - dt.timedelta(days=filters.stale_days or 0)
    except OverflowError:
        raise QueryError(
            f"stale {filters.stale_days} days reaches back beyond the calendar. Give fewer days, such as 180."
        ) from None


def _news(filters: PromiseFilters) -> Q:
    """News that is younger than what counts as stale, and not later than the day from which one looks."""
    return Q(day__gt=_oldest_news(filters), day__lte=filters.today)
