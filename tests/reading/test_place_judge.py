"""The judge of places: candidates, their numbers, and the choice; sentences made up for these tests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.reading.following import Follower
from tests.reading.test_forest import stump

from communique.model import Place
from communique.reading.engagement_judge import Told
from communique.reading.opinion import UNSAID, Opinion
from communique.reading.place_candidates import Candidate, Story, candidates
from communique.reading.place_judge import PlaceJudge, visited, within
from communique.reading.place_values import place_values
from communique.reading.told_records import told_record

MEETING = "Defence Minister Jan Veltman met General Karim Sadi in Oslo on Monday."
HALL = Place(text="the hall", name="the hall")
OSLO = Place(text="Oslo", name="Oslo", country="NO", latitude=59.9, longitude=10.7)


def story(follower: Follower, text: str, opinion: Opinion | None = None) -> Story:
    narrative = follower.follow(text, whole=True).narrative
    narrative.opinion = opinion or Opinion()
    judge = PlaceJudge(follower.reader.lexicon, follower.reader.circumstances)
    keys = list(narrative.cast.members)[:2]
    told = [Told([telling], dict.fromkeys(keys, 0.9), keys, 0.9, 0.9) for telling in narrative.tellings]
    records = [told_record(one, narrative) for one in told]
    return judge.story(told, records, narrative)


def test_all_that_is_named_around_is_a_candidate(follower: Follower) -> None:
    found = candidates(story(follower, f"{MEETING} Bergen was quiet. Tunis was quiet."), 0)
    assert [candidate.place.name for candidate in found] == ["Oslo", "Bergen", "Tunis"]


def test_what_the_title_names_is_a_candidate_however_far_it_is(follower: Follower) -> None:
    text = " ".join(["Sfax was quiet."] + ["Nothing was said."] * 12 + ["Jan Veltman met General Karim Sadi."])
    one = story(follower, text)
    last = len(one.told) - 1
    before = [candidate.place.name for candidate in candidates(one, last)]
    one.narrative.lines[0].is_title = True
    assert (before, [candidate.place.name for candidate in candidates(one, last)]) == ([], ["Sfax"])


def test_a_place_named_twice_is_one_candidate(follower: Follower) -> None:
    (oslo, *_) = candidates(story(follower, f"{MEETING} Oslo was quiet."), 0)
    assert [(spot.line, spot.site is not None) for spot in oslo.spots] == [(0, True), (1, False)]


def test_the_capitals_of_who_is_spoken_of_are_candidates(follower: Follower) -> None:
    (oslo,) = candidates(story(follower, "The Norwegian minister Jan Veltman met General Karim Sadi."), 0)
    assert (oslo.place.name, oslo.place.text) == ("Oslo", "")


def test_every_candidate_has_as_many_numbers(follower: Follower) -> None:
    one = story(follower, f"{MEETING} Bergen was quiet. He then visited the port of Bergen with Sadi.")
    for number in range(len(one.told)):
        rows = place_values(one, number, candidates(one, number))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert np.isfinite(np.array(rows, dtype=float)).all()


def test_the_encoder_is_heard_about_the_words_that_it_means(follower: Follower) -> None:
    silent = story(follower, MEETING)
    start = MEETING.index("in Oslo")
    heard = story(follower, MEETING, Opinion(where={(0, 0, start): 2.5}))
    assert [place_values(one, 0, candidates(one, 0))[0][-1] for one in (silent, heard)] == [UNSAID, 2.5]


@pytest.mark.parametrize(("cut", "name"), [(-1.6, "Oslo"), (-1.4, None)])
def test_where_the_rules_name_no_place_the_cut_counts(follower: Follower, cut: float, name: str | None) -> None:
    judge = PlaceJudge(follower.reader.lexicon, follower.reader.circumstances, replace(stump(), cut=cut))
    record = story(follower, "Jan Veltman met Karim Sadi.").records[0]
    assert record.place is None
    place = judge.chosen([Candidate(OSLO)], judge.forest.odds(np.array([[1.0]])), record)
    assert (place.name if place else None) == name


def test_a_building_stands_in_the_likeliest_town(follower: Follower) -> None:
    judge = PlaceJudge(follower.reader.lexicon, follower.reader.circumstances, stump())
    record = story(follower, MEETING).records[0]
    place = judge.chosen([Candidate(HALL), Candidate(OSLO)], judge.forest.odds(np.array([[1.0], [1.0]])), record)
    assert place == replace(OSLO, text="the hall")
    hall = judge.chosen([Candidate(HALL), Candidate(OSLO)], judge.forest.odds(np.array([[2.0], [1.0]])), record)
    assert hall == HALL, "of the two, the town has less than a hundredth of what is likely"


def test_calls_keep_what_the_rules_say(follower: Follower) -> None:
    one = story(follower, "In Oslo, Jan Veltman phoned Karim Sadi.")
    assert [record.kind for record in one.records] == ["call"]
    judge = PlaceJudge(follower.reader.lexicon, follower.reader.circumstances)
    judge.choose(one.told, one.records, one.narrative)
    assert one.records[0].place is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Jan Veltman paid a visit to Libya on Monday.", "LY"),
        ("Jan Veltman visited Libya on Monday.", "LY"),
        ("Jan Veltman visited Oslo on Monday.", None),
        ("Jan Veltman, with cousins in Libya, visited the port of Oslo on Monday.", None),
        ("Jan Veltman returned from a visit to Libya, Chad and Niger.", None),
        ("Jan Veltman met Karim Sadi in Libya on Monday.", None),
    ],
)
def test_where_a_visit_leads(follower: Follower, text: str, country: str | None) -> None:
    assert visited(story(follower, text), 0) == country


def test_a_visit_is_paid_in_the_country_that_it_leads_to() -> None:
    hall, oslo = Candidate(HALL), Candidate(OSLO)
    odds = np.array([0.5, 1.5])
    assert within("LY", [hall, oslo], odds).tolist() == [0.5, -np.inf]
    assert within("NO", [hall, oslo], odds).tolist() == [0.5, 1.5]
    assert within(None, [hall, oslo], odds).tolist() == [0.5, 1.5]
    assert within("LY", [oslo], odds[1:]).tolist() == [1.5], "nothing else is on offer"
