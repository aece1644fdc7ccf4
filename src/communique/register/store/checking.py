"""Proves a register: every quotation stands at its offsets, every original has its digest, every invariant holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from zstandard import ZstdError

from communique.errors import CommuniqueError
from communique.model import Readout
from communique.register import models as tables
from communique.register import text_search
from communique.register.models.base import Claim, Concluded
from communique.register.resolving.conclusions import LIKELY, conclude
from communique.register.resolving.mechanism_reports import FIRM_FROM
from communique.register.store.claims import load_claims
from communique.register.store.engagement_fields import corrected_sides, sides_of
from communique.register.store.judged import corrections, judged_once
from communique.register.store.links import stale_links
from communique.register.store.packing import unpack, unpack_text

CHUNK = 200
# Weaker claims have a record only where others bear them out.
STANDS_ALONE = {"engagement": LIKELY, "mechanism": FIRM_FROM}
# Claims, and the field that names the record they belong to.
HOMES: tuple[tuple[type[Claim], str], ...] = (
    (tables.EngagementReport, "engagement"),
    (tables.MechanismStep, "mechanism"),
    (tables.CommitmentReport, "commitment"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that does not hold.

    Attributes:
        record: Its code.
        message: What is wrong.
    """

    record: str
    message: str


def check_register(progress: Callable[[int], None] = lambda done: None) -> Iterator[Problem]:
    """Checks documents one by one, then the conclusions; yields what does not hold.

    Args:
        progress: Told the number of documents checked so far.
    """
    rows = tables.Document.objects.select_related("content").order_by("pk")
    for done, document in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
        yield from check_document(document)
        if done % CHUNK == 0:
            progress(done)
    yield from check_conclusions()


def check_document(document: tables.Document) -> Iterator[Problem]:
    """Checks a document's bytes, its readout, and the evidence of each of its claims."""

    def say(message: str) -> Problem:
        return Problem(record=document.code, message=message)

    if not hasattr(document, "content"):
        yield say("Its content is missing.")
        return
    content = document.content
    try:
        original = unpack(content.original) if content.original is not None else None
        text, readout = unpack_text(content.text), unpack(content.readout)
    except (ZstdError, UnicodeDecodeError) as error:
        yield say(f"Its content cannot be unpacked: {error}.")
        return
    if original is not None and hashlib.sha256(original).hexdigest() != document.sha256:
        yield say("Its archived bytes do not have the digest that it is kept under.")
    try:
        Readout.from_json(readout).check(text)
    except (CommuniqueError, ValueError) as error:
        yield say(f"Its readout does not stand: {error}")
    for table in (
        tables.Mention,
        tables.EngagementReport,
        tables.CommitmentReport,
        tables.Statement,
        tables.MechanismStep,
    ):
        for key, evidence in table.objects.filter(document=document).values_list("key", "evidence"):
            for passage in evidence:
                if text[passage["start"] : passage["end"]] != passage["quote"]:
                    yield say(f"{key}: {passage['quote'][:60]!r} does not stand at {passage['start']}.")


def check_conclusions() -> Iterator[Problem]:
    """Checks what must hold between claims and conclusions."""
    if pending := tables.Document.objects.filter(is_derived=False).count():
        yield Problem(record="register", message=f"{pending} documents are kept but not derived yet: run add again.")
    live = Q(merged_into__isnull=True, retracted_at__isnull=True)
    for table in (tables.Engagement, tables.Actor, tables.Mechanism, tables.Commitment):
        yield from _check_merges(table)
    for claims, record in HOMES:
        yield from _check_homes(claims, record)
    with judged_once():
        yield from _check_engagements()
    yield from _check_search(live)
    empty = tables.Engagement.objects.filter(live).annotate(n=Count("reports")).filter(n=0)
    yield from (Problem(record=row.code, message="No report stands behind it.") for row in empty)
    strayed = tables.EngagementReport.objects.filter(engagement__in=tables.Engagement.objects.filter(~live))
    yield from (Problem(record=row.key, message="It hangs on a record that is no longer live.") for row in strayed)
    alone = tables.Mention.objects.filter(document__is_derived=True).filter(
        Q(profile__isnull=True) | Q(profile__actor__isnull=True)
    )
    yield from (Problem(record=row.key, message="This mention belongs to no actor.") for row in alone[:CHUNK])
    stale = tables.ReportParticipant.objects.filter(report__document__is_derived=True).exclude(
        actor=F("mention__profile__actor")
    )
    yield from (Problem(record=row.report.key, message="A participant has another actor.") for row in stale[:CHUNK])
    yield from (Problem(record=record, message=message) for record, message in stale_links())


def _check_merges(table: type[Concluded]) -> Iterator[Problem]:
    """Whoever follows a record to what it was merged into must arrive somewhere."""
    rows: Any = table._default_manager
    into: dict[int, int] = dict(rows.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    for number in sorted(into):
        seen, at = {number}, into[number]
        while at in into and at not in seen:
            seen.add(at)
            at = into[at]
        if into[number] == number:
            yield Problem(record=f"{table.PREFIX}{number}", message="It is merged into itself.")
        elif at in seen:
            yield Problem(record=f"{table.PREFIX}{number}", message="What it was merged into has no end.")


def _check_homes(claims: type[Claim], record: str) -> Iterator[Problem]:
    """Every claim that nobody rejected, and that stands by itself, belongs to a record."""
    standing = tables.Judgement.objects.filter(kind="reject", subject=record, undone_at__isnull=True)
    rejected = tables.JudgedClaim.objects.filter(judgement__in=standing, key=OuterRef("key"))
    rows: Any = claims._default_manager  # of whichever table; the checker of types knows managers of real ones only
    alone = rows.filter(Q((f"{record}__isnull", True)), document__is_derived=True)
    alone = alone.filter(confidence__gte=STANDS_ALONE.get(record, 0.0))
    for key in alone.exclude(Exists(rejected)).values_list("key", flat=True)[:CHUNK]:
        yield Problem(record=key, message=f"It belongs to no {record}.")


def _check_engagements() -> Iterator[Problem]:
    """Each record says what follows from the reports behind it, where nobody corrected it."""
    rows = tables.Engagement.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
    rows = rows.prefetch_related("reports", "participants").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        claims = load_claims(report.key for report in row.reports.all())
        if not claims:
            continue
        conclusion = conclude(list(claims.values()))
        corrected = corrections("engagement", claims)
        sides = corrected_sides(corrected["sides"]) if "sides" in corrected else sides_of(conclusion)
        dated, placed = claims.get(conclusion.date_from or ""), claims.get(conclusion.place_from or "")
        told = {
            "date": ((row.date_start, row.date_end), (dated.start, dated.end) if dated else (None, None)),
            "place": (row.place, placed.place if placed else None),
            "kind": (row.kind, conclusion.kind),
            "status": (row.status, conclusion.status),
            "report_count": (row.report_count, len({claim.document for claim in claims.values()})),
            "independent_sources": (row.independent_sources, conclusion.independent_sources),
            "participants": (
                {f"a{participant.actor_id}" for participant in row.participants.all()},
                {f"a{actor}" for side in sides for actor in side},
            ),
        }
        for field, (found, wanted) in told.items():
            if found != wanted and field not in corrected:
                yield Problem(record=row.code, message=f"Its {field}: {found}, but its reports say {wanted}.")


def _check_search(live: Q) -> Iterator[Problem]:
    """Full-text search knows the documents and the live engagements, and nothing else."""
    for table, prefix, rows in (
        (text_search.DOCUMENTS, tables.Document.PREFIX, tables.Document.objects.all()),
        (text_search.ENGAGEMENTS, tables.Engagement.PREFIX, tables.Engagement.objects.filter(live)),
    ):
        wanted, found = set(rows.values_list("pk", flat=True)), text_search.indexed_keys(table)
        for number in sorted(wanted ^ found)[:CHUNK]:
            message = "is missing from" if number in wanted else "is still in"
            yield Problem(record=f"{prefix}{number}", message=f"It {message} the full-text index.")
