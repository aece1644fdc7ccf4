"""The learned judge of days: which of the days that a document offers is that of an engagement.

The rules choose first (`occasions`, `carrying`); the judge sees their choice among all others. Trained by
`training/train_days.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from communique.reading.day_candidates import Candidate, DayCandidates, day_of
from communique.reading.engagement_judge import Told
from communique.reading.forest import Forest, packaged_forest
from communique.reading.occasions import OccasionFinder
from communique.reading.records import Record
from communique.reading.tellings import Narrative

if TYPE_CHECKING:
    from numpy.typing import NDArray

CAUTION = 0.2
"""What speaks for no day beyond what the trees say: a day that is hardly likelier than none is not told.

From -0.1 to 0.2 as many days are right on held-back reports; more costs days that are told.
"""


class DayJudge:
    """Judges the days of the engagements of a document.

    Args:
        occasions: The rules.
        forest: The packaged one by default; it is loaded when it is first needed.
    """

    def __init__(self, occasions: OccasionFinder, forest: Forest | None = None) -> None:
        self._occasions = occasions
        self._forest = forest

    @property
    def forest(self) -> Forest:
        """What is learned: how likely a day is the one."""
        if self._forest is None:
            self._forest = packaged_forest("days")
        return self._forest

    def choose(self, told: Sequence[Told], records: Sequence[Record], narrative: Narrative) -> None:
        """Gives each record the likeliest day.

        Args:
            told: The engagements of a document.
            records: Their records, with the days of the rules; these are replaced.
            narrative: The document as it was followed.
        """
        asked = self.candidates(told, records, narrative)
        if not asked:
            return
        rows = np.array([c.values for candidates in asked for c in candidates], dtype=float)
        odds, at = self.forest.odds(rows), 0
        for record, candidates in zip(records, asked, strict=True):
            best = likeliest(candidates, odds[at : at + len(candidates)])
            at += len(candidates)
            if best.day != day_of(record.date):
                record.date = best.date

    def candidates(
        self, told: Sequence[Told], records: Sequence[Record], narrative: Narrative
    ) -> list[list[Candidate]]:
        """The days that may be that of each engagement."""
        days = DayCandidates(narrative, self._occasions)
        return [days.of(number, told, records) for number in range(len(told))]


def likeliest(candidates: Sequence[Candidate], odds: NDArray[np.float64]) -> Candidate:
    """The likeliest of some days.

    Args:
        candidates: The days, one at least.
        odds: What the forest says of each.
    """
    cautious = odds + CAUTION * np.array([candidate.day is None for candidate in candidates])
    return candidates[int(np.argmax(cautious))]
