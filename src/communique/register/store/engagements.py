"""Derives engagements: finds the reports that may tell the same, groups them, and writes the one record of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Q, QuerySet

from communique.register import models as tables
from communique.register.resolving.conclusions import LIKELY, likelihood
from communique.register.resolving.engagements import ReportPair, group_reports, score_pairs
from communique.register.resolving.reports import ANNOUNCED_SPAN, DAY, NEWS_SPAN, EngagementClaim
from communique.register.store.claims import load_claims
from communique.register.store.engagement_records import write_engagements
from communique.register.store.judged import accepted_keys, pair_judgements, rejected_keys

# Actors with more reports than this inside one window say little by themselves ("the government"): at most so many
# candidates are looked at a report, those that share most actors with it first.
CANDIDATES = 100
# Reports dated to a month or a year, and undated ones that look back, are looked up around their day this far, in days:
# a year and the days apart.
LOOSE_WINDOW = 370


def derive_engagements(keys: Iterable[str]) -> set[int]:
    """Derives the engagements of reports anew, with all that is linked to them.

    Args:
        keys: Keys of reports that are new, were changed, or whose participants now are other actors.

    Returns:
        Numbers of the engagements that were written.
    """
    dirty = set(keys)
    if not dirty:
        return set()
    before = _engagements_of(dirty)
    _link(dirty)
    component = _component(dirty | _reports_of(before))
    claims = load_claims(component)
    rejected = rejected_keys("engagement", claims)
    live = {key: claim for key, claim in claims.items() if key not in rejected}
    groups = group_reports(live, _pairs_between(live), pair_judgements("engagement", live))
    judged = accepted_keys("engagement", live)
    told = [keys for keys in groups if judged & set(keys) or likelihood(live[key] for key in keys) >= LIKELY]
    return write_engagements(told, claims, affected=before | _engagements_of(component))


def _engagements_of(keys: Iterable[str]) -> set[int]:
    rows = tables.EngagementReport.objects.filter(key__in=list(keys), engagement__isnull=False)
    return set(rows.values_list("engagement_id", flat=True))


def _reports_of(engagements: Iterable[int]) -> set[str]:
    rows = tables.EngagementReport.objects.filter(engagement__in=list(engagements))
    return set(rows.values_list("key", flat=True))


def _link(keys: set[str]) -> None:
    """Scores each report against its candidates and stores what is worth keeping, in place of what was stored."""
    rows = tables.EngagementReport.objects.filter(key__in=keys)
    tables.ReportLink.objects.filter(Q(left__in=rows) | Q(right__in=rows)).delete()
    claims = load_claims(keys)
    candidates: dict[str, EngagementClaim] = dict(claims)
    pairs: dict[tuple[str, str], ReportPair] = {}
    for key in sorted(claims):
        wanted = candidate_keys(claims[key])
        candidates.update(load_claims(wanted - candidates.keys()))
        for pair in score_pairs(claims[key], (candidates[k] for k in sorted(wanted) if k in candidates)):
            pairs[pair.left, pair.right] = pair
    numbers = _numbers({key for pair in pairs for key in pair})
    tables.ReportLink.objects.bulk_create(
        tables.ReportLink(
            left_id=numbers[pair.left],
            right_id=numbers[pair.right],
            score=pair.score.score,
            verdict=pair.score.verdict,
            reason=pair.score.reason,
        )
        for pair in pairs.values()
    )


def candidate_keys(claim: EngagementClaim) -> set[str]:
    """Keys of reports that share an actor with a report and lie near it in time."""
    window = claim.window()
    actors = [int(actor[1:]) for actor in claim.actors if actor.startswith("a")]
    if window is None or not actors:
        return set()
    first, last = window
    shared = tables.ReportParticipant.objects.filter(actor__in=actors)
    outside = Q(day__lt=first) | Q(day__gt=last)
    near = shared.filter(day__gte=first - ANNOUNCED_SPAN, day__lte=last + NEWS_SPAN).exclude(
        outside, report__precision="day"
    )
    far = shared.filter(day__gte=first - LOOSE_WINDOW * DAY, day__lte=last + LOOSE_WINDOW * DAY).filter(
        Q(report__precision__in=("range", "month", "year", "before"))
        | Q(report__precision=None, report__background=True)
    )
    found = _most_shared(near)
    return found | _most_shared(far) if len(found) < CANDIDATES else found


def _most_shared(rows: QuerySet[tables.ReportParticipant]) -> set[str]:
    """Reports with most of the actors in common; between equals it is the key that tells, never the arrival."""
    counted = rows.values("report__key").annotate(common=Count("actor")).order_by("-common", "report__key")
    return set(counted.values_list("report__key", flat=True)[:CANDIDATES])


def _component(keys: set[str]) -> set[str]:
    """All reports that hang together with these through merged links or judgements."""
    found, edge = set(keys), set(keys)
    while edge:
        links = tables.ReportLink.objects.filter(verdict="merged")
        neighbours = set(links.filter(left__key__in=edge).values_list("right__key", flat=True))
        neighbours |= set(links.filter(right__key__in=edge).values_list("left__key", flat=True))
        for left, right in pair_judgements("engagement", edge).same:
            neighbours |= {left, right}
        edge = neighbours - found
        found |= edge
    return found


def _pairs_between(claims: Mapping[str, EngagementClaim]) -> Sequence[ReportPair]:
    keys = sorted(claims)
    pairs: list[ReportPair] = []
    links = tables.ReportLink.objects.filter(left__key__in=keys, right__key__in=keys, verdict="merged")
    for left, right in links.values_list("left__key", "right__key"):
        pairs += score_pairs(claims[left], [claims[right]])
    return pairs


def _numbers(keys: Iterable[str]) -> dict[str, int]:
    rows = tables.EngagementReport.objects.filter(key__in=list(keys)).values_list("key", "pk")
    return dict(rows)
