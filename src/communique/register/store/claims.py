"""From rows to the records that the pure decisions work on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from communique.lexicon import Lexicon
from communique.reading.countries import Countries
from communique.reading.spelling import fold
from communique.register import models as tables
from communique.register.models.documents import outlet_of
from communique.register.resolving.institutions import is_international
from communique.register.resolving.reports import ClaimedSide, EngagementClaim

_WATERS = frozenset("Sea Basin River Strait Gulf".split())
_MANY = frozenset(("States",))
"""Short for the United States by itself, but not among other words: "Alliance of Sahel States"."""


@lru_cache(maxsize=1)
def countries() -> Countries:
    """The packaged countries."""
    return Countries(Lexicon())


@lru_cache(maxsize=4096)
def country_of(name: str) -> str | None:
    """The country that the name of an institution or a country speaks of ("Libya", "Libyan Air Force").

    None for institutions of several countries, and for waters that bear the name of one ("South China Sea Patrol").
    """
    if found := countries().country(name):
        return found
    if is_international(name):
        return None
    words = name.replace("United States", "American").split()
    own = [one for one, after in zip(words, [*words[1:], ""], strict=True) if after not in _WATERS and one not in _MANY]
    codes = {code for word in own if (code := countries().country(word))}
    return codes.pop() if len(codes) == 1 else None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """The columns of a report, its document and the original of that, in the order of ``COLUMNS``."""

    number: int
    key: str
    document: str
    site: str | None
    uri: str
    original: int | None
    original_site: str | None
    original_uri: str | None
    published: dt.date | None
    kind: str
    status: str
    background: bool
    start: dt.date | None
    end: dt.date | None
    precision: str | None
    place: str | None
    country: str | None
    labels: list[str | None]
    confidence: float
    day_words: str | None
    place_words: str | None
    latitude: float | None
    longitude: float | None
    evidence: list[dict[str, Any]]

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude of the place."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    def tells(self, words: str | None) -> bool:
        """Whether the words stand in a passage that tells of the engagement."""
        return bool(words) and any(str(words) in proof["quote"] for proof in self.evidence)


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """The columns of a participant and its mention, in the order of ``PARTICIPANT``."""

    report: int
    side: int
    is_lead: bool
    actor: int | None
    mention: str
    type: str
    name: str
    data: dict[str, Any]

    @property
    def key(self) -> str:
        """The actor's code; the mention's key while it has no actor."""
        return f"a{self.actor}" if self.actor else self.mention


COLUMNS = (
    "pk",
    "key",
    "document__sha256",
    "document__site",
    "document__uri",
    "document__copy_of",
    "document__copy_of__site",
    "document__copy_of__uri",
    "document__published",
    "kind",
    "status",
    "background",
    "date_start",
    "date_end",
    "precision",
    "place",
    "country",
    "side_labels",
    "confidence",
    "date_text",
    "place_text",
    "latitude",
    "longitude",
    "evidence",
)
PARTICIPANT = ("report", "side", "is_lead", "actor", "mention__key", "mention__type", "mention__name", "mention__data")


def load_claims(keys: Iterable[str]) -> dict[str, EngagementClaim]:
    """Reports by key, ready to be compared.

    Columns are taken, not rows as objects: with a hundred candidates a report, that is what adding a document costs.
    """
    wanted = list(keys)
    if not wanted:
        return {}
    rows: Iterable[tuple[Any, ...]] = tables.EngagementReport.objects.filter(key__in=wanted).values_list(*COLUMNS)
    reports = [ReportRow(*values) for values in rows]
    told: dict[int, list[ParticipantRow]] = {report.number: [] for report in reports}
    for values in tables.ReportParticipant.objects.filter(report__in=list(told)).values_list(*PARTICIPANT):
        told[values[0]].append(ParticipantRow(*values))
    claims = {report.key: claim_of(report, told[report.number]) for report in reports}
    named = _named_in({claim.document for claim in claims.values() if claim.leaves_side_unnamed})
    return {
        key: replace(claim, named=named[claim.document]) if claim.document in named else claim
        for key, claim in claims.items()
    }


def _named_in(documents: Collection[str]) -> dict[str, frozenset[str]]:
    """Ids of the persons that documents name, by document."""
    naming = tables.Mention.objects.filter(document__sha256__in=documents, type="person", profile__actor__isnull=False)
    found: dict[str, set[str]] = {}
    for document, actor in naming.values_list("document__sha256", "profile__actor") if documents else ():
        found.setdefault(document, set()).add(f"a{actor}")
    return {document: frozenset(actors) for document, actors in found.items()}


class LoadedClaims:
    """Reports by key, each loaded once: while engagements are derived, their participants' actors stand."""

    def __init__(self) -> None:
        self._known: dict[str, EngagementClaim] = {}

    def of(self, keys: Iterable[str]) -> dict[str, EngagementClaim]:
        """Those of these keys that there are."""
        wanted = set(keys)
        self._known |= load_claims(wanted - self._known.keys())
        return {key: self._known[key] for key in wanted if key in self._known}


def claim_of(report: ReportRow, participants: Iterable[ParticipantRow]) -> EngagementClaim:
    """A report with its participants, side by side and in order, as the record that the merging sees."""
    sides: list[list[ParticipantRow]] = [[] for _ in report.labels]
    leads: set[str] = set()
    for participant in participants:
        while len(sides) <= participant.side:
            sides.append([])
        sides[participant.side].append(participant)
        if participant.is_lead:
            leads.add(participant.key)
    is_copy = report.original is not None
    site, uri = (report.original_site, report.original_uri or "") if is_copy else (report.site, report.uri)
    return EngagementClaim(
        key=report.key,
        document=report.document,
        source=fold(outlet_of(site, uri)),
        published=report.published,
        kind=report.kind,
        status=report.status,
        background=report.background,
        start=report.start,
        end=report.end,
        precision=report.precision,
        place=report.place,
        country=report.country,
        is_city=bool(report.place) and not any(map(countries().named, (report.place or "", report.place_words or ""))),
        position=report.position,
        is_day_told=report.tells(report.day_words),
        is_place_told=report.tells(report.place_words),
        sides=tuple(_side(side) for side in sides),
        lead=frozenset(leads),
        confidence=report.confidence,
    )


def _side(participants: Iterable[ParticipantRow]) -> ClaimedSide:
    people, bodies, affiliations = set[str](), set[str](), set[str]()
    order: list[str] = []
    for participant in participants:
        key = participant.key
        order.append(key)
        is_person = participant.type == "person"
        (people if is_person else bodies).add(key)
        affiliations |= affiliations_of(participant)
        if not is_person:
            affiliations.add(key)
    return ClaimedSide(
        people=frozenset(people),
        bodies=frozenset(bodies),
        affiliations=frozenset(affiliations),
        order=tuple(dict.fromkeys(order)),
    )


def affiliations_of(mention: ParticipantRow) -> frozenset[str]:
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
