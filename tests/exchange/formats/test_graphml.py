"""GraphML: read by networkx."""

from __future__ import annotations

from pathlib import Path

import networkx

from communique.exchange.export import export
from communique.register import Register
from communique.register.store.finding import EngagementFilters
from tests.exchange.made_up import FORMULA


def read(path: Path) -> dict[frozenset[str], dict[str, object]]:
    graph = networkx.read_graphml(path)
    assert not graph.is_directed()
    names = networkx.get_node_attributes(graph, "label")
    return {frozenset((names[a], names[b])): data for a, b, data in graph.edges(data=True)}


def test_an_edge_joins_those_of_different_sides(register: Register, tmp_path: Path) -> None:
    export(register, "graphml", tmp_path / "out.graphml")
    edges = read(tmp_path / "out.graphml")
    met = edges[frozenset(("Ana Corin", "Dario Elm"))]
    assert met["weight"] == 1
    assert met["source_ids"] == "d1; d2"
    assert met["evidence_count"] == 2
    assert frozenset(("Ana Corin", "Bea Falk")) not in edges  # of one side


def test_hostile_names_stay_text(register: Register, tmp_path: Path) -> None:
    export(register, "graphml", tmp_path / "out.graphml")
    # A control character that XML cannot hold becomes a blank.
    assert frozenset((FORMULA, "  guards")) in read(tmp_path / "out.graphml")


def test_filters_choose_whose_meetings_count(register: Register, tmp_path: Path) -> None:
    export(register, "graphml", tmp_path / "out.graphml", EngagementFilters(kind=("visit",)))
    graph = networkx.read_graphml(tmp_path / "out.graphml")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (2, 1)
