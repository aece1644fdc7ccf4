"""Memory: what a document has mentioned so far, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.reading.analysis import Line, Referent
from communique.reading.grammar import is_own_subject
from communique.reading.parties import Party
from communique.reading.people import Candidate

OFTEN = 3
"""Mentions from which a person counts as the one that a document without a telling title is about."""


@dataclass(slots=True)
class Salient:
    """A person mentioned: where, whether as a subject, and whether between quotation marks."""

    line: int
    token: int
    is_subject: bool
    party: Party
    is_quoted: bool = False


class Memory:
    """What a document has mentioned so far.

    Attributes:
        candidates: Id → person.
        salient: Mentions of people, pronouns that are subjects included.
        bodies: Institutions.
        delegations: Delegations.
        countries: ISO codes of countries, and of institutions' and people's countries.
        last_parties: The parties to the engagement told last.
        visitors: Who made the visit told last, or was received last.
        hosts: Who received them.
        voice: Who was quoted last, or announced before a colon.
    """

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = {c.id: c for c in candidates}
        self.salient: list[Salient] = []
        self.bodies: list[Party] = []
        self.delegations: list[Party] = []
        self.countries: list[str] = []
        self.last_parties: list[Party] = []
        self.visitors: list[Party] = []
        self.hosts: list[Party] = []
        self.voice: Referent | None = None
        self._protagonist: Referent | None = None

    def candidate(self, party: Party) -> Candidate | None:
        """What the document tells of a person; None for all others."""
        return self.candidates.get(party.referent.ref or "")

    def open(self, lines: Sequence[Line]) -> None:
        """Looks through the document once before it is read, for its protagonist."""
        for line in lines:
            if line.is_title:
                for mention in line.mentions:
                    if mention.kind in ("person", "organization") and mention.referents:
                        self._protagonist = mention.referents[0]
                        return
        counts = sorted(self.candidates.values(), key=lambda c: -len(c.mentions))
        if counts and len(counts[0].mentions) >= OFTEN:
            self._protagonist = Referent(counts[0].id, counts[0].name, "person")

    def protagonist(self, anchor: tuple[int, int]) -> list[Party]:
        """Whom an agenda or an unnamed "I" speaks of: the person or body of the title, else the main person."""
        return [Party(self._protagonist, anchor)] if self._protagonist else []

    def note(self, party: Party, line: Line, token: int, *, is_subject: bool) -> None:
        """Notes a party that a line mentions."""
        if party.referent.country:
            self.countries.append(party.referent.country)
        if party.referent.type == "person":
            is_quoted = line.quotes(line.anchors[token][0])
            self.salient.append(Salient(line.index, token, is_subject, party, is_quoted))
        elif party.referent.type == "organization":
            self.bodies.append(party)


def people_in(line: Line) -> list[Salient]:
    """The people whom a line names, left to right."""
    assert line.doc is not None
    return [
        Salient(
            line.index,
            i,
            is_own_subject(line.doc[i]),
            Party(mention.referents[0], line.anchors[i]),
            line.quotes(line.anchors[i][0]),
        )
        for i, mention in sorted(line.mention_of.items())
        if mention.kind == "person" and mention.referents
    ]


def foremost(salient: Sequence[Salient]) -> Salient:
    """Of the mentions in the last of the lines, the first subject; else the first; of who is only quoted, the last."""
    salient = [s for s in salient if not s.is_quoted] or salient
    last = [s for s in salient if s.line == salient[-1].line]
    return next((s for s in last if s.is_subject), last[0])
