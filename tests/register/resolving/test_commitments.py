"""Following commitments: one promise told by several documents, and what was heard of it since."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.register.resolving.commitment_claims import CommitmentClaim
from communique.register.resolving.commitments import follow_commitments, stale_since
from communique.register.resolving.mechanism_claims import SameOrNot
from communique.register.resolving.mechanisms import follow
from tests.register.resolving.made_up import ROOM, promise

FIRST = promise("d1", "set up a joint room for the exchange of information", "01-10", steps=frozenset(("d1/m1",)))
AGAIN = promise("e1", "set up a shared information room", "01-12", act="signed")
BOATS = promise("d1", "deliver eight patrol boats", "01-10", number=2)
LATER = promise("e2", "deliver four more patrol boats", "08-20")
OTHERS = promise("e3", "deliver eight patrol boats", "01-11", parties=frozenset(("a7",)))
ALL = (FIRST, AGAIN, BOATS, LATER, OTHERS)


def claim_sets(*claims: CommitmentClaim, **options: object) -> set[tuple[str, ...]]:
    return {c.claims for c in follow_commitments(claims, **options)}  # type: ignore[arg-type]


def test_one_promise_told_twice_is_one_with_the_firmest_act() -> None:
    [found] = follow_commitments((FIRST, AGAIN))
    assert found.documents == ("d1", "e1")
    assert found.act == "signed"
    assert found.what == FIRST.what
    assert found.date == dt.date(2031, 1, 10)


def test_other_parties_times_and_contents_stay_apart() -> None:
    assert claim_sets(*ALL) == {("d1/c1", "e1/c1"), ("d1/c2",), ("e2/c1",), ("e3/c1",)}


def test_a_copy_adds_no_document() -> None:
    [found] = follow_commitments((FIRST, AGAIN), copies={"e1": "d1"})
    assert found.documents == ("d1",)


def test_steps_of_its_mechanism_and_later_promises_about_the_same_are_follow_ups() -> None:
    mechanisms = follow(ROOM).mechanisms
    room, boats, *_ = follow_commitments(ALL, mechanisms)
    assert room.mechanism == mechanisms[0].id
    assert [f.document for f in room.follow_ups] == ["d2", "d3", "d4"]
    assert [f.claim for f in boats.follow_ups] == ["e2/c1"]


def test_judgements_come_first() -> None:
    apart = SameOrNot(left=FIRST.id, right=AGAIN.id, is_same=False)
    assert ("d1/c1",) in claim_sets(*ALL, judgements=[apart])
    together = SameOrNot(left=BOATS.id, right=OTHERS.id, is_same=True)
    assert ("d1/c2", "e3/c1") in claim_sets(*ALL, judgements=[together])


def test_stale_since_the_last_follow_up_before_the_day() -> None:
    room = follow_commitments(ALL, follow(ROOM).mechanisms)[0]
    assert stale_since(room, dt.date(2031, 12, 31), 180) == dt.date(2031, 6, 11)
    assert stale_since(room, dt.date(2031, 5, 1), 180) is None
    assert stale_since(room, dt.date(2031, 3, 31), 30) == dt.date(2031, 2, 20)
    assert stale_since(room, dt.date(2030, 1, 1), 0) is None


@settings(deadline=None, max_examples=30)
@given(st.permutations(ALL))
def test_the_order_of_the_claims_does_not_matter(claims: list[CommitmentClaim]) -> None:
    assert follow_commitments(claims) == follow_commitments(ALL)
