"""Records of the register as plain values, with the passages behind them: what commands print, and Python is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.db.models import F

from communique.errors import RecordNotFound
from communique.model.vocabulary import MechanismStatus
from communique.register import models as tables
from communique.register.models.base import Claim, Concluded
from communique.register.resolving.mechanisms import reached
from communique.register.store.codes import CODE, find_record, find_survivor

Record = dict[str, Any]
# Engagements told with an actor: the latest ones.
LATEST = 20


def describe(code: str, as_at: dt.date | None = None) -> Record:
    """The record with a code, in full: what is concluded, which reports say so in which words, and how it came about.

    Args:
        code: Such as "e17", "a5", "m3", "c12", or "d8" for a document. One that was merged leads to what it became.
        as_at: Posts of an actor, and the silence about a promise, as at this day.

    Raises:
        RecordNotFound: If there is none.
    """
    code = code.strip().lower()
    match = CODE.fullmatch(code)
    if match and match[1] == tables.Document.PREFIX:
        document = tables.Document.objects.select_related("copy_of").filter(pk=int(match[2])).first()
        if document is None:
            raise RecordNotFound(f"The register has no document {code!r}.")
        return describe_document(document)
    record = find_survivor(find_record(code))
    described: dict[type[Concluded], Callable[..., Record]] = {
        tables.Engagement: lambda row: {**describe_engagement(row), **_engagement_sources(row)},
        tables.Actor: lambda row: {**describe_actor(row, as_at), **_actor_history(row)},
        tables.Mechanism: lambda row: describe_mechanism(row, as_at),
        tables.Commitment: lambda row: describe_commitment(row, as_at),
    }
    found = described[type(record)](record)
    if record.code != code:
        found["merged_from"] = code
    found["history"] = [
        {"at": row.at.isoformat(timespec="seconds"), "action": row.action, "author": row.author, "what": row.what}
        for row in tables.Change.objects.filter(record=record.code).order_by("pk")
    ]
    return found


def describe_engagement(row: tables.Engagement) -> Record:
    """An engagement in a line's worth of fields."""
    return {
        **_head(row),
        "kind": row.kind,
        "status": row.status,
        "date": _day(row.date_start or row.date_end),
        "date_end": _day(row.date_end),
        "precision": row.precision,
        "place": row.place,
        "country": row.country,
        "topics": row.topics,
        "summary": row.summary,
        "participants": [
            {"id": p.actor.code, "name": p.actor.name, "type": p.actor.type, "side": p.side, "lead": p.is_lead}
            for p in row.participants.all()
        ],
        "independent_sources": row.independent_sources,
        "reports": row.report_count,
        "conflict": row.has_conflict,
        "confidence": row.confidence,
    }


def describe_actor(row: tables.Actor, as_at: dt.date | None = None) -> Record:
    """An actor with the posts held, or those seen as at a day."""
    tenures = row.tenures.order_by("first_seen", "pk").select_related("superseded_by")
    if as_at is not None:
        tenures = tenures.filter(first_seen__lte=as_at, last_seen__gte=as_at)
    return {
        **_head(row),
        "type": row.type,
        "name": row.name,
        "aliases": row.aliases,
        "acronym": row.acronym,
        "country": row.country,
        "wikidata_id": row.wikidata_id,
        "first_seen": _day(row.first_seen),
        "last_seen": _day(row.last_seen),
        "documents": row.mention_count,
        "posts": [
            {
                "title": tenure.title,
                "organization": tenure.organization,
                "first_seen": _day(tenure.first_seen),
                "last_seen": _day(tenure.last_seen),
                "followed_by": tenure.superseded_by.name if tenure.superseded_by else None,
                "flags": tenure.flags,
                "seen_in": [
                    {"day": o["day"], "standing": o["standing"], "quote": o["quote"], "document": o["document"]}
                    for o in tenure.observations
                ],
            }
            for tenure in tenures
        ],
    }


def describe_mechanism(row: tables.Mechanism, as_at: dt.date | None = None, today: dt.date | None = None) -> Record:
    """A mechanism with its history, up to a day; ``today`` is that by which silence is reckoned, if another."""
    steps = row.steps.filter(is_repeat=False).select_related("document").order_by("day", "key")
    if as_at is not None:
        steps = steps.filter(day__lte=as_at)
    status: str | None = row.status
    last_day = row.last_day
    if as_at is not None and not (last_day and last_day <= as_at):
        known = list(steps)
        status = reached([cast(MechanismStatus, step.status) for step in known]) if known else None
        last_day = known[-1].day if known else None
    return {
        **_head(row),
        "kind": row.kind,
        "name": row.name,
        "status": status,
        "first_day": _day(row.first_day if last_day else None),
        "last_day": _day(last_day),
        "silent_days": _silence(last_day, today or as_at),
        "parties": _named(row.parties.order_by("pk")),
        "steps": [{"day": _day(step.day), "status": step.status, **_source(step)} for step in steps],
    }


def describe_commitment(row: tables.Commitment, as_at: dt.date | None = None, today: dt.date | None = None) -> Record:
    """A commitment, who tells it, and what was heard of it since, up to a day; ``today`` as for mechanisms."""
    follow_ups = row.follow_ups.select_related("document").order_by("day", "pk")
    if as_at is not None:
        follow_ups = follow_ups.filter(day__lte=as_at)
    heard = [
        {"day": _day(f.day), "status": f.status, "why": f.reason, **_passage(f.document, f.evidence)}
        for f in follow_ups
    ]
    last = max((day for day in (row.day, *(f.day for f in follow_ups)) if day), default=None)
    return {
        **_head(row),
        "act": row.act,
        "what": row.what,
        "target": row.target,
        "parties": _named(row.parties.order_by("pk")),
        "day": _day(row.day),
        "last_day": _day(last),
        "silent_days": _silence(last, today or as_at),
        "mechanism": row.mechanism.code if row.mechanism else None,
        "engagement": row.engagement.code if row.engagement else None,
        "reports": [_source(report) for report in row.reports.select_related("document").order_by("key")],
        "follow_ups": heard,
    }


def describe_document(row: tables.Document) -> Record:
    """A document, and the records that rest on it."""
    return {
        "id": row.code,
        "sha256": row.sha256,
        "uri": row.uri,
        "outlet": row.outlet,
        "title": row.title,
        "published": _day(row.published),
        "copy_of": row.copy_of.code if row.copy_of else None,
        "reader": row.reader,
        "engagements": [f"e{n}" for n in _homes(row, tables.EngagementReport, "engagement")],
        "commitments": [f"c{n}" for n in _homes(row, tables.CommitmentReport, "commitment")],
        "mechanisms": [f"m{n}" for n in _homes(row, tables.MechanismStep, "mechanism")],
        "actors": [f"a{n}" for n in _homes(row, tables.Mention, "profile__actor")],
    }


def _homes(row: tables.Document, claims: type[Any], record: str) -> list[int]:
    found = claims.objects.filter(document=row, **{f"{record}__isnull": False})
    return sorted(set(found.values_list(record, flat=True)))


def _engagement_sources(row: tables.Engagement) -> Record:
    reports = row.reports.select_related("document").order_by("key")
    codes = {report.document.sha256: report.document.code for report in reports}
    conflicts = [
        {"field": c["field"], "values": {codes.get(sha, sha): value for sha, value in c["values"].items()}}
        for c in row.conflicts
    ]
    stated = {
        field: {value: [codes.get(sha, sha) for sha in documents] for value, documents in values.items()}
        for field, values in row.sources.items()
    }
    told = [{"kind": r.kind, "status": r.status, "date": _day(r.date_start), **_source(r)} for r in reports]
    return {"conflicts": conflicts, "stated_by": stated, "reports": told}


def _actor_history(row: tables.Actor) -> Record:
    profiles = row.profiles.values("pk")
    together = tables.ActorDecision.objects.filter(left__in=profiles, right__in=profiles, verdict="merged")
    asked = tables.ActorDecision.objects.filter(verdict="uncertain")
    asked = asked.filter(left__in=profiles) | asked.filter(right__in=profiles)
    engagements = tables.Engagement.objects.filter(participants__actor=row, merged_into=None, retracted_at=None)
    return {
        "merged_because": [
            {"score": d.score, "reason": d.reason, "names": [d.left.name, d.right.name]}
            for d in together.select_related("left", "right").order_by("pk")[:LATEST]
        ],
        "uncertain": [
            {"score": d.score, "reason": d.reason, "names": [d.left.name, d.right.name]}
            for d in asked.select_related("left", "right").order_by("pk")[:LATEST]
        ],
        "latest_engagements": [
            {"id": e.code, "summary": e.summary}
            for e in engagements.distinct().order_by(F("day").desc(nulls_last=True), "-pk")[:LATEST]
        ],
    }


def _head(row: Concluded) -> Record:
    return {"id": row.code, "version": row.version, "review": row.review}


def _source(claim: Claim) -> Record:
    return {"claim": claim.key, **_passage(claim.document, claim.evidence[0] if claim.evidence else {})}


def _passage(document: tables.Document, evidence: dict[str, Any]) -> Record:
    return {
        "document": document.code,
        "outlet": document.outlet,
        "uri": document.uri,
        "published": _day(document.published),
        "quote": evidence.get("quote"),
        "start": evidence.get("start"),
        "end": evidence.get("end"),
    }


def _named(actors: Iterable[tables.Actor]) -> list[Record]:
    return [{"id": actor.code, "name": actor.name} for actor in actors]


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _silence(last: dt.date | None, as_at: dt.date | None) -> int | None:
    """Days since anything was heard, as at a day; None where no day was asked for, or nothing was heard by then."""
    return (as_at - last).days if as_at and last and as_at >= last else None
