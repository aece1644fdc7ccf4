"""Who met whom: actors with the engagements they share, for the networks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from communique.desk.charts.network import Node, Tie
from communique.desk.lists.engagements import LATEST, live
from communique.desk.sides import find_countries, find_sides
from communique.register.models import Actor, EngagementParticipant

MOST_NODES = 48
"""What a picture of half a page can show with names: more become a ball of wool."""
MOST_PARTNERS = 24
"""The same for the network round one actor."""
MOST_ENGAGEMENTS, MOST_OF_ONE = 2000, 1000
"""Ties are counted over the latest engagements: older ones tell little of who is in touch, and take long to count."""


def latest_of_all() -> list[int]:
    """Numbers of the latest engagements."""
    return list(live().order_by(*LATEST).values_list("pk", flat=True)[:MOST_ENGAGEMENTS])


def latest_of(actor: Actor, as_at: dt.date | None = None, *, most: int = MOST_OF_ONE) -> list[int]:
    """Numbers of an actor's latest engagements, the latest first, those without a day last.

    Args:
        actor: The actor.
        as_at: Only those up to this day.
        most: So many at most.
    """
    rows = participations_of(actor, as_at).order_by("-day", "-engagement_id").values_list("engagement_id", flat=True)
    # Apart, since either stands in the index in this order on both databases: a page reads the rows that it shows.
    latest = list(rows.filter(day__isnull=False)[:most])
    return latest + list(rows.filter(day=None)[: most - len(latest)])


def participations_of(actor: Actor, as_at: dt.date | None) -> QuerySet[EngagementParticipant]:
    """An actor's participations up to a day; all of live records, since what is merged or retracted loses them."""
    rows = actor.participations.all()
    return rows.filter(day__lte=as_at) if as_at else rows


def count_ties(engagements: Sequence[int], *, around: Actor | None = None) -> tuple[list[Node], list[Tie]]:
    """The actors that took part most often, and how often any two of them stood on different sides of one engagement.

    Args:
        engagements: Numbers of those that count.
        around: Only this actor and those that met it.
    """
    present = _participants(engagements)
    weights = Counter(actor for sides in present.values() for actor, _ in sides)
    # Equal ones in the order of their numbers, so that the picture stays the same.
    ranked = sorted(weights, key=lambda actor: (-weights[actor], actor))
    keep = (
        ranked[:MOST_NODES] if around is None else [around.pk, *(a for a in ranked if a != around.pk)][:MOST_PARTNERS]
    )
    shown = set(keep)
    ties: Counter[tuple[int, int]] = Counter()
    for sides in present.values():
        here = [(actor, side) for actor, side in sides if actor in shown]
        for number, (left, left_side) in enumerate(here):
            for right, right_side in here[number + 1 :]:
                if left_side != right_side and left != right:
                    ties[min(left, right), max(left, right)] += 1
    tied = {actor for pair in ties for actor in pair}
    nodes = _nodes([actor for actor in keep if actor in tied], weights)
    return nodes, [Tie(left=f"a{a}", right=f"a{b}", count=n) for (a, b), n in sorted(ties.items())]


def _participants(engagements: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Actors with their sides by engagement, asked for in portions (databases take so many parameters)."""
    present: dict[int, list[tuple[int, int]]] = {}
    for begin in range(0, len(engagements), 500):
        rows = EngagementParticipant.objects.filter(engagement__in=engagements[begin : begin + 500])
        for engagement, actor, side in rows.order_by().values_list("engagement_id", "actor_id", "side"):
            present.setdefault(engagement, []).append((actor, side))
    return present


def _nodes(actors: Sequence[int], weights: Counter[int]) -> list[Node]:
    sides = find_sides()
    found = Actor.objects.in_bulk(list(actors))
    countries = find_countries({pk: actor.country for pk, actor in found.items()})
    return [
        Node(
            key=actor.code, name=actor.name, side=sides.of_actor(countries.get(pk), actor.type), weight=weights[pk],
            address=reverse("actor", args=[actor.code]), is_hollow=actor.review == "unreviewed",
        )
        for pk in actors
        if (actor := found.get(pk))
    ]  # fmt: skip


def commonest_partners(
    actor: Actor, nodes: Sequence[Node], ties: Sequence[Tie], most: int = 12
) -> list[tuple[Node, int]]:
    """Who stood on another side of an actor's engagements most often, with how often."""
    found = {node.key: node for node in nodes}
    counts = {
        tie.left if tie.right == actor.code else tie.right: tie.count
        for tie in ties
        if actor.code in (tie.left, tie.right)
    }
    ranked = sorted(counts, key=lambda key: (-counts[key], key))[:most]
    return [(found[key], counts[key]) for key in ranked if key in found]
