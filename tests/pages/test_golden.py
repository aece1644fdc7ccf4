"""Golden pages: invented outlets in the layouts that pages come in; beside each what must be read from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from communique.model import Document
from communique.pages import open_document

GOLDEN = Path(__file__).parent / "golden"
PAGES = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".txt", ".html"))


@pytest.fixture(params=PAGES, ids=lambda path: path.name)
def page(request: pytest.FixtureRequest) -> tuple[Document, dict[str, Any]]:
    path: Path = request.param
    return open_document(path), json.loads(path.with_suffix(".json").read_text("utf-8"))


def test_body_is_the_article_and_nothing_else(page: tuple[Document, dict[str, Any]]) -> None:
    document, golden = page
    body = [document.text[b.start : b.end] for b in document.blocks if b.kind == "body"]
    assert [text for text in body if text not in golden.get("loose", [])] == golden["body"]


def test_title_site_and_authors(page: tuple[Document, dict[str, Any]]) -> None:
    document, golden = page
    assert document.title == golden["title"]
    assert list(document.authors) == golden["authors"]
    assert document.site == golden["site"]


def test_days_of_publication_and_of_saving(page: tuple[Document, dict[str, Any]]) -> None:
    document, golden = page
    assert (document.published.isoformat() if document.published else None) == golden["published"]
    assert (document.captured.isoformat() if document.captured else None) == golden["captured"]
    if document.published_evidence is not None:
        document.published_evidence.check(document.text)


def test_the_language_is_english(page: tuple[Document, dict[str, Any]]) -> None:
    assert page[0].language == "en"


def test_a_dateline_is_a_block_of_its_own() -> None:
    document = open_document(GOLDEN / "wire.txt")
    first = document.blocks[0]
    assert first.kind == "dateline"
    assert document.text[first.start : first.end] == "SORN, Ostmark, Sept. 9, 2024 (Strait Wire) —"


def test_clutter_says_why() -> None:
    document = open_document(GOLDEN / "saved_blog.txt")
    reasons = {document.text[b.start : b.end]: b.reason for b in document.blocks if b.kind == "clutter"}
    assert reasons["Share on Facebook"] == "share"
    assert reasons["Tags: OstmarkPatrolsRuvania"] == "tags"
    assert reasons["© 2026 The Kelm Lantern"] == "footer"
    assert reasons["By Ana Brisk  •  11 February 2026  •  3 min read"] == "byline"
    assert reasons["Four lighthouse keepers retire on one day"] == "related"


def test_there_are_many_pages_in_many_layouts() -> None:
    layouts = {json.loads(path.with_suffix(".json").read_text("utf-8"))["layout"] for path in PAGES}
    assert len(PAGES) >= 40
    assert len(layouts) >= 12
