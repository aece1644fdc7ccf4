"""Mechanism claims: steps of mechanisms as documents tell them, and what following makes of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from communique.model.vocabulary import MechanismKind, MechanismStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class StepClaim:
    """One step as one document tells it.

    Attributes:
        id: Unique among all claims.
        document: Id of the document.
        published: When the document was published, if known.
        name: The document's words for the mechanism, the fullest ones; claims of one document with one name are of
            one mechanism.
        kind: What it is.
        status: The state that the step tells.
        parties: Ids of the actors who set it up, run it or speak for it.
        countries: ISO codes of the countries that the report is about.
        date: First day on which the step can have happened, as the document tells; None when it does not.
        is_firm: Whether the document itself shows that it is a mechanism; others count only where linked to firm ones.
        quote: The passage.
        start: Offset of the passage.
        end: Offset after it.
    """

    id: str
    document: str
    published: dt.date | None = None
    name: str
    kind: MechanismKind
    status: MechanismStatus
    parties: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    date: dt.date | None = None
    is_firm: bool = True
    quote: str = ""
    start: int = 0
    end: int = 0

    @property
    def day(self) -> dt.date | None:
        """When the step happened according to the document, else when that was published."""
        return self.date or self.published


@dataclass(frozen=True, slots=True, kw_only=True)
class SameOrNot:
    """A person's judgement on two claims: of one mechanism, or not."""

    left: str
    right: str
    is_same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why two documents' mechanisms are taken for one, or might be.

    Attributes:
        left: Id of a claim of the one, the smaller id.
        right: Id of a claim of the other.
        score: 0 to 1.
        reason: In words.
    """

    left: str
    right: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryStep:
    """A step in a mechanism's history.

    Attributes:
        date: When it happened, or when it was told; None when neither is known.
        status: The state from then on.
        claim: The claim that stands for it.
        documents: All documents that tell it word for word, the original first.
    """

    date: dt.date | None
    status: MechanismStatus
    claim: StepClaim
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """A mechanism as all reports together tell it.

    Attributes:
        id: The smallest id among its claims: stays while that claim belongs to it.
        name: The fullest name, the more common one where two are equally full.
        kind: The most common kind.
        parties: Ids of actors.
        status: The state that it has reached.
        history: Its steps in the order of time.
        claims: Ids of all claims behind it, in order: those of the history, and those that repeat them in copies.
        links: Why the documents' mechanisms are one.
    """

    id: str
    name: str
    kind: MechanismKind
    parties: frozenset[str]
    status: MechanismStatus
    history: tuple[HistoryStep, ...]
    claims: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What following makes of claims: mechanisms in order of their first step, and pairs for review, best first."""

    mechanisms: tuple[Mechanism, ...]
    reviews: tuple[Link, ...]
