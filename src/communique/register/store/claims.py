"""From rows to the records that the pure decisions work on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Prefetch

from communique.lexicon import Lexicon
from communique.reading.countries import Countries
from communique.reading.spelling import fold
from communique.register import models as tables
from communique.register.resolving.reports import ClaimedSide, EngagementClaim


@lru_cache(maxsize=1)
def countries() -> Countries:
    """The packaged countries."""
    return Countries(Lexicon())


@lru_cache(maxsize=4096)
def country_of(name: str) -> str | None:
    """The country that the name of an institution or a country speaks of ("Libya", "Libyan Air Force")."""
    if found := countries().country(name):
        return found
    codes = {code for word in name.split() if (code := countries().country(word))}
    return codes.pop() if len(codes) == 1 else None


def load_claims(keys: Iterable[str]) -> dict[str, EngagementClaim]:
    """Reports by key, ready to be compared."""
    participants = tables.ReportParticipant.objects.select_related("mention", "actor")
    rows = (
        tables.EngagementReport.objects.filter(key__in=list(keys))
        .select_related("document", "document__copy_of")
        .prefetch_related(Prefetch("participants", queryset=participants))
    )
    return {row.key: claim_of(row) for row in rows}


def claim_of(row: tables.EngagementReport) -> EngagementClaim:
    """A report with its participants as the record that the merging sees."""
    original = row.document.copy_of or row.document
    sides: list[list[tables.ReportParticipant]] = [[] for _ in row.side_labels]
    leads: set[str] = set()
    for participant in row.participants.all():
        while len(sides) <= participant.side:
            sides.append([])
        sides[participant.side].append(participant)
        if participant.is_lead:
            leads.add(actor_key(participant))
    return EngagementClaim(
        key=row.key,
        document=row.document.sha256,
        source=fold(original.outlet),
        published=row.document.published,
        kind=row.kind,
        status=row.status,
        background=row.background,
        start=row.date_start,
        end=row.date_end,
        precision=row.precision,
        place=row.place,
        country=row.country,
        is_city=bool(row.place) and countries().named(row.place or "") is None,
        sides=tuple(_side(side) for side in sides),
        lead=frozenset(leads),
        confidence=row.confidence,
    )


def actor_key(participant: tables.ReportParticipant) -> str:
    """The actor's code; the mention's key while it has no actor."""
    return f"a{participant.actor_id}" if participant.actor_id else participant.mention.key


def _side(participants: Iterable[tables.ReportParticipant]) -> ClaimedSide:
    people, bodies, affiliations = set[str](), set[str](), set[str]()
    order: list[str] = []
    for participant in participants:
        key = actor_key(participant)
        order.append(key)
        is_person = participant.mention.type == "person"
        (people if is_person else bodies).add(key)
        affiliations |= affiliations_of(participant.mention)
        if not is_person:
            affiliations.add(key)
    return ClaimedSide(
        people=frozenset(people),
        bodies=frozenset(bodies),
        affiliations=frozenset(affiliations),
        order=tuple(dict.fromkeys(order)),
    )


def affiliations_of(mention: tables.Mention) -> frozenset[str]:
    """What a participant belongs to by its own document: country codes, and folded names of the institutions of posts.

    What other documents say of the actor is left out on purpose: claims must not change when conclusions do.
    """
    names = {str(role["organization"]) for role in mention.data.get("roles", ()) if role.get("organization")}
    if mention.type != "person":
        names.add(mention.name)
    found = {code for name in names if (code := country_of(name))}
    found |= {fold(name) for name in names}
    if country := mention.data.get("country"):
        found.add(country)
    return frozenset(found)
