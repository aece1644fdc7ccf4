"""What is in a register, in figures."""

from __future__ import annotations

from dataclasses import dataclass

from communique.register import models as tables


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterStatus:
    """Counts of live records.

    Attributes:
        documents, copies, outlets, failed: Documents, copies among them, outlets, and sources that could not be read.
        pending: Documents kept but not derived yet.
        engagements, reports, actors, people, mechanisms, commitments, statements, tenures: Records.
        conflicts: Engagements on which sources disagree.
        uncertain: Pairs that wait for a person.
        judgements: Standing decisions.
        first_day, last_day: First and last day of an engagement (ISO), None when there is none.
    """

    documents: int
    copies: int
    outlets: int
    failed: int
    pending: int
    engagements: int
    reports: int
    actors: int
    people: int
    mechanisms: int
    commitments: int
    statements: int
    tenures: int
    conflicts: int
    uncertain: int
    judgements: int
    first_day: str | None
    last_day: str | None


def status_of_register() -> RegisterStatus:
    """Counts what is there."""
    live = {"merged_into__isnull": True, "retracted_at__isnull": True}
    engagements = tables.Engagement.objects.filter(**live)
    days = engagements.filter(day__isnull=False).order_by("day").values_list("day", flat=True)
    first, last = days.first(), days.last()
    actors = tables.Actor.objects.filter(**live)
    return RegisterStatus(
        documents=tables.Document.objects.count(),
        copies=tables.Document.objects.filter(copy_of__isnull=False).count(),
        outlets=tables.Document.objects.exclude(site=None).values("site").distinct().count(),
        failed=tables.FailedDocument.objects.count(),
        pending=tables.Document.objects.filter(is_derived=False).count(),
        engagements=engagements.count(),
        reports=tables.EngagementReport.objects.count(),
        actors=actors.count(),
        people=actors.filter(type="person").count(),
        mechanisms=tables.Mechanism.objects.filter(**live).count(),
        commitments=tables.Commitment.objects.filter(**live).count(),
        statements=tables.Statement.objects.count(),
        tenures=tables.Tenure.objects.count(),
        conflicts=engagements.filter(has_conflict=True).count(),
        uncertain=tables.ActorDecision.objects.filter(verdict="uncertain").count()
        + tables.ReportLink.objects.filter(verdict="uncertain").count(),
        judgements=tables.Judgement.objects.filter(undone_at__isnull=True).count(),
        first_day=first.isoformat() if first else None,
        last_day=last.isoformat() if last else None,
    )
