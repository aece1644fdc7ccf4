"""Confidence: curves that rise, a judge that changes nothing else, features that long documents do not slow down."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.llm.sample import TEXT, report

from communique.evaluation.calibration import SURE
from communique.model import DocumentHead, Evidence, Person, Readout, Role
from communique.reading.confidence import Certainty, ConfidenceJudge, Curve, load_certainty
from communique.reading.confidence_features import Surroundings, role_features
from communique.reading.learned import Weights
from communique.reading.reader import Reader


def test_a_curve_runs_straight_between_its_points_and_level_beyond() -> None:
    curve = Curve(((0.2, 0.4), (0.6, 0.8)))
    assert [curve.at(score) for score in (0.0, 0.2, 0.4, 0.6, 1.0)] == [0.4, 0.4, 0.6, 0.8, 0.8]


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["engagements", "roles", "commitments"]))
def test_the_packaged_curves_rise_and_stay_between_0_and_1(one: float, other: float, kind: str) -> None:
    curve = load_certainty().curves[kind]
    low, high = sorted((one, other))
    assert 0 <= curve.at(low) <= curve.at(high) < 1


@pytest.mark.parametrize("kind", ["engagements", "roles", "commitments"])
def test_the_packaged_curves_step_over_what_cannot_be_promised(kind: str) -> None:
    """Just under 0.8 nothing is told: there the share of right facts is too low for the promise."""
    points = [confidence for _, confidence in load_certainty().curves[kind].points]
    assert not [confidence for confidence in points if SURE - 0.01 < confidence < SURE]
    assert max(points) >= SURE


def test_the_judge_changes_confidence_and_nothing_else(reader: Reader) -> None:
    readout = reader.read(report())
    assert readout.engagements
    assert any(person.roles for person in readout.people)
    flat = Certainty(
        engagements=Weights({}),
        roles=Weights({}),
        commitments=Weights({}),
        curves={kind: Curve(((0.0, 0.123),)) for kind in ("engagements", "roles", "commitments")},
        ranks=0.456,
    )
    judged = ConfidenceJudge(flat).judge(readout, TEXT)
    told = [role for person in judged.people for role in person.roles]
    assert {role.confidence for role in told if role.kind == "post"} == {0.123}
    assert {role.confidence for role in told if role.kind == "rank"} == {0.456}
    assert {engagement.confidence for engagement in judged.engagements} == {0.123}

    def bare(one: Readout) -> Readout:
        people = (replace(p, roles=tuple(replace(r, confidence=1.0) for r in p.roles)) for p in one.people)
        engagements = (replace(engagement, confidence=1.0) for engagement in one.engagements)
        commitments = (replace(commitment, confidence=1.0) for commitment in one.commitments)
        return replace(one, people=tuple(people), engagements=tuple(engagements), commitments=tuple(commitments))

    assert bare(judged) == bare(readout)


def person(name: str, role: str, text: str) -> tuple[Role, Person]:
    quoted = Evidence.at(text, text.index(role), text.index(role) + len(role))
    held = Role(title="Defence Minister", organization="Ostmark", evidence=(quoted,))
    at = Evidence.at(text, text.index(name), text.index(name) + len(name))
    return held, Person(id="p1", name=name, roles=(held,), evidence=(at,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ostmark Defence Minister Dario Elm left.", {"gap=touching|before", "before=nothing", "after=Name"}),
        (
            "Dario Elm, the Ostmark Defence Minister, left.",
            {"gap=near|after", "before=the", "after=,", "between=, the"},
        ),
        ("Dario Elm left. A day later came the Ostmark Defence Minister.", {"gap=apart|after"}),
    ],
)
def test_where_the_holder_stands_is_seen(text: str, expected: set[str]) -> None:
    role, holder = person("Dario Elm", "Ostmark Defence Minister", text)
    readout = Readout(document=DocumentHead(id="x", uri="x"), people=(holder,))
    assert expected <= set(role_features(role, holder, Surroundings.of(readout, text)))


def test_no_name_is_a_feature() -> None:
    text = "Ostmark Defence Minister Dario Elm left with Bel."
    role, holder = person("Dario Elm", "Ostmark Defence Minister", text)
    readout = Readout(document=DocumentHead(id="x", uri="x"), people=(holder,))
    written = " ".join(role_features(role, holder, Surroundings.of(readout, text)))
    assert not {"elm", "dario", "bel"} & set(written.lower().replace("=", " ").split())


def test_a_document_with_thousands_of_people_takes_no_longer_a_person() -> None:
    names = [f"Ana Corin{number}" for number in range(4000)]
    text = " ".join(f"Minister {name}" for name in names)
    people, at = [], 0
    for name in names:
        start = text.index(name, at)
        at = start + len(name)
        role = Role(title="Minister", evidence=(Evidence.at(text, start - 9, start - 1),))
        people.append(Person(id=name, name=name, roles=(role,), evidence=(Evidence.at(text, start, at),)))
    readout = Readout(document=DocumentHead(id="x", uri="x"), people=tuple(people))
    began = time.perf_counter()
    ConfidenceJudge().judge(readout, text)
    assert time.perf_counter() - began < 5
