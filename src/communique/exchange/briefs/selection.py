"""Loads what a brief is about: the engagements that fit, and the commitments, mechanisms and posts around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Prefetch, Q

from communique.errors import QueryError
from communique.exchange.briefs.citing import Sources
from communique.register import models as tables
from communique.register.store.finding import EngagementFilters, find_engagements

LIVE = {"merged_into__isnull": True, "retracted_at__isnull": True}
# A brief is read from its first page to its last. A thousand engagements are one or two
# hundred pages already (52 of the examples fill 13), and take half a minute to set as PDF.
MOST_ENGAGEMENTS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Rows of the register, with all that is said of them loaded.

    Attributes:
        engagements: The oldest first, undated ones last.
        commitments: Those made at the engagements, or told by their reports and tied to no other.
        mechanisms: Those that the commitments use, and those with a step told of the engagements.
        tenures: Posts of the people who took part.
        sources: To cite by.
        as_at: The day as at which it holds.
    """

    engagements: tuple[tables.Engagement, ...]
    commitments: tuple[tables.Commitment, ...]
    mechanisms: tuple[tables.Mechanism, ...]
    tenures: tuple[tables.Tenure, ...]
    sources: Sources
    as_at: dt.date


def select(filters: EngagementFilters, as_at: dt.date) -> Selection:
    """Loads what fits the filters.

    Raises:
        QueryError: If a filter cannot be understood, or more fits than a brief can hold.
    """
    rows = find_engagements(replace(filters, sort="oldest"))
    if (found := rows.count()) > MOST_ENGAGEMENTS:
        raise QueryError(
            f"{found:,} engagements fit, and a brief holds {MOST_ENGAGEMENTS:,}. Narrow the filters, "
            "for example with --since, or export the rows: communique export"
        )
    return load(rows.values_list("pk", flat=True), as_at)


def load(numbers: Iterable[int], as_at: dt.date) -> Selection:
    """Loads engagements by number, oldest first, and what hangs on them; those told only after the day are left out."""
    reports = tables.EngagementReport.objects.select_related("document").order_by("document__published", "key")
    rows = (
        tables.Engagement.objects.filter(pk__in=list(numbers), **LIVE)
        .prefetch_related("participants__actor", Prefetch("reports", queryset=reports))
        .order_by("day", "pk")
    )
    engagements = [row for row in rows if _is_known([r.document for r in row.reports.all()], as_at)]
    engagements.sort(key=lambda row: (row.day is None, row.day or dt.date.max, row.pk))
    told_in = {r.document_id for row in engagements for r in row.reports.all() if not r.background}
    chosen = [row.pk for row in engagements]
    commitments = load_commitments(
        Q(engagement__in=chosen) | Q(engagement__isnull=True, reports__document__in=told_in), as_at
    )
    mechanisms = load_mechanisms(
        Q(pk__in={row.mechanism_id for row in commitments if row.mechanism_id})
        | Q(steps__report__engagement__in=chosen)
        | Q(steps__report__isnull=True, steps__document__in=told_in),
        as_at,
    )
    people = {p.actor_id for row in engagements for p in row.participants.all() if p.actor.type == "person"}
    tenures = tuple(tables.Tenure.objects.filter(actor__in=people).order_by("actor", "first_seen", "post_key"))
    return Selection(
        engagements=tuple(engagements),
        commitments=commitments,
        mechanisms=mechanisms,
        tenures=tenures,
        sources=Sources(
            documents_of(engagements=engagements, commitments=commitments, mechanisms=mechanisms, tenures=tenures),
            as_at,
        ),
        as_at=as_at,
    )


def load_commitments(chosen: Q, as_at: dt.date) -> tuple[tables.Commitment, ...]:
    """Live commitments that were told by the day, oldest first, with their reports and follow-ups."""
    rows = (
        tables.Commitment.objects.filter(chosen, **LIVE)
        .distinct()
        .prefetch_related(
            "parties",
            Prefetch("reports", queryset=tables.CommitmentReport.objects.select_related("document").order_by("key")),
            Prefetch(
                "follow_ups",
                queryset=tables.CommitmentFollowUp.objects.select_related("document").order_by("day", "pk"),
            ),
        )
        .select_related("mechanism")
    )
    known = [row for row in rows if _is_known([r.document for r in row.reports.all()], as_at)]
    return tuple(sorted(known, key=lambda row: (row.day is None, row.day or dt.date.max, row.pk)))


def load_mechanisms(chosen: Q, as_at: dt.date) -> tuple[tables.Mechanism, ...]:
    """Live mechanisms that were told by the day, oldest first, with their parties and steps."""
    steps = tables.MechanismStep.objects.filter(is_repeat=False).select_related("document").order_by("day", "key")
    rows = (
        tables.Mechanism.objects.filter(chosen, **LIVE)
        .distinct()
        .prefetch_related("parties", Prefetch("steps", queryset=steps))
    )
    known = [row for row in rows if _is_known([s.document for s in row.steps.all()], as_at)]
    return tuple(sorted(known, key=lambda row: (row.first_day is None, row.first_day or dt.date.max, row.pk)))


def _is_known(documents: Iterable[tables.Document], as_at: dt.date) -> bool:
    """Whether one of the documents was out by then. Records without any (made by hand) are known."""
    days = [document.published for document in documents]
    return not days or any(day is None or day <= as_at for day in days)


def documents_of(
    *,
    engagements: Iterable[tables.Engagement] = (),
    commitments: Iterable[tables.Commitment] = (),
    mechanisms: Iterable[tables.Mechanism] = (),
    tenures: Iterable[tables.Tenure] = (),
) -> set[int]:
    """Numbers of the documents that these records rest on."""
    numbers = {r.document_id for row in engagements for r in row.reports.all()}
    for row in commitments:
        numbers |= {r.document_id for r in row.reports.all()} | {f.document_id for f in row.follow_ups.all()}
    numbers |= {s.document_id for row in mechanisms for s in row.steps.all()}
    digests = {seen["document"] for row in tenures for seen in row.observations}
    return numbers | set(tables.Document.objects.filter(sha256__in=digests).values_list("pk", flat=True))
