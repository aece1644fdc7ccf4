"""A model that answers as the annotators do loses next to nothing on the way to the readout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.reading.llm.sample import LEXICON, new_reader
from tests.reading.llm.served import Served, completion, serve

from communique.evaluation import FoundDocument, load_gold, score_set
from communique.evaluation.gold import GoldSet
from communique.pages import open_document

REPORTS = 24
# Dates are not among them: where the text shows no year, annotators know it from elsewhere, and we must not.
LEAST = {
    "people.f1": 0.99,
    "roles.f1": 0.95,
    "engagements.f1": 0.98,
    "participants.f1": 0.97,
    "commitments.f1": 0.98,
    "statements.f1": 0.96,
    "place": 0.95,
    "speaker": 0.97,
}


def as_answer(gold: dict[str, Any]) -> dict[str, Any]:
    """An annotation as an answer."""
    names = {person["name"] for person in gold["people"]}
    people = [
        {
            "name": person["name"], "aliases": person.get("aliases", []), "quote": person["name"],
            "roles": [
                {"title": role["title"], "organization": role.get("organization"), "kind": role.get("kind", "post"),
                 "standing": "current", "quote": role.get("as_written") or role["title"]}
                for role in person.get("roles", []) if role["title"]
            ],
        }
        for person in gold["people"]
    ]  # fmt: skip
    engagements = [
        {
            "number": number, "kind": told["kind"], "status": told["status"], "background": told["background"],
            "date_words": told.get("date_as_written"), "place_words": told.get("place"), "topics": told["topics"],
            "quotes": [told["evidence"]],
            "sides": [
                {"label": None, "participants": [
                    {"name": name, "type": "person" if name in names else "group", "lead": False, "quote": ""}
                    for name in side]}
                for side in told["sides"]
            ],
        }
        for number, told in enumerate(gold["engagements"], 1)
    ]  # fmt: skip
    commitments = [
        {"parties": c["parties"], "act": c["act"], "what": c["what"], "quotes": [c["evidence"]]}
        for c in gold["commitments"]
    ]
    statements = [
        {"speaker": s["speaker"], "act": s["act"], "target": s.get("target"), "quotes": [s["evidence"]]}
        for s in gold["statements"]
    ]
    return {"people": people, "engagements": engagements, "commitments": commitments, "statements": statements}


@pytest.mark.usefixtures("socket_enabled")
def test_next_to_nothing_is_lost(root: Path) -> None:
    whole = load_gold(root / "data/gold/l")
    gold = GoldSet(name="l", documents=whole.documents[:REPORTS], checksum="")
    documents = [open_document(entry.text_path, lexicon=LEXICON) for entry in gold.documents]
    answers = {
        document.id[:16]: as_answer(json.loads(entry.text_path.with_suffix(".json").read_text("utf-8")))
        for document, entry in zip(documents, gold.documents, strict=True)
    }

    def play(request: dict[str, Any]) -> Served:
        prompt: str = request["messages"][1]["content"]
        return completion(answers[prompt.split("\nBEGIN ", 1)[1][:16]])

    with serve(play) as server:
        reader = new_reader(server.url, portion=100_000)
        figures = score_set(gold, map(FoundDocument.of, reader.read_many(documents))).figures
    assert {figure: figures[figure] for figure, least in LEAST.items() if figures[figure] < least} == {}
