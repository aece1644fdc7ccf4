"""Commitment claims: commitments as documents tell them, and what following makes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from communique.model import Party, Readout
from communique.model.vocabulary import CommitmentAct
from communique.register.resolving.mechanism_reports import countries_of
from communique.register.resolving.mechanism_words import Thesaurus, packaged_thesaurus


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentClaim:
    """One commitment as one document tells it.

    Attributes:
        id: Unique among all claims.
        document: Id of the document.
        published: When the document was published, if known.
        act: What was done.
        what: The content, in the document's words.
        parties: Ids of the actors who committed themselves, or called for it.
        countries: ISO codes of the countries that the report is about.
        date: First day on which it can have been made; None when the document does not tell.
        steps: Ids of the claims of mechanisms' steps that say the same.
        quote: The passage.
        start: Offset of the passage.
        end: Offset after it.
    """

    id: str
    document: str
    published: dt.date | None = None
    act: CommitmentAct
    what: str
    parties: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    date: dt.date | None = None
    steps: frozenset[str] = frozenset()
    quote: str = ""
    start: int = 0
    end: int = 0

    @property
    def day(self) -> dt.date | None:
        """When it was made according to the document, else when that was published."""
        return self.date or self.published


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A later report that speaks of a commitment.

    Attributes:
        date: When what it tells happened, or when it told it.
        document: Id of the document.
        claim: Id of the claim: of a mechanism's step, or of a commitment.
        reason: Why it is a follow-up, in words.
    """

    date: dt.date
    document: str
    claim: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedCommitment:
    """A commitment as all reports together tell it.

    Attributes:
        id: The smallest id among its claims.
        act: The firmest act that a claim tells (signed before agreed before pledged …).
        what: The fullest content.
        parties: Ids of actors.
        date: When it was made: the earliest day that its claims give.
        claims: Ids of its claims, in order.
        documents: Ids of the documents that tell it, copies not counted.
        mechanism: Id of the mechanism that it sets up or uses, if any.
        follow_ups: Later reports that speak of it, in order of time.
    """

    id: str
    act: CommitmentAct
    what: str
    parties: frozenset[str]
    date: dt.date | None
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    mechanism: str | None = None
    follow_ups: tuple[FollowUp, ...] = ()


def commitment_claims(
    readout: Readout, actor_of: Callable[[Party], str | None], thesaurus: Thesaurus | None = None
) -> Iterator[CommitmentClaim]:
    """The commitments that a readout tells, as claims; their day is that of the engagement at which they were made.

    Args:
        readout: The readout.
        actor_of: The register's id of a party's actor; None when it is none.
        thesaurus: Knows the names of countries; that of the packaged lexicon by default.
    """
    words = thesaurus or packaged_thesaurus()
    countries = countries_of(readout, words)
    dates = {engagement.id: engagement.date for engagement in readout.engagements}
    for commitment in readout.commitments:
        evidence = commitment.evidence[0]
        date = dates.get(commitment.engagement or "")
        same = (step.id for step in readout.mechanisms if step.commitment == commitment.id)
        yield CommitmentClaim(
            id=f"{readout.document.id}/{commitment.id}",
            document=readout.document.id,
            published=readout.document.published,
            act=commitment.act,
            what=commitment.what,
            parties=frozenset(actor for party in commitment.parties if (actor := actor_of(party))),
            countries=countries,
            date=date.start if date is not None else None,
            steps=frozenset(f"{readout.document.id}/{step}" for step in same),
            quote=evidence.quote,
            start=evidence.start,
            end=evidence.end,
        )
