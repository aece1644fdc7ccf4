"""Engagements: the reports of them (claims) and the one record of each (conclusion)."""

from __future__ import annotations

from django.db import models

from communique.register.models.base import Claim, Concluded


class Happening(models.Model):
    """The fields that a report claims and an engagement concludes.

    Attributes:
        date_start, date_end: First and last possible day; ``precision`` says how they are meant.
        topics: Topic names, sorted.
    """

    kind = models.CharField(max_length=20, db_index=True)
    status = models.CharField(max_length=12, db_index=True)
    date_start = models.DateField(null=True)
    date_end = models.DateField(null=True)
    precision = models.CharField(max_length=8, null=True)
    place = models.TextField(null=True, db_index=True)
    country = models.CharField(max_length=2, null=True, db_index=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    topics = models.JSONField(default=list)

    class Meta:
        abstract = True


class Engagement(Concluded, Happening):
    """One real engagement, however many documents tell it.

    Attributes:
        day: The day to sort and filter by: its first day, else its last; None where nothing dates it.
        summary: One line of words, made from the fields.
        confidence: The highest of its reports'.
        report_count: Number of documents that report it.
        independent_sources: Outlets among them that do not merely look back; copies count as their original.
        conflicts: List of {"field", "values": {document sha256: value}}.
        sources: {field: {value: [document sha256, …]}}: which documents state what.
        side_labels: One label (or None) a side.
        is_background: Whether all reports only look back at it.
        search_text: What full-text search has indexed.
    """

    PREFIX = "e"

    day = models.DateField(null=True, db_index=True)
    summary = models.TextField(default="")
    confidence = models.FloatField(default=1.0, db_index=True)
    report_count = models.PositiveIntegerField(default=0)
    independent_sources = models.PositiveIntegerField(default=0)
    conflicts = models.JSONField(default=list)
    has_conflict = models.BooleanField(default=False, db_index=True)
    sources = models.JSONField(default=dict)
    side_labels = models.JSONField(default=list)
    is_background = models.BooleanField(default=False)
    search_text = models.TextField(default="")

    def __str__(self) -> str:
        """The summary."""
        return self.summary


class EngagementParticipant(models.Model):
    """Who took part in an engagement, on which side.

    Attributes:
        day, kind: Those of the engagement, kept here so that what an actor did, and when, is read off one index.
    """

    # The indexes below begin with these two.
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="participants", db_index=False)
    actor = models.ForeignKey("register.Actor", on_delete=models.CASCADE, related_name="participations", db_index=False)
    side = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    is_lead = models.BooleanField(default=False)
    day = models.DateField(null=True)
    kind = models.CharField(max_length=20, default="")

    class Meta:
        ordering = ("side", "position")
        indexes = (
            models.Index(fields=["actor", "day", "engagement", "kind"], name="participation_by_day"),
            models.Index(fields=["engagement", "actor"], name="participation_by_engagement"),
        )


class EngagementTopic(models.Model):
    """What was discussed at an engagement."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="topic_rows", db_index=False)
    topic = models.CharField(max_length=40)

    class Meta:
        indexes = (
            models.Index(fields=["topic", "engagement"], name="engagement_by_topic"),
            models.Index(fields=["engagement", "topic"], name="topic_by_engagement"),
        )


class EngagementReport(Claim, Happening):
    """One document's telling of an engagement.

    Attributes:
        background: Whether the document mentions it only as the past.
        date_text, date_basis: The document's words, and how they were resolved.
        place_text: The document's words.
        side_labels: One label (or None) a side.
        day: The day by which candidates for merging are looked up: first day, else last day, else publication.
        engagement: The record it was put into; None while it is not derived yet or was rejected.
    """

    background = models.BooleanField(default=False)
    date_text = models.TextField(null=True)
    date_basis = models.TextField(null=True)
    place_text = models.TextField(null=True)
    side_labels = models.JSONField(default=list)
    day = models.DateField(null=True)
    engagement = models.ForeignKey(Engagement, null=True, on_delete=models.SET_NULL, related_name="reports")


class Reach(models.IntegerChoices):
    """How far from its day what a report tells may lie."""

    DAYS = 0, "the report gives the day"
    WEEKS = 1, "it gives none, and tells the news or announces"
    YEAR = 2, "it gives a month or a year, or looks back"


class ReportParticipant(models.Model):
    """Who took part, according to one report.

    Attributes:
        actor: The mention's actor, kept here for look-ups by actor and day.
        day: The report's day, kept here as well.
        reach: How far from that day the engagement may lie: see ``Reach``.
    """

    report = models.ForeignKey(EngagementReport, on_delete=models.CASCADE, related_name="participants")
    mention = models.ForeignKey("register.Mention", on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey("register.Actor", null=True, on_delete=models.SET_NULL, related_name="report_rows")
    side = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    is_lead = models.BooleanField(default=False)
    evidence = models.JSONField(default=dict)
    day = models.DateField(null=True)
    reach = models.PositiveSmallIntegerField(default=Reach.DAYS, choices=Reach.choices)

    class Meta:
        ordering = ("side", "position")
        # Of somebody who is named every day only the reports of some days are looked at, and the few that are vague.
        indexes = (models.Index(fields=["actor", "reach", "day"], name="report_by_actor_and_reach"),)


class ReportLink(models.Model):
    """Two reports that are, or may be, of one engagement.

    Attributes:
        score: 0 to 1.
        verdict: merged, apart or uncertain.
        reason: In words.
    """

    left = models.ForeignKey(EngagementReport, on_delete=models.CASCADE, related_name="links_left")
    right = models.ForeignKey(EngagementReport, on_delete=models.CASCADE, related_name="links_right")
    score = models.FloatField()
    verdict = models.CharField(max_length=12, db_index=True)
    reason = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["left", "right"], name="report_link_once"),)
