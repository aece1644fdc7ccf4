"""Pairs of records that may be one: the lists of them, and two beside each other with the direction of a merge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from communique.desk.people.rights import REVIEWER, author_of, may
from communique.desk.review import deciding
from communique.desk.review.corrections import list_fields
from communique.desk.review.deciding import Seen
from communique.desk.review.keys import keys_of
from communique.desk.review.queue import Pair, actor_pairs, report_pairs
from communique.desk.views.engagements import list_reports
from communique.desk.views.errors import forbidden
from communique.desk.wording import say_heading
from communique.errors import QueryError, StaleDecision
from communique.register.models import Actor, Engagement, Mention, Profile
from communique.register.models.base import Concluded
from communique.register.store.codes import find_record, find_survivor

PAIRS: dict[str, Callable[[], list[Pair]]] = {"actors": actor_pairs, "engagements": report_pairs}
PROOFS = 6


@never_cache
@require_safe
def show_pairs(request: HttpRequest, kind: str) -> HttpResponse:
    """Pairs that wait for a person."""
    if kind not in PAIRS:
        raise Http404(f"There are no pairs of {kind}.")
    return render(request, "desk/review_pairs.html", {"kind": kind, "pairs": PAIRS[kind]()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """Two records beside each other; the decision that they are one, or are not."""
    left, right = _find_two(request)
    if request.method != "POST":
        return _show(request, left, right)
    if not may(request, REVIEWER):
        return forbidden(request)
    action = request.POST.get("action", "")
    seen = [Seen(code=record.code, version=_version(request, side)) for record, side in ((left, "a"), (right, "b"))]
    try:
        deciding.decide_pair(action, *seen, author=author_of(request))
    except StaleDecision as error:
        return _show(request, left, right, problem=str(error), status=409)
    messages.success(
        request,
        f"{right.code} is now part of {left.code}."
        if action == "merge"
        else f"{left.code} and {right.code} stay apart.",
    )
    kind = "actors" if isinstance(left, Actor) else "engagements"
    following = PAIRS[kind]()
    if not following:
        return redirect(reverse("review-pairs", args=[kind]))
    return redirect(f"{reverse('review-merge')}?a={following[0].left.code}&b={following[0].right.code}")


def _find_two(request: HttpRequest) -> tuple[Concluded, Concluded]:
    """The two records of the query string, the one first under whose id they would go on."""
    found = [find_survivor(find_record(request.GET.get(side, ""))) for side in ("a", "b")]
    left, right = sorted(found, key=lambda record: record.pk)
    if type(left) is not type(right) or left.pk == right.pk:
        raise QueryError("These are not two records of one kind. Perhaps they are one already.")
    return left, right


def _version(request: HttpRequest, side: str) -> int:
    text = request.POST.get(f"version_{side}", "")
    if not text.isdecimal() or len(text) > 9:
        raise QueryError(f"version {text!r} is no version of a record. Load the page again.")
    return int(text)


def _show(
    request: HttpRequest, left: Concluded, right: Concluded, *, problem: str = "", status: int = 200
) -> HttpResponse:
    kind = "actors" if isinstance(left, Actor) else "engagements"
    pair = next((p for p in PAIRS[kind]() if (p.left.pk, p.right.pk) == (left.pk, right.pk)), None)
    rows = [
        (a["question"].label, a["value"], b["value"], a["value"] != b["value"])
        for a, b in zip(list_fields(left), list_fields(right), strict=True)
    ]
    context: dict[str, Any] = {
        "left": left, "right": right, "rows": rows, "pair": pair, "problem": problem,
        "keys": keys_of(request), "kind": kind,
        "names": [_name(left), _name(right)], "proofs": [_proofs(left), _proofs(right)],
    }  # fmt: skip
    return render(request, "desk/merge.html", context, status=status)


def _name(record: Concluded) -> str:
    return say_heading(record) if isinstance(record, Engagement) else str(record)


def _proofs(record: Concluded) -> list[Any]:
    """What sources say: the reports of an engagement, the mentions of an actor."""
    if isinstance(record, Engagement):
        return list_reports(record)[:PROOFS]
    if isinstance(record, Actor):
        return _latest_mentions(record)
    return []


def _latest_mentions(actor: Actor) -> list[Mention]:
    """The last mentions of an actor's commonest profiles: all of them together are in no order that is kept."""
    profiles = Profile.objects.filter(actor=actor).order_by("-mention_count", "pk")[:PROOFS]
    found: list[Mention] = []
    for profile in profiles:
        rows = (
            profile.mentions.exclude(evidence=[])
            .select_related("document")
            .order_by(F("day").desc(nulls_last=True), "-key")
        )
        found += rows[:PROOFS]
    return sorted(found, key=lambda m: (m.day or dt.date.min, m.key), reverse=True)[:PROOFS]
