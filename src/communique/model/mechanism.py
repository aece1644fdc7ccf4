"""Mechanisms: what stays behind after an engagement, and the steps by which reports tell of it."""

from __future__ import annotations

from dataclasses import dataclass

from communique.model.engagement import EventDate, Party
from communique.model.evidence import Evidence
from communique.model.vocabulary import MechanismKind, MechanismStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismStep:
    """What a document says of the state of a mechanism at one time.

    A mechanism is a joint or externally supported body, force, programme or agreement. Institutions that simply exist
    (ministries, armies, parliaments) are none. Steps with the same name in one document are of the same mechanism.

    Attributes:
        id: "m1", "m2" … within the document.
        name: The document's words for the mechanism, in the fullest form that it uses.
        kind: What it is.
        status: The state that it was in, or that somebody wanted it to be in, after this step.
        parties: Who sets it up, runs it, or (for called_for) calls for it.
        date: When the step happened; None when the text gives no date or nothing anchors it.
        engagement: Id of the engagement at which it happened, when known.
        commitment: Id of the commitment that says the same, when there is one.
        confidence: How sure the reader is, 0 to 1.
        evidence: The passages that say so.
    """

    id: str
    name: str
    kind: MechanismKind
    status: MechanismStatus
    parties: tuple[Party, ...] = ()
    date: EventDate | None = None
    engagement: str | None = None
    commitment: str | None = None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
