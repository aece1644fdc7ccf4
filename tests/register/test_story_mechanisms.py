"""Mechanisms of our own stories: read, followed, and held against floors.

Counted as the given scorer does: a step is right when document and state are (announced counts as agreed), the passages
overlap, and it lies in the mechanism that covers most of the gold one.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from communique.pages import open_document
from communique.reading.reader import Reader
from communique.reading.spelling import fold
from communique.register.resolving.mechanism_claims import Mechanism
from communique.register.resolving.mechanism_reports import step_claims
from communique.register.resolving.mechanisms import follow

FOLDER = Path(__file__).parents[2] / "data" / "gold" / "stories-own"
# Measured F1, less what a step more or less in so few makes.
FLOORS = {"sahel": 0.9, "caucasus": 0.9, "guinea": 0.72, "andes": 0.64, "sulu": 0.5}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def overlap(a: str, b: str) -> float:
    one, other = Counter(fold(a).split()), Counter(fold(b).split())
    return (one & other).total() / max(1, min(one.total(), other.total()))


def covered(gold: dict[str, Any], found: Mechanism, names: dict[str, str]) -> int:
    left = list(found.history)
    for step in gold["history"]:
        wanted = {"announced": "agreed"}.get(step["status"], step["status"])
        hit = next(
            (
                s
                for s in left
                if names[s.claim.document] == step["doc"]
                and {"announced": "agreed"}.get(s.status, s.status) == wanted
                and overlap(s.claim.quote, step["evidence"]) >= 0.4
            ),
            None,
        )
        if hit is not None:
            left.remove(hit)
    return len(found.history) - len(left)


@pytest.mark.parametrize("name", FLOORS)
def test_steps_of_mechanisms_are_found_and_followed(reader: Reader, name: str) -> None:
    register = json.loads((FOLDER / name / "register.json").read_text("utf-8"))
    documents = [open_document(path, lexicon=reader.lexicon) for path in sorted((FOLDER / name).glob("*.txt"))]
    readouts = list(reader.read_many(documents))
    names = {readout.document.id: Path(readout.document.uri).stem for readout in readouts}
    of_name = {stem: identifier for identifier, stem in names.items()}
    copies = {of_name[copy]: of_name[root] for root, *others in register["copies"] for copy in others}
    claims = [claim for readout in readouts for claim in step_claims(readout, lambda party: fold(party.name))]
    mechanisms = list(follow(claims, copies=copies).mechanisms)
    told, wanted = sum(len(m.history) for m in mechanisms), sum(len(m["history"]) for m in register["mechanisms"])
    wanted_ones = register["mechanisms"]
    hits = {(g, k): covered(gold, m, names) for g, gold in enumerate(wanted_ones) for k, m in enumerate(mechanisms)}
    right, golds, founds = 0, set(), set()
    for g, k in sorted(hits, key=lambda pair: (-hits[pair], pair)):
        if g not in golds and k not in founds:
            right, golds, founds = right + hits[g, k], golds | {g}, founds | {k}
    assert 2 * right / (told + wanted) >= FLOORS[name]
