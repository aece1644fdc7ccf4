"""The feeds that are followed, and how each is doing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communique.desk.people.rights import REVIEWER, author_of, needs
from communique.desk.rates import limited
from communique.errors import AddressRefused, QueryError, RecordNotFound
from communique.register.models import Feed, FetchedAddress
from communique.register.store.following import add_feed, remove_feed

SPANS = {"30 minutes": 30, "hour": 60, "6 hours": 360, "day": 1440}
"""How often a feed may be asked, by words, in minutes."""
LONGEST_ADDRESS = 2000
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """How a feed is doing.

    Attributes:
        feed: Its row.
        every: How often it is asked, in words.
        is_failing: Whether the last run failed.
        is_late: Whether it should have been asked a whole span ago: then nothing asks feeds.
    """

    feed: Feed
    every: str
    is_failing: bool
    is_late: bool


@never_cache
@require_safe
@needs(REVIEWER)
def show_feeds(request: HttpRequest) -> HttpResponse:
    """The list."""
    return _show(request)


def _show(request: HttpRequest, problem: str = "") -> HttpResponse:
    states = [describe(feed, timezone.now()) for feed in Feed.objects.order_by("-failures", "uri")[:MOST_SHOWN]]
    pages = dict(FetchedAddress.objects.values_list("state").annotate(n=Count("pk")))
    context = {
        "states": states,
        "failing": sum(state.is_failing for state in states),
        "late": sum(state.is_late for state in states),
        "pages_waiting": pages.get("waiting", 0),
        "pages_failed": pages.get("failed", 0),
        "spans": SPANS,
        "given": request.POST,
        "problem": problem,
    }
    return render(request, "desk/feeds.html", context, status=400 if problem else 200)


def describe(feed: Feed, now: dt.datetime) -> FeedState:
    """How a feed is doing at a moment."""
    every = dt.timedelta(seconds=feed.every_seconds)
    words = next((words for words, minutes in SPANS.items() if dt.timedelta(minutes=minutes) == every), str(every))
    due = feed.next_run or feed.added_at
    return FeedState(feed=feed, every=words, is_failing=feed.failures > 0, is_late=due + every < now)


@require_POST
@needs(REVIEWER)
@limited(30)
def follow_one(request: HttpRequest) -> HttpResponse:
    """Puts a feed on the list, or changes how often it is asked."""
    uri, span = request.POST.get("address", "").strip(), request.POST.get("every", "")
    try:
        if not uri or len(uri) > LONGEST_ADDRESS:
            raise QueryError(f"Give the address of a feed, of at most {LONGEST_ADDRESS} characters.")
        if span not in SPANS:
            raise QueryError(f"A feed is not asked every {span!r}. Choose from: {', '.join(SPANS)}.")
        add_feed(uri, dt.timedelta(minutes=SPANS[span]), author_of(request))
    except (QueryError, AddressRefused) as error:
        return _show(request, str(error))
    messages.success(request, f"{uri} is followed, and asked every {span}.")
    return redirect("ingest-feeds")


@require_POST
@needs(REVIEWER)
def unfollow_one(request: HttpRequest) -> HttpResponse:
    """Takes a feed off the list; what it brought stays."""
    uri = request.POST.get("address", "")
    try:
        remove_feed(uri)
    except RecordNotFound as error:
        return _show(request, str(error))
    messages.success(request, f"{uri} is no longer followed. What it brought stays.")
    return redirect("ingest-feeds")
