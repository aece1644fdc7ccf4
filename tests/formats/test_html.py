"""The page: nothing of a document can act on it, every passage is marked, and every link leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from communique.formats import Layout, find_format
from communique.model import Block, Document, DocumentHead, Readout
from tests.formats.reading_pages import read_page
from tests.formats.sample import TEXT, empty_pair, pair

HOSTILE = "</style></title><script>alert('1')</script>\"' onload=\"x <img src=https://evil.example/x.png> & &amp; <!--"


def page(*pairs: tuple[Document, Readout]) -> str:
    return "".join(find_format("html")(pairs, Layout()))


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_the_whole_text_is_shown_once() -> None:
    (sheet,) = read_page(page(pair())).sheets
    assert squeeze(sheet) == squeeze(TEXT)


def test_every_piece_of_evidence_is_marked() -> None:
    document, readout = pair()
    read = read_page(page((document, readout)))
    (sheet,) = read.sheets
    # White space aside, offsets in the sheet are those of the text.
    to_sheet = [position for position, letter in enumerate(sheet) if not letter.isspace()]
    to_text = [position for position, letter in enumerate(document.text) if not letter.isspace()]
    shown = dict(zip(to_text, to_sheet, strict=True))
    covered = {position for start, end in read.stretches for position in range(start, end)}
    starts = set(read.anchors.values())
    for evidence in readout.evidence():
        positions = [shown[at] for at in range(evidence.start, evidence.end) if at in shown]
        assert set(positions) <= covered, evidence.quote
        assert positions[0] in starts, evidence.quote
    # … and nothing else is.
    proven = {shown[at] for e in readout.evidence() for at in range(e.start, e.end) if at in shown}
    assert {position for position in covered if not sheet[position].isspace()} == proven


def test_links_lead_to_anchors_and_back() -> None:
    read = read_page(page(pair(), empty_pair(), pair()))
    ids = Counter(attributes["id"] for _, attributes in read.elements if "id" in attributes)
    assert ids
    assert set(ids.values()) == {1}
    links = [attributes["href"] for tag, attributes in read.elements if tag == "a"]
    links.remove("https://news.example/empty")  # the document's own address
    assert all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} <= set(ids)
    for fact in ("e1", "e2", "c1", "s1", "s2", "p1", "p2"):
        assert f"#d1-{fact}" in links, "the passage leads to its card"
        assert f"#d1-{fact}-1" in links, "the card leads to its passage"


def test_nothing_is_fetched_and_nothing_runs() -> None:
    html = page(pair())
    names = {tag for tag, _ in read_page(html).elements}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "input", "base", "svg"}
    assert "default-src 'none'" in html
    assert not re.search(r"url\(|@import|https?:", html)


def hostile_pair() -> tuple[Document, Readout]:
    document, readout = pair()
    document = replace(
        document, title=HOSTILE, uri="https://news.example/\"><script>", site=HOSTILE, language='en" onclick="x',
        published_basis=HOSTILE,
    )  # fmt: skip
    meeting, *others = readout.engagements
    assert meeting.place
    assert meeting.date
    meeting = replace(
        meeting,
        place=replace(meeting.place, name=HOSTILE, country=HOSTILE),
        date=replace(meeting.date, text=HOSTILE, basis=HOSTILE),
        sides=(replace(meeting.sides[0], label=HOSTILE), *meeting.sides[1:]),
    )
    people = tuple(replace(person, name=HOSTILE, aliases=(HOSTILE,)) for person in readout.people)
    commitments = tuple(replace(c, what=HOSTILE, mechanism=HOSTILE, target=HOSTILE) for c in readout.commitments)
    statements = tuple(replace(statement, speaker=HOSTILE, target=HOSTILE) for statement in readout.statements)
    return document, replace(
        readout, document=DocumentHead.of(document), engagements=(meeting, *others), people=people,
        commitments=commitments, statements=statements,
    )  # fmt: skip


def test_everything_is_escaped() -> None:
    html = page(hostile_pair(), hostile_pair())
    harmless = read_page(page(pair(), pair()))
    read = read_page(html)
    assert {tag for tag, _ in read.elements} == {tag for tag, _ in harmless.elements}
    assert {name for _, attributes in read.elements for name in attributes} <= {"rel"} | {
        name for _, attributes in harmless.elements for name in attributes
    }
    assert "<script" not in html


def test_clutter_is_set_apart_and_long_clutter_folded_away() -> None:
    read = read_page(page(pair()))
    assert [attributes["title"] for tag, attributes in read.elements if attributes.get("class") == "clutter"] == [
        "Not the article: menu",
        "Not the article: share",
        "Not the article: related",
    ]
    menu = "\n\n".join(f"Section {n}" for n in range(9))
    document = Document(
        id="2" * 64, uri="x.txt", text=menu, blocks=(Block(start=0, end=len(menu), kind="clutter", reason="menu"),)
    )
    html = page((document, Readout(document=DocumentHead.of(document))))
    assert "<details" in html
    assert "Section 8" in html


def test_a_page_without_findings_says_so() -> None:
    assert "Nothing found" in page(empty_pair())
    assert "No document was read" in page()


@pytest.mark.parametrize("count", [1, 2])
def test_several_documents_have_contents(count: int) -> None:
    assert ('id="contents"' in page(*[pair()] * count)) == (count > 1)
