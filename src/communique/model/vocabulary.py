"""The closed word lists of the contract: kinds, statuses, topics, acts.

They are string literals, not enums, because they travel through JSON, tables and pages unchanged.
"""

from __future__ import annotations

from typing import Literal, get_args

EngagementKind = Literal[
    "meeting", "visit", "call", "conference", "signing", "exercise", "committee_session", "ceremony", "other"
]
EngagementStatus = Literal["held", "planned", "cancelled"]
Precision = Literal["day", "month", "year", "range", "before"]
ParticipantType = Literal["person", "organization", "country", "group"]
RoleKind = Literal["post", "rank"]
RoleStanding = Literal["current", "acting", "former", "incoming"]
CommitmentAct = Literal["agreed", "pledged", "announced", "signed", "called_for"]
StatementAct = Literal[
    "praised",
    "thanked",
    "urged",
    "affirmed",
    "stressed",
    "expressed_readiness",
    "expressed_concern",
    "condemned",
    "rejected",
    "announced",
    "other",
]
MechanismKind = Literal[
    "joint_force",
    "committee",
    "operations_room",
    "hotline",
    "training_programme",
    "exercise",
    "agreement",
    "ceasefire",
    "monitoring_mission",
    "other",
]
MechanismStatus = Literal[
    "called_for", "announced", "agreed", "reaffirmed", "operating", "completed", "suspended", "failed"
]
Topic = Literal[
    "counter_terrorism",
    "irregular_migration",
    "border_security",
    "human_trafficking",
    "organised_crime",
    "military_cooperation",
    "training_capacity_building",
    "expertise_intelligence_sharing",
    "institutional_unification",
    "political_process_elections",
    "ceasefire_deescalation",
    "reconciliation",
    "reconstruction_development",
    "foreign_forces_interference",
    "energy_economy_trade",
    "humanitarian",
    "maritime_security",
    "arms_equipment",
    "regional_stability",
    "other",
]
BlockKind = Literal["body", "title", "dateline", "clutter"]
ClutterReason = Literal[
    "menu", "share", "related", "tags", "footer", "caption", "repeated_title", "byline", "date", "interface", "other"
]

ENGAGEMENT_KINDS: tuple[str, ...] = get_args(EngagementKind)
ENGAGEMENT_STATUSES: tuple[str, ...] = get_args(EngagementStatus)
COMMITMENT_ACTS: tuple[str, ...] = get_args(CommitmentAct)
MECHANISM_KINDS: tuple[str, ...] = get_args(MechanismKind)
MECHANISM_STATUSES: tuple[str, ...] = get_args(MechanismStatus)
STATEMENT_ACTS: tuple[str, ...] = get_args(StatementAct)
TOPICS: tuple[str, ...] = get_args(Topic)
