"""Learned weights: small files made by the scripts in `training/`, and their loader."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import repeat


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over named binary features.

    Attributes:
        values: Feature → weight; features that are not listed weigh nothing.
    """

    values: Mapping[str, float]

    def odds(self, features: Iterable[str]) -> float:
        """The logarithm of the odds that the answer to one example is yes."""
        return sum(map(self.values.get, features, repeat(0.0)))

    def probability(self, features: Iterable[str]) -> float:
        """The answer to one example, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.odds(features)))))


@lru_cache
def load_weights(name: str) -> Weights:
    """The packaged weights of one model, such as "tellings"."""
    data = json.loads((resources.files(__package__) / f"{name}.json").read_text("utf-8"))
    return Weights(data["weights"])
