"""Judgements of people, and the log of what changed."""

from __future__ import annotations

from django.db import models

JUDGEMENT_KINDS = [(k, k) for k in ("accept", "reject", "correct", "same", "different", "unsure", "add")]
SUBJECTS = [(s, s) for s in ("engagement", "actor", "mechanism", "commitment", "statement")]


class Judgement(models.Model):
    """A person's decision. It names claims, so that it outlives every re-derivation; it is undone, never deleted.

    Attributes:
        kind: accept, reject or correct a record; say that two claims are the same, different, or that one is unsure;
            add a record by hand.
        subject: What it is about.
        keys: Claim keys: of the record judged (all of its claims at that time); of both sides for pairs.
        other_keys: The other side of a pair.
        field, value: What was corrected, and the value given instead (JSON).
        record: Code of the record that was judged ("e17"), and the version it had, for the history page.
        undone_at, undone_by: Set when it was taken back.
    """

    PREFIX = "j"

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    author = models.CharField(max_length=150)
    kind = models.CharField(max_length=12, choices=JUDGEMENT_KINDS)
    subject = models.CharField(max_length=12, choices=SUBJECTS)
    keys = models.JSONField(default=list)
    other_keys = models.JSONField(default=list)
    field = models.CharField(max_length=40, default="")
    value = models.JSONField(null=True)
    note = models.TextField(default="")
    record = models.CharField(max_length=24, default="")
    record_version = models.PositiveIntegerField(default=0)
    batch = models.CharField(max_length=36, default="", db_index=True)
    undone_at = models.DateTimeField(null=True, db_index=True)
    undone_by = models.CharField(max_length=150, default="")

    @property
    def code(self) -> str:
        """The permanent id: ``j3``."""
        return f"{self.PREFIX}{self.pk}"


class JudgedClaim(models.Model):
    """An index of judgements by the claims they name."""

    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="claims")
    key = models.CharField(max_length=96, db_index=True)


class Change(models.Model):
    """One line of the log: a record was made, changed, merged or retracted, or somebody did something.

    Attributes:
        record: Its code ("e17").
        action: created, updated, merged, retracted, judged, undone, added, imported, signed_in …
        what: Fields that changed: {field: [before, after]}; for merges {"into": code}.
        author: Who did it; "reader" for what came from documents alone.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    record = models.CharField(max_length=24, db_index=True)
    action = models.CharField(max_length=16)
    what = models.JSONField(default=dict)
    author = models.CharField(max_length=150, default="reader")
    document = models.ForeignKey("register.Document", null=True, on_delete=models.SET_NULL, related_name="changes")
    judgement = models.ForeignKey(Judgement, null=True, on_delete=models.SET_NULL, related_name="changes")

    class Meta:
        indexes = (models.Index(fields=["action", "at"], name="change_by_action"),)
