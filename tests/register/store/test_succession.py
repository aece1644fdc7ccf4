"""Numbers are permanent: which record a group goes on as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.register.conftest import MakeRegister


def test_the_group_with_most_claims_goes_on_and_the_oldest_number_wins(make_register: MakeRegister) -> None:
    make_register("sqlite")
    from communique.register.store.succession import succeed

    found = succeed([["a", "b", "c"], ["d"]], {"a": 2, "b": 1, "d": 2, "c": 2}, {1, 2, 3}, {})
    assert found.record_of == (1, None)
    assert (found.merged, found.orphaned) == ({2: 0}, frozenset({3}))


def test_a_group_that_parts_again_revives_its_old_number(make_register: MakeRegister) -> None:
    make_register("sqlite")
    from communique.register.store.succession import succeed

    found = succeed([["a"], ["b"]], {"a": 1, "b": 1}, {1}, {2: ["b"]})
    assert found.record_of == (1, 2)


@pytest.mark.parametrize("groups", [[["a"], ["b", "c"]], [["b", "c"], ["a"]]])
def test_the_older_record_keeps_its_own_claims_though_the_other_had_more(groups: list[list[str]]) -> None:
    from communique.register.store.succession import succeed

    found = succeed(groups, dict.fromkeys("abc", 1), {1}, {2: ["b", "c"]})
    assert {number: sorted(keys) for number, keys in zip(found.record_of, groups, strict=True)} == {
        1: ["a"],
        2: ["b", "c"],
    }


def test_of_a_chain_of_mergers_the_record_parts_that_the_claim_was_of() -> None:
    from communique.register.store.succession import succeed

    chain = {3: ["d"], 2: ["b", "c", "d"]}
    assert succeed([["a", "b", "c"], ["d"]], dict.fromkeys("abcd", 1), {1}, chain).record_of == (1, 3)
    assert succeed([["a"], ["b", "c", "d"]], dict.fromkeys("abcd", 1), {1}, chain).record_of == (1, 2)


def test_a_rejected_record_that_comes_back_is_older_than_what_came_in_its_stead() -> None:
    from communique.register.store.succession import succeed

    found = succeed([["a", "c"]], {"c": 9}, {9}, {1: ["a"]})
    assert (found.record_of, found.merged) == ((1,), {9: 0})


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=1, unique=True), max_size=5),
    st.dictionaries(st.integers(0, 9), st.integers(1, 4)),
)
def test_every_record_goes_on_once_or_ends_once(groups: list[list[int]], held: dict[int, int]) -> None:
    from communique.register.store.succession import succeed

    seen: set[int] = set()
    parted = [[str(k) for k in keys if k not in seen and not seen.add(k)] for keys in groups]  # type: ignore[func-returns-value]
    affected = set(held.values())
    found = succeed(parted, {str(k): v for k, v in held.items()}, affected, {})
    going_on = [number for number in found.record_of if number]
    assert len(going_on) == len(set(going_on))
    assert set(going_on) | found.merged.keys() | found.orphaned == affected
    assert not set(going_on) & (found.merged.keys() | found.orphaned)
    assert not found.merged.keys() & found.orphaned
