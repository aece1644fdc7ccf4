"""What scoring one document, or many, comes to: tallies, shares, and notes on what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from communique.evaluation.matching import Share, Tally

# Facts that are found or missed: precision, recall, F1. In the order of the report.
TALLIES = ("people", "roles", "engagements", "participants", "topics", "commitments", "parties", "statements")
# Fields of matched facts that are right or wrong: accuracy.
SHARES = ("kind", "status", "background", "date", "place", "speaker", "commitment_act", "statement_act")


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look at: a missed, superfluous or wrong fact."""

    document: str
    what: str
    text: str


@dataclass(slots=True)
class DocumentScore:
    """The running score of one document; the scoring modules write into it."""

    document: str
    is_missing: bool = False
    tallies: dict[str, Tally] = field(default_factory=lambda: dict.fromkeys(TALLIES, Tally()))
    shares: dict[str, Share] = field(default_factory=lambda: dict.fromkeys(SHARES, Share()))
    notes: list[Note] = field(default_factory=list)

    def count(self, figure: str, matched: int, found: int, gold: int) -> None:
        """Adds to a tally; KeyError for a figure that is none of TALLIES."""
        self.tallies[figure] = self.tallies[figure] + Tally(matched=matched, found=found, gold=gold)

    def judge(self, figure: str, is_right: bool) -> None:
        """Adds one looked-at pair to a share; KeyError for a figure that is none of SHARES."""
        self.shares[figure] = self.shares[figure] + Share(right=int(is_right), looked_at=1)

    def note(self, what: str, text: str) -> None:
        """Remembers something for the list of details."""
        self.notes.append(Note(self.document, what, text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The score of a gold set.

    Attributes:
        tallies: TALLIES → counts over all documents (micro average).
        shares: SHARES → counts over all documents.
        documents: Documents in the gold.
        missing: Gold documents without a readout.
        notes: What to look at, document after document.
    """

    tallies: dict[str, Tally]
    shares: dict[str, Share]
    documents: int
    missing: int
    notes: tuple[Note, ...] = ()

    @classmethod
    def over(cls, parts: Iterable[DocumentScore]) -> Scores:
        """Adds up the scores of documents."""
        parts = list(parts)
        return cls(
            tallies={key: sum((part.tallies[key] for part in parts), Tally()) for key in TALLIES},
            shares={key: sum((part.shares[key] for part in parts), Share()) for key in SHARES},
            documents=len(parts),
            missing=sum(part.is_missing for part in parts),
            notes=tuple(note for part in parts for note in part.notes),
        )

    @property
    def figures(self) -> dict[str, float]:
        """The figures that floors are set for: F1 of every tally with counts, accuracy of every share that has pairs.

        Rounded to three places, as the report shows them.
        """
        figures = {f"{key}.f1": round(tally.f1, 3) for key, tally in self.tallies.items() if tally.found or tally.gold}
        values = {key: share.value for key, share in self.shares.items()}
        return figures | {key: round(value, 3) for key, value in values.items() if value is not None}
