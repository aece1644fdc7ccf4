"""Terms: their syntax, and that looking them up finds what searching for them finds."""

from __future__ import annotations

import pytest

from communique.errors import LexiconError
from communique.examples import reports
from communique.lexicon import Lexicon
from communique.reading.topic_terms import TermFinder, compile_terms


@pytest.mark.parametrize(
    ("term", "found", "missed"),
    [
        ("border* (security|control*)", ["border security", "Borders controlled"], ["border", "border in security"]),
        ("chief* of (the)? staff", ["chief of staff", "Chiefs of the staff"], ["chief of my staff"]),
        ("harbou?r", ["harbor", "harbour"], ["harbours"]),
        ("hand* ... boats", ["handed over three patrol boats", "handing boats"], ["hand it to me or to us all boats"]),
        ("cease fire", ["cease-fire", "cease fire"], ["ceasefire"]),
        ("5+5", ["the 5+5 committee"], ["5 + 55"]),
    ],
)
def test_the_syntax_of_terms(term: str, found: list[str], missed: list[str]) -> None:
    pattern = compile_terms([term])
    assert all(pattern.search(text) for text in found)
    assert not any(pattern.search(text) for text in missed)


@pytest.mark.parametrize("term", ["border (security|control", "border) guard", " "])
def test_a_broken_term_is_refused(term: str) -> None:
    with pytest.raises(LexiconError, match="cannot be read"):
        compile_terms([term])


def test_of_terms_that_begin_together_the_longest_is_found() -> None:
    finder = TermFinder([["(the)? border", "border* force", "un"], ["the border force", "5+5"]])
    assert finder.find("The border force of the 5+5, of the UN") == [(0, 0, 10), (0, 36, 38), (1, 0, 16), (1, 24, 27)]


def test_looking_terms_up_finds_what_a_search_for_each_list_finds() -> None:
    lists = [terms for classes in Lexicon().table("topics").values() for terms in classes.values() if terms]
    finder, patterns = TermFinder(lists), [compile_terms(terms) for terms in lists]
    for line in (line for report in reports() for line in report.read_text("utf-8").splitlines()):
        searched = [(number, *match.span()) for number, p in enumerate(patterns) for match in p.finditer(line)]
        assert finder.find(line) == searched
