"""Following mechanisms: which steps are of one, in what order, and what people's judgements change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.register.resolving.mechanism_claims import SameOrNot, StepClaim
from communique.register.resolving.mechanism_units import block_keys
from communique.register.resolving.mechanism_words import packaged_thesaurus
from communique.register.resolving.mechanisms import follow, reached, stale_since
from tests.register.resolving.made_up import ROOM, step

HOTLINE = step("d5", "direct line between the two general staffs", "agreed", "03-01", kind="hotline")
BATTALION = step("d6", "mixed battalion", "agreed", "03-05", kind="joint_force")
EXERCISE = step("d7", "exercise Calm Meadow 31", "announced", "03-09", kind="exercise")
NEXT = step("d8", "Calm Meadow 32", "announced", "12-09", kind="exercise")
ABROAD = step("d9", "joint information centre", "agreed", "03-15", countries=frozenset(("PE", "BO")))
ALL = (*ROOM, HOTLINE, BATTALION, EXERCISE, NEXT, ABROAD)


def clusters(claims: tuple[StepClaim, ...], **options: object) -> set[frozenset[str]]:
    found = follow(claims, **options)  # type: ignore[arg-type]
    return {frozenset(s.claim.id for s in m.history) for m in found.mechanisms}


def test_one_mechanism_under_four_names() -> None:
    [mechanism] = follow(ROOM).mechanisms
    assert [s.status for s in mechanism.history] == ["agreed", "reaffirmed", "operating", "suspended"]
    assert mechanism.status == "suspended"
    assert mechanism.name == "border information office in Lomé"


def test_other_bodies_editions_and_countries_stay_apart() -> None:
    apart = {frozenset((c.id,)) for c in (HOTLINE, BATTALION, EXERCISE, NEXT, ABROAD)}
    assert clusters(ALL) == {frozenset(c.id for c in ROOM), *apart}


def test_an_earlier_one_is_another() -> None:
    earlier = step("d2", "earlier information office", "failed", "02-20")
    assert len(clusters((ROOM[0], earlier))) == 2


def test_two_names_in_one_document_are_two_mechanisms() -> None:
    other = step("d1", "joint information centre", "agreed", "01-10", number=2)
    assert len(clusters((ROOM[0], other))) == 2


def test_links_say_why() -> None:
    [mechanism] = follow(ROOM).mechanisms
    assert len(mechanism.links) == len(ROOM) - 1
    assert all("information" in link.reason and link.score >= 0.6 for link in mechanism.links)


def test_a_report_that_points_back_is_linked_more_firmly() -> None:
    plain = step("d2", "border office", "called_for", "03-02", quote="the border office")
    pointing = replace(plain, quote="the border office agreed in January")
    first = step("d1", "border information room", "agreed", "01-10")
    loose, firm = (follow((first, claim)).mechanisms[0].links[0] for claim in (plain, pointing))
    assert firm.score > loose.score
    assert "points back to 2031-01" in firm.reason


@settings(deadline=None, max_examples=30)
@given(st.permutations(ALL))
def test_the_order_of_the_claims_does_not_matter(claims: list[StepClaim]) -> None:
    assert follow(claims) == follow(ALL)


def test_what_is_judged_the_same_is_joined_and_the_different_is_not() -> None:
    same = SameOrNot(left=HOTLINE.id, right=BATTALION.id, is_same=True)
    assert frozenset((HOTLINE.id, BATTALION.id)) in clusters(ALL, judgements=[same])
    different = [SameOrNot(left=ROOM[0].id, right=claim.id, is_same=False) for claim in ROOM[1:]]
    assert frozenset((ROOM[0].id,)) in clusters(ALL, judgements=different)


def test_uncertain_pairs_are_given_for_review() -> None:
    claims = (
        step("d1", "joint border centre", "agreed", "01-10"),
        step("d2", "joint training centre", "agreed", "02-10"),
    )
    following = follow(claims)
    assert len(following.mechanisms) == 2
    assert [(r.left, r.right) for r in following.reviews] == [("d1/m1", "d2/m1")]


def test_copies_count_once() -> None:
    copy = replace(ROOM[3], id="d0/m1", document="d0")
    [mechanism] = follow((*ROOM, copy), copies={"d0": "d4"}).mechanisms
    assert len(mechanism.history) == len(ROOM)
    assert mechanism.history[-1].documents == ("d4", "d0")
    assert mechanism.history[-1].claim == ROOM[3]
    assert mechanism.claims == tuple(sorted((copy.id, *(claim.id for claim in ROOM))))


def test_what_does_not_stand_by_itself_needs_a_firm_one() -> None:
    loose = step("d2", "information office in Lomé", "reaffirmed", "02-20", is_firm=False)
    assert follow((loose,)).mechanisms == ()
    firm = step("d1", "joint information room in Lomé", "agreed", "01-10")
    assert clusters((firm, loose)) == {frozenset((firm.id, loose.id))}


@given(st.lists(st.sampled_from(ALL), unique=True, min_size=2))
def test_steps_that_share_no_key_are_never_linked(claims: list[StepClaim]) -> None:
    keys = {claim.id: block_keys(claim, packaged_thesaurus()) for claim in claims}
    for mechanism in follow(claims).mechanisms:
        assert all(keys[link.left] & keys[link.right] for link in mechanism.links)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["called_for"], "called_for"),
        (["agreed", "reaffirmed"], "reaffirmed"),
        (["operating", "reaffirmed"], "operating"),
        (["operating", "suspended", "called_for"], "suspended"),
        (["suspended", "operating"], "operating"),
    ],
)
def test_calls_and_confirmations_do_not_undo_what_was_reached(statuses: list[str], expected: str) -> None:
    assert reached(statuses) == expected  # type: ignore[arg-type]


def test_a_history_without_steps_has_reached_nothing() -> None:
    with pytest.raises(ValueError, match="at least one status"):
        reached([])


@pytest.mark.parametrize(
    ("as_at", "days", "expected"),
    [
        ("2031-12-31", 180, "2031-06-11"),
        ("2031-07-01", 180, None),
        ("2031-05-31", 30, "2031-04-02"),
        ("2030-12-31", 1, None),
    ],
)
def test_stale_since_looks_from_a_day(as_at: str, days: int, expected: str | None) -> None:
    [mechanism] = follow(ROOM).mechanisms
    since = stale_since(mechanism, dt.date.fromisoformat(as_at), days)
    assert since == (dt.date.fromisoformat(expected) if expected else None)


def test_what_is_finished_is_never_stale() -> None:
    [mechanism] = follow((step("d1", "joint demining course", "completed", "01-10"),)).mechanisms
    assert stale_since(mechanism, dt.date(2035, 1, 1), 30) is None
