"""What there is to tell for a watch: one finder for each event that can be watched.

A finding is named by a key: the record, and the state that is news. The same state is never told twice, however often
the register is derived anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from communique.register import models as tables
from communique.register.store.changes import ChangedRecord, changed_records
from communique.register.store.finding import EngagementFilters, find_engagements

LIVE = {"merged_into__isnull": True, "retracted_at__isnull": True}
CHUNK = 500
# Reports quoted with a finding: it says why, the register has the rest.
QUOTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to tell.

    Attributes:
        key: Names the state that is news.
        record: Code of the record.
        title: One line.
        text: The passages that say it.
        day: The day that it is about.
    """

    key: str
    record: str
    title: str
    text: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a watch looks at.

    Attributes:
        filters: Which engagements; commitments made there and people who took part are looked at with them.
        after, until: Lines of the log: those after the first, up to the second.
        today: The day by which commitments are stale.
        stale_days: After how many days without news.
        told: Codes of records that were told before: what becomes of them is told too.
    """

    filters: EngagementFilters
    after: int
    until: int
    today: dt.date
    stale_days: int = 90
    told: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether no filter is set."""
        return not self.filters.to_query()


def find_matches(scope: Scope) -> Iterator[Finding]:
    """Engagements that fit and are new or changed; and what became of those that were told and are no more."""
    changes = _changed_engagements(scope)
    for chunk in _chunks(changes):
        for row in _with_reports(find_engagements(scope.filters).filter(pk__in=chunk)):
            news = "New" if changes[row.pk].is_new else "Changed"
            fields = ", ".join(sorted(changes[row.pk].fields))
            yield Finding(
                key=f"{row.code}/v{row.version}",
                record=row.code,
                title=f"{news}: {row.summary}" + (f" ({fields})" if fields and not changes[row.pk].is_new else ""),
                text=_quotes(row),
                day=row.day,
            )
        told = [number for number in chunk if f"e{number}" in scope.told]
        for row in tables.Engagement.objects.filter(pk__in=told).exclude(**LIVE):
            fate = f"is now part of e{row.merged_into_id}" if row.merged_into_id else "was withdrawn"
            yield Finding(key=f"{row.code}/v{row.version}", record=row.code, title=f"{row.summary} {fate}", day=row.day)


def find_disagreements(scope: Scope) -> Iterator[Finding]:
    """Engagements that fit and on which sources disagree in a way that is new."""
    for chunk in _chunks(_changed_engagements(scope)):
        for row in _with_reports(find_engagements(replace(scope.filters, conflict=True)).filter(pk__in=chunk)):
            fields = ", ".join(sorted({conflict["field"] for conflict in row.conflicts}))
            digest = hashlib.sha256(json.dumps(row.conflicts, sort_keys=True).encode()).hexdigest()[:16]
            yield Finding(
                key=f"{row.code}/{digest}",
                record=row.code,
                title=f"Sources disagree on {fields or 'details'}: {row.summary}",
                text=_quotes(row),
                day=row.day,
            )


def find_stale(scope: Scope) -> Iterator[Finding]:
    """Commitments of which nothing was heard for too long; told once for each silence."""
    last = scope.today - dt.timedelta(days=scope.stale_days)
    rows = tables.Commitment.objects.filter(**LIVE).annotate(heard=Coalesce("last_day", "day"))
    rows = rows.filter(heard__lt=last)
    if not scope.is_whole:
        rows = rows.filter(engagement__in=find_engagements(scope.filters).order_by().values("pk"))
    reports = tables.CommitmentReport.objects.select_related("document").order_by("document__published", "key")
    for row in rows.order_by("pk").prefetch_related(Prefetch("reports", queryset=reports)).iterator(chunk_size=CHUNK):
        yield Finding(
            key=f"{row.code}/silent since {row.heard}",
            record=row.code,
            title=f"No follow-up since {row.heard}: {row.act.replace('_', ' ')} {row.what}",
            text=_quote_lines(row.reports.all()),
            day=row.heard,
        )


def find_successions(scope: Scope) -> Iterator[Finding]:
    """Posts that passed from one person to another."""
    rows = tables.Tenure.objects.filter(superseded_by__isnull=False)
    if not scope.is_whole:
        taking_part = tables.EngagementParticipant.objects.filter(
            engagement__in=find_engagements(scope.filters).order_by().values("pk")
        ).values("actor")
        rows = rows.filter(Q(actor__in=taking_part) | Q(superseded_by__in=taking_part))
    for row in rows.select_related("actor", "superseded_by").order_by("pk").iterator(chunk_size=CHUNK):
        holder = row.superseded_by
        if holder is None:
            continue
        post = f"{row.title}, {row.organization}" if row.organization else row.title
        taken = tables.Tenure.objects.filter(actor=holder, post_key=row.post_key).order_by("first_seen").first()
        seen = taken.observations[0] if taken and taken.observations else {}
        yield Finding(
            key=f"a{row.actor_id}/{hashlib.sha256(row.post_key.encode()).hexdigest()[:16]}/{holder.code}",
            record=holder.code,
            title=f"{post}: {holder.name} after {row.actor.name}",
            text=f"{seen.get('day')}: “{seen.get('quote')}”" if seen else "",
            day=taken.first_seen if taken else None,
        )


FINDERS: dict[str, Callable[[Scope], Iterator[Finding]]] = {
    "matches": find_matches,
    "stale-commitment": find_stale,
    "post-changed": find_successions,
    "sources-disagree": find_disagreements,
}


def _changed_engagements(scope: Scope) -> dict[int, ChangedRecord]:
    rows = tables.Change.objects.filter(pk__gt=scope.after, pk__lte=scope.until, record__startswith="e")
    return changed_records(rows)


def _with_reports(rows: QuerySet[tables.Engagement]) -> QuerySet[tables.Engagement]:
    reports = tables.EngagementReport.objects.select_related("document").order_by("document__published", "key")
    return rows.prefetch_related(Prefetch("reports", queryset=reports))


def _quotes(row: tables.Engagement) -> str:
    return _quote_lines(row.reports.all())


def _quote_lines(claims: Iterable[tables.EngagementReport | tables.CommitmentReport]) -> str:
    """Outlet, day and words of the first reports, one a line."""
    return "\n".join(
        f"{claim.document.outlet}, {claim.document.published or 'undated'}: “{claim.quote}”"
        for claim in islice(claims, QUOTED)
    )


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(sorted(numbers))
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
