"""Whom words stand for, on sentences made up for these tests."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower, names

MEETING = "Defence Minister Jan Veltman met Foreign Minister Lena Ostrova in Tunis."
MIXED = "Mr Jan Veltman met Mrs Lena Ostrova in Tunis."


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        (f"{MIXED} He left.", "He", "Jan Veltman"),
        (f"{MIXED} She left.", "She", "Lena Ostrova"),
        (f"{MEETING} He left.", "He", "Jan Veltman"),
        (f"{MIXED} She thanked him.", "him", "Jan Veltman"),
        ("Mr Jan Veltman praised Mrs Lena Ostrova and her staff.", "her", "Lena Ostrova"),
    ],
)
def test_he_and_she(follower: Follower, text: str, word: str, name: str) -> None:
    assert names(follower.parties(text, word)) == [name]


def test_object_is_not_the_subject_of_its_verb(follower: Follower) -> None:
    text = "General Karim Sadi left. Defence Minister Jan Veltman thanked him."
    assert names(follower.parties(text, "him")) == ["Karim Sadi"]


def test_nobody_mentioned_nobody_meant(follower: Follower) -> None:
    assert follower.parties("He left.", "He") == []


@pytest.mark.parametrize(
    ("sentence", "word"),
    [("Both sides signed a text.", "sides"), ("They left.", "They"), ("The two ministers left.", "ministers")],
)
def test_words_for_all_parties(follower: Follower, sentence: str, word: str) -> None:
    assert names(follower.parties(f"{MEETING} {sentence}", word)) == ["Jan Veltman", "Lena Ostrova"]


@pytest.mark.parametrize(
    ("post", "name"),
    [("defence minister", "Jan Veltman"), ("foreign minister", "Lena Ostrova"), ("general", "Karim Sadi")],
)
def test_bare_post_points_to_its_holder(follower: Follower, post: str, name: str) -> None:
    assert names(follower.parties(f"{MEETING} General Karim Sadi waited. The {post} left.", post)) == [name]


def test_bare_post_without_a_holder_is_a_nameless_party(follower: Follower) -> None:
    (party,) = follower.parties(f"{MEETING} The ambassador left.", "The ambassador")
    assert (party.referent.ref, party.referent.name, party.referent.type) == (None, "ambassador", "group")


def test_delegation_with_its_members(follower: Follower) -> None:
    text = "A Chadian delegation led by General Karim Sadi and including Colonel Petra Lindholt arrived."
    (party,) = follower.parties(text, "delegation")
    assert party.referent.country == "TD"
    assert [(m.referent.name, m.lead) for m in party.members] == [("Karim Sadi", True), ("Petra Lindholt", False)]


def test_delegation_gets_its_members_later(follower: Follower) -> None:
    text = "A delegation arrived. The delegation included General Karim Sadi and Colonel Petra Lindholt. They left."
    (delegation,) = follower.follow(text).discourse.memory.delegations
    assert names(delegation.members) == ["Karim Sadi", "Petra Lindholt"]
    assert delegation.resolved() == delegation.members


def test_two_countries(follower: Follower) -> None:
    text = "Chad and Niger reopened the border. The two countries agreed on patrols."
    assert sorted(names(follower.parties(text, "countries"))) == ["Chad", "Niger"]


def test_two_countries_are_two(follower: Follower) -> None:
    (party,) = follower.parties("Chad reopened the border. The two countries agreed on patrols.", "countries")
    assert party.referent.type == "group"


def test_counterparts_are_their_countries(follower: Follower) -> None:
    text = "Defence Minister Jan Veltman met his Chadian and Tunisian counterparts."
    parties = follower.parties(text, "counterparts")
    assert [(p.referent.name, p.referent.country) for p in parties] == [("Chad", "TD"), ("Tunisia", "TN")]


def test_forces_of_several_countries_are_the_countries(follower: Follower) -> None:
    text = "The armies of Chad and Niger held an exercise."
    assert names(follower.parties(text, "armies")) == ["Chad", "Niger"]


def test_visitor_is_who_made_the_visit(follower: Follower) -> None:
    text = "Defence Minister Jan Veltman visited Tunis. General Karim Sadi spoke. The visitor thanked him."
    assert names(follower.parties(text, "visitor")) == ["Jan Veltman"]


def test_group_keeps_its_own_words(follower: Follower) -> None:
    (party,) = follower.parties("Several senior Chadian officers attended.", "officers")
    assert (party.referent.name, party.referent.country) == ("Chadian officers", "TD")
