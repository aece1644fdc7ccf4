"""Day questions: an engagement whose day is asked for, with what is told around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.reading.engagement_judge import Told
from communique.reading.records import Record


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """An engagement whose day is asked for.

    Attributes:
        told: The engagement.
        record: Its record, with the day that the rules take.
        others: The other engagements of the document.
        before: Records of those told before it.
        after: Records of those told after it.
        chosen: Identities of those who took part.
    """

    told: Told
    record: Record
    others: Sequence[Told]
    before: Sequence[Record]
    after: Sequence[Record]
    chosen: frozenset[str]

    @classmethod
    def of(cls, number: int, told: Sequence[Told], records: Sequence[Record]) -> Question:
        """The question about one of the engagements of a document."""
        own = told[number]
        others = [other for other in told if other is not own]
        chosen = frozenset(own.participants)
        return cls(own, records[number], others, records[:number], records[number + 1 :], chosen)
