from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from communique.engine.gate.scanner import Scanner
from communique.engine.gate.words import GateWords
from communique.lexicon import Lexicon

WORDS = ["gen", "general", "met", "General"]
SLOW = re.compile(rb"(?<![A-Za-z0-9_])(?:general|General|gen|met)(?![A-Za-z0-9_])")


@given(st.text("genralmtG _-é.", max_size=60))
def test_one_pass_finds_what_a_regular_expression_finds(text: str) -> None:
    content = text.encode()
    assert list(Scanner(WORDS).starts(content)) == [match.start() for match in SLOW.finditer(content)]


def test_words_come_from_the_lexicon_in_the_spellings_of_pages() -> None:
    words = GateWords.of(Lexicon())
    assert {"minister", "Ministers", "ENVOY", "Colonel", "secretary", "spokesmen", "army"} <= words.who
    assert not {"colonel", "expert", "Private", "member"} & words.who
    assert {"met", "Talks", "VISITED", "signing"} <= words.what
    assert "was" not in words.what
