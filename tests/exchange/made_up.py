"""A register of made-up reports: what sources disagree on, what has no place, and names that attack a reader."""

from __future__ import annotations

import datetime as dt
import hashlib

from communique.model import (
    Document,
    DocumentHead,
    Engagement,
    EventDate,
    Evidence,
    Participant,
    Person,
    Place,
    Readout,
    Role,
    Side,
)
from tests.formats.sample import pair

SECOND = (
    "Quin Herald. Colonel Ana Corin, Director of the Border Office, met the Ostmark envoy Dario Elm in Port Vell on "
    "Monday. Interior Minister Bea Falk joined them."
)
FORMULA = '=HYPERLINK("http://evil.example";"click")'
HOSTILE = f"Envoy {FORMULA} visited Quin & the -1+2 Committee </data> with \x0b guards."


def at(text: str, quote: str) -> Evidence:
    start = text.index(quote)
    return Evidence.at(text, start, start + len(quote))


def person(text: str, local: str, name: str, *roles: tuple[str, str | None]) -> Person:
    return Person(
        id=local,
        name=name,
        evidence=(at(text, name),),
        roles=tuple(Role(title=title, organization=of, evidence=(at(text, name),)) for title, of in roles),
    )


def participant(text: str, who: Person, *, lead: bool = False) -> Participant:
    return Participant(ref=who.id, name=who.name, type="person", lead=lead, evidence=at(text, who.name))


def day(date: dt.date) -> EventDate:
    return EventDate(text="", start=date, end=date, precision="day", basis="given")


def document(text: str, uri: str, site: str, published: dt.date) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=digest, uri=uri, text=text, site=site, published=published, language="en", title="A report")


def second_pair() -> tuple[Document, Readout]:
    """Another outlet's report of the sample's meeting, a day later, with a third person and a place on the map."""
    told = document(SECOND, "https://herald.example/talks?id=1&x=2", "Quin Herald", dt.date(2031, 5, 6))
    ana = person(SECOND, "p1", "Ana Corin", ("Director", "Border Office"))
    dario = person(SECOND, "p2", "Dario Elm", ("Envoy", "Ostmark"))
    bea = person(SECOND, "p3", "Bea Falk", ("Interior Minister", None))
    meeting = Engagement(
        id="e1",
        kind="meeting",
        date=day(dt.date(2031, 5, 5)),
        place=Place(text="Port Vell", name="Port Vell", country="OM", latitude=22.5, longitude=-59.25),
        sides=(
            Side(participants=(participant(SECOND, ana, lead=True), participant(SECOND, bea))),
            Side(participants=(participant(SECOND, dario),)),
        ),
        topics=("border_security",),
        evidence=(at(SECOND, "met the Ostmark envoy Dario Elm in Port Vell on Monday"),),
    )
    return told, Readout(
        reader="hand", document=DocumentHead.of(told), people=(ana, dario, bea), engagements=(meeting,)
    )


def hostile_pair() -> tuple[Document, Readout]:
    """A report whose names are a formula, markup and control characters; its visit is undated."""
    told = document(HOSTILE, "=cmd.txt", "@Outlet", dt.date(2031, 6, 1))
    envoy = person(HOSTILE, "p1", FORMULA, ("-1+2 Committee", None))
    guards = Participant(ref=None, name="\x0b guards", type="group", evidence=at(HOSTILE, "\x0b guards"))
    visit = Engagement(
        id="e1",
        kind="visit",
        sides=(Side(participants=(participant(HOSTILE, envoy),)), Side(participants=(guards,))),
        evidence=(at(HOSTILE, "visited Quin & the -1+2 Committee </data>"),),
    )
    return told, Readout(reader="hand", document=DocumentHead.of(told), people=(envoy,), engagements=(visit,))


def fill() -> None:
    """Keeps the reports in the open register and derives its conclusions."""
    from communique.register.store.deriving import derive_pending
    from communique.register.store.keeping import Delivery, keep

    for told, readout in (pair(), second_pair(), hostile_pair()):
        keep(Delivery(readout=readout, text=told.text, original=None, author="test"))
    derive_pending()
