"""The overview: what changed, when, which mechanisms, who with whom, where, the latest."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from communique.desk.charts.lifelines import draw_lifelines
from communique.desk.charts.map import draw_map
from communique.desk.charts.network import draw_network
from communique.desk.charts.timeline import draw_timeline
from communique.desk.figures import count_places, find_spots, make_lifelines, make_timeline
from communique.desk.lists import engagements as lists
from communique.desk.people import signing_in
from communique.desk.sides import find_sides
from communique.desk.silence import SILENT_DAYS
from communique.desk.state import last_change, remember, today, unless_unchanged
from communique.desk.ties import count_ties, latest_of_all
from communique.register.models import Actor, Change, Document, Mechanism

LATEST = 12
MOST_LIFELINES = 12
RECENT_DAYS = 7
MOST_LIT = 3


@require_safe
@unless_unchanged
def show_overview(request: HttpRequest) -> HttpResponse:
    """The page; its figures are made once for each state of the register."""
    context = remember_figures()
    latest = lists.LISTING.dress(lists.live().filter(is_background=False).order_by(*lists.LATEST))[:LATEST]
    answer = render(request, "desk/overview.html", {**context, "latest": latest})
    if context["state"] != last_change():
        # The figures are a little older than the register: the page must not be taken for that of its state.
        answer.headers["ETag"] = f'"older-{context["state"]}"'
    return answer


def remember_figures() -> dict[str, Any]:
    """Figures and charts as they were made for this state of the register, or are made now."""
    return remember(f"overview/{today()}", gather)


def gather() -> dict[str, Any]:
    """Figures and charts, and the state of the register that they are of."""
    state = last_change()
    engagements = lists.live()
    places = count_places(engagements)
    spots = find_spots(places)
    nodes, ties = count_ties(latest_of_all())
    timeline = make_timeline(engagements)
    mechanisms = (
        Mechanism.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
        .order_by(F("last_day").desc(nulls_last=True), "pk")
        .prefetch_related("steps__document")
    )
    lifelines = make_lifelines(mechanisms[:MOST_LIFELINES])
    return {
        "state": state,
        "counts": {"engagements": sum(count for *_, count in places), **count_others()},
        # One after the other: each is the end of an index, while both at once are all of it.
        "span": {**engagements.aggregate(first=Min("day")), **engagements.aggregate(last=Max("day"))},
        "recent": count_recent_changes(),
        "legend": find_sides().legend(),
        "timeline": draw_timeline(timeline),
        "timeline_rows": sorted(((month, kind, n) for (month, kind), n in timeline.counts.items()), reverse=True),
        "lifelines": draw_lifelines(lifelines, today(), SILENT_DAYS),
        "lifeline_rows": lifelines,
        "silent_days": SILENT_DAYS,
        "recent_days": RECENT_DAYS,
        "network": draw_network(nodes, ties),
        "ties": _name_ties(nodes, ties),
        "map": draw_map(spots, commonest_countries(places)),
        "spots": sorted(spots, key=lambda spot: (-spot.count, spot.name)),
    }


def commonest_countries(places: Iterable[tuple[Any, ...]]) -> list[str]:
    """The countries in which most engagements took place."""
    counts: Counter[str] = Counter()
    for *_, country, count in places:
        if country is not None:
            counts[country] += count
    return [country for country, _ in counts.most_common(MOST_LIT)]


def count_others() -> dict[str, int]:
    """How many live records of the other kinds there are."""
    return {
        "actors": Actor.objects.filter(merged_into__isnull=True, retracted_at__isnull=True).count(),
        "mechanisms": Mechanism.objects.filter(merged_into__isnull=True, retracted_at__isnull=True).count(),
        "sources": Document.objects.count(),
    }


def count_recent_changes() -> list[tuple[str, int]]:
    """What was done within the last days, by action, the most frequent first; sign-ins are for administrators alone."""
    since = timezone.now() - dt.timedelta(days=RECENT_DAYS)
    changes = Change.objects.filter(at__gte=since).exclude(action__in=signing_in.ACTIONS)
    return list(changes.values_list("action").annotate(n=Count("*")).order_by("-n", "action"))


def _name_ties(nodes: list[Any], ties: list[Any]) -> list[tuple[Any, Any, int]]:
    by_key = {node.key: node for node in nodes}
    return [(by_key[t.left], by_key[t.right], t.count) for t in sorted(ties, key=lambda t: -t.count)[:100]]
