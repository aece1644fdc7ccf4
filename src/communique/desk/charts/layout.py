"""Where the nodes of a network stand: forces worked out to rest, the same for the same network each time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

STEPS = 300
ONE_RING = 14
"""More nodes than this on one ring would write their names over each other."""
GOLDEN_ANGLE = 2.399963229728653
Points = NDArray[np.float64]


def place_nodes(weights: Sequence[float], ties: Sequence[tuple[int, int, float]], *, aspect: float = 1.4) -> Points:
    """Puts nodes so that the tied ones are near and none are on top of each other.

    Fruchterman and Reingold's forces ("Graph drawing by force-directed placement", 1991) with a pull to the middle,
    from a start without chance: a spiral, the heaviest node in the middle.

    Args:
        weights: One weight a node.
        ties: Pairs of nodes (by number) with a strength.
        aspect: Width of the picture over its height.

    Returns:
        Shape (nodes, 2), each coordinate between 0 and 1.
    """
    count = len(weights)
    if count == 0:
        return np.zeros((0, 2))
    order = np.argsort(np.argsort(-np.asarray(weights, dtype=float), kind="stable"), kind="stable")
    radius, angle = np.sqrt(order + 0.2), order * GOLDEN_ANGLE
    points: Points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1) / np.sqrt(count)
    pull = np.zeros((count, count))
    for left, right, strength in ties:
        pull[left, right] = pull[right, left] = 0.4 + np.log1p(strength)
    wanted = 1.6 / np.sqrt(count)
    pull *= 0.35 / wanted
    x, y = points[:, 0], points[:, 1]
    for step in range(STEPS):
        # Across and down apart, and forces as factors of the gaps: a quarter of the work of an array of vectors.
        across, down = np.subtract.outer(x, x), np.subtract.outer(y, y)
        square = np.maximum(across**2 + down**2, 1e-8)
        factor = wanted**2 / square - pull * np.sqrt(square)
        move_x = (factor * across).sum(axis=1) - x * 0.45
        move_y = (factor * down).sum(axis=1) - y * 0.45
        length = np.maximum(np.hypot(move_x, move_y), 1e-9)
        share = np.minimum(length, 0.12 * (1 - step / STEPS) + 0.002) / length
        x, y = x + move_x * share, y + move_y * share
    points = np.stack([x, y], axis=1)
    return _fit(_spread(_fit(points), aspect))


def place_around(count: int) -> Points:
    """Puts one node into the middle and the others round it, on two rings when there are many.

    Returns:
        Shape (count, 2), each coordinate between 0 and 1; the first one stands in the middle.
    """
    others = np.arange(count - 1)
    angle = others / max(count - 1, 1) * 2 * np.pi
    radius = np.where((others % 2 == 1) & (count > ONE_RING), 0.3, 0.5)
    ring = 0.5 + np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return np.concatenate([np.full((1, 2), 0.5), ring])


def _fit(points: Points) -> Points:
    """Into the unit square."""
    low, high = points.min(axis=0), points.max(axis=0)
    fitted: Points = (points - low) / np.maximum(high - low, 1e-9)
    if len(points) == 1:
        return np.full((1, 2), 0.5)
    return fitted


def _spread(points: Points, aspect: float) -> Points:
    """Moves apart what would overlap, labels being wider than high."""
    least_x, least_y = 0.045, 0.045 * aspect
    for _ in range(40):
        gaps = points[:, None, :] - points[None, :, :]
        over_x, over_y = least_x - np.abs(gaps[:, :, 0]), least_y - np.abs(gaps[:, :, 1])
        clash = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(clash, False)
        if not clash.any():
            break
        # Along the vertical, where labels need less; equal heights are told apart by number.
        sense = np.sign(gaps[:, :, 1]) + (gaps[:, :, 1] == 0) * np.sign(
            np.subtract.outer(np.arange(len(points)), np.arange(len(points)))
        )
        points = points + np.stack(
            [np.zeros(len(points)), (sense * np.where(clash, over_y, 0)).sum(axis=1) * 0.3], axis=1
        )
    return points
