from __future__ import annotations

from dataclasses import replace

import pytest

from communique.model import Block, Document
from communique.pages import document_from_text
from communique.pages.template import body_lines, is_template, site_of, without_template

TEXT = (
    "Port Vell opens a new pier\n\nThe minister of the sea opened a new pier in Port Vell on Monday, her office said.\n"
    "Background\nHer ministry had begun to build it three years ago, and it cost more than was thought at first.\n"
    "The Vell Courier has told the coast’s news since 1921.\n"
)


def document() -> Document:
    return document_from_text(TEXT, uri="https://courier.example/pier")


def quotes(found: Document, numbers: list[int]) -> list[str]:
    return [found.text[found.blocks[number].start : found.blocks[number].end] for number in numbers]


def test_the_lines_of_the_article_are_compared_but_for_heads_and_very_long_ones() -> None:
    found = document()
    lines = [quote.split()[0] for quote in quotes(found, [number for number, _ in body_lines(found)])]
    assert lines == ["The", "Her", "The"]
    long = Document(id="x", uri="x", text="word " * 500, blocks=(Block(start=0, end=2499, kind="body"),))
    assert list(body_lines(long)) == []


def test_keys_are_of_the_words() -> None:
    (*_, (_, key)) = body_lines(document())
    other = document_from_text(
        f"{TEXT.splitlines()[0]}\n\n{TEXT.splitlines()[2]}\n» the Vell Courier has told the coast's news since 1921\n"
    )
    assert key in {other_key for _, other_key in body_lines(other)}


@pytest.mark.parametrize(
    ("articles", "of", "expected"), [(2, 2, False), (3, 3, True), (3, 300, True), (3, 301, False), (40, 4000, True)]
)
def test_a_line_of_several_articles_belongs_to_the_site(articles: int, of: int, expected: bool) -> None:
    assert is_template(articles, of) is expected


def test_a_template_line_is_clutter_and_the_rest_stays() -> None:
    found = document()
    (*_, (number, _)) = body_lines(found)
    marked = without_template(found, (number,))
    assert (marked.blocks[number].kind, marked.blocks[number].reason) == ("clutter", "interface")
    assert len(marked.body) == len(found.body) - 1
    assert marked.text == found.text


def test_an_article_is_never_taken_away_as_a_whole() -> None:
    found = document()
    assert without_template(found, range(len(found.blocks))) == found


def test_a_site_is_known_by_its_host_or_its_name() -> None:
    found = document()
    assert site_of(found) == "courier.example"
    assert site_of(replace(found, uri="pier.txt", site="The Vell Courier")) == "the vell courier"
    assert site_of(replace(found, uri="pier.txt", site=None)) is None
