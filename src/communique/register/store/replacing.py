"""Reads a kept document anew: its claims are replaced, and what people judged of the old ones moves to the new ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import F, Value

from communique.model import Readout
from communique.register import models as tables
from communique.register import text_search
from communique.register.models.base import Claim
from communique.register.store.backup import index_document
from communique.register.store.claim_rows import ClaimRows
from communique.register.store.codes import TABLES
from communique.register.store.commitments import REPORTS, derive_commitments
from communique.register.store.deriving import derive_from
from communique.register.store.dormant import Spans, dormant_claims, dormant_key, move_judgements
from communique.register.store.engagement_records import write_engagements
from communique.register.store.judged import judged_once
from communique.register.store.keeping import Delivery, searchable_text
from communique.register.store.mechanisms import STEPS, derive_mechanisms
from communique.register.store.packing import pack, unpack, unpack_text
from communique.register.store.profiles import Placed, leave_profiles
from communique.register.store.succession import merged_into

# What a document says, what hangs on others first.
CLAIMS: tuple[type[tables.Mention] | type[Claim], ...] = (
    tables.Statement,
    tables.MechanismStep,
    tables.CommitmentReport,
    tables.EngagementReport,
    tables.Mention,
)
# Share of the shorter one's passages from which on an old claim may go on as a new one.
SHARED = 0.5
HOMES: dict[str, type[Claim]] = {
    "engagement": tables.EngagementReport,
    "mechanism": tables.MechanismStep,
    "commitment": tables.CommitmentReport,
}


def replace_claims(row: tables.Document, delivery: Delivery) -> None:
    """Replaces the claims of a document by those of another readout of it.

    An old claim goes on as the new one of the same sort that shares most of its passages, each as one of its own: with
    its record, and with what people judged of it. What hung on claims that have no successor is derived anew at once;
    what people judged of them lies dormant until a reading finds them again.
    """
    before, held = _spans(row), {record: _held(row, claims, record) for record, claims in HOMES.items()}
    profiles = {m.key: m.profile for m in tables.Mention.objects.filter(document=row).select_related("profile")}
    for table in CLAIMS:
        table._default_manager.filter(document=row).delete()
    _rewrite_document(row, delivery)
    rows = ClaimRows()
    rows.add(row, delivery.readout)
    rows.write()
    dormant, after = dormant_claims(row), _spans(row)
    moved = matches(before, after)
    gone = {key: dormant_key(key, *claim) for key, claim in before.items() if key not in moved}
    move_judgements(gone | moved | found_again(dormant, after))
    _move_former("actor", {p.actor_id for p in profiles.values() if p and p.actor_id}, moved, gone)
    for record, claims in HOMES.items():
        _move_former(record, held[record].values(), moved, gone)
        for key in held[record].keys() & moved.keys():
            claims._default_manager.filter(key=moved[key]).update(**{record: held[record][key]})
    for key, profile in profiles.items():
        if key in moved and profile is not None:
            tables.Mention.objects.filter(key=moved[key]).update(profile=profile)
    lost = {record: {k: number for k, number in own.items() if k not in moved} for record, own in held.items()}
    _settle_lost(
        set(lost["engagement"].values()),
        {p.pk: p for key, p in profiles.items() if key not in moved and p is not None},
    )
    _settle_followed(lost["mechanism"], lost["commitment"])


def _move_former(subject: str, numbers: Iterable[int], moved: Mapping[str, str], gone: Collection[str]) -> None:
    """Lets what was merged into records name the claims that it held by their new keys, so that it can part again."""
    for record in merged_into(TABLES[subject]._default_manager, numbers).values():
        keys = sorted({moved.get(key, key) for key in record.former_keys if key not in gone})
        if keys != record.former_keys:
            record.former_keys = keys
            record.save(update_fields=["former_keys"])


def _held(row: tables.Document, claims: type[Claim], record: str) -> dict[str, int]:
    """The number of the record that each claim of a document belongs to."""
    found = claims._default_manager.filter(document=row, **{f"{record}__isnull": False})
    return dict(found.values_list("key", record))


def _settle_followed(steps: Mapping[str, int], promises: Mapping[str, int]) -> None:
    """Derives the mechanisms and commitments that lost a claim; those left without any are retracted."""
    left = tables.MechanismStep.objects.filter(mechanism__in=steps.values()).values_list("key", flat=True)
    told = tables.CommitmentReport.objects.filter(commitment__in=promises.values()).values_list("key", flat=True)
    with judged_once():
        changed = derive_mechanisms(set(left)) | set(steps.values())
        derive_commitments(set(told), changed)
    STEPS.retract_empty(steps.values(), steps)
    REPORTS.retract_empty(promises.values(), promises)


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
    row.authors, row.tags, row.captured, row.media_type = (
        list(head.authors),
        list(head.tags),
        head.captured,
        head.media_type,
    )
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
        # A country that is named in somebody's post stands in the passage that names the person: types tell them apart.
        sort = F("type") if table is tables.Mention else Value("")
        rows = table._default_manager.filter(document=row).annotate(sort=sort)
        for key, kind, evidence in rows.values_list("key", "sort", "evidence"):
            found[key] = (f"{table.__name__} {kind}", [(e["start"], e["end"]) for e in evidence])
    return found


def matches(before: Spans, after: Spans) -> dict[str, str]:
    """Which new claim each old one goes on as: of the same sort, with the largest overlap, each for one alone.

    Several may be told by one passage: they go on in their order.
    """
    ranked = sorted(
        (pair for key, claim in before.items() for pair in _candidates(key, claim, after)),
        key=lambda pair: (pair[0], *(part for key in pair[1:] for part in (len(key), key))),
    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, old, new in ranked:
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return found


def found_again(dormant: Spans, after: Spans) -> dict[str, str]:
    """Which new claim each dormant one is: several may be one, since one passage can be judged more than once."""
    best = {key: min(_candidates(key, claim, after), default=None) for key, claim in dormant.items()}
    return {key: pair[2] for key, pair in best.items() if pair is not None}


def _candidates(key: str, claim: tuple[str, list[tuple[int, int]]], after: Spans) -> Iterator[tuple[Any, str, str]]:
    """A claim with each of the new ones that it may go on as, the better the smaller."""
    sort, spans = claim
    for new, (other, others) in after.items():
        if other == sort:
            share, of_both = _share(spans, others)
            if share >= SHARED:
                yield (-share, -of_both), key, new


def _share(spans: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> tuple[float, float]:
    """How much two claims have in common, as a share of the shorter; between equals, as a share of both."""
    mine = {i for start, end in spans for i in range(start, end)}
    other = {i for start, end in others for i in range(start, end)}
    shared = len(mine & other)
    return shared / max(1, min(len(mine), len(other))), shared / max(1, len(mine | other))
