"""Engagements, commitments and statements: what was done, promised and said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from communique.model.evidence import Evidence
from communique.model.vocabulary import (
    CommitmentAct,
    EngagementKind,
    EngagementStatus,
    ParticipantType,
    Precision,
    StatementAct,
    Topic,
)

_WIDTHS = {"year": 4, "month": 7}  # characters of an ISO day that are known


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """When something happened, and how that is known.

    Attributes:
        text: The words of the document ("On Monday"); empty when inherited from the context.
        start: First possible day; None for precision "before".
        end: Last possible day.
        precision: day, month, year, range (start to end), before (not later than ``end``).
        basis: How it was resolved, in words ("Monday on or before the publication date").
    """

    text: str
    start: dt.date | None
    end: dt.date | None
    precision: Precision
    basis: str

    @property
    def as_known(self) -> str | None:
        """The first day as finely as it is known: YYYY, YYYY-MM or YYYY-MM-DD; None where only the last one is."""
        if self.start is None or self.precision == "before":
            return None
        return self.start.isoformat()[: _WIDTHS.get(self.precision, 10)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened.

    Attributes:
        text: The words of the document; empty where it only speaks of the country whose capital this is.
        name: Standard name.
        country: ISO 3166-1 alpha-2 code.
        latitude: Degrees north; None when the gazetteer does not have the place.
        longitude: Degrees east.
    """

    text: str
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who took part: a person, an organization, a country or a group.

    Attributes:
        ref: Id of the Person or Organization in the same readout; None for groups and countries.
        name: As the readout names them.
        type: What the participant is.
        lead: Whether they headed their side.
        evidence: Where the document says that they took part.
    """

    ref: str | None
    name: str
    type: ParticipantType
    lead: bool = False
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the parties to an engagement; no participants when the counterpart is not named."""

    label: str | None = None
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """A meeting, visit, call, conference, signing, exercise, session or ceremony.

    Attributes:
        id: "e1", "e2" … within the document.
        kind: What it was.
        status: held, planned, cancelled.
        background: Mentioned only as the past.
        date: When; None when the text gives no date or nothing anchors it.
        place: Where; None when the text does not say.
        sides: One entry a party.
        topics: What was discussed.
        confidence: How sure the reader is, 0 to 1.
        evidence: The passages that say so, the main one first.
    """

    id: str
    kind: EngagementKind
    status: EngagementStatus = "held"
    background: bool = False
    date: EventDate | None = None
    place: Place | None = None
    sides: tuple[Side, ...] = ()
    topics: tuple[Topic, ...] = ()
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party to a commitment: who, and its id in the readout where there is one."""

    ref: str | None = None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """Concrete content that was agreed, pledged, announced or signed, or a concrete step called for.

    Attributes:
        id: "c1", "c2" … within the document.
        parties: Who committed themselves (for called_for: who called).
        act: What they did.
        what: The content, in the document's words.
        mechanism: The body, force, programme or text it sets up or uses ("joint force").
        target: To whom or against what it is addressed, when said.
        engagement: Id of the engagement at which it was made, when known.
        confidence: How sure the reader is, 0 to 1.
        evidence: The passages that say so.
    """

    id: str
    parties: tuple[Party, ...] = ()
    act: CommitmentAct
    what: str
    mechanism: str | None = None
    target: str | None = None
    engagement: str | None = None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody said.

    Attributes:
        id: "s1", "s2" … within the document.
        speaker: Who, as the readout names them.
        speaker_ref: Id of the Person or Organization in the same readout, when there is one.
        act: What kind of saying it was.
        target: Whom or what it praised, thanked, urged, condemned …
        topics: What it was about.
        engagement: Id of the engagement at which it was said, when known.
        confidence: How sure the reader is, 0 to 1.
        evidence: The passages that say so.
    """

    id: str
    speaker: str
    speaker_ref: str | None = None
    act: StatementAct
    target: str | None = None
    topics: tuple[Topic, ...] = ()
    engagement: str | None = None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
