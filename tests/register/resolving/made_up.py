"""Claims made up for tests: a room for the exchange of information that two states share, and what stands beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from communique.register.resolving.commitment_claims import CommitmentClaim
from communique.register.resolving.mechanism_claims import StepClaim


def step(document: str, name: str, status: str, day: str, **others: Any) -> StepClaim:
    """A claim of 2031 from a report about Ghana and Togo; ``day`` is "05-02"."""
    told: dict[str, Any] = {
        "id": f"{document}/m{others.pop('number', 1)}",
        "document": document,
        "published": dt.date.fromisoformat(f"2031-{day}"),
        "name": name,
        "kind": "operations_room",
        "status": status,
        "countries": frozenset(("GH", "TG")),
    }
    return StepClaim(**{**told, **others})


def promise(document: str, what: str, day: str, **others: Any) -> CommitmentClaim:
    """A commitment of 2031 of actors a1 and a2."""
    told: dict[str, Any] = {
        "id": f"{document}/c{others.pop('number', 1)}",
        "document": document,
        "published": dt.date.fromisoformat(f"2031-{day}"),
        "act": "agreed",
        "what": what,
        "parties": frozenset(("a1", "a2")),
        "countries": frozenset(("GH", "TG")),
    }
    return CommitmentClaim(**{**told, **others})


ROOM = (
    step("d1", "joint room for the exchange of information", "agreed", "01-10"),
    step("d2", "border information office in Lomé", "reaffirmed", "02-20"),
    step("d3", "joint information centre", "operating", "04-02"),
    step("d4", "shared information desk", "suspended", "06-11"),
)
"""One mechanism under four names."""
