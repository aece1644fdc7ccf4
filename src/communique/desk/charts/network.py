"""Who with whom: actors as nodes, engagements that they share as ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from communique.desk.charts import svg
from communique.desk.charts.labels import Box, LabelPlacer, measure
from communique.desk.charts.layout import place_around, place_nodes

WIDTH, HEIGHT, MARGIN = 560.0, 430.0, 22.0
FEW, LOW = 6, 210.0
"""So few actors round one do with a lower picture."""
# Names take room on both sides of the nodes.
SIDE_MARGIN = 52.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor.

    Attributes:
        key: Names it in the picture.
        name: Its name.
        side: 0 to 4.
        weight: Number of engagements: its size.
        address: Its page.
        is_hollow: Not reviewed yet.
    """

    key: str
    name: str
    side: int
    weight: int
    address: str
    is_hollow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two actors that met, by their keys, and how often."""

    left: str
    right: str
    count: int


def draw_network(nodes: Sequence[Node], ties: Sequence[Tie], *, centre: str | None = None) -> str:
    """The network as SVG; an empty string where nobody met anybody.

    Args:
        nodes: Actors; each is drawn.
        ties: Ties between them; those with an unknown end are left out.
        centre: Key of the actor whose network it is; it stands in the middle.
    """
    if not nodes or not ties:
        return ""
    if centre is not None:  # sides stand together round it
        nodes = sorted(nodes, key=lambda node: (node.key != centre, node.side, -node.weight, node.key))
    numbers = {node.key: number for number, node in enumerate(nodes)}
    known = [tie for tie in ties if tie.left in numbers and tie.right in numbers]
    weights = [float(node.weight) for node in nodes]
    strengths = [(numbers[t.left], numbers[t.right], float(t.count)) for t in known]
    places = place_around(len(nodes)) if centre else place_nodes(weights, strengths, aspect=WIDTH / HEIGHT)
    height = LOW if centre and len(nodes) <= FEW else HEIGHT
    points = [
        (SIDE_MARGIN + x * (WIDTH - 2 * SIDE_MARGIN), MARGIN + y * (height - 2 * MARGIN)) for x, y in places.tolist()
    ]
    heaviest = max(node.weight for node in nodes)
    sizes = [3.2 + 4.6 * sqrt(node.weight / max(heaviest, 1)) for node in nodes]
    parts = [_tie(tie, points[numbers[tie.left]], points[numbers[tie.right]]) for tie in known]
    placer = LabelPlacer(Box(left=0, top=0, right=WIDTH, bottom=height))
    for (x, y), size in zip(points, sizes, strict=True):
        placer.take(Box(left=x - size, top=y - size, right=x + size, bottom=y + size))
    # The weightiest are named first: they get the room.
    order = sorted(range(len(nodes)), key=lambda n: (-weights[n], nodes[n].key))
    parts += [_node(nodes[number], points[number], sizes[number], placer) for number in order]
    return svg.picture(
        WIDTH, height, parts, name=f"Who with whom: {len(nodes)} actors, {len(known)} ties", class_="network"
    )


def _tie(tie: Tie, begin: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = begin, end
    # A slight bow keeps ties of three in a row apart.
    bow_x, bow_y = (x1 + x2) / 2 + (y2 - y1) * 0.08, (y1 + y2) / 2 - (x2 - x1) * 0.08
    path = (
        f"M{svg.number(x1)} {svg.number(y1)}Q{svg.number(bow_x)} {svg.number(bow_y)} {svg.number(x2)} {svg.number(y2)}"
    )
    width = min(0.7 + sqrt(tie.count) * 0.35, 4)
    return svg.element("path", d=path, class_="tie", stroke_width=width, data_ends=f"{tie.left} {tie.right}")


def _node(node: Node, at: tuple[float, float], size: float, placer: LabelPlacer) -> str:
    x, y = at
    words = f"{node.name}\n{node.weight} engagement{'s' if node.weight != 1 else ''}"
    parts = [svg.title(words), svg.sign(node.side, x, y, size, hollow=node.is_hollow)]
    spot = placer.place(x, y, size, measure(node.name))
    if spot is not None:
        parts.append(svg.text(node.name, spot.x, spot.y, f"label halo {spot.anchor}".strip()))
    return svg.link(node.address, *parts, class_="node", data_node=node.key)
