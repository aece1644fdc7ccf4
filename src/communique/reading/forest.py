"""Forests: small decision trees made by gradient boosting (Friedman 2001), applied with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import zip_longest
from typing import IO, TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_ANSWERS_AT_ONCE = 1 << 17  # of nodes to rows: what is looked at then stays in the processor's cache
_FEWEST_ROWS = 8
_ALWAYS_YES = (0, np.inf, 0)  # feature, threshold, leaves that are struck out otherwise


@dataclass(frozen=True, slots=True)
class _Questions:
    """What the nodes of all trees ask, and what the leaves are worth.

    The first nodes of all trees come first, then the second ones: so the trees are gone through side by side. A tree
    that asks less than others asks what is always answered yes.

    Attributes:
        trees: How many there are.
        feature: Of each node.
        threshold: Of each node, one column.
        kept: Of each node the leaves of its tree, as bits, that are left when it sends to the right; one column.
        value: Of each leaf, tree after tree.
        begin: Of each tree where its leaves begin in ``value``, one column.
    """

    trees: int
    feature: NDArray[np.intp]
    threshold: NDArray[np.float64]
    kept: NDArray[Any]
    value: NDArray[np.float32]
    begin: NDArray[np.intp]


@dataclass(frozen=True)
class Forest:
    """Decision trees as arrays of the shape (trees, nodes); a leaf points to itself.

    Rows do not go down the trees: every node of all trees answers for itself, and where it sends a row to the right,
    the leaves to its left are struck out. The first leaf that is left is the row's (QuickScorer, Lucchese et al. 2015).

    Attributes:
        feature: Which feature a node asks for.
        threshold: Up to which value it sends left.
        left: The node to the left.
        right: The node to the right.
        value: What a leaf adds to the logarithm of the odds.
        start: The logarithm of the odds before the first tree.
        cut: The logarithm of the odds from which the answer is yes.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    start: float
    cut: float

    def odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The logarithm of the odds of each row.

        Args:
            rows: Rows by features.
        """
        if not len(rows):
            return np.zeros(0)
        columns = np.ascontiguousarray(rows.T)
        step = max(_FEWEST_ROWS, _ANSWERS_AT_ONCE // len(self._questions.feature))
        return np.concatenate([self._odds(columns[:, i : i + step]) for i in range(0, len(rows), step)])

    def _odds(self, columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same for some rows, given as features by rows."""
        asked = self._questions
        is_left = columns.take(asked.feature, axis=0) <= asked.threshold
        # All bits where the answer is yes: nothing is struck out.
        kept = asked.kept | np.negative(is_left.view(np.uint8).astype(asked.kept.dtype))
        leaves = np.bitwise_and.reduce(kept.reshape(-1, asked.trees, kept.shape[1]), axis=0)
        number = np.frexp((leaves & np.negative(leaves)).astype(np.float64))[1] - 1  # of the lowest bit
        added = asked.value.take((number + asked.begin).T)
        total: NDArray[np.float64] = self.start + added.sum(axis=1, dtype=np.float64)
        return total

    @cached_property
    def _questions(self) -> _Questions:
        """The nodes of all trees that ask."""
        asked: list[list[tuple[int, float, int]]] = []
        values: list[list[float]] = []
        for tree in range(len(self.feature)):
            leaves: list[float] = []
            asked.append(self._asked(tree, 0, leaves) or [_ALWAYS_YES])
            values.append(leaves)
        most = max(map(len, values))
        value = np.zeros((len(values), most), dtype=np.float32)
        for tree, leaves in enumerate(values):
            value[tree, : len(leaves)] = leaves
        nodes = [node for level in zip_longest(*asked, fillvalue=_ALWAYS_YES) for node in level]
        kind = np.uint16 if most <= 16 else np.uint32 if most <= 32 else np.uint64
        every = np.iinfo(kind).max
        return _Questions(
            trees=len(values),
            feature=np.array([feature for feature, _, _ in nodes], dtype=np.intp),
            threshold=np.array([threshold for _, threshold, _ in nodes], dtype=np.float64)[:, None],
            kept=np.array([every & ~struck for _, _, struck in nodes], dtype=kind)[:, None],
            value=value.ravel(),
            begin=(np.arange(len(values), dtype=np.intp) * most)[:, None],
        )

    def _asked(self, tree: int, node: int, leaves: list[float]) -> list[tuple[int, float, int]]:
        """Feature, threshold and the leaves to the left, as bits, of a node and of all under it.

        Args:
            tree: Number of the tree.
            node: Number of the node.
            leaves: The values of the leaves before it, to which its own are added.
        """
        if self.left[tree, node] == node:
            leaves.append(float(self.value[tree, node]))
            return []
        before = len(leaves)
        under = self._asked(tree, int(self.left[tree, node]), leaves)
        struck = (1 << len(leaves)) - (1 << before)
        own = (int(self.feature[tree, node]), float(self.threshold[tree, node]), struck)
        return [own, *under, *self._asked(tree, int(self.right[tree, node]), leaves)]

    def chances(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of each row, 0 to 1."""
        chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-self.odds(rows)))
        return chances


def softmax(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of each of several, one of which is right, 0 to 1.

    Args:
        odds: Their odds by a forest that was fitted to choose; one at least.
    """
    weights = np.exp(odds - odds.max())
    chances: NDArray[np.float64] = weights / weights.sum()
    return chances


def read_forest(stream: IO[bytes]) -> Forest:
    """The trees of a file as `training/forests.py` writes it."""
    with np.load(stream) as arrays:
        trees = {key: arrays[key] for key in ("feature", "threshold", "left", "right", "value")}
        return Forest(**trees, start=float(arrays["start"]), cut=float(arrays["cut"]))


@cache
def packaged_forest(name: str) -> Forest:
    """The trees of one model that come with the package, such as "topics", read once."""
    with (files("communique.reading") / "learned" / f"{name}.npz").open("rb") as stream:
        return read_forest(stream)
