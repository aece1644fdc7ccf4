"""Who does what, on parsed sentences made up for these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reading.following import Follower

from communique.reading.grammar import (
    agents,
    chain,
    conjuncts,
    governing_verb,
    is_negated,
    is_passive,
    is_subject,
    is_subjectless,
    modality,
    patients,
    prepositional,
    subjects,
)
from communique.reading.language import parse_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def parse(follower: Follower, text: str) -> Doc:
    nlp = follower.reader.preparer.nlp
    return next(parse_sentences(nlp, [nlp.make_doc(text)]))


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def texts(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


def test_active_verb(follower: Follower) -> None:
    verb = word(parse(follower, "The minister greeted the envoy and the officers."), "greeted")
    assert not is_passive(verb)
    assert texts(agents(verb)) == ["minister"]
    assert texts(patients(verb)) == ["envoy", "officers"]


def test_passive_verb(follower: Follower) -> None:
    verb = word(parse(follower, "The envoy was greeted by the minister and the mayor."), "greeted")
    assert is_passive(verb)
    assert texts(agents(verb)) == ["minister", "mayor"]
    assert texts(patients(verb)) == ["envoy"]


def test_reduced_passive_is_done_to_its_noun(follower: Follower) -> None:
    verb = word(parse(follower, "The delegation led by the minister left."), "led")
    assert is_passive(verb)
    assert texts(patients(verb)) == ["delegation"]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The minister arrived and greeted the envoy.", "greeted"),
        ("The minister wants to greet the envoy.", "greet"),
        ("The minister, who greeted the envoy, left.", "greeted"),
    ],
)
def test_subject_is_inherited(follower: Follower, text: str, verb: str) -> None:
    assert texts(subjects(word(parse(follower, text), verb))) == ["minister"]


def test_conjuncts_are_in_order(follower: Follower) -> None:
    doc = parse(follower, "The minister, the envoy and the mayor left.")
    assert texts(conjuncts(word(doc, "minister"))) == ["minister", "envoy", "mayor"]


def test_coordinated_subject_is_a_subject(follower: Follower) -> None:
    doc = parse(follower, "The minister and the envoy left the town.")
    assert [is_subject(word(doc, text)) for text in ("minister", "envoy", "town")] == [True, True, False]


def test_prepositional_phrases(follower: Follower) -> None:
    noun = word(parse(follower, "The talks between the minister and the envoy lasted long."), "talks")
    assert texts(prepositional(noun, "between")) == ["minister", "envoy"]
    assert prepositional(noun, "with") == []


def test_governing_verb_of_a_complement(follower: Follower) -> None:
    doc = parse(follower, "The minister took part in the exercise.")
    governor = governing_verb(word(doc, "part"))
    assert governor is not None
    assert governor.text == "took"


def test_chain_of_verbs(follower: Follower) -> None:
    verb = word(parse(follower, "The minister is expected to meet the envoy."), "meet")
    assert texts(list(chain(verb))) == ["meet", "expected"]


@pytest.mark.parametrize(
    ("text", "verb", "mode"),
    [
        ("The minister will meet the envoy.", "meet", "future"),
        ("The minister may meet the envoy.", "meet", "maybe"),
        ("The minister had met the envoy.", "met", "pluperfect"),
        ("The minister met the envoy.", "met", "past"),
        ("The minister is meeting the envoy.", "meeting", "progressive"),
        ("The minister meets the envoy.", "meets", "present"),
        ("The minister hopes to meet the envoy.", "meet", "infinitive"),
    ],
)
def test_modality(follower: Follower, text: str, verb: str, mode: str) -> None:
    assert modality(word(parse(follower, text), verb)) == mode


def test_negation(follower: Follower) -> None:
    assert is_negated(word(parse(follower, "The minister did not meet the envoy."), "meet"))
    assert is_negated(word(parse(follower, "No minister met the envoy."), "met"))
    assert not is_negated(word(parse(follower, "The minister met the envoy."), "met"))


def test_agenda_leaves_out_the_subject(follower: Follower) -> None:
    assert is_subjectless(word(parse(follower, "Receives the envoy."), "Receives"))
    assert not is_subjectless(word(parse(follower, "The minister receives the envoy."), "receives"))
