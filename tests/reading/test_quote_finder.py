"""Quotations are found as they truly stand, whatever the copyist made of white space, marks and dashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.reading.quote_finder import QuoteFinder, paragraphs

TEXT = "Menu\nThe two sides – “old friends” –\n  met in Quin… twice.\nRelated: They met in Vell\nThey par\xadted."
BODY = ((5, TEXT.index("Related")), (TEXT.index("They par"), len(TEXT)))


def test_a_letter_for_letter_copy_is_found() -> None:
    found = QuoteFinder("They met in Quin.", ((0, 17),)).find("met in Quin")
    assert found is not None
    assert (found.start, found.end, found.quote) == (5, 16, "met in Quin")


@pytest.mark.parametrize(
    ("copy", "true"),
    [
        ('The two sides - "old friends" - met', "The two sides – “old friends” –\n  met"),
        ("met  in\nQuin", "met in Quin"),
        ("in Quin... twice", "in Quin… twice"),
        ("the two sides", "The two sides"),
        ('"met in Quin."', "met in Quin"),
        ("They parted", "They par\xadted"),
    ],
)
def test_small_changes_of_the_copyist_are_seen_through(copy: str, true: str) -> None:
    found = QuoteFinder(TEXT, BODY).find(copy)
    assert found is not None
    assert found.quote == true
    found.check(TEXT)


@pytest.mark.parametrize(
    "invented",
    [
        "They met in Vell",  # stands in the clutter
        "twice. They",  # across the clutter
        "met in Quin twice",  # something left out
        "wo sides",  # begins inside a word
        "met in Qui",  # ends inside one
        "The two sides … twice",
        "",
        " ",
        "\x00",
        "...",
    ],
)
def test_what_does_not_stand_in_the_article_is_not_found(invented: str) -> None:
    assert invented == "..." or QuoteFinder(TEXT, BODY).find(invented) is None


def test_of_several_places_the_one_in_the_passage_is_taken() -> None:
    text = "Elm spoke. Later Elm left."
    finder = QuoteFinder(text, ((0, len(text)),))
    passage = finder.find("Later Elm left")
    assert passage is not None
    near = finder.find("Elm", [passage])
    first = finder.find("Elm")
    assert near is not None
    assert first is not None
    assert (first.start, near.start) == (0, 17)


@given(st.text(alphabet=st.sampled_from("ab. \n\t\"'“”’–-…İß\xad\u200b\x00"), max_size=60), st.data())
def test_every_stretch_of_an_article_is_found_and_quoted_truly(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    finder = QuoteFinder(text, ((0, len(text)),))
    for evidence in finder.all(text[start:end]):
        evidence.check(text)
    if finder.find(text) is None:
        assert not any(letter.isprintable() and not letter.isspace() for letter in text)


def test_paragraphs_are_lines_with_something_in_them() -> None:
    text = "One.\n\n  \nTwo,\nthree."
    assert [text[a:b].strip() for a, b in paragraphs(text, ((0, len(text)),))] == ["One.", "Two,", "three."]
