"""The page with gold beside readout: passages marked, differences shown, and nothing of a report can act on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.evaluation.alignment import Fact, Row, Term
from communique.evaluation.claims import Claims, claims_of
from communique.evaluation.gold import load_gold
from communique.evaluation.side_by_side import GOLD_WORDING, Entry, gold_entry, render_page
from communique.model import Block, Document
from tests.formats.reading_pages import read_page

TEXT = "Talks in Quin\n\nAna Corin met Dario Elm in Quin. Elm praised the crew of the boat. Nobody else was there.\n"
HOSTILE = "</style></title><script>alert('1')</script>\"' onload=\"x <img src=https://evil.example/x.png> & <!--"
MEETING = {
    "kind": "meeting", "status": "held", "background": False, "date": None, "place": "Quin",
    "sides": [["Ana Corin"], ["Dario Elm"]], "topics": [], "evidence": "Ana Corin met Dario Elm in Quin.",
}  # fmt: skip
PRAISE = {"act": "praised", "speaker": "Dario Elm", "evidence": "Elm praised the crew of the boat."}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    gold = {"people": [], "engagements": [MEETING], "commitments": [], "statements": [PRAISE]}
    (tmp_path / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "one.json").write_text(json.dumps(gold), "utf-8")
    return tmp_path


def page(folder: Path, found: Claims | None) -> str:
    (report,) = load_gold(folder).documents
    return "".join(render_page([gold_entry(report, found)], GOLD_WORDING, "figures"))


def test_missed_extra_and_differing_facts_are_marked_in_the_text(folder: Path) -> None:
    found = claims_of(
        {
            "people": [],
            "engagements": [{**MEETING, "place": {"name": "Vell"}, "evidence": [{"quote": MEETING["evidence"]}]}],
            "statements": [{**PRAISE, "evidence": [{"quote": "Nobody else was there."}]}],
        },
        origin="readout",
    )
    html = page(folder, found)
    assert '<mark class="wrong">Ana Corin met Dario Elm in Quin.</mark>' in html
    assert '<mark class="missed">Elm praised the crew of the boat.</mark>' in html
    assert '<mark class="extra">Nobody else was there.</mark>' in html
    assert "<em><bdi>Vell</bdi></em>" in html
    (sheet,) = read_page(html).sheets
    assert "".join(sheet.split()).startswith("".join(TEXT.split())[:13])


def test_every_link_leads_to_a_row(folder: Path) -> None:
    read = read_page(page(folder, Claims()))
    ids = {attributes["id"] for _, attributes in read.elements if "id" in attributes}
    links = {attributes["href"] for tag, attributes in read.elements if tag == "a"}
    assert links
    assert {link[1:] for link in links} <= ids


def test_a_report_without_readout_or_text_is_shown_all_the_same(folder: Path) -> None:
    (folder / "one.txt").unlink()
    html = page(folder, None)
    assert "There is no readout of this report. The text is not shown:" in html
    assert "Elm praised the crew of the boat." in html


def test_everything_is_escaped_and_nothing_is_fetched() -> None:
    fact = Fact({HOSTILE: (Term(HOSTILE, agrees=False),)}, (HOSTILE,), 0.5)
    document = Document(
        id="0" * 64, uri=HOSTILE, text=HOSTILE, title=HOSTILE, blocks=(Block(start=0, end=len(HOSTILE), kind="body"),)
    )
    entry = Entry(name=HOSTILE, rows=[Row(kind="engagement", left=fact, right=fact)], document=document, note=HOSTILE)
    html = "".join(render_page([entry], GOLD_WORDING, HOSTILE))
    names = {tag for tag, _ in read_page(html).elements}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "input", "base", "svg"}
    assert "<script" not in html
    assert not any(name.startswith("on") for _, attributes in read_page(html).elements for name in attributes)
    assert "default-src 'none'" in html
