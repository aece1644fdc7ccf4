"""Sides of what is told: those whom grammar gives, those whom it has missed; sentences made up for these tests."""

from __future__ import annotations

from tests.reading.following import Follower, last_names

from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES
from communique.reading.engagement_judge import Told
from communique.reading.opinion import Opinion
from communique.reading.tellings import Narrative
from communique.reading.told_records import told_record

TEXT = "Defence Minister Jan Veltman met General Karim Sadi while Colonel Petra Lindholt waited outside in Tunis."


def told(narrative: Narrative, names: list[str]) -> Told:
    members = narrative.cast.members
    keys = {last_names([member.party])[0]: key for key, member in members.items()}
    chosen = [keys[name] for name in names]
    return Told(narrative.tellings[:1], dict.fromkeys(chosen, 0.9), chosen, 1.0, 0.8)


def sides(follower: Follower, text: str, names: list[str]) -> list[list[str]]:
    narrative = follower.follow(text, whole=True).narrative
    return [last_names(side) for side in told_record(told(narrative, names), narrative).sides]


def test_grammars_sides_are_kept(follower: Follower) -> None:
    assert sides(follower, TEXT, ["Sadi", "Veltman"]) == [["Veltman"], ["Sadi"]]


def test_who_did_not_take_part_is_left_out(follower: Follower) -> None:
    assert sides(follower, TEXT, ["Sadi"]) == [["Sadi"]]


def test_whom_grammar_has_missed_stands_on_the_other_side(follower: Follower) -> None:
    assert sides(follower, TEXT, ["Veltman", "Sadi", "Lindholt"]) == [["Veltman"], ["Sadi", "Lindholt"]]


def test_a_record_has_the_day_place_and_confidence(follower: Follower) -> None:
    narrative = follower.follow(f"{TEXT[:-1]} on Monday.", whole=True).narrative
    record = told_record(told(narrative, ["Veltman"]), narrative)
    assert record.date is not None
    assert str(record.date.start) == "2025-05-12"
    assert record.place is not None
    assert record.place.name == "Tunis"
    assert record.confidence == 0.8


def test_the_encoder_has_its_say_about_kind_and_standing(follower: Follower) -> None:
    narrative = follower.follow("Jan Veltman met Karim Sadi.", whole=True).narrative
    one = told(narrative, ["Veltman"])
    assert told_record(one, narrative).kind == "meeting"
    sure = {
        "kinds": {0: [0.0 if kind == "visit" else -50.0 for kind in ENGAGEMENT_KINDS]},
        "statuses": {0: [0.0 if status == "planned" else -50.0 for status in ENGAGEMENT_STATUSES]},
        "backgrounds": {0: [-50.0, 0.0]},
    }
    narrative.opinion = Opinion(**sure)
    record = told_record(one, narrative)
    assert (record.kind, record.standing.status, record.standing.background) == ("visit", "planned", True)
