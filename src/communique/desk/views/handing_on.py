"""What leaves the desk: briefs of a selection, and watches with their feeds."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communique.desk.people.rights import REVIEWER, author_of, needs
from communique.desk.rates import limited
from communique.errors import AddressRefused, QueryError, RecordNotFound
from communique.exchange.briefs import BRIEF_FORMATS, BriefOptions, build_brief, write_brief
from communique.register import models as tables
from communique.register.store.finding import EngagementFilters
from communique.register.watching.feeds import FeedPlace, write_atom, write_json_feed
from communique.register.watching.watches import (
    EVENTS,
    WatchOptions,
    add_watch,
    remove_watch,
    run_watch,
    watch_of_token,
)

LONGEST_TITLE = 200
PAGES = {"e": "engagements", "a": "actors", "m": "mechanisms", "c": "commitments", "d": "sources"}
FEEDS = {"atom": (write_atom, "application/atom+xml"), "json": (write_json_feed, "application/feed+json")}


@require_safe
@limited(20)
def make_brief(request: HttpRequest) -> HttpResponse:
    """A brief of the engagements that fit the filters of the query string, as a file."""
    name = request.GET.get("format", "pdf")
    if name not in BRIEF_FORMATS:
        return _refuse(request, f"A brief as {name!r} is not made. Choose from: {', '.join(BRIEF_FORMATS)}.")
    title = request.GET.get("title", "").strip()[:LONGEST_TITLE]
    try:
        filters = _filters(request.GET)
        brief = build_brief(BriefOptions(title=title, as_at=timezone.now().date(), filters=filters))
    except QueryError as error:
        return _refuse(request, str(error))
    made = BRIEF_FORMATS[name]
    response = HttpResponse(write_brief(brief, name), content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="brief{made.suffix}"'
    return response


@never_cache
@require_safe
def show_watches(request: HttpRequest) -> HttpResponse:
    """The watches, and the form for one more; the query string's filters are those it will have."""
    return _show(request)


def _show(request: HttpRequest, problem: str = "") -> HttpResponse:
    given = request.GET if request.method == "GET" else request.POST
    try:
        pairs = _filters(given).to_query()
    except QueryError as error:
        pairs, problem = [], problem or str(error)
    context = {
        "watches": tables.Watch.objects.order_by("name"),
        "events": EVENTS,
        "pairs": pairs,
        "given": given,
        "problem": problem,
    }
    return render(request, "desk/watch.html", context, status=400 if problem else 200)


@require_POST
@needs(REVIEWER)
@limited(30)
def add_one(request: HttpRequest) -> HttpResponse:
    """Makes a watch of the form."""
    form = request.POST
    try:
        options = WatchOptions(
            name=form.get("name", ""),
            event=form.get("event", "matches"),
            filters=_filters(form),
            from_start=bool(form.get("from_start")),
            author=author_of(request),
        )
        watch = add_watch(options, dt.datetime.now(dt.UTC))
    except (QueryError, AddressRefused) as error:
        return _show(request, str(error))
    run_watch(watch, dt.datetime.now(dt.UTC))
    return redirect("watch")


@require_POST
@needs(REVIEWER)
def remove_one(request: HttpRequest) -> HttpResponse:
    """Removes a watch; its feeds' addresses are worth nothing from then on."""
    try:
        remove_watch(request.POST.get("name", ""))
    except RecordNotFound as error:
        return _show(request, str(error))
    return redirect("watch")


@require_safe
@login_not_required
@limited(60)
def show_feed(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """A watch's feed, for readers that cannot sign in: who has its address may read it until the watch is removed."""
    watch = watch_of_token(token)
    if watch is None:
        raise Http404("No watch has this address. It may have been removed.")
    run_watch(watch, dt.datetime.now(dt.UTC))

    def link(code: str) -> str | None:
        page = PAGES.get(code[:1])
        return request.build_absolute_uri(f"/{page}/{code}") if page else None

    write, media_type = FEEDS[form]
    feed = write(watch, FeedPlace(address=request.build_absolute_uri(), link=link))
    return HttpResponse(feed, content_type=f"{media_type}; charset=utf-8")


def _filters(given: QueryDict) -> EngagementFilters:
    """The filters among the fields; the order of a list on a page is none of them."""
    return EngagementFilters.parse(
        {name: [str(word) for word in words] for name, words in given.lists() if name != "sort"}
    )


def _refuse(request: HttpRequest, message: str) -> HttpResponse:
    return render(request, "desk/error.html", {"status": 400, "message": message}, status=400)
