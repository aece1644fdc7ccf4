"""The judge of engagements: models decide; sentences made up for these tests."""

from __future__ import annotations

import dataclasses

import pytest
from tests.reading.following import Follower, last_names
from tests.reading.test_forest import stump

from communique.reading.company import likeliest_company, raise_together, score_of
from communique.reading.engagement_judge import EngagementJudge, Models
from communique.reading.told_records import told_record

MEETING = "Defence Minister Jan Veltman met General Karim Sadi in Tunis on Monday."
TWO = f"{MEETING} Colonel Petra Lindholt will visit Oslo in June."


def sides(follower: Follower, text: str, models: Models | None = None) -> list[tuple[str, list[list[str]]]]:
    narrative = follower.follow(text, whole=True).narrative
    told = EngagementJudge(models).judge(narrative)
    records = [told_record(one, narrative) for one in told]
    return [(record.kind, [last_names(side) for side in record.sides]) for record in records]


def test_a_plain_meeting_is_told(follower: Follower) -> None:
    assert sides(follower, MEETING) == [("meeting", [["Veltman"], ["Sadi"]])]


def test_talks_are_the_meeting(follower: Follower) -> None:
    assert sides(follower, f"{MEETING} The talks covered training.") == [("meeting", [["Veltman"], ["Sadi"]])]


def test_separate_meetings_are_several(follower: Follower) -> None:
    text = "Defence Minister Jan Veltman met separately with General Karim Sadi and Colonel Petra Lindholt in Tunis."
    assert sides(follower, text) == [
        ("meeting", [["Veltman"], ["Sadi"]]),
        ("meeting", [["Veltman"], ["Lindholt"]]),
    ]


def test_nothing_is_told_above_the_cut(follower: Follower) -> None:
    packaged = Models.packaged()
    deaf = dataclasses.replace(packaged, tellings=dataclasses.replace(packaged.tellings, cut=1.1))
    assert sides(follower, TWO, deaf) == []


def test_a_document_without_triggers_tells_nothing(follower: Follower) -> None:
    assert sides(follower, "The harbour was quiet in winter.") == []


def test_chances_are_written_into_the_narrative(follower: Follower) -> None:
    narrative = follower.follow(MEETING, whole=True).narrative
    sure = dataclasses.replace(Models.packaged(), tellings=dataclasses.replace(stump(), start=9.0))
    judge = EngagementJudge(sure)
    judge.consult(narrative)
    judge.weigh_participants(narrative)
    judge.weigh_tellings(narrative)
    (telling,) = narrative.tellings
    assert telling.chance > 0.99
    assert max(telling.chances.values()) > 0.5


@pytest.mark.parametrize(
    ("chances", "named"),
    [
        ({}, []),
        ({"a": 0.1}, ["a"]),
        ({"a": 0.9, "b": 0.9, "c": 0.02}, ["a", "b"]),
        ({"a": 0.9, "b": 0.3}, ["a"]),
        ({"a": 0.9, "b": 0.45}, ["a"]),  # the best F1 would have both
        ({"a": 0.4, "b": 0.4, "c": 0.4}, ["a", "b", "c"]),
    ],
)
def test_as_many_are_named_as_promise_the_best_f_beta(chances: dict[str, float], named: list[str]) -> None:
    assert likeliest_company(chances)[0] == named


def test_expected_f1_is_that_of_the_sure() -> None:
    assert likeliest_company({"a": 1.0, "b": 1.0})[1] == pytest.approx(1.0)


def test_the_score_grows_with_the_chance_the_company_and_its_size() -> None:
    assert score_of(0.8, 1.0, 1) == 0.8
    assert score_of(0.8, 0.5, 1) == 0.4
    assert score_of(0.8, 0.5, 2) == 0.6
    assert score_of(0.8, 0.0, 0) == 0.0


def test_what_is_told_has_a_score(follower: Follower) -> None:
    (told,) = EngagementJudge().judge(follower.follow(MEETING, whole=True).narrative)
    assert 0.5 < told.score <= round(told.main.chance, 3)


def test_those_whom_one_word_stands_for_took_part_together(follower: Follower) -> None:
    text = (
        "A delegation that included Jan Veltman and Petra Lindholt arrived in Tunis. "
        "The delegation met General Karim Sadi on Monday."
    )
    narrative = follower.follow(text, whole=True).narrative
    telling = narrative.tellings[-1]
    actors = narrative.actors(telling)
    (pair,) = [actor.keys for actor in actors if len(actor.keys) > 1]
    one, other = sorted(pair)
    (third,) = [key for actor in actors for key in actor.keys if key not in pair]
    telling.chances.update({one: 0.3, other: 0.6, third: 0.9})
    raise_together(telling, actors)
    assert {key: telling.chances[key] for key in (one, other, third)} == {one: 0.6, other: 0.6, third: 0.9}


def test_who_is_also_named_alone_is_not_raised(follower: Follower) -> None:
    text = (
        "A delegation that included Jan Veltman and Petra Lindholt arrived in Tunis. "
        "The delegation met General Karim Sadi, and Lindholt left on Monday."
    )
    narrative = follower.follow(text, whole=True).narrative
    telling = next(t for t in narrative.tellings if t.trigger.token.text == "met")
    actors = narrative.actors(telling)
    (pair,) = [sorted(actor.keys) for actor in actors if len(actor.keys) > 1]
    telling.chances.update(dict(zip(pair, (0.3, 0.6), strict=True)))
    raise_together(telling, actors)
    assert [telling.chances[key] for key in pair] == [0.3, 0.6]
