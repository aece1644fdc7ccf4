"""Addresses of what leaves the desk: briefs, and watches with their feeds."""

from __future__ import annotations

from django.urls import path, re_path

from communique.desk.views import handing_on

urlpatterns = [
    path("brief", handing_on.make_brief, name="brief"),
    path("watch", handing_on.show_watches, name="watch"),
    path("watch/add", handing_on.add_one, name="watch-add"),
    path("watch/remove", handing_on.remove_one, name="watch-remove"),
    re_path(r"^watch/(?P<token>[\w-]{20,64})\.(?P<form>atom|json)$", handing_on.show_feed, name="watch-feed"),
]
