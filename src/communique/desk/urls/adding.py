"""Addresses of adding sources."""

from __future__ import annotations

from django.urls import path

from communique.desk.views import adding, feeds

urlpatterns = [
    path("ingest", adding.show_adding, name="ingest"),
    path("ingest/sources", adding.add_sources, name="ingest-sources"),
    path("ingest/note", adding.write_engagement, name="ingest-note"),
    path("ingest/feeds", feeds.show_feeds, name="ingest-feeds"),
    path("ingest/feeds/follow", feeds.follow_one, name="ingest-follow"),
    path("ingest/feeds/remove", feeds.unfollow_one, name="ingest-unfollow"),
    path("ingest/<int:number>", adding.show_job, name="ingest-job"),
    path("ingest/<int:number>/cancel", adding.cancel_job, name="ingest-cancel"),
]
