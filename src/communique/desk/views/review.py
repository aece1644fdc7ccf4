"""Review: the queue with one record and its evidence in view, and the decisions on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communique.desk.people.rights import ADMINISTRATOR, REVIEWER, author_of, may, needs
from communique.desk.reader import draw_source
from communique.desk.records import lead_on, list_history
from communique.desk.review import deciding
from communique.desk.review.corrections import list_fields, read_changes
from communique.desk.review.deciding import Seen
from communique.desk.review.keys import keys_of
from communique.desk.review.queue import done_today, open_window, pairs_of, waiting
from communique.desk.views.engagements import gather_facts, list_reports, name_conflicts
from communique.desk.wording import record_path, say_heading
from communique.errors import QueryError, StaleDecision
from communique.register.models import Actor, Engagement, Profile
from communique.register.models.base import Concluded
from communique.register.store.codes import SUBJECTS, find_record
from communique.register.store.judging import with_first_mention


@never_cache
@require_safe
def show_queue(request: HttpRequest) -> HttpResponse:
    """The queue, with its first record open."""
    return _show(request, None)


@never_cache
@require_safe
def show_record(request: HttpRequest, code: str) -> HttpResponse:
    """A record in review: an engagement in the queue, or any other record by itself."""
    return _show(request, find_record(code))


def _show(request: HttpRequest, record: Concluded | None, *, problem: str = "", status: int = 200) -> HttpResponse:
    if record is not None and (answer := lead_on(request, record, "review-record", record.code)):
        return answer
    context: dict[str, Any] = {
        "keys": keys_of(request), "problem": problem, "query": request.GET.urlencode(),
        "form_given": request.POST if problem else None, "undoable": deciding.list_undoable(author_of(request)),
        "done": done_today(author_of(request)), "most_at_once": deciding.MOST_AT_ONCE,
    }  # fmt: skip
    if record is None or isinstance(record, Engagement):
        window = open_window(request.GET, record.code if record else None)
        context["window"], record = window, window.here
    if record is None:
        return render(request, "desk/review_empty.html", context)
    fields = list_fields(record, request.POST if problem else None)
    context |= {
        "record": record,
        "subject": SUBJECTS[record.PREFIX],
        "fields": fields,
        "path": record_path(record.code),
    }
    if isinstance(record, Engagement):
        context |= _evidence(record, request.GET.get("source"))
    if isinstance(record, Engagement | Actor):
        context["pairs"] = pairs_of(record)[:3]
    if isinstance(record, Actor):
        profiles = with_first_mention(Profile.objects.filter(actor=record)).order_by("-mention_count", "pk")
        context["profiles"] = [profile for profile in profiles[:60] if profile.first]
    return render(request, "desk/review.html", context, status=status)


def _evidence(engagement: Engagement, wanted: str | None) -> dict[str, Any]:
    """The facts of an engagement, and the source that proves them beside them."""
    reports = list_reports(engagement)
    shown = next((r for r in reports if r.document.code == wanted), reports[0] if reports else None)
    facts, passages = gather_facts(engagement, shown)
    place = reports.index(shown) if shown else 0
    return {
        "heading": say_heading(engagement), "facts": facts, "reports": reports, "shown": shown, "place": place + 1,
        "sheet": draw_source(shown.document, passages) if shown else None,
        "before": reports[place - 1] if place else None,
        "after": reports[place + 1] if place + 1 < len(reports) else None,
        "conflicts": name_conflicts(engagement, reports),
    }  # fmt: skip


@require_POST
@needs(REVIEWER)
def decide_record(request: HttpRequest, code: str) -> HttpResponse:
    """Accepts, rejects or skips a record, and goes on to the next one in the queue."""
    action = request.POST.get("action", "")
    record = find_record(code)
    after = _after(request.GET, record)
    if action != "skip":
        try:
            deciding.decide(action, _seen(request, code), author=author_of(request), note=_note(request))
        except StaleDecision as error:
            return _stale(request, record, str(error), action)
        messages.success(request, f"{'Accepted' if action == 'accept' else 'Rejected'} {record.code}.")
    if not isinstance(record, Engagement):
        return redirect(f"/{record_path(record.code)}")
    return redirect(_queue_address(after, request.GET))


@require_POST
@needs(REVIEWER)
def correct_record(request: HttpRequest, code: str) -> HttpResponse:
    """Corrects the fields that were filled in otherwise; the record stays open, to be looked at again."""
    record = find_record(code)
    try:
        changes = read_changes(record, request.POST)
    except QueryError as error:
        return _show(request, record, problem=str(error), status=400)
    if not changes:
        messages.info(request, f"Nothing was filled in otherwise than {record.code} has it.")
        return redirect(_queue_address(record.code, request.GET))
    try:
        deciding.correct_fields(_seen(request, code), changes, author=author_of(request), note=_note(request))
    except StaleDecision as error:
        return _stale(request, record, str(error), "correct", changes)
    messages.success(request, f"Corrected {record.code}: {', '.join(changes)}.")
    return redirect(_queue_address(record.code, request.GET))


@require_POST
@needs(REVIEWER)
def split_record(request: HttpRequest, code: str) -> HttpResponse:
    """Parts the chosen reports, or mentions, from a record."""
    record = find_record(code)
    try:
        deciding.split(_seen(request, code), request.POST.getlist("key"), author=author_of(request))
    except StaleDecision as error:
        return _stale(request, record, str(error), "split")
    messages.success(request, f"Split {record.code}.")
    return redirect(_queue_address(record.code, request.GET))


@require_POST
@needs(REVIEWER)
def undo_decision(request: HttpRequest) -> HttpResponse:
    """Takes a decision back, and opens the record that it was on."""
    text = request.POST.get("judgement", "").removeprefix("j")
    if not text.isdecimal() or len(text) > 15:
        raise QueryError(f"{text!r} is not the number of a decision.")
    judgement = deciding.undo(int(text), author=author_of(request), is_administrator=may(request, ADMINISTRATOR))
    messages.success(request, f"Undone: {judgement.kind} {judgement.record}.")
    if judgement.batch and judgement.kind == "accept":
        return redirect(_queue_address(None, request.GET))
    return redirect(_queue_address(judgement.record, request.GET))


@require_POST
@needs(REVIEWER)
def accept_list(request: HttpRequest) -> HttpResponse:
    """Accepts everything that waits and fits the filters, if it is as many as were seen."""
    rows = list(waiting(request.GET)[: deciding.MOST_AT_ONCE + 1])
    if str(len(rows)) != request.POST.get("count"):
        message = f"{len(rows)} records fit by now; you saw {request.POST.get('count') or 'none'}. Look again."
        return render(request, "desk/error.html", {"status": 409, "message": message}, status=409)
    seen = [Seen(code=row.code, version=row.version) for row in rows]
    count = deciding.accept_all(seen, author=author_of(request))
    messages.success(request, f"Accepted {count} record{'s' if count != 1 else ''}. One undo takes them all back.")
    return redirect(_queue_address(None, request.GET))


def _stale(
    request: HttpRequest, record: Concluded, message: str, action: str, changes: dict[str, Any] | None = None
) -> HttpResponse:
    """409: what somebody decided, beside what the record has become meanwhile."""
    record.refresh_from_db()
    context = {
        "record": record, "message": message, "action": action, "changes": changes, "seen": request.POST.get("version"),
        "history": list_history(record.code)[:8], "fields": list_fields(record), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "desk/stale.html", context, status=409)


def _seen(request: HttpRequest, code: str) -> Seen:
    version = request.POST.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        raise QueryError(f"version {version!r} is no version of a record. Load its page again.")
    return Seen(code=code, version=int(version))


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").strip()[:1000]


def _after(query: QueryDict, record: Concluded) -> str | None:
    return open_window(query, record.code).after if isinstance(record, Engagement) else None


def _queue_address(code: str | None, query: QueryDict) -> str:
    address = reverse("review-record", args=[code]) if code else reverse("review")
    kept = query.copy()
    kept.pop("source", None)
    address = f"{address}?{kept.urlencode()}" if kept else address
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=set()) else reverse("review")
