"""A made-up report and the answer that a good model gives about it."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from communique.lexicon import Lexicon
from communique.model import Document
from communique.pages import document_from_text
from communique.reading.llm import LlmOptions, LlmReader

# Loaded once for all tests: each loading takes a third of a second.
LEXICON = Lexicon()
TEXT = """Border chiefs meet in Quin

On Monday, General Ana Corin, Commander of the Ostmark Border Guard, met Dario Elm, the Defence Minister of Kenya, in
Nairobi.

They agreed to “set up a joint patrol
on the lake” before the summer. Elm praised the Ostmark Border Guard for its patience.

Corin will fly to Vell on Thursday to open the Lake Conference.
"""


def report(text: str = TEXT, **fields: Any) -> Document:
    """The report, published on Wednesday 14 May 2025."""
    return document_from_text(text, published=dt.date(2025, 5, 14), lexicon=LEXICON, **fields)


def new_reader(url: str, **options: Any) -> LlmReader:
    """A reader with little patience."""
    settings = {"retries": 2, "backoff": 0.01, "timeout": 5.0, **options}
    return LlmReader(LlmOptions(endpoint=url, model="tiny", **settings), lexicon=LEXICON)


def answer(**changes: Any) -> dict[str, Any]:
    """A good answer; ``changes`` replace whole lists of it."""
    plain = {
        "people": [
            {
                "name": "Ana Corin", "aliases": ["Corin"], "quote": "General Ana Corin, Commander",
                "roles": [
                    {"title": "Commander", "organization": "Ostmark Border Guard", "kind": "post",
                     "standing": "current", "quote": "Commander of the Ostmark Border Guard"},
                    {"title": "General", "organization": None, "kind": "rank", "standing": "current",
                     "quote": "General Ana Corin"},
                ],
            },
            {
                "name": "Dario Elm", "aliases": ["Elm"], "quote": "Dario Elm, the Defence Minister",
                "roles": [{"title": "Defence Minister", "organization": "Kenya", "kind": "post",
                           "standing": "current", "quote": "the Defence Minister of Kenya"}],
            },
        ],
        "organizations": [{"name": "Ostmark Border Guard", "acronym": None}],
        "engagements": [
            {
                "number": 1, "kind": "meeting", "status": "held", "background": False, "date_words": "On Monday",
                "place_words": "Nairobi", "topics": ["border_security"],
                "sides": [
                    {"label": None, "participants": [
                        {"name": "Ana Corin", "type": "person", "lead": True, "quote": "General Ana Corin"}]},
                    {"label": None, "participants": [
                        {"name": "Dario Elm", "type": "person", "lead": True, "quote": "Dario Elm"}]},
                ],
                "quotes": ["On Monday, General Ana Corin, Commander of the Ostmark Border Guard, met Dario Elm"],
            },
            {
                "number": 2, "kind": "conference", "status": "planned", "background": False,
                "date_words": "on Thursday", "place_words": "Vell", "topics": [],
                "sides": [{"label": None, "participants": [
                    {"name": "Ana Corin", "type": "person", "lead": False, "quote": "Corin"}]}],
                "quotes": ["Corin will fly to Vell on Thursday to open the Lake Conference."],
            },
        ],
        "commitments": [
            {"parties": ["Ana Corin", "Dario Elm"], "act": "agreed", "what": 'set up a joint patrol on the lake',
             "mechanism": "joint patrol", "target": None, "engagement": 1,
             "quotes": ['They agreed to "set up a joint patrol on the lake" before the summer.']},
        ],
        "statements": [
            {"speaker": "Dario Elm", "act": "praised", "target": "the Ostmark Border Guard", "topics": [],
             "engagement": 1, "quotes": ["Elm praised the Ostmark Border Guard for its patience."]},
        ],
    }  # fmt: skip
    return copy.deepcopy({**plain, **changes})
