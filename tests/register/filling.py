"""Fills registers with made-up readouts, and tells what is in them in a form that can be compared.

Import it inside tests, after a register was opened: it needs Django to be set up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from communique.model import Readout
from communique.register import models as tables
from communique.register.store.deriving import derive_pending
from communique.register.store.keeping import Delivery, Kept, keep

LIVE = {"merged_into__isnull": True, "retracted_at__isnull": True}


def deliver(readout: Readout) -> Kept:
    """Keeps a readout, with its bytes."""
    text = readout.document.text or ""
    return keep(Delivery(readout=readout, text=text, original=text.encode()))


def fill(*readouts: Readout) -> None:
    """Keeps readouts and derives what follows."""
    for readout in readouts:
        deliver(readout)
    derive_pending()


def engagements() -> list[tables.Engagement]:
    """The live engagements in the order of their numbers."""
    return list(tables.Engagement.objects.filter(**LIVE).order_by("pk"))


def actor(name: str) -> tables.Actor:
    """The live actor that is shown under a name."""
    return tables.Actor.objects.get(name=name, **LIVE)


def conclusions() -> dict[str, list[Any]]:
    """All that was concluded, numbers of records and moments left out: equal for equal registers."""
    return {
        "engagements": _sorted(_engagement(row) for row in engagements()),
        "actors": _sorted(
            (row.type, row.name, row.aliases, row.country, row.mention_count, row.review, _mentions_of(row))
            for row in tables.Actor.objects.filter(**LIVE)
        ),
        "mechanisms": _sorted(
            (row.name, row.kind, row.status, _keys(row.steps.all()), sorted(a.name for a in row.parties.all()))
            for row in tables.Mechanism.objects.filter(**LIVE)
        ),
        "commitments": _sorted(
            (
                *(row.act, row.what, row.day, row.last_day, _keys(row.reports.all()), row.follow_ups.count()),
                *(sorted(a.name for a in row.parties.all()), row.engagement and row.engagement.summary),
            )
            for row in tables.Commitment.objects.filter(**LIVE)
        ),
        "tenures": _sorted(
            (
                *(row.actor.name, row.title, row.organization, row.first_seen, row.last_seen, row.flags),
                row.organization_actor and row.organization_actor.name,
            )
            for row in tables.Tenure.objects.all()
        ),
        "copies": _sorted((row.sha256, row.copy_of.sha256) for row in tables.Document.objects.exclude(copy_of=None)),
        "decisions": _sorted(
            (*sorted((row.left.key, row.right.key)), row.score, row.verdict)
            for row in tables.ActorDecision.objects.select_related("left", "right")
        ),
    }


def _engagement(row: tables.Engagement) -> tuple[Any, ...]:
    return (
        row.summary,
        row.kind,
        row.status,
        row.precision,
        row.topics,
        row.review,
        row.independent_sources,
        row.conflicts and [c["field"] for c in row.conflicts],
        _keys(row.reports.all()),
        [(p.side, p.actor.name, p.is_lead) for p in row.participants.select_related("actor")],
    )


def _mentions_of(row: tables.Actor) -> list[str]:
    return sorted(tables.Mention.objects.filter(profile__actor=row).values_list("key", flat=True))


def _keys(rows: Iterable[Any]) -> list[str]:
    return sorted(row.key for row in rows)


def _sorted(rows: Iterable[Any]) -> list[Any]:
    return sorted(json.loads(json.dumps(list(rows), default=str)), key=str)
