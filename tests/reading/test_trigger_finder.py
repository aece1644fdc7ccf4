"""Which words tell an engagement, and whom they put where, on sentences made up for these tests."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower, last_names

from communique.reading.triggers import Trigger

WHO = "Defence Minister Jan Veltman"
WHOM = "General Karim Sadi"


def only(follower: Follower, text: str) -> Trigger:
    (trigger,) = [t for t in follower.triggers(text) if t.is_complete]
    return trigger


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{WHO} met {WHOM}.", "meeting"),
        (f"{WHO} received {WHOM}.", "meeting"),
        (f"{WHO} called on {WHOM}.", "meeting"),
        (f"{WHO} spoke with {WHOM}.", "meeting"),
        (f"{WHO} spoke by telephone with {WHOM}.", "call"),
        (f"{WHO} phoned {WHOM}.", "call"),
        (f"{WHO} signed an agreement with {WHOM}.", "signing"),
        (f"{WHO} held talks with {WHOM}.", "meeting"),
        (f"{WHO} held a phone call with {WHOM}.", "call"),
        (f"{WHO} attended a conference with {WHOM}.", "conference"),
        (f"{WHO} chaired a cabinet meeting with {WHOM}.", "committee_session"),
        (f"{WHO} paid a courtesy call on {WHOM}.", "meeting"),
    ],
)
def test_verb_and_noun_frames(follower: Follower, text: str, kind: str) -> None:
    trigger = only(follower, text)
    assert trigger.kind == kind
    assert (last_names(trigger.one), last_names(trigger.other)) == (["Veltman"], ["Sadi"])


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO} called on Chad to free the crew.",
        f"{WHO} made a call for unity.",
        f"{WHO} held a press conference.",
        f"{WHO} leads the visit committee.",
    ],
)
def test_what_only_looks_like_an_engagement(follower: Follower, text: str) -> None:
    assert [t for t in follower.triggers(text) if t.is_complete] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{WHO} flew to Tunis.", "Tunis"),
        (f"{WHO} arrived in Tunis.", "Tunis"),
        (f"{WHO} visited Tunis.", "Tunis"),
        (f"{WHO} paid a visit to Tunis.", "Tunis"),
    ],
)
def test_travel_names_the_place(follower: Follower, text: str, place: str) -> None:
    trigger = next(t for t in follower.triggers(text) if t.place_words)
    assert (trigger.kind, last_names(trigger.one)) == ("visit", ["Veltman"])
    assert [token.text for token in trigger.place_words] == [place]


def test_travel_without_a_place_is_incomplete(follower: Follower) -> None:
    assert [t.is_complete for t in follower.triggers(f"{WHO} left for home.")] == [False]


def test_passive_verb_puts_the_agent_first(follower: Follower) -> None:
    trigger = only(follower, f"{WHO} was received by {WHOM}.")
    assert (last_names(trigger.one), last_names(trigger.other)) == (["Sadi"], ["Veltman"])


def test_call_received_was_made_by_the_other(follower: Follower) -> None:
    trigger = only(follower, f"{WHO} received a phone call from {WHOM}.")
    assert (last_names(trigger.one), last_names(trigger.other)) == (["Sadi"], ["Veltman"])


def test_talks_between_parties_are_equal(follower: Follower) -> None:
    trigger = only(follower, f"Talks between {WHO} and {WHOM} were held in Tunis.")
    assert (trigger.one, trigger.other, last_names(trigger.several)) == ([], [], ["Veltman", "Sadi"])


def test_countries_before_the_noun(follower: Follower) -> None:
    trigger = only(follower, "Chadian-Tunisian talks began on Monday.")
    assert sorted(last_names(trigger.several)) == ["Chad", "Tunisia"]


def test_companions_stand_with_who_acts(follower: Follower) -> None:
    trigger = only(follower, f"{WHO}, together with Colonel Petra Lindholt, received {WHOM}.")
    assert (last_names(trigger.one), last_names(trigger.other)) == (["Veltman", "Lindholt"], ["Sadi"])


def test_meanwhile_who_acts_was_at_talks_without_an_owner(follower: Follower) -> None:
    (talks,) = follower.triggers(f"During talks with {WHOM}, {WHO} praised the envoy.")
    assert (last_names(talks.one), last_names(talks.other)) == (["Veltman"], ["Sadi"])
    (talks,) = follower.triggers(f"During the talks with {WHOM}, {WHO} praised the envoy.")
    assert (last_names(talks.one), last_names(talks.other)) == ([], ["Sadi"])


def test_words_that_mark_a_noun(follower: Follower) -> None:
    first, second = follower.triggers(f"The talks with {WHOM} led to a second round of talks.")
    assert (first.definite, first.again) == (True, False)
    assert (second.definite, second.again) == (False, True)


def test_event_with_a_name(follower: Follower) -> None:
    (trigger,) = follower.triggers(f"{WHO} attended the Lake Chad Security Conference in Tunis.")
    assert (trigger.kind, trigger.named, last_names(trigger.one)) == ("conference", True, ["Veltman"])
