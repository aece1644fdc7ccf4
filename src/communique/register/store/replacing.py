"""Reads a kept document anew: its claims are replaced, and what people judged of the old ones moves to the new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from communique.model import Readout
from communique.register import models as tables
from communique.register import text_search
from communique.register.models.base import Claim
from communique.register.store.backup import index_document
from communique.register.store.deriving import derive_from
from communique.register.store.engagement_records import write_engagements
from communique.register.store.keeping import Delivery, searchable_text, write_claims
from communique.register.store.packing import pack, unpack, unpack_text
from communique.register.store.profiles import Placed, leave_profiles

# What a document says, what hangs on others first.
CLAIMS: tuple[type[tables.Mention] | type[Claim], ...] = (
    tables.Statement,
    tables.MechanismStep,
    tables.CommitmentReport,
    tables.EngagementReport,
    tables.Mention,
)
Spans = dict[str, tuple[str, list[tuple[int, int]]]]


def replace_claims(row: tables.Document, delivery: Delivery) -> None:
    """Replaces the claims of a document by those of another readout of it.

    An old claim goes on as the new one of the same sort that shares most of its passages: with its record, and with
    what people judged of it. What hung on claims that have no successor is derived anew at once.
    """
    before, held = _spans(row), _held(row)
    profiles = {m.key: m.profile for m in tables.Mention.objects.filter(document=row).select_related("profile")}
    for table in CLAIMS:
        table._default_manager.filter(document=row).delete()
    _rewrite_document(row, delivery)
    write_claims(row, delivery.readout)
    moved = matches(before, _spans(row))
    _move_judgements(moved)
    for key, record in held.items():
        if key in moved:
            tables.EngagementReport.objects.filter(key=moved[key]).update(engagement=record)
    for key, profile in profiles.items():
        if key in moved and profile is not None:
            tables.Mention.objects.filter(key=moved[key]).update(profile=profile)
    _settle_lost(
        {record for key, record in held.items() if key not in moved},
        {p.pk: p for key, p in profiles.items() if key not in moved and p is not None},
    )


def _held(row: tables.Document) -> dict[str, int]:
    reports = tables.EngagementReport.objects.filter(document=row, engagement__isnull=False)
    return {key: number for key, number in reports.values_list("key", "engagement_id") if number}


def _settle_lost(engagements: set[int], profiles: Mapping[int, tables.Profile]) -> None:
    """Derives what lost a claim: records left without any are retracted, the others concluded anew."""
    placed = Placed()
    leave_profiles(profiles.values(), placed)
    reports = tables.EngagementReport.objects.filter(engagement__in=engagements)
    derive_from(mentions=(), reports=set(reports.values_list("key", flat=True)), documents=(), profiles=placed)
    write_engagements([], {}, affected={n for n in engagements if not reports.filter(engagement=n).exists()})


def _rewrite_document(row: tables.Document, delivery: Delivery) -> None:
    content = row.content
    old = Readout.from_json(unpack(content.readout)).document
    indexed = searchable_text(old.title, unpack_text(content.text), old.body)
    text_search.forget_text(text_search.DOCUMENTS, row.pk, indexed)
    head = delivery.readout.document
    row.reader, row.title, row.site, row.published = delivery.readout.reader, head.title, head.site, head.published
    row.published_basis, row.language, row.is_derived = head.published_basis, head.language, False
    row.save()
    content.text, content.readout = pack(delivery.text), pack(delivery.readout.to_json())
    if delivery.original is not None:
        content.original = pack(delivery.original)
    content.save()
    index_document(row)


def _spans(row: tables.Document) -> Spans:
    """Sort and passages of each claim of a document by key."""
    found: Spans = {}
    for table in CLAIMS[1:]:
        for key, evidence in table._default_manager.filter(document=row).values_list("key", "evidence"):
            found[key] = (table.__name__, [(e["start"], e["end"]) for e in evidence])
    return found


def matches(before: Spans, after: Spans) -> dict[str, str]:
    """Which new claim each old one goes on as: that of the same sort with the largest overlap, by the share of it."""
    found: dict[str, str] = {}
    for key, (sort, spans) in sorted(before.items()):
        shares = {new: _share(spans, others) for new, (other, others) in sorted(after.items()) if other == sort}
        best = max(shares, key=lambda new: shares[new], default=None)
        if best is not None and shares[best] >= 0.5:
            found[key] = best
    return found


def _share(spans: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> float:
    mine = {i for start, end in spans for i in range(start, end)}
    other = {i for start, end in others for i in range(start, end)}
    return len(mine & other) / max(1, min(len(mine), len(other)))


def _move_judgements(moved: Mapping[str, str]) -> None:
    changed = {old: new for old, new in moved.items() if old != new}
    named = tables.JudgedClaim.objects.filter(key__in=list(changed)).select_related("judgement")
    judgements = {claim.judgement_id: claim.judgement for claim in named}
    for judgement in judgements.values():
        judgement.keys = sorted({changed.get(key, key) for key in judgement.keys})
        judgement.other_keys = sorted({changed.get(key, key) for key in judgement.other_keys})
        judgement.save(update_fields=["keys", "other_keys"])
        judgement.claims.all().delete()
        tables.JudgedClaim.objects.bulk_create(
            tables.JudgedClaim(judgement=judgement, key=key) for key in sorted({*judgement.keys, *judgement.other_keys})
        )
