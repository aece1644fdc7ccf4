"""Gold beside readout: the scorer's pairs, with every word on which the two differ."""

from __future__ import annotations

import copy
import random
from typing import Any

from communique.evaluation.alignment import align
from communique.evaluation.claims import Claims, claims_of
from communique.evaluation.scores import score_document
from tests.evaluation.made_up import annotation, readout

PLAIN: dict[str, Any] = {
    "people": [{"name": "Ana Corin", "roles": [{"title": "Commander", "organization": "Ostmark"}]}],
    "engagements": [
        {
            "kind": "meeting", "status": "held", "background": False, "date": "2031-05-04", "place": "Quin",
            "sides": [["Ana Corin"], ["Dario Elm", "Bel Fox"]], "topics": ["training_capacity_building"],
            "evidence": "Ana Corin met Dario Elm and Bel Fox in Quin on Sunday.",
        }
    ],
    "commitments": [{"act": "agreed", "parties": ["Ana Corin"], "evidence": "They agreed to build two boats."}],
    "statements": [{"act": "praised", "speaker": "Dario Elm", "evidence": "Elm praised the crew of the boat."}],
}  # fmt: skip


def claims(plain: dict[str, Any] = PLAIN) -> Claims:
    return claims_of(plain, origin="gold")


def test_what_is_alike_is_the_same() -> None:
    rows = align(claims(), claims())
    assert [(row.kind, row.verdict) for row in rows] == [
        ("engagement", "same"),
        ("commitment", "same"),
        ("statement", "same"),
        ("person", "same"),
    ]


def test_every_differing_word_is_told() -> None:
    other = copy.deepcopy(PLAIN)
    other["engagements"][0] |= {"kind": "talks", "status": "planned", "date": None, "place": "Vell"}
    other["engagements"][0]["sides"] = [["Corin"], ["Dario Elm", "Gus Hale"]]
    other["commitments"][0]["act"] = "pledged"
    other["statements"][0]["speaker"] = "Ana Corin"
    other["people"][0]["roles"].append({"title": "Envoy"})
    rows = align(claims(), claims(other))
    assert {row.verdict for row in rows} == {"differs"}
    wrong = [
        {
            label: [(term.text, term.agrees) for term in terms]
            for label, terms in fact.fields.items()
            if not all(term.agrees for term in terms)
        }
        for row in rows
        for fact in (row.left, row.right)
        if fact
    ]
    assert wrong == [
        {
            "status": [("held", False)],
            "date": [("2031-05-04", False)],
            "place": [("Quin", False)],
            "participants": [("Ana Corin", True), ("Dario Elm", True), ("Bel Fox", False)],
        },
        {
            "status": [("planned", False)],
            "date": [("–", False)],
            "place": [("Vell", False)],
            "participants": [("Corin", True), ("Dario Elm", True), ("Gus Hale", False)],
        },
        {"act": [("agreed", False)]},
        {"act": [("pledged", False)]},
        {"who": [("Dario Elm", False)]},
        {"who": [("Ana Corin", False)]},
        {},
        {"posts": [("Commander, Ostmark", True), ("Envoy", False)]},
    ]


def test_what_only_one_of_them_has_is_told_as_it_is() -> None:
    rows = align(claims(), Claims())
    assert {row.verdict for row in rows} == {"left"}
    assert all(term.agrees for row in rows if row.left for terms in row.left.fields.values() for term in terms)
    assert {row.verdict for row in align(Claims(), claims())} == {"right"}


def test_rows_are_what_the_figures_count() -> None:
    for seed in range(20):
        rng = random.Random(seed)
        plain = annotation(rng)
        gold, found = claims(plain), claims_of(readout(rng, plain, "x.txt"), origin="readout")
        tallies = score_document("x", gold, found).tallies
        rows = align(gold, found)
        for kind, figure in (("person", "people"), ("commitment", "commitments"), ("statement", "statements")):
            own = [row for row in rows if row.kind == kind]
            assert sum(row.verdict in ("same", "differs") for row in own) == tallies[figure].matched
            assert sum(row.left is not None for row in own) == tallies[figure].gold
            assert sum(row.right is not None for row in own) == tallies[figure].found
