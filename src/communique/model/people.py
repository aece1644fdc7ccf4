"""People and organizations as one document shows them."""

from __future__ import annotations

from dataclasses import dataclass

from communique.model.evidence import Evidence
from communique.model.vocabulary import RoleKind, RoleStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A post or a rank that the document gives to a person.

    Attributes:
        title: "Deputy Commander", "Lieutenant General".
        organization: What the post belongs to: an institution, or a country.
        kind: "post" or "rank".
        standing: Whether the post is held, held for the time being, past, or still to come.
        confidence: How sure the reader is, 0 to 1.
        evidence: Where it is said.
    """

    title: str
    organization: str | None = None
    kind: RoleKind = "post"
    standing: RoleStanding = "current"
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person in a public role.

    Attributes:
        id: "p1", "p2" … within the document.
        name: The fullest form of the name, without titles.
        aliases: Other forms in this document.
        roles: Posts and ranks.
        evidence: Where the person is named.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """An institution, armed force, mission or company.

    Attributes:
        id: "o1", "o2" … within the document.
        name: The fullest form of the name.
        acronym: Its short form, when the document shows one.
        aliases: Other forms in this document.
        country: ISO 3166-1 alpha-2 code, when known.
        evidence: Where it is named.
    """

    id: str
    name: str
    acronym: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None
    evidence: tuple[Evidence, ...] = ()
