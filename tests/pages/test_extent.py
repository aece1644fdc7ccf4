"""What is no report by its extent is refused, and no page takes time that grows faster than it does."""

from __future__ import annotations

import contextlib
import time

import pytest

from communique.errors import DocumentError, DocumentTooLarge
from communique.pages import open_document
from communique.pages.flat import MOST_CHARACTERS, MOST_LINES

SENTENCE = "The Minister met the Ambassador on Tuesday and they agreed on patrols in the Strait of Sorn. "
# Each is what some pattern of the house looks for, and what it may look for again and again.
PIECES = [
    "(",
    "-",
    " – ",
    "1",
    "1 ",
    "1,",
    "3 May ",
    "Monday, ",
    "| ",
    "By A ",
    "  ",
    "(photo:",
    "@a ",
    "KELM, ",
    "#a",
    "<p",
]
# A hundred times what the slowest takes; a pattern that goes wrong takes minutes.
MOST_SECONDS = 10


@pytest.mark.parametrize(
    "content",
    [
        SENTENCE * (MOST_CHARACTERS // len(SENTENCE) + 1),
        "Item of a list\n" * (MOST_LINES + 1),
        "<html><body>" + f"<p>{SENTENCE}</p>" * (MOST_LINES + 1),
    ],
    ids=["characters", "lines", "paragraphs"],
)
def test_more_than_any_report_is_refused(content: str) -> None:
    with pytest.raises(DocumentTooLarge, match="more than any report"):
        open_document(content.encode())


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("line", [100_000, 200])
def test_a_piece_that_is_repeated_takes_no_time(piece: str, line: int) -> None:
    lines = [SENTENCE, *([piece * (line // len(piece))] * (100_000 // line))]
    began = time.monotonic()
    with contextlib.suppress(DocumentError):
        open_document("\n".join(lines).encode())
    assert time.monotonic() - began < MOST_SECONDS


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<ul><li>x", "<table><tr><td>x", "<blockquote>x"])
def test_a_page_that_nests_deeply_ends(tag: str) -> None:
    began = time.monotonic()
    with contextlib.suppress(DocumentError):
        open_document(f"<html><body><p>{SENTENCE}</p>{tag * 20_000}".encode())
    assert time.monotonic() - began < MOST_SECONDS
