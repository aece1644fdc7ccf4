"""Numbers are permanent: which record a group goes on as."""

from __future__ import annotations

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

    found = succeed([["a"], ["b"]], {"a": 1, "b": 1}, {1}, {"b": 2})
    assert found.record_of == (1, 2)


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
