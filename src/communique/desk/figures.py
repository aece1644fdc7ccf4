"""What the charts show of a set of engagements: counts by month, signs, places. Aggregated by the database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, DateField, Func, Model, TextField
from django.urls import reverse
from django.utils.http import urlencode

from communique.desk.charts.lifelines import Lifeline, Step
from communique.desk.charts.map import Spot
from communique.desk.charts.timeline import MOST_SIGNS, Dot, Timeline
from communique.desk.lists.listing import Rows
from communique.desk.sides import find_countries, find_sides
from communique.desk.silence import is_silent
from communique.desk.wording import join_sides, list_sides, say_heading
from communique.formats.wording import say
from communique.model.vocabulary import ENGAGEMENT_KINDS
from communique.register.models import EngagementParticipant, Mechanism

SHOWN_OF_SIGNS = ("kind", "status", "review", "day", "date_start", "date_end", "precision", "place")
Counts = dict[tuple[dt.date, str], int]
"""Engagements by the first day of a month and kind."""


def month_of(column: str) -> Func:
    """The month of a day: text on SQLite ("2031-05"), on PostgreSQL its first day; whatever is quickest there."""
    if connection.vendor == "sqlite":  # in the words of its indexes (``live_indexes.MONTHS``)
        return Func(column, template="SUBSTR(%(expressions)s, 1, 7)", output_field=TextField())
    # As a timestamp without a zone: with one, each day would be looked up in the calendar of the zone.
    return Func(column, template="DATE_TRUNC('month', %(expressions)s::timestamp)::date", output_field=DateField())


def make_timeline(engagements: Rows, counts: Counts | None = None) -> Timeline:
    """Counts by month and kind; and a sign each while there are not too many.

    Args:
        engagements: What is shown.
        counts: Their counts, where they are known already.
    """
    dated = engagements.filter(day__isnull=False).order_by()
    if counts is None:
        counts = _count_months(dated)
    return Timeline(
        rows=[(kind, say(kind)) for kind in ENGAGEMENT_KINDS],
        counts=counts,
        dots=_dots(dated) if sum(counts.values()) <= MOST_SIGNS else (),
        list_address=reverse("engagements"),
    )


def count_months_of(participations: Rows, as_at: dt.date | None = None) -> Counts:
    """Counts by month and kind of the engagements of one actor, beginning at its participations: they are fewer.

    Args:
        participations: All of the actor's.
        as_at: Only those up to this day.
    """
    dated = participations.filter(day__isnull=False)
    counts = _count_months(dated)
    if as_at is None:
        return counts
    # Whole months are read off their index; of the last one only some days count.
    last = as_at.replace(day=1)
    counts = {(month, kind): count for (month, kind), count in counts.items() if month < last}
    return counts | _count_months(dated.filter(day__gte=last, day__lte=as_at))


def _count_months(dated: Rows) -> Counts:
    counted = dated.order_by().annotate(month=month_of("day")).values_list("month", "kind").annotate(n=Count("*"))
    return {
        (month if isinstance(month, dt.date) else dt.date.fromisoformat(f"{month}-01"), kind): count
        for month, kind, count in counted
    }


def _dots(dated: Rows) -> list[Dot]:
    """A sign for each engagement; of the records no more is fetched than signs and their words show."""
    sides, present = find_sides(), _find_present(dated)
    own = {one.actor: one.country for together in present.values() for one in together}
    countries = find_countries(own)
    list_address = reverse("engagements")
    dots = []
    for engagement in dated.only(*SHOWN_OF_SIGNS).order_by("day", "pk"):
        together = present.get(engagement.pk, [])
        who = join_sides(list_sides((one.side, one.name) for one in together))
        dots.append(
            Dot(
                day=engagement.day, row=engagement.kind, is_hollow=engagement.review == "unreviewed",
                side=sides.of_engagement((countries.get(one.actor), one.type) for one in together),
                address=f"{list_address}/{engagement.code}", words=f"{say_heading(engagement)}\n{who}",
            )
        )  # fmt: skip
    return dots


class _Present(NamedTuple):
    """Who took part in an engagement."""

    engagement: int
    side: int
    actor: int
    name: str
    type: str
    country: str | None


def _find_present(engagements: Rows) -> dict[int, list[_Present]]:
    rows = EngagementParticipant.objects.filter(engagement__in=engagements.order_by().values("pk"))
    columns = ("engagement_id", "side", "actor_id", "actor__name", "actor__type", "actor__country")
    present: dict[int, list[_Present]] = {}
    for one in map(_Present._make, rows.order_by("side", "position").values_list(*columns)):
        present.setdefault(one.engagement, []).append(one)
    return present


def count_places(engagements: Rows) -> list[tuple[str | None, float | None, float | None, str | None, int]]:
    """Place, latitude, longitude and country with how many engagements took place there: all that maps show."""
    counted = engagements.order_by().values_list("place", "latitude", "longitude", "country").annotate(n=Count("*"))
    return list(counted)


def find_spots(places: Iterable[tuple[str | None, float | None, float | None, str | None, int]]) -> list[Spot]:
    """The places on a map, each once, where most of their engagements lie; those without coordinates are left out.

    What is counted is what the list shows to which a place leads.
    """
    counts: Counter[tuple[str | None, str | None]] = Counter()
    points: dict[tuple[str | None, str | None], Counter[tuple[float, float]]] = {}
    for place, latitude, longitude, country, count in places:
        counts[place, country] += count
        if latitude is not None and longitude is not None:
            points.setdefault((place, country), Counter())[latitude, longitude] += count
    namesakes = Counter(place for place, _ in counts)
    spots = []
    for (place, country), found in points.items():
        latitude, longitude = found.most_common(1)[0][0]
        query = {"place": place or ""} | ({"country": country} if country and namesakes[place] > 1 else {})
        spots.append(
            Spot(
                name=place or "unnamed place", latitude=latitude, longitude=longitude, count=counts[place, country],
                address=f"{reverse('engagements')}?{urlencode(query)}",
            )
        )  # fmt: skip
    return spots


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
