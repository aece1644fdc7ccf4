"""One view for all lists: the page, and the forms in which a list can be taken along."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communique.desk.lists import actors, audit, commitments, engagements, mechanisms, sources
from communique.desk.lists.forms import FORMS, Origin
from communique.desk.lists.listing import Field, Listing, Rows, Sort, cut_page, walk
from communique.desk.people.rights import ADMINISTRATOR, may
from communique.desk.rates import limited
from communique.desk.silence import is_silent
from communique.desk.state import remember, unless_unchanged
from communique.errors import QueryError

LISTINGS = {
    listing.name: listing
    for listing in (
        engagements.LISTING,
        mechanisms.LISTING,
        commitments.LISTING,
        actors.LISTING,
        sources.LISTING,
        audit.LISTING,
    )
}
# A feed tells what came last, whatever order the page is in.
LAST_ADDED = Sort(name="added", label="last added first", by=("-pk",))


@require_safe
@unless_unchanged
def show_list(request: HttpRequest, name: str) -> HttpResponse:
    """A page of a list."""
    listing = LISTINGS[name]
    context: dict[str, Any] = {"listing": listing, "forms": forms_of(listing), "sort": listing.sorts[0]}
    try:
        values, context["sort"] = listing.given(request.GET), listing.sort(request.GET.get("sort"))
        rows, scope = select(listing, values, request)
        count = count_kept(listing, values, rows, scope)
        context["page"] = cut_page(listing, rows, context["sort"], page_number(request), count)
    except QueryError as error:
        context["problem"] = str(error)
    shown = context["page"].rows if "page" in context else []
    context["fields"] = [_field(f, request) for f in listing.fields if not f.is_quiet or request.GET.get(f.name)]
    context["chips"] = [_field(f, request) for f in listing.fields if request.GET.get(f.name)]
    context["silent"] = [
        row.pk for row in shown if is_silent(getattr(row, "last_day", None), getattr(row, "status", ""))
    ]
    return render(request, f"desk/{name}.html", context, status=400 if "problem" in context else 200)


@limited(60)
@require_safe
@unless_unchanged
def take_list(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A list in one of its forms, whole, as it is filtered."""
    listing = LISTINGS[name]
    if form not in forms_of(listing):
        raise Http404(f"{listing.noun[1]} do not come as .{form}.")
    chosen = FORMS[form]
    rows, _ = select(listing, listing.given(request.GET), request)
    sort = LAST_ADDED if form == "atom" else listing.sort(request.GET.get("sort"))
    found = walk(listing, rows, sort, most=chosen.most)
    origin = Origin(address=request.build_absolute_uri(), site=request.build_absolute_uri("/").rstrip("/"))
    answer = StreamingHttpResponse(chosen.write(listing, found, origin), content_type=chosen.media_type)
    if form in ("csv", "ics"):
        answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def select(listing: Listing, values: dict[str, Any], request: HttpRequest) -> tuple[Rows, str]:
    """The rows that fit and that whoever asks may see; and a word for which these are."""
    rows = listing.select(values)
    if listing.private is None or may(request, ADMINISTRATOR):
        return rows, "all"
    return rows.exclude(listing.private), "public"


def count_kept(listing: Listing, values: dict[str, Any], rows: Rows, scope: str) -> int:
    """How many rows fit, counted once in a while; ``rows`` and ``scope`` are those of ``select``."""
    return remember(f"count/{listing.name}/{scope}/{sorted(values.items())!r}", lambda: listing.count(values, rows))


def forms_of(listing: Listing) -> list[str]:
    """The forms in which a list can be taken along; only what has days fits a calendar."""
    return [name for name in ("atom", "ics", "csv", "json") if name != "ics" or listing.name == "engagements"]


def page_number(request: HttpRequest) -> int:
    """The page that the query string asks for.

    Raises:
        QueryError: If it is no number.
    """
    text = request.GET.get("page", "1")
    if not text.isdecimal() or len(text) > 6:
        raise QueryError(f"page={text!r} is not the number of a page.")
    return int(text)


def _field(field: Field, request: HttpRequest) -> dict[str, Any]:
    given = request.GET.get(field.name, "").strip()
    options = field.choices() if field.choices else ()
    if given and options and given not in {value for value, _ in options}:
        options = (*options, (given, given))
    shown = dict(options).get(given, given) if field.kind != "check" else ""
    return {
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        # What is no day cannot stand in a field for days.
        "value": given if field.kind != "date" or re.fullmatch(r"\d{4}-\d\d-\d\d", given) else "",
        "shown": shown,
        "options": options,
    }
