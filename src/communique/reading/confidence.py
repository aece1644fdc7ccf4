"""Confidence: how sure the reader is of engagements, roles and commitments, learned from annotated reports.

The last step of a reading. A logistic regression over `confidence_features` gives a score (that of an engagement weighs
what its judge thought); curves fitted on held-back folders turn scores into the share that is right.
0.8 and more is a promise: of the facts told so, at least 95 in 100 were right on folders that nothing here had seen.
What cannot keep it stays below. `training/train_confidence.py` makes `learned/confidence.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from communique.model import Commitment, Engagement, Person, Readout, Role
from communique.reading.confidence_features import (
    Surroundings,
    commitment_features,
    engagement_features,
    role_features,
)
from communique.reading.learned import Weights


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising line through points.

    Attributes:
        points: Score and confidence, from the lowest score on.
    """

    points: tuple[tuple[float, float], ...]

    def at(self, score: float) -> float:
        """The confidence of a score: straight between two points, level beyond the first and the last."""
        left = self.points[0]
        for right in self.points:
            if score < right[0]:
                if right is self.points[0]:
                    break
                share = (score - left[0]) / (right[0] - left[0])
                return round(left[1] + share * (right[1] - left[1]), 3)
            left = right
        return left[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """What is known about how often each kind of fact is right.

    Attributes:
        engagements: Weights that score engagements.
        roles: Weights that score posts.
        commitments: Weights that score commitments.
        curves: "engagements", "roles", "commitments" → from score to confidence.
        ranks: Share of the ranks that are right.
    """

    engagements: Weights
    roles: Weights
    commitments: Weights
    curves: Mapping[str, Curve]
    ranks: float


@lru_cache(maxsize=1)
def load_certainty() -> Certainty:
    """The packaged one."""
    plain = json.loads((resources.files("communique.reading.learned") / "confidence.json").read_text("utf-8"))
    return Certainty(
        engagements=Weights(plain["engagements"]["weights"]),
        roles=Weights(plain["roles"]["weights"]),
        commitments=Weights(plain["commitments"]["weights"]),
        curves={
            kind: Curve(tuple((score, confidence) for score, confidence in plain[kind]["curve"]))
            for kind in ("engagements", "roles", "commitments")
        },
        ranks=plain["ranks"],
    )


class ConfidenceJudge:
    """Gives the facts of a readout their confidence; which facts there are does not change.

    Args:
        certainty: The packaged one by default.
    """

    def __init__(self, certainty: Certainty | None = None) -> None:
        self.certainty = certainty or load_certainty()

    def judge(self, readout: Readout, text: str) -> Readout:
        """The readout with the confidence of its engagements, roles and commitments.

        Args:
            readout: A readout whose engagements have the judge's score, its commitments the rule's.
            text: The document's text.
        """
        around = Surroundings.of(readout, text)
        return replace(
            readout,
            people=tuple(
                replace(person, roles=tuple(self._role(role, person, around) for role in person.roles))
                for person in readout.people
            ),
            engagements=tuple(self._engagement(engagement, around) for engagement in readout.engagements),
            commitments=tuple(self._commitment(commitment, around) for commitment in readout.commitments),
        )

    def _engagement(self, engagement: Engagement, around: Surroundings) -> Engagement:
        score = self.certainty.engagements.probability(engagement_features(engagement, around))
        return replace(engagement, confidence=self.certainty.curves["engagements"].at(score))

    def _role(self, role: Role, person: Person, around: Surroundings) -> Role:
        if role.kind == "rank":  # read from a closed list beside the name: right or wrong for reasons we do not see
            return replace(role, confidence=self.certainty.ranks)
        score = self.certainty.roles.probability(role_features(role, person, around))
        return replace(role, confidence=self.certainty.curves["roles"].at(score))

    def _commitment(self, commitment: Commitment, around: Surroundings) -> Commitment:
        score = self.certainty.commitments.probability(commitment_features(commitment, around))
        return replace(commitment, confidence=self.certainty.curves["commitments"].at(score))
