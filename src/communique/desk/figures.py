"""What the charts show of a set of engagements: counts by month, signs, places. Aggregated by the database."""

from __future__ import annotations

import datetime as dt
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


def month_of(column: str) -> Func:
    """The month of a day as text, "2031-05": cut out by the database, which is faster than reckoning with dates."""
    if connection.vendor == "sqlite":
        return Func(column, Value(1), Value(7), function="SUBSTR", output_field=TextField())
    return Func(column, Value("YYYY-MM"), function="TO_CHAR", output_field=TextField())


def make_timeline(engagements: Rows) -> Timeline:
    """Counts by month and kind; and a sign each while there are not too many."""
    dated = engagements.filter(day__isnull=False).order_by()
    counted = dated.annotate(month=month_of("day")).values_list("month", "kind").annotate(n=Count("pk"))
    counts = {(dt.date.fromisoformat(f"{month}-01"), kind): count for month, kind, count in counted}
    return Timeline(
        rows=[(kind, say(kind)) for kind in ENGAGEMENT_KINDS],
        counts=counts,
        dots=_dots(dated) if sum(counts.values()) <= MOST_SIGNS else (),
        list_address=reverse("engagements"),
    )


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


def find_spots(engagements: Rows) -> list[Spot]:
    """Places with how many engagements took place there; those without coordinates are left out."""
    located = engagements.filter(latitude__isnull=False, longitude__isnull=False).order_by()
    counted = located.values_list("place", "latitude", "longitude").annotate(n=Count("pk"))
    return [
        Spot(
            name=place or "unnamed place", latitude=latitude, longitude=longitude, count=count,
            address=f"{reverse('engagements')}?{urlencode({'place': place})}",
        )
        for place, latitude, longitude, count in counted
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
