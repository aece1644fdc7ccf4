"""Who sat together and who was met apart; sentences made up for these tests."""

from __future__ import annotations

import dataclasses

import pytest
from tests.reading.following import Follower, last_names
from tests.reading.test_forest import stump

from communique.reading.apart import MOST, asked_together, companies
from communique.reading.engagement_judge import EngagementJudge, Models, Told

LIST = "Defence Minister Jan Veltman met General Karim Sadi and Colonel Petra Lindholt in Tunis."


def told(follower: Follower, text: str, models: Models | None = None) -> list[set[str]]:
    narrative = follower.follow(text, whole=True).narrative
    members = narrative.cast.members
    judged: list[Told] = EngagementJudge(models).judge(narrative)
    return [{last_names([members[key].party])[0] for key in one.participants} for one in judged]


@pytest.mark.parametrize(
    ("apart", "expected"),
    [
        ([], [["a", "b", "c"]]),
        ([("b", "c")], [["a", "b"], ["a", "c"]]),
        ([("b", "c"), ("c", "d"), ("b", "d")], [["a", "b"], ["a", "c"], ["a", "d"]]),
        ([("a", "b")], [["a", "c"], ["b", "c"]]),
    ],
)
def test_companies_are_the_largest_groups_without_two_who_were_apart(
    apart: list[tuple[str, str]], expected: list[list[str]]
) -> None:
    keys = sorted({key for group in expected for key in group})
    assert companies(keys, map(frozenset, apart)) == expected


def test_who_was_apart_from_everybody_is_left_out_where_others_met() -> None:
    assert companies(["a", "b", "c"], [frozenset("ac"), frozenset("bc")]) == [["a", "b"]]


def test_two_who_were_apart_are_two_companies() -> None:
    assert companies(["a", "b"], [frozenset("ab")]) == [["a"], ["b"]]


def test_more_companies_than_a_sentence_can_tell_are_one() -> None:
    keys = [str(number) for number in range(MOST + 2)]
    apart = [frozenset((one, two)) for one in keys[1:] for two in keys[1:] if one < two]
    assert companies(keys, apart) == [keys]


def test_every_two_of_a_sentence_are_asked_about_in_its_order(follower: Follower) -> None:
    narrative = follower.follow(LIST, whole=True).narrative
    members = narrative.cast.members
    pairs = asked_together(narrative, 0, list(members))
    names = [tuple(last_names([members[key].party])[0] for key in pair[:2]) for pair in pairs]
    assert names == [("Veltman", "Sadi"), ("Veltman", "Lindholt"), ("Sadi", "Lindholt")]
    assert len({len(values) for _, _, values in pairs}) == 1


def test_one_alone_is_not_asked_about(follower: Follower) -> None:
    narrative = follower.follow(LIST, whole=True).narrative
    assert asked_together(narrative, 0, list(narrative.cast.members)[:1]) == []


def test_models_that_take_all_for_apart_tell_each_of_them_alone(follower: Follower) -> None:
    packaged = Models.packaged()
    apart = dataclasses.replace(packaged, apart=dataclasses.replace(stump(), start=9.0, cut=0.5))
    assert sorted(map(sorted, told(follower, LIST, apart))) == [["Lindholt"], ["Sadi"], ["Veltman"]]


def test_one_after_the_other(follower: Follower) -> None:
    text = "Minister Jan Veltman held talks with General Karim Sadi and, separately, with Colonel Petra Lindholt."
    assert told(follower, text) == [{"Veltman", "Sadi"}, {"Veltman", "Lindholt"}]


def test_a_delegation_sits_together(follower: Follower) -> None:
    text = "Defence Minister Jan Veltman received General Karim Sadi, who was accompanied by Colonel Petra Lindholt."
    assert told(follower, text) == [{"Veltman", "Sadi", "Lindholt"}]
