"""Learned weights: small files made by the scripts in `training/`, and their loader."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over named binary features.

    Attributes:
        values: Feature → weight; features that are not listed weigh nothing.
        threshold: Probability from which the answer is yes.
    """

    values: Mapping[str, float]
    threshold: float

    def probability(self, features: Iterable[str]) -> float:
        """The answer to one example, 0 to 1."""
        total = sum(self.values.get(name, 0.0) for name in features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache
def load_weights(name: str) -> Weights:
    """The packaged weights of one model, such as "engagements"."""
    data = json.loads((resources.files(__package__) / f"{name}.json").read_text("utf-8"))
    return Weights(data["weights"], data["threshold"])
