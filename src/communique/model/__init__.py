"""The vocabulary: frozen records that all other rooms speak in. Knows nothing of the other rooms."""

from communique.model.document import Block, Document
from communique.model.engagement import (
    Commitment,
    Engagement,
    EventDate,
    Participant,
    Party,
    Place,
    Side,
    Statement,
)
from communique.model.evidence import Evidence
from communique.model.mechanism import MechanismStep
from communique.model.people import Organization, Person, Role
from communique.model.readout import SCHEMA, DocumentHead, Dropped, Readout

__all__ = [
    "SCHEMA",
    "Block",
    "Commitment",
    "Document",
    "DocumentHead",
    "Dropped",
    "Engagement",
    "EventDate",
    "Evidence",
    "MechanismStep",
    "Organization",
    "Participant",
    "Party",
    "Person",
    "Place",
    "Readout",
    "Role",
    "Side",
    "Statement",
]
