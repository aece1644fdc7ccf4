"""Commitments, statements and mechanisms: what was promised, said and set up, and what became of it."""

from __future__ import annotations

from django.db import models

from communique.register.models.base import Claim, Concluded


class Mechanism(Concluded):
    """A joint force, committee, operations room, programme or agreement, followed over time.

    Attributes:
        kind: joint_force, committee, operations_room, training_programme, agreement, other …
        status: That of its last step.
        first_day, last_day: Days of its first and last step.
    """

    PREFIX = "m"

    name = models.TextField(db_index=True)
    kind = models.CharField(max_length=40, db_index=True)
    status = models.CharField(max_length=16, db_index=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True, db_index=True)
    parties = models.ManyToManyField("register.Actor", related_name="mechanisms")
    step_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        """The name."""
        return self.name


class MechanismStep(Claim):
    """One document's word on the state of a mechanism.

    Attributes:
        status: called_for, announced, agreed, reaffirmed, operating, completed, suspended, failed.
        day: When the step happened according to the document, else its publication.
        parties: List of {"mention": key or None, "name"}.
        countries: ISO codes of the countries that the document is about.
        is_repeat: Whether it only repeats, in a near-verbatim copy, the step of another document.
    """

    name = models.TextField()
    kind = models.CharField(max_length=40)
    status = models.CharField(max_length=16)
    day = models.DateField(null=True)
    precision = models.CharField(max_length=8, null=True)
    date_text = models.TextField(null=True)
    date_start = models.DateField(null=True)
    parties = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    report = models.ForeignKey("register.EngagementReport", null=True, on_delete=models.SET_NULL, related_name="steps")
    commitment_local = models.CharField(max_length=16, null=True)
    mechanism = models.ForeignKey(Mechanism, null=True, on_delete=models.SET_NULL, related_name="steps")
    is_repeat = models.BooleanField(default=False)


class MechanismBlock(models.Model):
    """A blocking key of a mechanism step: steps that share none are never linked."""

    step = models.ForeignKey(MechanismStep, on_delete=models.CASCADE, related_name="blocks")
    key = models.CharField(max_length=200, db_index=True)


class Commitment(Concluded):
    """Something concrete that was agreed, pledged, announced, signed or called for: one record however many tell it.

    Attributes:
        day: When it was made.
        last_day: Day of the last report that speaks of it or of its mechanism.
    """

    PREFIX = "c"

    act = models.CharField(max_length=12, db_index=True)
    what = models.TextField()
    mechanism_name = models.TextField(null=True)
    target = models.TextField(null=True)
    day = models.DateField(null=True, db_index=True)
    last_day = models.DateField(null=True, db_index=True)
    confidence = models.FloatField(default=1.0)
    report_count = models.PositiveIntegerField(default=0)
    engagement = models.ForeignKey(
        "register.Engagement", null=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    mechanism = models.ForeignKey(Mechanism, null=True, on_delete=models.SET_NULL, related_name="commitments")
    parties = models.ManyToManyField("register.Actor", related_name="commitments")

    def __str__(self) -> str:
        """What was committed."""
        return self.what


class CommitmentReport(Claim):
    """One document's telling of a commitment.

    Attributes:
        parties: List of {"mention": key or None, "name"}.
        countries: ISO codes of the countries that the document is about.
        day: When it was made: the day of its engagement, else publication.
    """

    act = models.CharField(max_length=12)
    what = models.TextField()
    mechanism_name = models.TextField(null=True)
    target = models.TextField(null=True)
    parties = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    day = models.DateField(null=True)
    report = models.ForeignKey(
        "register.EngagementReport", null=True, on_delete=models.SET_NULL, related_name="commitment_reports"
    )
    commitment = models.ForeignKey(Commitment, null=True, on_delete=models.SET_NULL, related_name="reports")


class CommitmentBlock(models.Model):
    """A blocking key of a commitment report."""

    report = models.ForeignKey(CommitmentReport, on_delete=models.CASCADE, related_name="blocks")
    key = models.CharField(max_length=200, db_index=True)


class CommitmentFollowUp(models.Model):
    """A later document that speaks of a commitment: through its mechanism, or in its own words.

    Attributes:
        status: What that document says of it: a mechanism status, or "mentioned".
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="follow_ups")
    document = models.ForeignKey("register.Document", on_delete=models.CASCADE, related_name="follow_ups")
    day = models.DateField(null=True)
    status = models.CharField(max_length=16)
    evidence = models.JSONField(default=dict)
    reason = models.TextField(default="")


class Statement(Claim):
    """What somebody said, according to one document. Statements are not merged.

    Attributes:
        speaker: The speaker's mention, when the readout has one.
        speaker_name: As the readout names them.
        actor: The speaker's actor, kept here for look-ups.
    """

    PREFIX = "s"

    speaker_name = models.TextField()
    speaker = models.ForeignKey("register.Mention", null=True, on_delete=models.SET_NULL, related_name="statements")
    actor = models.ForeignKey("register.Actor", null=True, on_delete=models.SET_NULL, related_name="statements")
    act = models.CharField(max_length=24, db_index=True)
    target = models.TextField(null=True)
    topics = models.JSONField(default=list)
    day = models.DateField(null=True, db_index=True)
    report = models.ForeignKey(
        "register.EngagementReport", null=True, on_delete=models.SET_NULL, related_name="statements"
    )

    class Meta:
        indexes = (models.Index(fields=["actor", "day"], name="statement_by_actor"),)
