"""Adding sources: files, text, addresses, and engagements written by hand; and how a job goes on."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communique.desk.jobs.adding import ENDINGS, MOST_SOURCES, add_job, read_addresses, read_text, read_uploads
from communique.desk.jobs.work import cancel
from communique.desk.models import Job
from communique.desk.people.rights import ADMINISTRATOR, REVIEWER, author_of, may, needs
from communique.desk.rates import limited
from communique.desk.review.corrections import Question, read_day
from communique.errors import AddressRefused, QueryError
from communique.formats.wording import say
from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES, TOPICS
from communique.register.store.notes import Note, add_note

LATEST = 20
LONGEST_NAME = 200
MOST_NAMES = 60
adding_limit = limited(30)


@never_cache
@require_safe
@needs(REVIEWER)
def show_adding(request: HttpRequest) -> HttpResponse:
    """The forms, and the latest jobs."""
    return _show(request)


def _show(request: HttpRequest, problem: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "problem": problem, "jobs": Job.objects.annotate(n=Count("items")).order_by("-pk")[:LATEST],
        "endings": ",".join(ENDINGS), "most": MOST_SOURCES, "given": request.POST,
        "kinds": [(word, say(word)) for word in ENGAGEMENT_KINDS],
        "statuses": [(word, say(word)) for word in ENGAGEMENT_STATUSES],
        "topics": [(word, say(word), word in request.POST.getlist("topics")) for word in TOPICS],
    }  # fmt: skip
    return render(request, "desk/ingest.html", context, status=400 if problem else 200)


@require_POST
@needs(REVIEWER)
@adding_limit
def add_sources(request: HttpRequest) -> HttpResponse:
    """Makes a job of what was given."""
    try:
        drafts = read_uploads(request.FILES.getlist("files"))
        drafts += read_text(request.POST.get("text", ""))
        drafts += read_addresses(request.POST.get("addresses", ""))
        published = _day("published", "Published", request.POST)
        job = add_job(drafts, author=author_of(request), published=published)
    except (QueryError, AddressRefused) as error:
        return _show(request, str(error))
    return redirect("ingest-job", number=job.pk)


@require_POST
@needs(REVIEWER)
@adding_limit
def write_engagement(request: HttpRequest) -> HttpResponse:
    """Keeps an engagement that an analyst wrote by hand."""
    try:
        code = add_note(_read_note(request))
    except QueryError as error:
        return _show(request, str(error))
    return redirect("engagement", code=code)


def _read_note(request: HttpRequest) -> Note:
    form = request.POST
    kind, status, country = form.get("kind", ""), form.get("status", ""), form.get("country", "").strip().upper()
    if kind not in ENGAGEMENT_KINDS or status not in ENGAGEMENT_STATUSES:
        raise QueryError("Choose a kind and a status from the lists.")
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise QueryError(f"Country {country!r}: give its two letters (ISO 3166), as in PT.")
    lines = [line for line in form.get("sides", "").splitlines() if line.strip()]
    sides = tuple(tuple(name.strip() for name in line.split(";") if name.strip()) for line in lines)
    names = [name for side in sides for name in side]
    if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME or not name.strip("() ") for name in names):
        raise QueryError(f"At most {MOST_NAMES} names, of at most {LONGEST_NAME} characters each.")
    words, place = form.get("words", "")[:20_000], " ".join(form.get("place", "").split())[:LONGEST_NAME]
    return Note(
        author=author_of(request), written=timezone.now(), kind=cast(Any, kind), status=cast(Any, status),
        day=_day("date", "Date", form), place=place, country=country or None, sides=sides,
        topics=tuple(cast(Any, topic) for topic in form.getlist("topics") if topic in TOPICS),
        words=words.replace("\r\n", "\n"),
    )  # fmt: skip


def _day(name: str, label: str, form: QueryDict) -> Any:
    return read_day(Question(field=name, label=label, kind="day"), form.get(name, "").strip())


@never_cache
@require_safe
@needs(REVIEWER)
def show_job(request: HttpRequest, number: int) -> HttpResponse:
    """How far a job is; htmx asks for the part that changes, others load the page again."""
    job = get_object_or_404(Job, pk=number)
    items = list(job.items.select_related("document").defer("data").order_by("pk"))
    over = [item for item in items if item.state not in ("waiting", "running")]
    context = {
        "job": job, "items": items, "over": len(over), "is_running": len(over) < len(items),
        "read": sum(item.state == "read" for item in items), "failed": sum(item.state == "failed" for item in items),
    }  # fmt: skip
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "desk/parts/job.html" if is_part else "desk/job.html", context)


@require_POST
@needs(REVIEWER)
def cancel_job(request: HttpRequest, number: int) -> HttpResponse:
    """Ends a job early: one's own, or anybody's as an administrator."""
    job = get_object_or_404(Job, pk=number)
    if job.author != author_of(request) and not may(request, ADMINISTRATOR):
        raise PermissionDenied("Only who began a job, or an administrator, can cancel it.")
    cancel(job)
    return redirect("ingest-job", number=job.pk)
