"""The page of an actor: names, posts over time, whom they meet, engagements, statements; all "as at" a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from communique.desk.charts.network import draw_network
from communique.desk.charts.posts import Post, draw_posts
from communique.desk.charts.timeline import draw_timeline
from communique.desk.figures import count_months_of, make_timeline, passage_address
from communique.desk.lists import engagements as lists
from communique.desk.lists.listing import Rows
from communique.desk.records import find_record, lead_on, list_history
from communique.desk.sides import find_sides
from communique.desk.state import remember, unless_unchanged
from communique.desk.ties import commonest_partners, count_ties, latest_of, participations_of
from communique.errors import QueryError
from communique.register.models import Actor, Document, Statement, Tenure

LATEST = 15
MOST_POSTS = 24
MOST_STATEMENTS = 40
MOST_PROFILES = 500
"""Spellings are those of the profiles with the most mentions: a dozen is shown."""


@require_safe
@unless_unchanged
def show_actor(request: HttpRequest, code: str) -> HttpResponse:
    """The page; ``?as_at=2031-05-14`` shows what sources up to that day say."""
    actor = find_record(Actor, code)
    if answer := lead_on(request, actor, "actor", code):
        return answer
    as_at = _read_day(request.GET.get("as_at", "").strip())
    engagements = lists.live().filter(lists.involving(actor))
    if as_at:
        engagements = engagements.filter(day__lte=as_at)
    charts = remember(f"actor/{actor.code}/{as_at}", lambda: draw_engagements(actor, engagements, as_at))
    latest = lists.live().filter(pk__in=latest_of(actor, as_at, most=LATEST))
    tenures = list_tenures(actor, as_at)
    context = {
        "actor": actor,
        "as_at": as_at,
        "tenures": tenures,
        "posts": draw_posts(_posts(tenures, actor), as_at),
        "spellings": count_spellings(actor),
        **charts,
        "legend": find_sides().legend(),
        "engagements": lists.LISTING.dress(latest.order_by(*lists.LATEST)),
        "statements": group_statements(list_statements(actor, as_at)),
        "mechanisms": actor.mechanisms.filter(merged_into__isnull=True, retracted_at__isnull=True).order_by("name")[
            :LATEST
        ],
        "history": list_history(actor.code),
    }
    return render(request, "desk/actor.html", context)


def draw_engagements(actor: Actor, engagements: Rows, as_at: dt.date | None) -> dict[str, Any]:
    """When an actor's engagements were, and with whom."""
    nodes, ties = count_ties(latest_of(actor, as_at), around=actor)
    participations = participations_of(actor, as_at)
    counts = count_months_of(actor.participations.all(), as_at)
    return {
        "timeline": draw_timeline(make_timeline(engagements, counts)),
        "network": draw_network(nodes, ties, centre=actor.code),
        "partners": commonest_partners(actor, nodes, ties),
        "engagement_count": sum(counts.values()) + participations.filter(day=None).count(),
    }


def list_tenures(actor: Actor, as_at: dt.date | None) -> list[Tenure]:
    """Posts of a person, or the people who held a post of a body; those first seen later than the day are left out."""
    of_whom = Q(actor=actor) if actor.type == "person" else Q(organization_actor=actor)
    rows = Tenure.objects.filter(of_whom).select_related("actor", "organization_actor", "superseded_by")
    if as_at:
        rows = rows.filter(first_seen__lte=as_at)
    return list(rows.order_by("first_seen", "pk")[:MOST_POSTS])


def _posts(tenures: list[Tenure], actor: Actor) -> list[Post]:
    sides = find_sides()
    digests = {seen["document"] for tenure in tenures for seen in tenure.observations}
    sources = {document.sha256: document for document in Document.objects.filter(sha256__in=digests)}
    posts = []
    for tenure in tenures:
        if tenure.first_seen is None or tenure.last_seen is None:
            continue
        title = f"{tenure.title}, {tenure.organization}" if tenure.organization else tenure.title
        holder = tenure.actor
        is_person = actor.type == "person"
        country = tenure.organization_actor.country if tenure.organization_actor else holder.country
        posts.append(
            Post(
                name=title if is_person else f"{holder.name}: {tenure.title}",
                first=tenure.first_seen,
                last=tenure.last_seen,
                address=reverse(
                    "actor", args=[tenure.organization_actor.code if tenure.organization_actor else holder.code]
                )
                if is_person
                else reverse("actor", args=[holder.code]),
                side=sides.of_actor(country, "organization"),
                seen=[_observation(seen, sources) for seen in tenure.observations if seen.get("day")],
            )
        )
    return posts


def _observation(seen: dict[str, Any], sources: dict[str, Document]) -> tuple[dt.date, str, str]:
    source = sources.get(seen["document"])
    address = passage_address(source, []) if source else reverse("sources")
    return dt.date.fromisoformat(seen["day"]), seen.get("quote", ""), address


def count_spellings(actor: Actor) -> list[tuple[str, int]]:
    """The spellings under which sources name an actor, with the number of documents, the most frequent first."""
    profiles = actor.profiles.order_by("-mention_count")[:MOST_PROFILES]
    counts: Counter[str] = Counter()
    for spellings in profiles.values_list("data__spellings", flat=True):
        counts.update(dict(spellings or ()))
    for alias in actor.aliases:
        counts.setdefault(alias, 0)
    counts.setdefault(actor.name, 0)
    return counts.most_common()


def list_statements(actor: Actor, as_at: dt.date | None) -> list[Statement]:
    """The latest statements, those without a day last: up to a day, or in documents published up to it."""
    rows = Statement.objects.filter(actor=actor).select_related("document")
    dated, undated = rows.filter(day__isnull=False), rows.filter(day=None)
    if as_at:
        dated, undated = dated.filter(day__lte=as_at), undated.filter(document__published__lte=as_at)
    # Either stands in the index in its order; both at once would have to be sorted.
    latest = list(dated.order_by("-day", "-pk")[:MOST_STATEMENTS])
    return latest + list(undated.order_by("-pk")[: MOST_STATEMENTS - len(latest)])


def group_statements(statements: Iterable[Statement]) -> list[tuple[str, list[tuple[Statement, str]]]]:
    """Statements by topic, each once: under its first topic."""
    groups: dict[str, list[tuple[Statement, str]]] = {}
    for statement in statements:
        topic = statement.topics[0] if statement.topics else "other"
        groups.setdefault(topic, []).append((statement, passage_address(statement.document, statement.evidence)))
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _read_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise QueryError(f"As at: {text!r} is not a day, as in 2031-05-14.") from error
