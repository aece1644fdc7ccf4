"""Which words a phrase table knows."""

from __future__ import annotations

import pytest

from communique.reading.phrases import PhraseTable
from communique.reading.words import words


@pytest.fixture
def table() -> PhraseTable:
    table = PhraseTable()
    table.add([("chief", "chief"), ("chief of staff", "chief of staff")], "head")
    table.add([("Lt Gen", "Lieutenant General"), ("Captain", "Captain")], "rank", capitalized=True)
    table.add([("US", "US"), ("Chad", "TD")], "country", capitalized=True)
    return table


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("the chief of staff", [("head", "chief of staff")]),
        ("a chief of police", [("head", "chief")]),
        ("Lt. Gen. Karim", [("rank", "Lieutenant General")]),
        ("the captain of Chad", [("country", "TD")]),
        ("it told us of the US", [("country", "US")]),
        ("Us in Chad", [("country", "TD")]),
    ],
)
def test_labels(table: PhraseTable, text: str, labels: list[tuple[str, str]]) -> None:
    assert [(label.kind, label.value) for label in table.find(words(text))] == labels


def test_labels_of_two_kinds_may_overlap(table: PhraseTable) -> None:
    table.add([("chief", "Chief")], "honorific")
    assert {label.kind for label in table.find(words("chief of staff"))} == {"head", "honorific"}
