"""The stories of the gold in five random orders, all at once and one by one, give the same conclusions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from communique.model import Readout
from communique.pages import open_document
from communique.reading.reader import Reader
from tests.register.conftest import MakeRegister

OWN = Path(__file__).parents[3] / "data" / "gold" / "stories-own"
SEEDS = range(5)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def own(reader: Reader) -> list[Readout]:
    """The stories of our own, all in one register."""
    return read(reader, sorted(OWN.glob("*/*.txt")))


@pytest.fixture(scope="module")
def given(reader: Reader, shared: Path) -> list[Readout]:
    """The stories of the shared folder."""
    return read(reader, sorted((shared / "gold" / "stories").glob("*.txt")))


def read(reader: Reader, paths: Sequence[Path]) -> list[Readout]:
    """Readouts with their texts, as they come from elsewhere."""
    documents = [open_document(path, lexicon=reader.lexicon) for path in paths]
    return [
        replace(readout, document=replace(readout.document, text=document.text))
        for readout, document in zip(reader.read_many(documents), documents, strict=True)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("stories", ["own", "given"])
def test_stories_in_any_order(make_register: MakeRegister, request: pytest.FixtureRequest, stories: str) -> None:
    readouts: list[Readout] = request.getfixturevalue(stories)
    assert len(readouts) > 30
    at_once = conclude(make_register, [readouts])
    assert at_once["engagements"]
    for seed in SEEDS:
        shuffled = random.Random(seed).sample(readouts, len(readouts))
        assert conclude(make_register, [shuffled]) == at_once
        assert conclude(make_register, [[readout] for readout in shuffled]) == at_once


def conclude(make_register: MakeRegister, arrivals: Sequence[Sequence[Readout]]) -> dict[str, list[object]]:
    """What a new register concludes from reports that arrive so."""
    make_register("sqlite")
    from communique.register.store.delivered import keep_readouts
    from tests.register.filling import conclusions

    for readouts in arrivals:
        list(keep_readouts(readouts))
    return conclusions()
