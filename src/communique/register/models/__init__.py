"""The tables. Claims are what documents say; conclusions are derived from claims and judgements."""

from communique.register.models.actors import (
    Actor,
    ActorDecision,
    Authority,
    Mention,
    Profile,
    ProfileBlock,
    Tenure,
)
from communique.register.models.commitments import (
    Commitment,
    CommitmentBlock,
    CommitmentFollowUp,
    CommitmentReport,
    Mechanism,
    MechanismBlock,
    MechanismStep,
    Statement,
)
from communique.register.models.documents import Address, Content, CopyBand, CopyPair, Document, FailedDocument
from communique.register.models.engagements import (
    Engagement,
    EngagementParticipant,
    EngagementReport,
    EngagementTopic,
    Reach,
    ReportLink,
    ReportParticipant,
)
from communique.register.models.following import Feed, FetchedAddress
from communique.register.models.judgements import Change, JudgedClaim, Judgement
from communique.register.models.watching import Watch, WatchDelivery, WatchItem

__all__ = [
    "Actor",
    "ActorDecision",
    "Address",
    "Authority",
    "Change",
    "Commitment",
    "CommitmentBlock",
    "CommitmentFollowUp",
    "CommitmentReport",
    "Content",
    "CopyBand",
    "CopyPair",
    "Document",
    "Engagement",
    "EngagementParticipant",
    "EngagementReport",
    "EngagementTopic",
    "FailedDocument",
    "Feed",
    "FetchedAddress",
    "JudgedClaim",
    "Judgement",
    "Mechanism",
    "MechanismBlock",
    "MechanismStep",
    "Mention",
    "Profile",
    "ProfileBlock",
    "Reach",
    "ReportLink",
    "ReportParticipant",
    "Statement",
    "Tenure",
    "Watch",
    "WatchDelivery",
    "WatchItem",
]
