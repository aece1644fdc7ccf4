"""What waits for a person: engagements least certain first, and pairs of which the register is not sure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone

from communique.register.models import (
    Actor,
    ActorDecision,
    Engagement,
    EngagementReport,
    JudgedClaim,
    Judgement,
    Profile,
    ReportLink,
)
from communique.register.store.finding import EngagementFilters, find_engagements

SHOWN = 24
"""Records beside the one that is looked at."""
MOST_PAIRS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A part of the queue.

    Attributes:
        rows: Engagements, in the order of the queue, from some before the present one on.
        here: The present one; None when nothing waits.
        before, after: Codes of its neighbours.
        count: How many wait in all.
    """

    rows: list[Engagement]
    here: Engagement | None
    before: str | None
    after: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records that may be one.

    Attributes:
        left, right: The records; the older one first, under whose id they would go on.
        score: How likely it is, 0 to 1.
        reason: Why, in words.
    """

    left: Any
    right: Any
    score: float
    reason: str


def waiting(query: QueryDict) -> Any:
    """Engagements that nobody has looked at and that fit the filters, least certain first."""
    given = {name: values for name, values in query.lists() if name not in ("review", "sort")}
    filters = EngagementFilters.parse({**given, "review": ["unreviewed"], "sort": ["least-certain"]})
    return find_engagements(filters).order_by("confidence", "pk")


def open_window(query: QueryDict, code: str | None) -> Window:
    """The queue round a record; round its beginning where none is named."""
    rows = waiting(query)
    here = Engagement.objects.filter(pk=int(code[1:])).first() if code else rows.first()
    if here is None:
        return Window(rows=[], here=None, before=None, after=None, count=0)
    place = Q(confidence__lt=here.confidence) | Q(confidence=here.confidence, pk__lt=here.pk)
    ahead = list(rows.filter(place).order_by("-confidence", "-pk")[: SHOWN // 4])[::-1]
    behind = list(rows.exclude(place).exclude(pk=here.pk)[: SHOWN - len(ahead)])
    shown = [*ahead, here, *behind]
    return Window(
        rows=shown,
        here=here,
        before=ahead[-1].code if ahead else None,
        after=behind[0].code if behind else None,
        count=rows.count(),
    )


def done_today(author: str) -> int:
    """Decisions of somebody since midnight (UTC) that stand."""
    midnight = timezone.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Judgement.objects.filter(author=author, at__gte=midnight, undone_at__isnull=True).count()


def actor_pairs() -> list[Pair]:
    """Actors that may be the same, the likeliest first."""
    rows = (
        ActorDecision.objects.filter(verdict="uncertain", left__actor__isnull=False, right__actor__isnull=False)
        .exclude(left__actor=F("right__actor"))
        .select_related("left__actor", "right__actor")
        .order_by("-score", "pk")[:MOST_PAIRS]
    )
    found: dict[tuple[int, int], Pair] = {}
    for row in rows:
        if row.left.actor is not None and row.right.actor is not None:
            _add(found, row.left.actor, row.right.actor, row)
    return _unjudged("actor", list(found.values()))


def report_pairs() -> list[Pair]:
    """Engagements whose reports may tell of the same, the likeliest first."""
    rows = (
        ReportLink.objects.filter(verdict="uncertain", left__engagement__isnull=False, right__engagement__isnull=False)
        .exclude(left__engagement=F("right__engagement"))
        .select_related("left__engagement", "right__engagement")
        .order_by("-score", "pk")[:MOST_PAIRS]
    )
    found: dict[tuple[int, int], Pair] = {}
    for row in rows:
        if row.left.engagement is not None and row.right.engagement is not None:
            _add(found, row.left.engagement, row.right.engagement, row)
    return _unjudged("engagement", list(found.values()))


def pairs_of(record: Engagement | Actor) -> list[Pair]:
    """The pairs in which a record waits."""
    pairs = report_pairs() if isinstance(record, Engagement) else actor_pairs()
    return [pair for pair in pairs if record.pk in (pair.left.pk, pair.right.pk)]


def _add(found: dict[tuple[int, int], Pair], a: Any, b: Any, row: Any) -> None:
    left, right = sorted((a, b), key=lambda record: record.pk)
    if left.is_live and right.is_live:
        found.setdefault((left.pk, right.pk), Pair(left=left, right=right, score=row.score, reason=row.reason))


def _unjudged(subject: str, pairs: list[Pair]) -> list[Pair]:
    """Leaves out the pairs of which somebody already said what they are."""
    judged = _judged_pairs(subject)
    if not judged:
        return pairs
    keys = _keys_of(subject, {record.pk for pair in pairs for record in (pair.left, pair.right)})
    return [
        pair
        for pair in pairs
        if not any(
            (left & keys[pair.left.pk] and right & keys[pair.right.pk])
            or (left & keys[pair.right.pk] and right & keys[pair.left.pk])
            for left, right in judged
        )
    ]


def _judged_pairs(subject: str) -> list[tuple[set[str], set[str]]]:
    rows = Judgement.objects.filter(subject=subject, undone_at__isnull=True, kind__in=("different", "unsure"))
    return [(set(row.keys), set(row.other_keys)) for row in rows]


def _keys_of(subject: str, numbers: set[int]) -> dict[int, set[str]]:
    keys: dict[int, set[str]] = {number: set() for number in numbers}
    if subject == "engagement":
        rows: Any = EngagementReport.objects.filter(engagement__in=numbers).values_list("engagement", "key")
    else:
        # Judgements on actors name one mention for each profile: only those that were judged can be found again.
        judged = JudgedClaim.objects.filter(judgement__subject="actor").values("key")
        rows = Profile.objects.filter(actor__in=numbers, mentions__key__in=judged).values_list("actor", "mentions__key")
    for number, key in rows:
        keys[number].add(key)
    return keys
