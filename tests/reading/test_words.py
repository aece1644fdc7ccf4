"""Where tokens and sentences begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.reading.knowledge import affix_pattern
from communique.reading.words import sentence_spans, words


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Lt. Gen. Nadir Al-Qasimov spoke.", ["Lt.", "Gen.", "Nadir", "Al-Qasimov", "spoke", "."]),
        ("Malta's and the States' envoys", ["Malta", "'s", "and", "the", "States", "'", "envoys"]),
        ("a chargé d’affaires of the U.S. mission", ["a", "chargé", "d’affaires", "of", "the", "U.S.", "mission"]),
        ("the 19-member 5th Fleet team", ["the", "19-member", "5th", "Fleet", "team"]),
        ("Md. Anwar Karim, MD.", ["Md.", "Anwar", "Karim", ",", "MD", "."]),
        ("It was he: I.", ["It", "was", "he", ":", "I", "."]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [word.text for word in words(text)] == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ex-president-elect", ["ex", "-", "president", "-", "elect"]),
        ("Then-minister's", ["Then", "-", "minister", "'s"]),
        ("Al-Qasimov, co-elect", ["Al-Qasimov", ",", "co", "-", "elect"]),
        ("Vice-Adm. Karim", ["Vice-Adm.", "Karim"]),
        ("Premier/Minister Ana Lind/Barro", ["Premier", "/", "Minister", "Ana", "Lind/Barro"]),
    ],
)
def test_affixes_are_words(text: str, tokens: list[str]) -> None:
    found = words(text, affixes=affix_pattern(["ex-", "then-", "-elect"], ["minister"]))
    assert [word.text for word in found] == tokens
    assert all(text[word.start : word.end] == word.text for word in found)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He met Lt.-Gen. Karim. They dined.", ["He met Lt.-Gen. Karim.", "They dined."]),
        ("He met Kim Min-jun. They dined.", ["He met Kim Min-jun.", "They dined."]),
        ("He left. She came.", ["He left.", "She came."]),
        ("Gen. Karim met Capt. Novak. They dined.", ["Gen. Karim met Capt. Novak.", "They dined."]),
        ("The commander of U.S. Southern Command left.", ["The commander of U.S. Southern Command left."]),
        ("He flew to the U.S. The talks went on.", ["He flew to the U.S.", "The talks went on."]),
        ("“We agreed.” He smiled.", ["“We agreed.”", "He smiled."]),
        ("The 3 p.m. call lasted. 40 officers came.", ["The 3 p.m. call lasted.", "40 officers came."]),
        ("Led by Smt. Rao, it left.", ["Led by Smt. Rao, it left."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text, 0, len(text))] == sentences


@given(st.text(max_size=80))
def test_tokens_stand_where_they_say(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] for word in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
