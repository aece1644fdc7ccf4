"""Claims from readouts: what following gets to know of a report."""

from __future__ import annotations

import datetime as dt

from communique import model
from communique.register.resolving.commitment_claims import commitment_claims
from communique.register.resolving.mechanism_reports import step_claims

FRIDAY = dt.date(2031, 5, 2)
DAY = model.EventDate(text="on Friday", start=FRIDAY, end=FRIDAY, precision="day", basis="Friday")
QUOTE = model.Evidence(quote="They agreed to open a joint room of Ghana and Togo.", start=10, end=61)
PARTIES = (model.Party(ref="p1", name="Kwesi Amoaful"), model.Party(name="Togo"))
LOME = model.Place(text="Lomé", name="Lomé", country="TG")
READOUT = model.Readout(
    document=model.DocumentHead(id="d1", uri="01.txt", published=dt.date(2031, 5, 5)),
    organizations=(model.Organization(id="o1", name="Coast Guard", country="NG"),),
    engagements=(model.Engagement(id="e1", kind="meeting", date=DAY, place=LOME, evidence=(QUOTE,)),),
    commitments=(
        model.Commitment(
            id="c1", act="agreed", what="open a room", parties=PARTIES, engagement="e1", evidence=(QUOTE,)
        ),
    ),
    mechanisms=(
        model.MechanismStep(
            id="m1",
            name="joint room",
            kind="operations_room",
            status="agreed",
            parties=PARTIES,
            date=DAY,
            commitment="c1",
            evidence=(QUOTE,),
        ),
        model.MechanismStep(
            id="m2", name="school", kind="other", status="operating", confidence=0.3, evidence=(QUOTE,)
        ),
    ),
)


def actor_of(party: model.Party) -> str | None:
    return "a1" if party.ref else None


def test_steps_become_claims_with_their_parties_countries_and_day() -> None:
    first, second = step_claims(READOUT, actor_of)
    assert (first.id, first.document, first.day) == ("d1/m1", "d1", dt.date(2031, 5, 2))
    assert first.parties == {"a1"}
    assert first.countries == {"GH", "TG", "NG"}
    assert (first.quote, first.start, first.end) == (QUOTE.quote, 10, 61)
    assert first.is_firm
    assert not second.is_firm
    assert second.day == dt.date(2031, 5, 5)


def test_commitments_become_claims_with_the_day_of_their_engagement_and_their_steps() -> None:
    [claim] = commitment_claims(READOUT, actor_of)
    assert (claim.id, claim.day, claim.steps) == ("d1/c1", dt.date(2031, 5, 2), {"d1/m1"})
