"""Every format takes everything, piece by piece; JSON is the contract's; Markdown shows words as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from communique.formats import FORMATS, Layout, Pair, find_format
from communique.formats.markdown import escape
from communique.formats.table import draw, plain
from communique.model import DocumentHead, Readout
from tests.formats.sample import empty_pair, pair


def render(name: str, *pairs: Pair, layout: Layout | None = None) -> str:
    return "".join(find_format(name)(pairs, layout or Layout()))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_everything(name: str) -> None:
    assert "Dario Elm" in render(name, pair(), empty_pair())
    assert render(name, empty_pair())
    render(name)


@pytest.mark.parametrize("name", FORMATS)
def test_output_begins_before_the_last_document_is_read(name: str) -> None:
    asked = []

    def pairs() -> Iterator[Pair]:
        for number in range(3):
            asked.append(number)
            yield pair()

    written = ""
    for piece in find_format(name)(pairs(), Layout()):
        written += piece
        if "Elm" in written:
            break
    assert asked == [0]


def test_a_line_is_exactly_the_readout() -> None:
    entries = [pair(), empty_pair()]
    assert render("jsonl", *entries).splitlines() == [readout.to_json() for _, readout in entries]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_the_same_as_an_array(count: int) -> None:
    plain_json = json.loads(render("json", *[pair()] * count))
    assert [Readout.from_dict(entry) for entry in plain_json] == [pair()[1]] * count


def test_markdown_shows_words_as_they_are() -> None:
    assert escape("a*b_c [d] <f> `g` #1 | x") == r"a\*b\_c \[d\] \<f\> \`g\` \#1 \| x"
    assert escape("- list") == r"\- list"
    assert escape("two\nlines") == "two lines"
    brief = render("markdown", pair())
    assert "- **2031-05-04** meeting, Port Vell (OM)" in brief
    assert r"\<Ostmark\>" in brief
    assert "<script" not in brief


@pytest.mark.parametrize("width", [80, 140])
def test_a_table_keeps_to_its_width(width: int) -> None:
    table = render("table", pair(), layout=Layout(width=width, with_evidence=True))
    assert max(map(len, table.splitlines())) <= width
    flat = " ".join(table.split())
    for words in ("2031-05-04", "Port Vell", "joint office", "Director, Border Office"):
        assert words in flat
    assert "\x1b" not in table


def test_colours_are_written_when_asked_for() -> None:
    assert "\x1b[" in render("table", pair(), layout=Layout(has_colour=True))


def test_a_document_cannot_steer_the_terminal() -> None:
    document, readout = pair()
    document = replace(document, title="Evil \x1b[2J\x1b]0;title\x07 \u202e report\x9b1m")
    table = render("table", (document, replace(readout, document=DocumentHead.of(document))))
    assert not set(table) & set("\x1b\x07\x9b\u202e")
    assert "Evil" in table
    assert draw([plain("a\x1bb")], Layout()) == "a�b\n"


@pytest.mark.parametrize("name", ["table", "markdown", "html"])
def test_steps_of_mechanisms_are_shown(name: str) -> None:
    text = " ".join(render(name, pair()).split())
    assert "joint office for the northern coast" in text
    assert "operating" not in text
    for word in ("agreed", "2031-05-04"):
        assert word in text[text.lower().index("mechanism") :]
