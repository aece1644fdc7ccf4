"""What a model may answer: the schema it is held to, and how much of a bad answer is saved."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from tests.reading.llm.sample import answer

from communique.reading.llm.answer import answer_schema, read_answer


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object type in a schema, at any depth."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for inner in schema.values():
            yield from objects(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from objects(inner)


def test_the_schema_is_strict() -> None:
    schema = answer_schema()
    assert schema["type"] == "object"
    found = list(objects(schema))
    assert len(found) == 9
    for shape in found:
        assert shape["required"] == list(shape["properties"])
        assert shape["additionalProperties"] is False
    assert "default" not in json.dumps(schema)


@pytest.mark.parametrize(
    "dress",
    [
        "{}",
        "```json\n{}\n```",
        "<think>A meeting {surely}?</think>Here it is:\n{}\nI hope this helps.",
    ],
)
def test_an_answer_is_found_in_its_wrapping(dress: str) -> None:
    dropped: Counter[str] = Counter()
    read = read_answer(dress.replace("{}", json.dumps(answer())), dropped)
    assert [person.name for person in read.people] == ["Ana Corin", "Dario Elm"]
    assert not dropped


def test_commas_too_many_and_line_ends_in_strings_are_forgiven() -> None:
    read = read_answer('{"people": [{"name": "Ana\nCorin", "quote": "x",},], "statements": [],}', Counter())
    assert read.people[0].name == "Ana\nCorin"


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "I cannot help with that.",
        "{",
        "[1]",
        '{"people": {}}',
        '{"colour": "red"}',
        '{"people": [{"name": "half of \\ud83d"}]}',
        '{"people": [' + "[" * 100_000 + "}",
    ],
)
def test_what_is_no_answer_is_an_error(reply: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_answer(reply, Counter())


def test_a_fact_of_a_wrong_shape_costs_itself_alone() -> None:
    plain = answer()
    plain["engagements"][0]["kind"] = "picnic"
    plain["people"][0]["roles"][0]["standing"] = "retired"
    plain["people"].append("Nobody")
    plain["engagements"][1]["sides"][0]["participants"].append({"type": "person"})
    plain["statements"] = None
    dropped: Counter[str] = Counter()
    read = read_answer(json.dumps(plain), dropped)
    assert [engagement.kind for engagement in read.engagements] == ["conference"]
    assert [role.title for role in read.people[0].roles] == ["General"]
    assert len(read.engagements[0].sides[0].participants) == 1
    assert dropped == {"engagement": 1, "role": 1, "person": 1, "participant": 1}


def test_thoughts_without_an_end_are_read_once() -> None:
    assert read_answer("<think>" * 200_000 + '{"people": []}', Counter()).people == []
