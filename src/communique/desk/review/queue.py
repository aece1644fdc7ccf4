"""What waits for a person: engagements least certain first, and pairs of which the register is not sure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, prefetch_related_objects
from django.http import QueryDict
from django.utils import timezone

from communique.desk.lists.listing import MOST_COUNTED, count_rows
from communique.desk.state import remember
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
        count: How many wait in all; counted as far as lists are (``MOST_COUNTED``).
    """

    rows: list[Engagement]
    here: Engagement | None
    before: str | None
    after: str | None
    count: int

    @property
    def words(self) -> str:
        """The count, as far as it was counted: "17", "more than 10,000"."""
        return f"more than {MOST_COUNTED:,}" if self.count > MOST_COUNTED else f"{self.count:,}"


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
    # As the index goes: first by the certainty, then within equals, so that a page reads the rows that it shows.
    same = Q(confidence=here.confidence)
    ahead = list(
        rows.filter(confidence__lte=here.confidence)
        .exclude(same & Q(pk__gte=here.pk))
        .order_by("-confidence", "-pk")[: SHOWN // 4]
    )[::-1]
    behind = list(rows.filter(confidence__gte=here.confidence).exclude(same & Q(pk__lte=here.pk))[: SHOWN - len(ahead)])
    shown = [*ahead, here, *behind]
    prefetch_related_objects(shown, "participants__actor")
    return Window(
        rows=shown,
        here=here,
        before=ahead[-1].code if ahead else None,
        after=behind[0].code if behind else None,
        count=remember(f"queue/{sorted(query.lists())!r}", lambda: count_rows(rows)),
    )


def done_today(author: str) -> int:
    """Decisions of somebody since midnight (UTC) that stand."""
    midnight = timezone.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Judgement.objects.filter(author=author, at__gte=midnight, undone_at__isnull=True).count()


def actor_pairs(of: Actor | None = None) -> list[Pair]:
    """Actors that may be the same, the likeliest first; only those with one actor, if it is given."""
    claims = Profile.objects.filter(actor=of) if of else None
    return _unjudged("actor", _find_pairs(ActorDecision.objects.all(), "actor", claims))


def report_pairs(of: Engagement | None = None) -> list[Pair]:
    """Engagements whose reports may tell of the same, the likeliest first; only those with one, if it is given."""
    claims = EngagementReport.objects.filter(engagement=of) if of else None
    return _unjudged("engagement", _find_pairs(ReportLink.objects.all(), "engagement", claims))


def pairs_of(record: Engagement | Actor) -> list[Pair]:
    """The pairs in which a record waits."""
    return report_pairs(record) if isinstance(record, Engagement) else actor_pairs(record)


def _find_pairs(rows: QuerySet[Any], side: str, claims: QuerySet[Any] | None) -> list[Pair]:
    """The uncertain pairs of claims' records, each once, the older record on the left; those of certain claims only."""
    left, right = f"left__{side}", f"right__{side}"
    rows = rows.filter(verdict="uncertain", **{f"{left}__isnull": False, f"{right}__isnull": False})
    rows = rows.exclude(**{left: F(right)}).order_by("-score", "pk")
    if claims is not None:
        numbers = list(claims.values_list("pk", flat=True))
        rows = rows.filter(Q(left__in=numbers) | Q(right__in=numbers))
    found = list(rows.values_list(left, right, "score", "reason")[:MOST_PAIRS])
    model: Any = Actor if side == "actor" else Engagement
    live = model.objects.filter(merged_into__isnull=True, retracted_at__isnull=True).in_bulk(
        {number for a, b, *_ in found for number in (a, b)}
    )
    pairs: dict[tuple[int, int], Pair] = {}
    for a, b, score, reason in found:
        older, younger = min(a, b), max(a, b)
        if older in live and younger in live:
            pair = Pair(left=live[older], right=live[younger], score=score, reason=reason)
            pairs.setdefault((older, younger), pair)
    return list(pairs.values())


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
