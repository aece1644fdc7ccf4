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
        (f"{WHO} held talks with {WHOM} over the telephone.", "call"),
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


def test_another_verbs_telephone_makes_no_call(follower: Follower) -> None:
    triggers = follower.triggers(f"After the talks with {WHOM}, {WHO} spoke by phone with Petra Lindholt.")
    assert [trigger.kind for trigger in triggers if trigger.is_noun] == ["meeting"]


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


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        (f"{WHO} had a sit-down with {WHOM}.", "meeting", "down"),
        (f"{WHO} attended a wreath-laying with {WHOM}.", "ceremony", "laying"),
        (f"{WHO} briefed the United Nations Security Council.", "meeting", "briefed"),
        (f"{WHO} co-chaired the third session of the Lake Chad Basin Commission.", "committee_session", "session"),
        (f"{WHO} called in the ambassador.", "meeting", "called"),
        (f"{WHO} called {WHOM}.", "call", "called"),
        (f"{WHO} stopped at Tunis.", "visit", "stopped"),
        ("The four vessels were handed over in Tunis.", "ceremony", "handed"),
        (f"It was signed by {WHO}.", "signing", "signed"),
        (f"{WHO} and {WHOM} put their names to a text.", "signing", "names"),
        (f"{WHO} and {WHOM} came together in Tunis.", "meeting", "came"),
        (f"{WHO} had a working session with {WHOM}.", "meeting", "session"),
        (f"{WHO} assured {WHOM} of it over the telephone.", "call", "telephone"),
        ("The regatta took place off Tunis in May.", "conference", "regatta"),
    ],
)
def test_words_that_tell(follower: Follower, text: str, kind: str, word: str) -> None:
    assert (kind, word) in [(t.kind, t.token.lower_) for t in follower.triggers(text)]


def test_sentence_in_capitals(follower: Follower) -> None:
    (trigger,) = follower.triggers("VELTMAN MET WITH THE GENERAL ON FRIDAY.")
    assert (trigger.kind, trigger.token.text) == ("meeting", "met")


def test_exercise_before_its_name(follower: Follower) -> None:
    triggers = follower.triggers("The ships sailed for exercise Calm Tide in May.")
    assert "exercise" in [t.kind for t in triggers]


def test_what_is_counted_is_what_was_told_before(follower: Follower) -> None:
    text = "The first round of talks was held in Tunis. The second was held in Rome."
    told = [(t.trigger.kind, t.trigger.token.lower_) for t in follower.follow(text, whole=True).narrative.tellings]
    assert ("meeting", "second") in told


def test_the_names_that_nobody_puts_anywhere_tell_nothing(follower: Follower) -> None:
    assert [t.token.lower_ for t in follower.triggers(f"{WHO} read the names of the dead.")] == []


def test_nothing_is_counted_where_nothing_was_told(follower: Follower) -> None:
    assert not any(t.is_noun for t in follower.triggers("The second was larger."))


def test_entry_without_a_verb(follower: Follower) -> None:
    (trigger,) = follower.triggers(f"In the corridors: {WHO} with {WHOM}, about the sea.")
    assert (trigger.kind, trigger.weak, last_names(trigger.other)) == ("meeting", True, ["Sadi"])


def test_council_that_stands_for_its_session(follower: Follower) -> None:
    triggers = follower.triggers(f"{WHO} met {WHOM} on the sidelines of the Foreign Affairs Council.")
    assert [t.kind for t in triggers] == ["meeting", "committee_session"]
