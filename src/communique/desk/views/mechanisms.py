"""The pages of a mechanism and of a commitment: what was set up or promised, and what became of it."""

from __future__ import annotations

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communique.desk.charts.lifelines import draw_lifelines
from communique.desk.figures import make_lifelines, passage_address
from communique.desk.records import find_record, lead_on, list_history
from communique.desk.silence import SILENT_DAYS, is_silent
from communique.desk.state import today, unless_unchanged
from communique.register.models import Commitment, Mechanism

MOST_COMMITMENTS = 60


@require_safe
@unless_unchanged
def show_mechanism(request: HttpRequest, code: str) -> HttpResponse:
    """A mechanism: its lifeline with the dated evidence, parties, commitments."""
    mechanism = find_record(Mechanism, code)
    if answer := lead_on(request, mechanism, "mechanism", code):
        return answer
    steps = list(mechanism.steps.select_related("document", "report__engagement").order_by("day", "pk"))
    commitments = mechanism.commitments.filter(merged_into__isnull=True, retracted_at__isnull=True)
    context = {
        "mechanism": mechanism,
        "lifeline": draw_lifelines(make_lifelines([mechanism]), today(), SILENT_DAYS),
        "steps": [(step, passage_address(step.document, step.evidence)) for step in steps],
        "is_silent": is_silent(mechanism.last_day, mechanism.status),
        "silent_for": (today() - mechanism.last_day).days if mechanism.last_day else None,
        "silent_days": SILENT_DAYS,
        "commitments": commitments.prefetch_related("parties").order_by(F("day").desc(nulls_last=True), "-pk")[
            :MOST_COMMITMENTS
        ],
        "history": list_history(mechanism.code),
    }
    return render(request, "desk/mechanism.html", context)


@require_safe
@unless_unchanged
def show_commitment(request: HttpRequest, code: str) -> HttpResponse:
    """A commitment: who promised what to whom, when, followed by what."""
    commitment = find_record(Commitment, code)
    if answer := lead_on(request, commitment, "commitment", code):
        return answer
    reports = commitment.reports.select_related("document", "document__copy_of").order_by("day", "pk")
    follow_ups = commitment.follow_ups.select_related("document").order_by("day", "pk")
    context = {
        "commitment": commitment,
        "reports": [(report, passage_address(report.document, report.evidence)) for report in reports],
        "follow_ups": [
            (follow_up, passage_address(follow_up.document, follow_up.evidence)) for follow_up in follow_ups
        ],
        "is_silent": is_silent(commitment.last_day or commitment.day),
        "history": list_history(commitment.code),
    }
    return render(request, "desk/commitment.html", context)
