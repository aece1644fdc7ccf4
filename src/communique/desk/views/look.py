"""Light or dark, the help page, and what can be taken along."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from communique.desk.context import THEMES
from communique.desk.silence import SILENT_DAYS
from communique.desk.views.lists import LISTINGS, forms_of

YEAR = 365 * 24 * 3600


# Exempt: it sets what a page looks like and nothing else, and a token in every page would keep pages from being kept.
@csrf_exempt
@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remembers the choice between light and dark in a cookie, and goes back to where it was made."""
    theme, back = request.POST.get("theme", ""), request.POST.get("next", "/")
    # The empty set: only paths of this very origin.
    answer = HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=set()) else "/")
    if theme in THEMES:
        answer.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer


@require_safe
def show_help(request: HttpRequest) -> HttpResponse:
    """How to read the pages, and which keys there are."""
    return render(request, "desk/help.html", {"silence": SILENT_DAYS})


@require_safe
def show_export(request: HttpRequest) -> HttpResponse:
    """All lists with the forms in which they can be taken along."""
    listings = [(listing, forms_of(listing)) for listing in LISTINGS.values()]
    return render(request, "desk/export.html", {"listings": listings})
