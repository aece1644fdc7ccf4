"""Watches: what somebody wants to hear of, what was found for them, and whether it reached them."""

from __future__ import annotations

from django.db import models

WATCH_EVENTS = [(e, e) for e in ("matches", "stale-commitment", "post-changed", "sources-disagree")]
WATCH_CHANNELS = [(c, c) for c in ("webhook", "email")]


class Watch(models.Model):
    """A standing question.

    Attributes:
        name: By which it is called on the command line.
        event: What is watched.
        query: The filters, as pairs of name and word (``EngagementFilters.to_query``).
        stale_days: A commitment of which nothing is heard for so long is stale.
        webhook: Where findings are posted; empty for nowhere.
        email: Who is written to; empty for nobody.
        secret: Signs what is posted.
        token: Whoever has it may read the feeds.
        last_change: Number of the last line of the log that was looked at.
    """

    name = models.CharField(max_length=80, unique=True)
    event = models.CharField(max_length=20, choices=WATCH_EVENTS, default="matches")
    query = models.JSONField(default=list)
    stale_days = models.PositiveIntegerField(default=90)
    webhook = models.TextField(default="")
    email = models.TextField(default="")
    secret = models.CharField(max_length=80)
    token = models.CharField(max_length=64, unique=True)
    last_change = models.BigIntegerField(default=0)
    last_run = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=150, default="")

    def __str__(self) -> str:
        """The name."""
        return self.name


class WatchItem(models.Model):
    """Something that was found for a watch; it is told once.

    Attributes:
        key: Names the finding: the same state of the same record is the same finding.
        record: Code of the record ("e17").
        title, text: What it is in one line, and the passages that say it.
        day: The day that it is about.
        was_known: Whether it was there when the watch was made: such items are not told.
    """

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=160)
    record = models.CharField(max_length=24)
    title = models.TextField()
    text = models.TextField(default="")
    day = models.DateField(null=True)
    was_known = models.BooleanField(default=False)
    found_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["watch", "key"], name="watch_item_once"),)


class WatchDelivery(models.Model):
    """Items on their way to one receiver: tried until they have arrived.

    Attributes:
        key: Goes along with every attempt, so that the receiver knows one that came twice.
        attempts: How often it was tried in vain.
        last_error: Why the last attempt failed.
        next_try: Not before this moment.
        delivered_at: When it arrived; None while it waits.
    """

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=WATCH_CHANNELS)
    key = models.CharField(max_length=64, unique=True)
    items = models.ManyToManyField(WatchItem, related_name="deliveries")
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(default="")
    next_try = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["next_try"], name="watch_delivery_waiting", condition=models.Q(delivered_at__isnull=True)
            ),
        )
