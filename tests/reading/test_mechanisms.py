"""Steps of mechanisms: which phrases name one, and in what state a sentence puts it."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.model import MechanismStep, Readout
from communique.pages import document_from_text
from communique.reading.reader import Reader

MONDAY = dt.date(2031, 5, 5)


def read(reader: Reader, text: str) -> Readout:
    document = document_from_text(f"Notes from the border\n\n{text}", published=MONDAY, lexicon=reader.lexicon)
    return reader.read(document)


def steps(reader: Reader, text: str) -> list[tuple[str, str]]:
    return [(step.name, step.status) for step in read(reader, text).mechanisms]


def only(reader: Reader, text: str) -> MechanismStep:
    [step] = read(reader, text).mechanisms
    return step


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The two ministers agreed to set up a joint coordination cell.", "agreed"),
        ("A joint coordination cell is to be set up in Port Vell.", "announced"),
        ("The general announced that a joint coordination cell would be opened in June.", "announced"),
        ("The minister called for the joint coordination cell to be reopened.", "called_for"),
        ("Traders asked that the joint coordination cell be reopened at once.", "called_for"),
        ("The minister reaffirmed his support for the joint coordination cell.", "reaffirmed"),
        ("The joint coordination cell should start work within a few weeks.", "reaffirmed"),
        ("A building for the joint coordination cell had been found near the port.", "reaffirmed"),
        ("The mandate of the joint coordination cell was extended by a year.", "reaffirmed"),
        ("The joint coordination cell began receiving calls on Friday.", "operating"),
        ("The joint coordination cell has been working again since April.", "operating"),
        ("Ministers welcomed the launch of the joint coordination cell.", "operating"),
        ("The joint demining course came to an end on Friday.", "completed"),
        ("Work at the joint coordination cell has been suspended until further notice.", "suspended"),
        ("The joint coordination cell, closed since March, was discussed.", "suspended"),
        ("The navy has withdrawn its officers from the joint coordination cell.", "suspended"),
        ("The joint coordination cell collapsed in March.", "failed"),
        ("The joint coordination cell did not get beyond paper.", "failed"),
    ],
)
def test_the_state_that_a_sentence_tells(reader: Reader, sentence: str, status: str) -> None:
    assert [step.status for step in read(reader, sentence).mechanisms] == [status]


@pytest.mark.parametrize(
    "sentence",
    [
        "The joint coordination cell was not opened.",
        "The joint coordination cell might be opened one day.",
        "The minister refused to open a joint coordination cell.",
        "If the joint coordination cell is opened, traders will return.",
        "The ministers visited the joint coordination cell on Friday.",
        "The minister urged the joint coordination cell to publish its figures.",
        "The Ministry of Defence opened a driving school in Port Vell.",
        "Parliament opened its session on Friday.",
        "The army began work on a new barracks.",
        "He led the office of the prime minister.",
    ],
)
def test_no_state_is_told(reader: Reader, sentence: str) -> None:
    assert steps(reader, sentence) == []


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("The four-country rapid reaction brigade", "joint_force"),
        ("The direct line between the two general staffs", "hotline"),
        ("The border information office", "operations_room"),
        ("The mixed commission on fisheries", "committee"),
        ("The Italian mine-search course", "training_programme"),
        ("The exercise Calm Meadow", "exercise"),
        ("The ceasefire", "ceasefire"),
    ],
)
def test_the_kind_of_a_phrase(reader: Reader, phrase: str, kind: str) -> None:
    assert only(reader, f"{phrase} was suspended on Friday.").kind == kind


def test_what_was_told_before_is_meant_again_and_bears_its_fullest_name(reader: Reader) -> None:
    text = (
        "The joint centre was inaugurated on Friday. The desk has been working since.\n\n"
        "The joint centre for the exchange of information was suspended on Saturday."
    )
    assert {name for name, _ in steps(reader, text)} == {"joint centre for the exchange of information"}


def test_it_is_the_mechanism_of_the_sentence_before(reader: Reader) -> None:
    text = "The joint convoy battalion was halted in March. It remains suspended, an officer said."
    assert steps(reader, text) == [("joint convoy battalion", "suspended")]


def test_one_state_told_twice_is_one_step_with_both_passages(reader: Reader) -> None:
    text = "The joint cell was opened on Friday. On Friday, the joint information cell was opened by the minister."
    step = only(reader, text)
    assert [evidence.quote[:6] for evidence in step.evidence] == ["On Fri", "The jo"]


def test_the_day_is_that_of_the_step_and_never_that_for_which_it_is_planned(reader: Reader) -> None:
    opened = only(reader, "The joint coordination cell was opened on Friday.")
    assert opened.date is not None
    assert opened.date.start == dt.date(2031, 5, 2)
    planned = only(reader, "The joint coordination cell will be opened in September.")
    assert planned.date is None


def test_a_step_knows_its_commitment_its_engagement_and_its_parties(reader: Reader) -> None:
    text = (
        "PORT VELL – The defence minister of Ghana, Kwesi Amoaful, met his colleague from Togo, Yao Dossavi, in Lomé "
        "on Friday. The two ministers agreed to set up a joint coordination cell of Ghana and Togo."
    )
    readout = read(reader, text)
    [step] = readout.mechanisms
    assert step.engagement == readout.engagements[0].id
    assert step.commitment == readout.commitments[0].id
    assert step.date is not None
    assert step.date.start == dt.date(2031, 5, 2)
    assert {"Ghana", "Togo"} <= {party.name for party in step.parties}


def test_a_bare_noun_that_points_to_something_is_tentative(reader: Reader) -> None:
    assert only(reader, "The goldsmiths' school in Lomé reopened on Friday.").confidence < 0.4
