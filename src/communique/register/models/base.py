"""What several tables share: spans of evidence, and records that people review."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

REVIEW_STATES = [("unreviewed", "not yet reviewed"), ("accepted", "accepted"), ("corrected", "corrected")]


class Concluded(models.Model):
    """A conclusion: derived from claims and judgements, with a permanent number that survives re-derivation.

    Attributes:
        review: Whether a person has looked at it.
        version: Counts up whenever what it says changes; a decision carries the version it was made on.
        merged_into: The record that it became a part of; its page redirects there.
        retracted_at: When it lost its last claim; its page stays as a tombstone.
        former_keys: Keys of the claims that it held when it was merged: should they part again, it revives.
    """

    PREFIX: ClassVar[str]

    review = models.CharField(max_length=12, choices=REVIEW_STATES, default="unreviewed", db_index=True)
    version = models.PositiveIntegerField(default=1)
    # Its index holds merged records alone (see ``live_indexes``): nearly all have nothing here, and SQLite would take
    # an index of nothings for a good way to find the live ones.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged", db_index=False
    )
    retracted_at = models.DateTimeField(null=True, blank=True)
    former_keys = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        abstract = True

    @property
    def code(self) -> str:
        """The permanent id: ``e17``, ``a5``."""
        return f"{self.PREFIX}{self.pk}"

    @property
    def is_live(self) -> bool:
        """Neither merged into another record nor retracted."""
        return self.merged_into_id is None and self.retracted_at is None  # type: ignore[attr-defined]


class Claim(models.Model):
    """What one document says, as it was read.

    Attributes:
        document: The document.
        local: The id within the document's readout ("e1").
        key: ``sha256/local``: names the claim in judgements.
        evidence: List of {"quote", "start", "end"}, offsets in code points of the document's text.
        confidence: How sure the reader was, 0 to 1.
    """

    document = models.ForeignKey("register.Document", on_delete=models.CASCADE, related_name="%(class)ss")
    local = models.CharField(max_length=16)
    key = models.CharField(max_length=96, unique=True)
    evidence = models.JSONField(default=list)
    confidence = models.FloatField(default=1.0)

    class Meta:
        abstract = True

    @property
    def quote(self) -> str:
        """The main passage."""
        evidence: list[dict[str, Any]] = self.evidence
        return evidence[0]["quote"] if evidence else ""
