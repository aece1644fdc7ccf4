"""Forests: small decision trees made by gradient boosting (Friedman 2001), applied with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Forest:
    """Decision trees as arrays of the shape (trees, nodes); a leaf points to itself.

    Attributes:
        feature: Which feature a node asks for.
        threshold: Up to which value it sends left.
        left: The node to the left.
        right: The node to the right.
        value: What a leaf adds to the logarithm of the odds.
        start: The logarithm of the odds before the first tree.
        depth: Steps from the root to the deepest leaf.
        cut: The logarithm of the odds from which the answer is yes.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    start: float
    depth: int
    cut: float

    def odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The logarithm of the odds of each row, by going down all trees at once."""
        # One long array with all trees is walked, and all rows are one long array too: numpy takes from those
        # several times as fast as from tables.
        roots = np.arange(len(self.feature)) * self.feature.shape[1]
        feature, threshold, value = self.feature.ravel(), self.threshold.ravel(), self.value.ravel()
        left, right = (self.left + roots[:, None]).ravel(), (self.right + roots[:, None]).ravel()
        numbers, begins = rows.ravel(), np.arange(len(rows))[:, None] * rows.shape[1]
        node = np.repeat(roots[None, :], len(rows), axis=0)
        for _ in range(self.depth):
            is_left = numbers.take(begins + feature.take(node)) <= threshold.take(node)
            node = np.where(is_left, left.take(node), right.take(node))
        total: NDArray[np.float64] = self.start + value.take(node).sum(axis=1, dtype=np.float64)
        return total

    def chances(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of each row, 0 to 1."""
        chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-self.odds(rows)))
        return chances


def read_forest(stream: IO[bytes]) -> Forest:
    """The trees of a file as `training/forests.py` writes it."""
    with np.load(stream) as arrays:
        trees = {key: arrays[key] for key in ("feature", "threshold", "left", "right", "value")}
        return Forest(**trees, start=float(arrays["start"]), depth=int(arrays["depth"]), cut=float(arrays["cut"]))


@cache
def packaged_forest(name: str) -> Forest:
    """The trees of one model that come with the package, such as "topics", read once."""
    with (files("communique.reading") / "learned" / f"{name}.npz").open("rb") as stream:
        return read_forest(stream)
