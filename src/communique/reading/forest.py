"""Forests: small decision trees made by gradient boosting (Friedman 2001), applied with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_AT_ONCE = 64  # rows: what is walked then stays in the processor's cache


@dataclass(frozen=True)
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
        parts = [self._odds(rows[first : first + _AT_ONCE]) for first in range(0, len(rows), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        # One long array with all trees is walked, and all rows are one long array too: numpy takes from those
        # several times as fast as from tables.
        roots, feature, threshold, child, value = self._walk
        numbers, begins = rows.ravel(), (np.arange(len(rows)) * rows.shape[1])[:, None]
        node = np.repeat(roots[None, :], len(rows), axis=0)
        for _ in range(self.depth):
            is_left = numbers.take(feature.take(node) + begins) <= threshold.take(node)
            node = child.take(2 * node + is_left)
        total: NDArray[np.float64] = self.start + value.take(node).sum(axis=1, dtype=np.float64)
        return total

    @cached_property
    def _walk(self) -> tuple[NDArray[Any], ...]:
        """Roots, features, thresholds, right and left children by turns, and values, each in one long array."""
        roots = np.arange(len(self.feature)) * self.feature.shape[1]
        children = [(side + roots[:, None]).ravel() for side in (self.right, self.left)]
        child = np.stack(children, axis=1).ravel().astype(np.intp)
        return roots, self.feature.ravel().astype(np.intp), self.threshold.ravel(), child, self.value.ravel()

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
