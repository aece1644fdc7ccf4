"""Reports of engagements: comparing is symmetric, grouping and concluding do not depend on the order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.register.resolving.clustering import PairJudgements
from communique.register.resolving.conclusions import conclude
from communique.register.resolving.engagement_pairs import compare_reports
from communique.register.resolving.engagements import group_reports, score_pairs
from communique.register.resolving.reports import ClaimedSide, EngagementClaim

DAY = dt.date(2031, 3, 10)
ACTORS = st.frozensets(st.sampled_from(["a1", "a2", "a3", "a4"]), max_size=3)


@st.composite
def claims(draw: st.DrawFn) -> list[EngagementClaim]:
    """Up to eight reports of a few days, places and people."""
    return [
        EngagementClaim(
            key=f"d{number}/e1",
            document=f"d{number}",
            source=f"outlet {draw(st.integers(1, 4))}",
            published=DAY,
            kind=draw(st.sampled_from(["meeting", "visit", "call"])),
            status=draw(st.sampled_from(["held", "planned", "cancelled"])),
            background=draw(st.booleans()),
            start=(day := draw(st.none() | st.dates(DAY, DAY + dt.timedelta(days=9)))),
            end=day,
            precision="day" if day else None,
            place=draw(st.sampled_from([None, "Accra", "Tema"])),
            is_city=True,
            sides=tuple(ClaimedSide(people=draw(ACTORS)) for _ in range(2)),
        )
        for number in range(draw(st.integers(1, 8)))
    ]


def grouped(listed: list[EngagementClaim], judgements: PairJudgements | None = None) -> set[tuple[str, ...]]:
    by_key = {claim.key: claim for claim in listed}
    pairs = {(p.left, p.right): p for claim in listed for p in score_pairs(claim, listed)}
    return set(group_reports(by_key, list(pairs.values()), judgements))


@given(claims())
def test_comparing_is_symmetric_and_a_share(listed: list[EngagementClaim]) -> None:
    for left in listed:
        for right in listed:
            found = compare_reports(left, right)
            assert found == compare_reports(right, left)
            assert 0.0 <= found.score <= 1.0


@given(claims(), st.randoms(use_true_random=False))
def test_grouping_does_not_depend_on_the_order(listed: list[EngagementClaim], chance: object) -> None:
    shuffled = list(listed)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    groups = grouped(listed)
    assert grouped(shuffled) == groups
    assert sorted(key for group in groups for key in group) == sorted(claim.key for claim in listed)


@given(claims(), st.data())
def test_what_people_said_holds(listed: list[EngagementClaim], data: st.DataObject) -> None:
    left, right = (data.draw(st.sampled_from(listed)).key for _ in range(2))
    if left == right:
        return
    together = grouped(listed, PairJudgements(same=((left, right),)))
    assert any({left, right} <= set(group) for group in together)
    apart = grouped(listed, PairJudgements(different=((left, right),)))
    assert not any({left, right} <= set(group) for group in apart)


@given(claims(), st.randoms(use_true_random=False))
def test_concluding_does_not_depend_on_the_order(listed: list[EngagementClaim], chance: object) -> None:
    shuffled = list(listed)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert conclude(shuffled) == conclude(listed)
    everybody = frozenset().union(*(claim.actors for claim in listed))
    concluded = [actor for side in conclude(listed).sides for actor in side.actors]
    assert set(concluded) <= everybody
    assert len(concluded) == len(set(concluded))  # nobody sits on two sides


def told(number: int, kind: str, *sides: str) -> EngagementClaim:
    """A report of one day in Accra; each side is a string of people."""
    return EngagementClaim(
        key=f"d{number}/e1",
        document=f"d{number}",
        source=f"outlet {number}",
        published=DAY,
        kind=kind,
        status="held",
        background=False,
        start=DAY,
        end=DAY,
        precision="day",
        place="Accra",
        is_city=True,
        sides=tuple(ClaimedSide(people=frozenset(side.split())) for side in sides),
    )


def test_a_visit_told_with_both_sides_is_their_meeting() -> None:
    meeting = told(1, "meeting", "a1", "a2")
    assert compare_reports(meeting, told(2, "visit", "a1", "a2")).verdict == "merged"
    assert compare_reports(meeting, told(2, "visit", "a1")).verdict != "merged"


@given(st.sampled_from([dt.date.min, dt.date.max]), st.booleans(), st.sampled_from(["held", "planned"]))
def test_the_ends_of_the_calendar_bound_a_window(day: dt.date, background: bool, status: str) -> None:
    for days in ({"published": day}, {"start": day, "precision": "day"}, {"end": day, "precision": "before"}):
        claim = EngagementClaim(key="a/0", document="a", source="a", background=background, status=status, **days)
        window = claim.window()
        assert window is not None
        assert window[0] <= day <= window[1]


def test_the_same_people_across_one_table_met_though_another_report_names_them_together() -> None:
    meeting = told(1, "meeting", "a1", "a2")
    together = replace(told(2, "meeting", "a1 a2"), place="Tema")
    assert compare_reports(meeting, together).verdict == "merged"
    hosts = replace(told(3, "meeting", "a1 a2"), place="Tema")
    assert compare_reports(together, hosts).score < compare_reports(meeting, together).score + 0.3


def test_a_guest_without_a_name_is_whom_the_report_names_elsewhere() -> None:
    meeting = told(1, "meeting", "a1", "a2")
    nameless = replace(told(2, "meeting", "a1"), start=DAY + dt.timedelta(days=1), end=DAY + dt.timedelta(days=1))
    assert compare_reports(meeting, nameless).verdict == "uncertain"
    assert compare_reports(meeting, replace(nameless, named=frozenset({"a1", "a2"}))).verdict == "merged"
    assert compare_reports(meeting, replace(nameless, named=frozenset({"a1", "a3"}))).verdict == "uncertain"
    other = told(3, "meeting", "a1", "a3")
    assert compare_reports(meeting, replace(other, named=frozenset({"a2"}))) == compare_reports(meeting, other)


@pytest.mark.parametrize(
    ("position", "less"), [((5.61, -0.17), False), ((6.69, -1.62), True)], ids=["near", "other end of the country"]
)
def test_places_near_each_other_are_one(position: tuple[float, float], less: bool) -> None:
    accra = replace(told(1, "meeting", "a1", "a2"), position=(5.56, -0.2))
    other = replace(told(2, "meeting", "a1", "a2"), place="elsewhere", position=position)
    unknown = replace(other, position=None)
    assert (compare_reports(accra, other).score > compare_reports(accra, unknown).score) is not less


def test_what_a_report_does_not_say_itself_counts_less_against() -> None:
    meeting, later = told(1, "meeting", "a1", "a2"), DAY + dt.timedelta(days=1)
    for changed, inferred in (
        ({"place": "Tema"}, {"is_place_told": False}),
        ({"place": "Lomé", "country": "TG"}, {"is_place_told": False}),
        ({"start": later, "end": later}, {"is_day_told": False}),
    ):
        other = replace(replace(told(2, "meeting", "a1", "a2"), country="GH"), **changed)
        here = replace(meeting, country="GH")
        assert compare_reports(here, replace(other, **inferred)).score > compare_reports(here, other).score
