"""Derives engagements: finds the reports that may tell the same, groups them, and writes the one record of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from communique.register import models as tables
from communique.register.models import Reach
from communique.register.resolving.conclusions import LIKELY, likelihood
from communique.register.resolving.engagements import ReportPair, group_reports, score_pairs
from communique.register.resolving.reports import ANNOUNCED_SPAN, DAY, NEWS_SPAN, EngagementClaim, move
from communique.register.store.claims import LoadedClaims
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
        Numbers of the engagements that were written, merged or retracted.
    """
    dirty = set(keys)
    if not dirty:
        return set()
    before = _engagements_of(dirty)
    loaded = LoadedClaims()
    _link(dirty, loaded)
    component = _component(dirty | _reports_of(before))
    claims = loaded.of(component)
    rejected = rejected_keys("engagement", claims)
    live = {key: claim for key, claim in claims.items() if key not in rejected}
    groups = group_reports(live, _pairs_between(live), pair_judgements("engagement", live))
    judged = accepted_keys("engagement", live)
    told = [keys for keys in groups if judged & set(keys) or likelihood(live[key] for key in keys) >= LIKELY]
    return write_engagements(told, claims, affected=before | _engagements_of(component - dirty))


def _engagements_of(keys: Iterable[str]) -> set[int]:
    rows = tables.EngagementReport.objects.filter(key__in=list(keys), engagement__isnull=False)
    return set(rows.values_list("engagement_id", flat=True))


def _reports_of(engagements: set[int]) -> set[str]:
    rows = tables.EngagementReport.objects.filter(engagement__in=engagements)
    return set(rows.values_list("key", flat=True)) if engagements else set()


def _link(keys: set[str], loaded: LoadedClaims) -> None:
    """Scores each report against its candidates and stores what is worth keeping, in place of what was stored."""
    _links_of(keys).delete()
    claims = loaded.of(keys)
    wanted = {key: candidate_keys(claim) for key, claim in claims.items()}
    candidates = loaded.of({other for others in wanted.values() for other in others})
    pairs: dict[tuple[str, str], ReportPair] = {}
    for key in sorted(claims):
        for pair in score_pairs(claims[key], (candidates[k] for k in sorted(wanted[key]) if k in candidates)):
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
    shared = tables.ReportParticipant.objects.filter(actor__in=actors).order_by()
    dated = shared.filter(reach=Reach.DAYS, day__gte=first, day__lte=last)
    vague = shared.filter(
        reach__in=(Reach.WEEKS, Reach.YEAR), day__gte=move(first, -ANNOUNCED_SPAN), day__lte=move(last, NEWS_SPAN)
    )
    found = _most_shared(dated, vague)
    if len(found) == CANDIDATES:
        return found
    far = shared.filter(
        reach=Reach.YEAR, day__gte=move(first, -LOOSE_WINDOW * DAY), day__lte=move(last, LOOSE_WINDOW * DAY)
    )
    return found | _most_shared(far)


def _most_shared(*shared: QuerySet[tables.ReportParticipant]) -> set[str]:
    """Reports with most of the actors in common; between equals it is the key that tells, never the arrival."""
    common = Counter(key for rows in shared for key in rows.values_list("report__key", flat=True))
    return set(sorted(common, key=lambda key: (-common[key], key))[:CANDIDATES])


def _component(keys: set[str]) -> set[str]:
    """All reports that hang together with these through merged links or judgements."""
    found, edge = set(keys), set(keys)
    while edge:
        links = _links_of(edge).filter(verdict="merged")
        neighbours = {key for pair in links.values_list("left__key", "right__key") for key in pair}
        for left, right in pair_judgements("engagement", edge).same:
            neighbours |= {left, right}
        edge = neighbours - found
        found |= edge
    return found


def _links_of(keys: set[str]) -> QuerySet[tables.ReportLink]:
    """The links of reports on either side.

    Their numbers are looked up first: of two subqueries joined by "or" PostgreSQL makes a walk through all links.
    """
    numbers = list(_numbers(keys).values())
    return tables.ReportLink.objects.filter(Q(left__in=numbers) | Q(right__in=numbers))


def _pairs_between(claims: Mapping[str, EngagementClaim]) -> Sequence[ReportPair]:
    keys = sorted(claims)
    pairs: list[ReportPair] = []
    links = tables.ReportLink.objects.filter(left__key__in=keys, right__key__in=keys, verdict="merged")
    for left, right in links.values_list("left__key", "right__key"):
        pairs += score_pairs(claims[left], [claims[right]])
    return pairs


def _numbers(keys: Iterable[str]) -> dict[str, int]:
    wanted = list(keys)
    rows = tables.EngagementReport.objects.filter(key__in=wanted).values_list("key", "pk")
    return dict(rows) if wanted else {}
