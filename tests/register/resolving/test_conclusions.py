"""Conclusions: how likely an engagement is, who its sources are, and which reading stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from communique.register.resolving.conclusions import conclude, likelihood
from communique.register.resolving.reports import ClaimedSide, EngagementClaim

DAY = dt.date(2031, 3, 10)
HOST = ClaimedSide(people=frozenset({"a1"}), order=("a1",))
GUEST = ClaimedSide(people=frozenset({"a2", "a3"}), order=("a3", "a2"))
CLAIM = EngagementClaim(
    key="d1/e1",
    document="d1",
    source="morning post",
    published=DAY,
    start=DAY,
    end=DAY,
    precision="day",
    place="Accra",
    country="GH",
    is_city=True,
    sides=(HOST, GUEST),
    confidence=0.4,
)
OTHER = replace(CLAIM, key="d2/e1", document="d2", source="evening star")


def test_sources_bear_each_other_out_and_passages_of_one_do_not() -> None:
    again = replace(CLAIM, key="d3/e1", document="d3")
    assert likelihood([CLAIM]) == pytest.approx(0.4)
    assert likelihood([CLAIM, again]) == pytest.approx(0.4)
    assert likelihood([CLAIM, OTHER]) == pytest.approx(0.64)
    assert likelihood([]) == 0.0


def test_participants_stand_as_the_fullest_report_lists_them() -> None:
    terse = replace(OTHER, sides=(HOST, ClaimedSide(people=frozenset({"a2"}), order=("a2",))))
    for reports in ([CLAIM, terse], [terse, CLAIM]):
        assert [side.actors for side in conclude(reports).sides] == [("a1",), ("a3", "a2")]


def test_the_day_of_most_sources_stands_and_the_others_are_a_conflict() -> None:
    late = replace(OTHER, key="d4/e1", document="d4", source="noon", start=DAY + dt.timedelta(1))
    conclusion = conclude([late, CLAIM, OTHER])
    assert conclusion.date_from in (CLAIM.key, OTHER.key)
    assert [conflict.field for conflict in conclusion.conflicts] == ["date"]
    assert dict(conclusion.conflicts[0].values)["d4"] == "2031-03-11"
    assert conclusion.independent_sources == 3


def test_what_a_report_says_itself_outweighs_what_was_inferred() -> None:
    inferred = replace(
        CLAIM, key="d0/e1", document="d0", source="noon", start=DAY - dt.timedelta(1), is_day_told=False, place="Tema"
    )
    for reports in ([inferred, OTHER], [OTHER, inferred]):
        assert conclude(reports).date_from == OTHER.key
        assert conclude([replace(one, is_place_told=one.is_day_told) for one in reports]).place_from == OTHER.key


def test_an_article_that_says_less_is_no_conflict() -> None:
    silent = replace(OTHER, start=None, end=None, precision=None, place=None, is_city=False)
    assert conclude([CLAIM, silent]).conflicts == ()


def test_held_wins_over_announced() -> None:
    announced = replace(OTHER, status="planned", published=DAY - dt.timedelta(9))
    assert conclude([announced, CLAIM]).status == "held"
    assert conclude([announced]).status == "planned"
