"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from communique.desk.lists.listing import LONGEST_VALUE
from communique.desk.rates import limited
from communique.desk.searching import Facet, search
from communique.desk.state import unless_unchanged
from communique.errors import QueryError


@limited(120)
@require_safe
@unless_unchanged
def show_search(request: HttpRequest) -> HttpResponse:
    """What fits a query: engagements with facets, actors, sources with snippets."""
    query = request.GET.get("q", "").strip()
    if len(query) > LONGEST_VALUE:
        raise QueryError(f"A search may be {LONGEST_VALUE} characters long. Give fewer words.")
    problem = found = None
    if query:
        try:
            found = search(query)
        except QueryError as error:
            problem = str(error)
    facets = [(facet.label, _links(facet, query)) for facet in found.facets] if found else []
    context = {"query": query, "found": found, "facets": facets, "problem": problem}
    return render(request, "desk/search.html", context, status=400 if problem else 200)


def _links(facet: Facet, query: str) -> list[tuple[str, str, int]]:
    """The values of a facet with the address of the list of engagements that it leads to."""
    links = []
    for value, words, count in facet.values:
        fields = {"text": query}
        if facet.name == "year":
            fields |= {"since": f"{value}-01-01", "until": f"{value}-12-31"}
        else:
            fields[facet.name] = value
        links.append((f"{reverse('engagements')}?{urlencode(fields)}", words, count))
    return links
