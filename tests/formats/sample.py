"""A hand-made readout with everything that is awkward to show: overlaps, markup, clutter, two scripts, gaps."""

from __future__ import annotations

import datetime as dt

from communique.formats import Pair
from communique.model import (
    Block,
    Commitment,
    Document,
    DocumentHead,
    Engagement,
    EventDate,
    Evidence,
    MechanismStep,
    Participant,
    Party,
    Person,
    Place,
    Readout,
    Role,
    Side,
    Statement,
)

PARTS: list[tuple[str, str, str | None]] = [
    ("Home | World | Opinion <script>alert(1)</script> | Podcasts | Sign in | Subscribe", "clutter", "menu"),
    ("Border officials agree on a joint office & patrols", "title", None),
    ("Published 5 May 2031 · Share", "clutter", "share"),
    (
        "PORT VELL – The Director of the Border Office, Colonel Ana Corin, received the Ostmark envoy, Dario Elm, in "
        "Port Vell on Sunday. They agreed to open a joint office for the northern coast before the end of the year, "
        "and several customs officers from Quin joined the talks.",
        "body",
        None,
    ),
    (
        'Mr Elm praised "the patience of the Border Office" and said that <Ostmark> would send two boats. A second '
        "session is planned for June in Quin.",
        "body",
        None,
    ),
    ("وقال المبعوث إن المكتب المشترك سيبدأ عمله قبل نهاية العام.", "body", None),
    ("Read also: Ten harbours to see this summer", "clutter", "related"),
]
TEXT = "\n\n".join(part for part, _, _ in PARTS)


def at(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence.at(TEXT, start, start + len(quote))


def blocks() -> tuple[Block, ...]:
    return tuple(
        Block(start=at(part).start, end=at(part).end, kind=kind, reason=reason)  # type: ignore[arg-type]
        for part, kind, reason in PARTS
    )


def pair() -> Pair:
    document = Document(
        id="0" * 64, uri="reports/vell & quin.txt", text=TEXT, site="The Vell Courier", language="en", blocks=blocks(),
        title="Border officials agree on a joint office & patrols", published=dt.date(2031, 5, 5),
        published_evidence=at("5 May 2031"), published_basis="date under the title",
    )  # fmt: skip
    ana = Person(
        id="p1", name="Ana Corin", evidence=(at("Ana Corin"),), aliases=("Corin",),
        roles=(Role(title="Colonel", kind="rank", evidence=(at("Colonel"),)),
               Role(title="Director", organization="Border Office", evidence=(at("Director of the Border Office"),))),
    )  # fmt: skip
    envoy = Role(title="Envoy", organization="Ostmark", standing="acting", evidence=(at("the Ostmark envoy"),))
    dario = Person(id="p2", name="Dario Elm", evidence=(at("Dario Elm"),), roles=(envoy,))
    group = "several customs officers from Quin"
    sides = (
        Side(participants=(
            Participant(ref="p1", name="Ana Corin", type="person", lead=True, evidence=at("Ana Corin")),)),
        Side(label="Ostmark", participants=(
            Participant(ref="p2", name="Dario Elm", type="person", evidence=at("Dario Elm")),
            Participant(ref=None, name=group, type="group", evidence=at(group)))),
    )  # fmt: skip
    sunday = dt.date(2031, 5, 4)
    meeting = Engagement(
        id="e1", kind="meeting", sides=sides, topics=("border_security", "maritime_security"), confidence=0.92,
        date=EventDate(text="on Sunday", start=sunday, end=sunday, precision="day", basis="Sunday before publication"),
        place=Place(text="Port Vell", name="Port Vell", country="OM"),
        evidence=(at("received the Ostmark envoy, Dario Elm, in Port Vell on Sunday"),),
    )  # fmt: skip
    june = EventDate(
        text="June",
        start=dt.date(2031, 6, 1),
        end=dt.date(2031, 6, 30),
        precision="month",
        basis="month after publication",
    )
    session = Engagement(
        id="e2", kind="committee_session", status="planned", date=june, confidence=0.6,
        place=Place(text="Quin", name="Quin"), evidence=(at("A second session is planned for June in Quin"),),
    )  # fmt: skip
    office = "open a joint office for the northern coast before the end of the year"
    commitment = Commitment(
        id="c1", act="agreed", what=office, mechanism="joint office", target="northern coast", engagement="e1",
        confidence=0.8, parties=(Party(ref="p1", name="Ana Corin"), Party(ref="p2", name="Dario Elm")),
        evidence=(at("They agreed to " + office), at("المكتب المشترك سيبدأ عمله")),
    )  # fmt: skip
    opened = MechanismStep(
        id="m1", name="joint office for the northern coast", kind="operations_room", status="agreed", commitment="c1",
        engagement="e1", date=meeting.date, confidence=0.7, parties=commitment.parties,
        evidence=(at("They agreed to " + office),),
    )  # fmt: skip
    praise = Statement(
        id="s1", speaker="Dario Elm", act="praised", target="Border Office", engagement="e1", confidence=0.7,
        evidence=(at('Mr Elm praised "the patience of the Border Office"'),),
    )  # fmt: skip
    pledge = Statement(
        id="s2", speaker="Dario Elm", act="announced", topics=("maritime_security",),
        evidence=(at('the Border Office" and said that <Ostmark> would send two boats'),),
    )  # fmt: skip
    readout = Readout(
        reader="hand", document=DocumentHead.of(document), people=(ana, dario), engagements=(meeting, session),
        commitments=(commitment,), statements=(praise, pledge), mechanisms=(opened,),
    )  # fmt: skip
    readout.check(TEXT)
    return document, readout


def empty_pair() -> Pair:
    document = Document(id="1" * 64, uri="https://news.example/empty", text="Nothing happened.\n")
    return document, Readout(document=DocumentHead.of(document))
