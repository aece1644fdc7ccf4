"""Tokens as plain objects: they must say what the model's own say."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower

from communique.reading.language import parse_sentences
from communique.reading.tokens import Parse

TEXTS = (
    "The two ministers, who had met in May, didn't agree on 12 points; they will meet again -- twice.",
    "Asked whether talks were held, he said: \u201cThree rounds of US-led talks took place\u201d.",
    "Yes",
)


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_say_what_the_models_tokens_say(follower: Follower, text: str) -> None:
    nlp = follower.reader.preparer.nlp
    (doc,) = parse_sentences(nlp, [nlp.make_doc(text)])
    parse = Parse.of(doc)
    assert parse.text == doc.text
    for token, model in zip(parse, doc, strict=True):
        for name in ("i", "text", "lower_", "tag_", "dep_", "whitespace_"):
            assert getattr(token, name) == getattr(model, name)
        for name in ("is_alpha", "is_lower", "is_title", "is_punct", "like_num"):
            assert getattr(token, name) == getattr(model, name), (name, token)
        assert token.head.i == model.head.i
        assert token.doc is parse
        for name in ("children", "subtree", "ancestors"):
            assert [t.i for t in getattr(token, name)] == [t.i for t in getattr(model, name)], (name, token)


def test_neighbours(follower: Follower) -> None:
    nlp = follower.reader.preparer.nlp
    (doc,) = parse_sentences(nlp, [nlp.make_doc("They met.")])
    first, second, last = Parse.of(doc)
    assert first.nbor() is second
    assert last.nbor(-1) is second
