"""Whether two names can be one person's: pairs of many naming cultures, as data."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from communique.register.resolving.blocks import block_keys
from communique.register.resolving.names import SAME_NAME, compare_names
from communique.register.resolving.profiles import ActorMention, build_profiles

LINES = (Path(__file__).parent / "name_pairs.txt").read_text("utf-8").splitlines()
PAIRS = [
    tuple(field.strip() for field in line.split("|")) for line in LINES if "|" in line and not line.startswith("#")
]


def blocks_of(name: str) -> frozenset[str]:
    (profile,) = build_profiles([ActorMention(key="d/p1", document="d", type="person", name=name)])
    return block_keys(profile)


@pytest.mark.parametrize(("one", "other", "verdict"), PAIRS)
def test_pair(one: str, other: str, verdict: str) -> None:
    match = compare_names(one, other)
    found = "near" if match.relation == "alike" else match.relation
    assert found == verdict, match


@pytest.mark.parametrize(("one", "other", "verdict"), PAIRS)
def test_the_order_of_a_pair_does_not_matter(one: str, other: str, verdict: str) -> None:
    assert compare_names(one, other) == compare_names(other, one), verdict


@pytest.mark.parametrize(("one", "other"), [(one, other) for one, other, verdict in PAIRS if verdict != "different"])
def test_pairs_that_may_be_one_share_a_block(one: str, other: str) -> None:
    assert blocks_of(one) & blocks_of(other)


@pytest.mark.parametrize("name", sorted({pair[0] for pair in PAIRS if " " in pair[0]}))
def test_every_name_is_the_same_as_itself(name: str) -> None:
    assert compare_names(name, name).score >= SAME_NAME


@pytest.mark.parametrize("name", ["", " ", "-", "..", "()", "'", "\u0301"])
def test_a_name_of_nothing_is_nobodys(name: str) -> None:
    assert compare_names(name, "Ruth Haddow").relation == "different"


@pytest.mark.parametrize("module", ["sounds", "name_parts", "names", "wording", "institutions", "posts", "titles"])
def test_examples_in_docstrings(module: str) -> None:
    outcome = doctest.testmod(import_module(f"communique.register.resolving.{module}"))
    assert outcome.attempted
    assert not outcome.failed
