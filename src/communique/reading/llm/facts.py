"""From a model's answer to records: what a quotation proves becomes a fact, everything else is dropped and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from communique.model import Commitment, Engagement, Evidence, Participant, Party, Side, Statement
from communique.reading.llm.answer import (
    Answer,
    GivenCommitment,
    GivenEngagement,
    GivenParticipant,
    GivenSide,
    GivenStatement,
)
from communique.reading.llm.cast import UNMEASURED, Cast, Member
from communique.reading.llm.circumstances import CircumstanceReader, find_copied
from communique.reading.quote_finder import QuoteFinder

# Shorter passages prove nothing: "on Monday" stands in every report.
FEWEST_WORDS = 3
MOST_QUOTES = 3


@dataclass(slots=True)
class Facts:
    """The facts of one document, growing from portion to portion.

    Attributes:
        finder: Finds quotations in the article.
        cast: People and institutions.
        circumstances: Understands times and places.
        dropped: Kind of fact → how many nothing proves.
        engagements: In the order in which they were given.
        commitments: Likewise.
        statements: Likewise.
    """

    finder: QuoteFinder
    cast: Cast
    circumstances: CircumstanceReader
    dropped: Counter[str]
    engagements: list[Engagement] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    def add(self, answer: Answer) -> None:
        """Takes in what an answer about one portion gives and the text proves."""
        for person in answer.people:
            self.cast.add_person(person)
        for body in answer.organizations:
            self.cast.add_organization(body)
        numbers = {number: f"e{number}" for number in range(1, len(self.engagements) + 1)}
        for engagement in answer.engagements:
            identifier = self._add_engagement(engagement, numbers)
            if identifier and engagement.number > 0:  # 0 is what a model that counts from 0, or not at all, gives
                numbers[engagement.number] = identifier
        for commitment in answer.commitments:
            self._add_commitment(commitment, numbers)
        for statement in answer.statements:
            self._add_statement(statement, numbers)

    # ---- engagements -------------------------------------------------------------------------------------------------
    def _add_engagement(self, given: GivenEngagement, numbers: dict[int, str]) -> str | None:
        """The id under which the engagement stands in the readout; None when nothing proves it."""
        passages = self._passages(given.quotes)
        sides = [self._side(side, passages) for side in given.sides] if passages else []
        wanted = sum(len(side.participants) for side in given.sides)
        if not passages or (wanted and not any(side.participants for side in sides)):
            self.dropped["engagement"] += 1
            return None
        told = numbers.get(given.number)
        if told is not None and (known := self._again(told, given, sides)) is not None:
            self.engagements[known] = replace(
                self.engagements[known],
                evidence=_unique((*self.engagements[known].evidence, *passages))[:MOST_QUOTES],
            )
            return told
        identifier = f"e{len(self.engagements) + 1}"
        story = next((e.date for e in reversed(self.engagements) if e.date is not None and not e.background), None)
        engagement = Engagement(
            id=identifier,
            kind=given.kind,
            status=given.status,
            background=given.background,
            date=self.circumstances.date(given.date_words, passages, given.status, story),
            place=None if given.kind == "call" else self.circumstances.place(given.place_words, passages),
            sides=_without_doubles(sides),
            topics=tuple(dict.fromkeys(given.topics)),
            confidence=UNMEASURED,
            evidence=passages,
        )
        self.engagements.append(engagement)
        return identifier

    def _again(self, told: str, given: GivenEngagement, sides: Sequence[Side]) -> int | None:
        """The place of an engagement of an earlier portion that this one tells on: same kind, a common participant."""
        place = next(k for k, engagement in enumerate(self.engagements) if engagement.id == told)
        known = self.engagements[place]
        names, here = _names(known.sides), _names(sides)
        return place if known.kind == given.kind and (not names or not here or names & here) else None

    def _side(self, given: GivenSide, passages: Sequence[Evidence]) -> Side:
        participants = tuple(p for plain in given.participants if (p := self._participant(plain, passages)))
        label = given.label if given.label and self.finder.find(given.label) else None
        return Side(label=label, participants=participants)

    def _participant(self, given: GivenParticipant, passages: Sequence[Evidence]) -> Participant | None:
        member = self.cast.member(given.name, given.type)
        evidence = self._where(member, given.quote, passages) if member else None
        if member is None or evidence is None:
            self.dropped["participant"] += 1
            return None
        return Participant(ref=member.ref, name=member.name, type=member.type, lead=given.lead, evidence=evidence)

    def _where(self, member: Member, quote: str, passages: Sequence[Evidence]) -> Evidence | None:
        """Where it is said that somebody took part: inside the passages if at all, else where they are named."""
        found = [e for words in (quote, *member.forms) if words.strip() and (e := self.finder.find(words, passages))]
        inside = (e for e in found if any(p.start <= e.start and e.end <= p.end for p in passages))
        return next(inside, found[0] if found else None)

    # ---- commitments and statements ----------------------------------------------------------------------------------
    def _add_commitment(self, given: GivenCommitment, numbers: dict[int, str]) -> None:
        passages = self._passages(given.quotes)
        parties = self._parties(given.parties)
        if not passages or (given.parties and not parties):
            self.dropped["commitment"] += 1
            return
        content = self.finder.find(given.what, passages)
        self.commitments.append(
            Commitment(
                id=f"c{len(self.commitments) + 1}",
                parties=parties,
                act=given.act,
                # The document's words: where the model used its own, the passage itself.
                what=" ".join((content or passages[0]).quote.split()),
                mechanism=self._copied(given.mechanism, passages, "mechanism"),
                target=self._copied(given.target, passages, "target"),
                engagement=numbers.get(given.engagement or 0),
                confidence=UNMEASURED,
                evidence=passages,
            )
        )

    def _add_statement(self, given: GivenStatement, numbers: dict[int, str]) -> None:
        passages = self._passages(given.quotes)
        speaker = self.cast.member(given.speaker)
        if not passages or speaker is None:
            self.dropped["statement"] += 1
            return
        self.statements.append(
            Statement(
                id=f"s{len(self.statements) + 1}",
                speaker=speaker.name,
                speaker_ref=speaker.ref,
                act=given.act,
                target=self._copied(given.target, passages, "target"),
                topics=tuple(dict.fromkeys(given.topics)),
                engagement=numbers.get(given.engagement or 0),
                confidence=UNMEASURED,
                evidence=passages,
            )
        )

    def _parties(self, names: Iterable[str]) -> tuple[Party, ...]:
        parties = []
        for name in names:
            member = self.cast.member(name)
            if member is None:
                self.dropped["party"] += 1
            else:
                parties.append(Party(ref=member.ref, name=member.name))
        return tuple(dict.fromkeys(parties))

    def _copied(self, words: str | None, passages: Sequence[Evidence], kind: str) -> str | None:
        """Words that the model should have copied, as the text has them; None where it has not."""
        found = find_copied(self.finder, words, passages, self.dropped, kind)
        return " ".join(found.quote.split()) if found else None

    def _passages(self, quotes: Iterable[str]) -> tuple[Evidence, ...]:
        """The quotations that stand in the article and are long enough to prove something."""
        found = []
        for quote in quotes:
            evidence = self.finder.find(quote)
            if evidence is None or len(evidence.quote.split()) < FEWEST_WORDS:
                self.dropped["quotation"] += 1
            else:
                found.append(evidence)
        return _unique(found)[:MOST_QUOTES]


def _unique(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))


def _names(sides: Iterable[Side]) -> set[str]:
    return {participant.name for side in sides for participant in side.participants}


def _without_doubles(sides: Iterable[Side]) -> tuple[Side, ...]:
    """Each participant once, on the first side that has them."""
    seen: set[tuple[str | None, str]] = set()
    out = []
    for side in sides:
        kept = []
        for participant in side.participants:
            key = (participant.ref, participant.name)
            if key not in seen:
                seen.add(key)
                kept.append(participant)
        out.append(replace(side, participants=tuple(kept)))
    return tuple(out)
