"""Feeds that are followed, and the pages that they named: what was fetched, and what is still to be."""

from __future__ import annotations

from django.db import models


class Feed(models.Model):
    """A feed or sitemap on the list, and how it is doing (see ``sources.web.FeedHealth``)."""

    PREFIX = "f"

    uri = models.TextField(unique=True)
    every_seconds = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.CharField(max_length=150, default="")
    last_run = models.DateTimeField(null=True)
    last_success = models.DateTimeField(null=True)
    last_error = models.TextField(null=True)
    failures = models.PositiveIntegerField(default=0)
    new_entries = models.PositiveIntegerField(default=0)
    next_run = models.DateTimeField(null=True)
    etag = models.TextField(null=True)
    last_modified = models.TextField(null=True)


class FetchedAddress(models.Model):
    """What is known of one address (see ``sources.web.FetchRecord``)."""

    uri = models.TextField(unique=True)
    host = models.TextField()
    state = models.CharField(max_length=8, default="waiting")
    final_uri = models.TextField(null=True)
    etag = models.TextField(null=True)
    last_modified = models.TextField(null=True)
    digest = models.CharField(max_length=64, null=True)
    fetched_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=32, null=True)
    message = models.TextField(null=True)
    retry_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["host", "id"], name="address_waiting", condition=models.Q(state="waiting")),)
