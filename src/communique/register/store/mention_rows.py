"""From readouts to the rows of their mentions: everybody and everything that a document names as acting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from communique.model import Commitment, Evidence, MechanismStep, Participant, Readout
from communique.register import models as tables
from communique.register.store.claims import countries


def key_of(row: tables.Document, local: str) -> str:
    """The key of a claim."""
    return f"{row.sha256}/{local}"


def draft_mentions(row: tables.Document, readout: Readout) -> dict[str, tables.Mention]:
    """One row a person, organization, country or group, not yet written; by id, or by ``name_key`` for want of one."""
    found: dict[str, tables.Mention] = {}

    def draft(local: str, kind: str, name: str, data: dict[str, Any], evidence: Any) -> tables.Mention:
        mention = tables.Mention(
            document=row, local=local, key=key_of(row, local), type=kind, name=name, data=data, evidence=evidence
        )
        mention.day = row.published
        return mention

    for person in readout.people:
        data = {"aliases": list(person.aliases), "roles": msgspec.to_builtins(person.roles)}
        found[person.id] = draft(person.id, "person", person.name, data, msgspec.to_builtins(person.evidence))
    for body in readout.organizations:
        data = {"aliases": list(body.aliases), "acronym": body.acronym, "country": body.country}
        found[body.id] = draft(body.id, "organization", body.name, data, msgspec.to_builtins(body.evidence))
    for engagement in readout.engagements:
        for participant in (p for side in engagement.sides for p in side.participants):
            if participant.ref is None and name_key(participant) not in found:
                local = f"g{sum(key.startswith('=') for key in found) + 1}"
                evidence = [msgspec.to_builtins(participant.evidence)]
                found[name_key(participant)] = draft(local, participant.type, participant.name, {}, evidence)
    for name, passage in _countries_named(readout):
        if _country_key(name) not in found:
            local = f"g{sum(key.startswith('=') for key in found) + 1}"
            found[_country_key(name)] = draft(local, "country", name, {}, [msgspec.to_builtins(passage)])
    return found


def _countries_named(readout: Readout) -> Iterator[tuple[str, Evidence]]:
    """Countries whose posts people hold, that promise, or run a mechanism: they act without taking part themselves."""
    posts = ((role.organization, role.evidence) for person in readout.people for role in person.roles)
    claims: tuple[Commitment | MechanismStep, ...] = (*readout.commitments, *readout.mechanisms)
    parties = ((party.name, claim.evidence) for claim in claims for party in claim.parties if party.ref is None)
    for name, evidence in (*posts, *parties):
        if name and evidence and countries().named(name) is not None:
            yield name, _narrowed(evidence[0], name)


def _narrowed(passage: Evidence, name: str) -> Evidence:
    """The name in the passage, or all of the passage where it is named in other words."""
    at = passage.quote.find(name)
    start = passage.start + at
    return passage if at < 0 else Evidence(quote=name, start=start, end=start + len(name))


def name_key(participant: Participant) -> str:
    """By what a participant is found who is named at the engagement alone: type and name."""
    return f"={participant.type}:{participant.name}"


def _country_key(name: str) -> str:
    return f"=country:{name}"
