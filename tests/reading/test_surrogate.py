"""Surrogate sentences: every token leads back to the text, on sentences made up for these tests."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower

from communique.reading.analysis import Line

TEXT = "Lt. Gen. Amadou Keita, commander of the Joint Force, didn't meet Colonel Petra Lindholt (ret.) in Tunis."


def shown(line: Line, text: str) -> list[str]:
    return [text[start:end] for start, end in line.anchors]


@pytest.fixture(scope="module")
def line(follower: Follower) -> Line:
    (only,) = follower.prepare(TEXT).analysis.lines
    return only


def test_each_mention_is_one_token(line: Line) -> None:
    assert line.doc is not None
    assert [(m.kind, m.name) for _, m in sorted(line.mention_of.items()) if m.kind == "person"] == [
        ("person", "Amadou Keita"),
        ("person", "Petra Lindholt"),
    ]
    assert line.doc[0].text == "John"
    assert "Keita" not in line.doc.text


def test_anchors_lead_back_to_the_text(line: Line) -> None:
    assert line.doc is not None
    assert len(line.anchors) == len(line.doc)
    for i, mention in line.mention_of.items():
        assert mention.name in shown(line, TEXT)[i]
    plain = [(t.text, text) for t, text in zip(line.doc, shown(line, TEXT), strict=True) if t.i not in line.mention_of]
    assert [token for token, text in plain if token != text] == []


def test_anchors_are_in_order_and_disjoint(line: Line) -> None:
    flat = [offset for anchor in line.anchors for offset in anchor]
    assert flat == sorted(flat)


def test_contraction_is_split(line: Line) -> None:
    assert line.doc is not None
    assert "did n't".split() == [t.text for t in line.doc if t.text in ("did", "n't")]


def test_aside_without_a_mention_is_left_out(follower: Follower) -> None:
    text = "The army (47) met General Karim Sadi."
    (line,) = follower.prepare(text).analysis.lines
    assert "(" not in shown(line, text)
    assert "47" not in shown(line, text)
