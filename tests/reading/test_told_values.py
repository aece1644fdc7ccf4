"""Told or not, once more: what is asked of an engagement as a whole; sentences made up for these tests."""

from __future__ import annotations

import dataclasses

import pytest
from tests.reading.following import Follower
from tests.reading.test_forest import stump

from communique.reading.engagement_judge import EngagementJudge, Models, Told
from communique.reading.tellings import Narrative
from communique.reading.told_values import ToldValues

TEXT = (
    "Defence Minister Jan Veltman met General Karim Sadi in Tunis on Monday. "
    "Veltman met Sadi for an hour. Colonel Petra Lindholt visited Oslo in June."
)


@pytest.fixture
def narrative(follower: Follower) -> Narrative:
    narrative = follower.follow(TEXT, whole=True).narrative
    assert len(narrative.tellings) == 3
    for telling in narrative.tellings:
        telling.chance = 0.6
        telling.chances.clear()
        telling.chances.update(dict.fromkeys(telling.slots, 0.9))
    return narrative


def told(narrative: Narrative, *numbers: int) -> Told:
    tellings = [narrative.tellings[number] for number in numbers]
    return Told(tellings, tellings[0].chances, list(tellings[0].slots), 0.9, 0.6)


def row(narrative: Narrative, asked: list[Told], same: dict[tuple[int, int], float] | None = None) -> list[float]:
    return ToldValues(narrative, asked, same or {}).rows()[0]


def test_each_engagement_has_as_many_numbers(narrative: Narrative) -> None:
    alone = row(narrative, [told(narrative, 0)])
    first, second = ToldValues(narrative, [told(narrative, 0, 1), told(narrative, 2)], {}).rows()
    assert len(alone) == len(first) == len(second)


def test_one_that_is_told_elsewhere_is_seen_from_its_company(narrative: Narrative) -> None:
    again = row(narrative, [told(narrative, 0), told(narrative, 1)])
    other = row(narrative, [told(narrative, 0), told(narrative, 2)])
    assert 1.0 in {one - two for one, two in zip(again, other, strict=True)}


def test_one_that_is_told_elsewhere_is_seen_from_those_who_compare(narrative: Narrative) -> None:
    asked = [told(narrative, 0), told(narrative, 1)]
    values = row(narrative, asked, {(0, 1): 0.4375})
    assert 0.4375 in values
    assert 0.4375 not in row(narrative, asked)


@pytest.mark.parametrize(("start", "high"), [(50.0, True), (-50.0, False)])
def test_the_forest_has_the_last_word(narrative: Narrative, start: float, high: bool) -> None:
    whole = dataclasses.replace(stump(), start=start)
    found = EngagementJudge(dataclasses.replace(Models.packaged(), told=whole)).join(narrative)
    assert found
    assert all((one.chance > 0.99) is high for one in found)


def test_what_promises_nothing_is_not_weighed(narrative: Narrative) -> None:
    for telling in narrative.tellings:
        telling.chance = 0.2
    whole = dataclasses.replace(stump(), start=50.0)
    found = EngagementJudge(dataclasses.replace(Models.packaged(), told=whole)).join(narrative)
    assert {one.chance for one in found} == {0.2}


def test_without_a_forest_the_surest_telling_decides(narrative: Narrative) -> None:
    narrative.tellings[1].chance = 0.7
    found = EngagementJudge(dataclasses.replace(Models.packaged(), told=None)).join(narrative)
    assert [one.chance for one in found] == [one.main.chance for one in found]


def test_the_meeting_is_one_whoever_is_listed(follower: Follower) -> None:
    narrative = follower.follow(
        "Jan Veltman received Karim Sadi. Also at the meeting were Petra Lindholt and Omar Tazi.", whole=True
    ).narrative
    number = next(n for n, t in enumerate(narrative.tellings) if t.trigger.definite)
    keys = [
        key for key, m in narrative.cast.members.items() if m.party.referent.name in {"Petra Lindholt", "Omar Tazi"}
    ]
    models = Models.packaged()
    split = EngagementJudge(dataclasses.replace(models, apart=dataclasses.replace(models.apart, cut=-1.0)))
    assert split._companies(narrative, number, keys) == [keys]
    narrative.tellings[number].trigger.definite = False
    assert len(split._companies(narrative, number, keys)) == 2


@pytest.mark.parametrize(("chance", "kept"), [(0.95, True), (0.6, False)])
def test_the_only_engagement_of_a_document_is_told_when_it_is_sure(
    follower: Follower, chance: float, kept: bool
) -> None:
    narrative = follower.follow("Defence Minister Jan Veltman met General Karim Sadi in Tunis.", whole=True).narrative
    (telling,) = narrative.tellings
    telling.chance = chance
    telling.chances.update(dict.fromkeys(telling.slots, 0.9))
    never = dataclasses.replace(stump(), start=-50.0)
    (one,) = EngagementJudge(dataclasses.replace(Models.packaged(), told=never)).join(narrative)
    assert (one.chance == chance) is kept
