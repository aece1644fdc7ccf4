"""What the frame round every page shows: where one is, what waits for review, light or dark."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

import communique
from communique.desk.lists.engagements import live
from communique.desk.people.rights import ADMINISTRATOR, REVIEWER, may, role_of
from communique.desk.state import remember

PLACES = ("overview", "engagements", "mechanisms", "commitments", "actors", "sources", "review", "watch")
BELOW = ("ingest", "audit", "export", "settings", "help")
WORDS = {"ingest": "add"}
"""What a page is called, where that is not its address."""
THEMES = ("auto", "light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The template variables of ``desk/base.html``."""
    match = request.resolver_match
    here = (match.url_name or "").partition("-")[0] if match else ""
    theme = request.COOKIES.get("theme", "auto")
    return {
        "version": communique.__version__,
        "places": _links(PLACES, here),
        "places_below": _links(BELOW, here),
        "theme": theme if theme in THEMES else "auto",
        "other_theme": "light" if theme == "dark" else "dark",
        "waiting": _waiting,
        "is_inside": role_of(request) is not None,
        "may_review": may(request, REVIEWER),
        "may_administer": may(request, ADMINISTRATOR),
        "needs_sign_in": settings.NEEDS_SIGN_IN,
    }


def _links(names: tuple[str, ...], here: str) -> list[dict[str, Any]]:
    """Links to those pages that this installation has."""
    links = []
    for name in names:
        try:
            links.append({"name": name, "words": WORDS.get(name, name), "url": reverse(name), "is_here": name == here})
        except NoReverseMatch:
            continue
    return links


def _waiting() -> int:
    """Number of engagements that nobody has looked at yet."""
    return remember("waiting", lambda: live().filter(review="unreviewed").count())
