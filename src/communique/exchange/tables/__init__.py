"""The tables of an export: each is defined in one place, from which files and data dictionary are made."""

from communique.exchange.tables.actors import ACTORS, TENURES
from communique.exchange.tables.commitments import (
    COMMITMENTS,
    FOLLOW_UPS,
    MECHANISM_STEPS,
    MECHANISMS,
    STATEMENTS,
)
from communique.exchange.tables.engagements import ENGAGEMENTS, PARTICIPANTS
from communique.exchange.tables.sources import EVIDENCE, SOURCES

TABLES = (
    ENGAGEMENTS,
    PARTICIPANTS,
    ACTORS,
    TENURES,
    COMMITMENTS,
    FOLLOW_UPS,
    MECHANISMS,
    MECHANISM_STEPS,
    STATEMENTS,
    SOURCES,
    EVIDENCE,
)

__all__ = ["TABLES"]
