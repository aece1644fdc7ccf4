"""The second look: what several tellings of one engagement say of somebody together."""

from __future__ import annotations

import dataclasses

import pytest
from tests.reading.following import Follower
from tests.reading.test_forest import stump

from communique.reading.company import taken_together
from communique.reading.engagement_judge import EngagementJudge, Models
from communique.reading.second_look import FAINT, SecondLook
from communique.reading.tellings import Narrative

TEXT = (
    "Defence Minister Jan Veltman met General Karim Sadi in Tunis on Monday. "
    "The talks covered training. Ambassador Petra Lindholt attended the talks."
)


@pytest.fixture
def narrative(follower: Follower) -> Narrative:
    narrative = follower.follow(TEXT, whole=True).narrative
    assert len(narrative.tellings) >= 2
    for telling in narrative.tellings:
        telling.chance = 0.2
        telling.chances.clear()
    narrative.tellings[0].chance = 0.9
    return narrative


def key_of(narrative: Narrative, name: str) -> str:
    (key,) = [key for key, member in narrative.cast.members.items() if member.party.referent.name.endswith(name)]
    return key


def test_those_of_a_chance_are_asked_about_the_likeliest_first(narrative: Narrative) -> None:
    veltman, sadi, lindholt = (key_of(narrative, name) for name in ("Veltman", "Sadi", "Lindholt"))
    keys, rows = SecondLook(narrative).asked(narrative.tellings, {lindholt: FAINT / 2, sadi: 0.4, veltman: 0.9})
    assert list(keys) == [veltman, sadi]
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1])


def test_what_another_telling_says_changes_what_is_asked(narrative: Narrative) -> None:
    sadi = key_of(narrative, "Sadi")
    narrative.tellings[0].chances[sadi] = 0.3
    alone = SecondLook(narrative).asked(narrative.tellings[:1], {sadi: 0.3})[1]
    narrative.tellings[1].chances[sadi] = 0.8
    together = SecondLook(narrative).asked(narrative.tellings[:2], {sadi: 0.4})[1]
    assert alone != together


def test_nobody_is_asked_about_where_all_are_faint(narrative: Narrative) -> None:
    assert SecondLook(narrative).asked(narrative.tellings, {key_of(narrative, "Sadi"): 0.01}) == ([], [])


def test_whom_the_cast_does_not_know_is_not_asked_about(narrative: Narrative) -> None:
    sadi = key_of(narrative, "Sadi")
    assert SecondLook(narrative).asked(narrative.tellings, {"nobody": 0.95, sadi: 0.4})[0] == [sadi]


def test_the_surest_telling_counts_most(narrative: Narrative) -> None:
    veltman, sadi = key_of(narrative, "Veltman"), key_of(narrative, "Sadi")
    narrative.tellings[0].chances.update({veltman: 0.9, sadi: 0.1})
    narrative.tellings[1].chances.update({veltman: 0.2, sadi: 0.8})
    assert taken_together(narrative.tellings[:2]) == {veltman: 0.9, sadi: 0.4}


@pytest.mark.parametrize(("start", "named"), [(50.0, 3), (-50.0, 1)])
def test_the_forest_has_the_last_word(narrative: Narrative, start: float, named: int) -> None:
    for number, name in enumerate(("Veltman", "Sadi", "Lindholt")):
        narrative.tellings[0].chances[key_of(narrative, name)] = 0.9 - 0.35 * number
    company = dataclasses.replace(stump(), start=start)
    # Who met somebody apart is not asked: no chance is above the cut.
    apart = dataclasses.replace(stump(), cut=2.0)
    models = dataclasses.replace(Models.packaged(), company=company, apart=apart)
    told = next(t for t in EngagementJudge(models).join(narrative) if narrative.tellings[0] in t.tellings)
    assert len(told.participants) == named


def test_without_a_forest_chances_stay_as_they_are(narrative: Narrative) -> None:
    sadi = key_of(narrative, "Sadi")
    narrative.tellings[0].chances[sadi] = 0.7
    models = dataclasses.replace(Models.packaged(), company=None)
    told = next(t for t in EngagementJudge(models).join(narrative) if narrative.tellings[0] in t.tellings)
    assert told.chances == {sadi: 0.7}
