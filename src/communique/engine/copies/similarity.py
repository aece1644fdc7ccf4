"""Whether two texts are copies: exact comparison of their shingles, which decides after the bands have proposed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communique.engine.copies.shingles import Shingles, shingles

# Among 555 reports in five sets of gold no two that are not copies share more than 0.08 of their shingles (0.15 of the
# shorter one), rewritten reports of one event included; true copies with another headline, dateline and touched-up
# sentences share 0.61 and more (0.77). The thresholds stand between, where edits of every fifth word still pass.
LEAST_SHARED = 0.3
# A report that was cut to its first paragraphs shares little of the long one, but is contained in it.
LEAST_CONTAINED = 0.75
# Fewer shingles than this may be a quotation that two reports have in common, not a report.
LEAST_CONTAINED_SHINGLES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """How alike two texts are, from 0 to 1.

    Attributes:
        jaccard: Shared shingles as a share of all shingles of both.
        containment: Shared shingles as a share of those of the shorter text.
        shorter: Number of shingles of the shorter text.
    """

    jaccard: float
    containment: float
    shorter: int

    @property
    def is_copy(self) -> bool:
        """Whether texts so alike are prints of one report."""
        if self.jaccard >= LEAST_SHARED:
            return True
        return self.containment >= LEAST_CONTAINED and self.shorter >= LEAST_CONTAINED_SHINGLES


def similarity(a: str, b: str) -> Similarity:
    """Compares two texts; the order does not matter. A text without words is like no other."""
    return compare(shingles(a), shingles(b))


def compare(a: Shingles, b: Shingles) -> Similarity:
    """The same for shingles that are at hand."""
    shorter = min(a.size, b.size)
    if not shorter:
        return Similarity(jaccard=0.0, containment=0.0, shorter=0)
    shared = np.intersect1d(a, b, assume_unique=True).size
    return Similarity(jaccard=shared / (a.size + b.size - shared), containment=shared / shorter, shorter=shorter)


def is_copy(a: str, b: str) -> bool:
    """Whether two texts are prints of one report: syndicated, cut, under another headline or dateline, touched up.

    Reports of one event in different words are no copies. Not transitive: ``CopyIndex`` groups what hangs together.
    """
    return similarity(a, b).is_copy
