"""Claims of mechanisms from a readout: what following needs to know of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from communique.model import Party, Readout
from communique.register.resolving.mechanism_claims import StepClaim
from communique.register.resolving.mechanism_words import Thesaurus, packaged_thesaurus

FIRM_FROM = 0.4
"""Confidence from which a step stands by itself; the reader gives less to a bare "the school in the port"."""


def step_claims(
    readout: Readout, actor_of: Callable[[Party], str | None], thesaurus: Thesaurus | None = None
) -> Iterator[StepClaim]:
    """The steps that a readout tells, as claims.

    Args:
        readout: The readout.
        actor_of: The register's id of a party's actor; None when it is none.
        thesaurus: Knows the names of countries; that of the packaged lexicon by default.
    """
    words = thesaurus or packaged_thesaurus()
    countries = countries_of(readout, words)
    for step in readout.mechanisms:
        evidence = step.evidence[0]
        yield StepClaim(
            id=f"{readout.document.id}/{step.id}",
            document=readout.document.id,
            published=readout.document.published,
            name=step.name,
            kind=step.kind,
            status=step.status,
            parties=frozenset(actor for party in step.parties if (actor := actor_of(party))),
            countries=countries | frozenset(code for p in step.parties if (code := words.country(p.name))),
            date=step.date.start if step.date is not None else None,
            is_firm=step.confidence >= FIRM_FROM,
            quote=evidence.quote,
            start=evidence.start,
            end=evidence.end,
        )


def countries_of(readout: Readout, thesaurus: Thesaurus) -> frozenset[str]:
    """ISO codes of the countries that a report is about: of places, participants, posts, bodies, and named as such."""
    codes = [e.place.country for e in readout.engagements if e.place is not None]
    codes += [organization.country for organization in readout.organizations]
    names = [p.name for e in readout.engagements for side in e.sides for p in side.participants if p.type == "country"]
    names += [role.organization for person in readout.people for role in person.roles if role.organization]
    codes += map(thesaurus.country, names)
    told = [*(e.evidence for e in readout.engagements), *(step.evidence for step in readout.mechanisms)]
    named = (thesaurus.countries(evidence.quote) for passages in told for evidence in passages)
    return frozenset(code for code in codes if code).union(*named)
