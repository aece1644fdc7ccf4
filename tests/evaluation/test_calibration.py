"""Reliability: bins, the expected calibration error, the promise, and what counts as right."""

from __future__ import annotations

import pytest

from communique.evaluation.calibration import (
    Judged,
    Reliability,
    judge_document,
    reliability_to_dict,
    render_reliability,
)
from communique.evaluation.claims import claims_of


def facts(*told: tuple[float, bool]) -> list[Judged]:
    return [Judged("roles", confidence, is_right) for confidence, is_right in told]


def test_facts_fall_into_bins_by_their_confidence() -> None:
    table = Reliability.over("roles", facts((0.55, True), (0.59, False), (0.6, True), (1.0, True)))
    assert [(b.low, b.high, b.count, b.share) for b in table.bins] == [
        (0.5, 0.6, 2, 0.5),
        (0.6, 0.7, 1, 1.0),
        (0.95, 1.0, 1, 1.0),
    ]


def test_the_error_weighs_each_bin_by_what_it_holds() -> None:
    table = Reliability.over("roles", facts((0.9, True), (0.9, True), (0.9, False), (0.5, False)))
    # Three facts told with 0.9 of which two are right, and one told with 0.5 that is wrong.
    assert table.error == pytest.approx((3 * abs(0.9 - 2 / 3) + 1 * 0.5) / 4)


def test_the_promise_looks_at_the_sure_facts_only() -> None:
    table = Reliability.over("roles", facts((0.8, True), (0.95, False), (0.79, False)))
    assert (table.sure, table.sure_share) == (2, 0.5)
    assert Reliability.over("roles", facts((0.5, True))).sure_share is None
    assert Reliability.over("engagements", facts((0.5, True))).count == 0


def test_what_counts_as_right_is_what_the_scorer_pairs() -> None:
    meeting = {"kind": "meeting", "status": "held", "background": False, "sides": [["Ana Corin"], ["Dario Elm"]]}
    gold = claims_of(
        {
            "people": [{"name": "Ana Corin", "roles": [{"title": "Commander", "organization": None}]}],
            "engagements": [{**meeting, "evidence": "Ana Corin met Dario Elm."}],
            "commitments": [{"act": "agreed", "parties": [], "evidence": "They agreed to form a joint office."}],
        },
        origin="gold",
    )
    found = claims_of(
        {
            "people": [
                {
                    "name": "Ana Corin",
                    "roles": [
                        {"title": "Commander", "confidence": 0.9},
                        {"title": "Minister", "confidence": 0.4},
                        {"title": "General", "kind": "rank", "confidence": 0.8},
                    ],
                },
                {"name": "Igor Faraway", "roles": [{"title": "Commander", "confidence": 0.3}]},
            ],
            "engagements": [
                {**meeting, "evidence": [{"quote": "Ana Corin met Dario Elm."}], "confidence": 0.95},
                {**meeting, "sides": [], "evidence": [{"quote": "Nobody came."}], "confidence": 0.2},
            ],
            "commitments": [{"act": "agreed", "evidence": [{"quote": "agreed to form a joint office"}]}],
        },
        origin="readout",
    )
    judged = [(fact.kind, fact.confidence, fact.is_right) for fact in judge_document(gold, found)]
    assert judged == [
        ("engagements", 0.95, True),
        ("engagements", 0.2, False),
        ("roles", 0.9, True),
        ("roles", 0.4, False),
        ("roles", 0.3, False),
    ]  # the commitment has no confidence, ranks are not scored


def test_tables_show_every_kind() -> None:
    told = facts((0.9, True), (0.9, False))
    text = render_reliability(told)
    assert "told with 0.8 or more: 2 of 2, right 0.500 (promised 0.95)" in text
    assert text.count("none told with 0.8 or more") == 2
    assert reliability_to_dict(told)["roles"]["bins"] == [
        {"from": 0.9, "to": 0.95, "count": 2, "told": 0.9, "right": 0.5}
    ]
