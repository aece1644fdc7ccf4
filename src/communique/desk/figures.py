"""What the charts show of a set of engagements: counts by month, signs, places. Aggregated by the database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, Func, Model, TextField, Value
from django.urls import reverse
from django.utils.http import urlencode

from communique.desk.charts.lifelines import Lifeline, Step
from communique.desk.charts.map import Spot
from communique.desk.charts.timeline import MOST_SIGNS, Dot, Timeline
from communique.desk.lists.listing import Rows
from communique.desk.sides import find_countries, find_sides
from communique.desk.silence import is_silent
from communique.desk.wording import say_heading, say_who
from communique.formats.wording import say
from communique.model.vocabulary import ENGAGEMENT_KINDS
from communique.register.models import Mechanism

Counts = dict[tuple[dt.date, str], int]
"""Engagements by the first day of a month and kind."""


def month_of(column: str) -> Func:
    """The month of a day as text, "2031-05": cut out by the database, which is faster than reckoning with dates."""
    if connection.vendor == "sqlite":  # in the words of its index (``live_indexes.MONTHS``)
        return Func(column, template="SUBSTR(%(expressions)s, 1, 7)", output_field=TextField())
    return Func(column, Value("YYYY-MM"), function="TO_CHAR", output_field=TextField())


def make_timeline(engagements: Rows, counts: Counts | None = None) -> Timeline:
    """Counts by month and kind; and a sign each while there are not too many.

    Args:
        engagements: What is shown.
        counts: Their counts, where they are known already.
    """
    dated = engagements.filter(day__isnull=False).order_by()
    if counts is None:
        counted = dated.annotate(month=month_of("day")).values_list("month", "kind").annotate(n=Count("pk"))
        counts = _by_month(counted)
    return Timeline(
        rows=[(kind, say(kind)) for kind in ENGAGEMENT_KINDS],
        counts=counts,
        dots=_dots(dated) if sum(counts.values()) <= MOST_SIGNS else (),
        list_address=reverse("engagements"),
    )


def count_months_of(participations: Rows) -> Counts:
    """Counts by month and kind of the engagements of one actor, beginning at its participations: they are fewer."""
    dated = participations.filter(day__isnull=False).order_by().annotate(month=month_of("day"))
    return _by_month(dated.values_list("month", "kind").annotate(n=Count("pk")))


def _by_month(counted: Iterable[tuple[str, str, int]]) -> Counts:
    return {(dt.date.fromisoformat(f"{month}-01"), kind): count for month, kind, count in counted}


def _dots(engagements: Rows) -> list[Dot]:
    sides = find_sides()
    shown = list(engagements.prefetch_related("participants__actor").order_by("day", "pk"))
    countries = find_countries({p.actor for engagement in shown for p in engagement.participants.all()})
    dots = []
    for engagement in shown:
        actors = [(countries.get(p.actor_id), p.actor.type) for p in engagement.participants.all()]
        dots.append(
            Dot(
                day=engagement.day, row=engagement.kind, side=sides.of_engagement(actors),
                is_hollow=engagement.review == "unreviewed", address=reverse("engagement", args=[engagement.code]),
                words=f"{say_heading(engagement)}\n{say_who(engagement)}",
            )
        )  # fmt: skip
    return dots


def count_places(engagements: Rows) -> list[tuple[str | None, float | None, float | None, str | None, int]]:
    """Place, latitude, longitude and country with how many engagements took place there: all that maps show."""
    counted = engagements.order_by().values_list("place", "latitude", "longitude", "country").annotate(n=Count("pk"))
    return list(counted)


def find_spots(places: Iterable[tuple[str | None, float | None, float | None, str | None, int]]) -> list[Spot]:
    """The places on a map, each once; those without coordinates are left out."""
    counts: Counter[tuple[str | None, float, float]] = Counter()
    for place, latitude, longitude, _, count in places:
        if latitude is not None and longitude is not None:
            counts[place, latitude, longitude] += count
    return [
        Spot(
            name=place or "unnamed place", latitude=latitude, longitude=longitude, count=count,
            address=f"{reverse('engagements')}?{urlencode({'place': place or ''})}",
        )
        for (place, latitude, longitude), count in counts.items()
    ]  # fmt: skip


def make_lifelines(mechanisms: Iterable[Mechanism]) -> list[Lifeline]:
    """Lifelines of mechanisms; needs ``steps__document`` prefetched to be quick. Repeats in copies are left out."""
    lines = []
    for mechanism in mechanisms:
        dated = [(step.day, step) for step in mechanism.steps.all() if step.day and not step.is_repeat]
        lines.append(
            Lifeline(
                name=mechanism.name,
                steps=[
                    Step(
                        day=day, status=step.status, address=passage_address(step.document, step.evidence),
                        words=f"{day}: {say(step.status)}\n{step.document.outlet}: “{step.quote}”",
                    )
                    for day, step in sorted(dated, key=lambda pair: (pair[0], pair[1].pk))
                ],
                status=say(mechanism.status),
                is_silent=is_silent(mechanism.last_day, mechanism.status),
                address=reverse("mechanism", args=[mechanism.code]),
            )
        )  # fmt: skip
    return lines


def passage_address(document: Model, evidence: list[dict[str, int]] | dict[str, int]) -> str:
    """Where a passage stands in its source: ``/sources/d12#t120-180``."""
    address = reverse("source", args=[f"d{document.pk}"])
    first = evidence[0] if isinstance(evidence, list) and evidence else evidence
    return f"{address}#t{first['start']}-{first['end']}" if first and isinstance(first, dict) else address
