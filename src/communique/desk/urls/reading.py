"""Addresses of the pages that one reads."""

from __future__ import annotations

from django.urls import path, re_path

from communique.desk.views import actors, engagements, health, lists, look, mechanisms, overview, search, sources

urlpatterns = [
    path("", overview.show_overview, name="overview"),
    path("search", search.show_search, name="search"),
    path("engagements/<str:code>", engagements.show_engagement, name="engagement"),
    path("mechanisms/<str:code>", mechanisms.show_mechanism, name="mechanism"),
    path("commitments/<str:code>", mechanisms.show_commitment, name="commitment"),
    path("actors/<str:code>", actors.show_actor, name="actor"),
    path("sources/<str:code>", sources.show_source, name="source"),
    path("export", look.show_export, name="export"),
    path("help", look.show_help, name="help"),
    path("look", look.choose_theme, name="look"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
for name in lists.LISTINGS:
    urlpatterns += [
        path(name, lists.show_list, {"name": name}, name=name),
        re_path(rf"^{name}\.(?P<form>csv|json|atom|ics)$", lists.take_list, {"name": name}, name=f"{name}-form"),
    ]
