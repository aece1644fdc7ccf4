"""What a page's head declares, and that reading it takes a time that grows with its length only."""

from __future__ import annotations

from communique.lexicon import Lexicon
from communique.pages import open_document

HEAD = "<html lang=en><head><title>Talks in Halden</title><script type='application/ld+json'>%s</script></head>"
BODY = (
    "<body><article><h1>Talks in Halden</h1><p>The Minister met the Ambassador on Tuesday.</p></article></body></html>"
)
ARTICLE = '{"@type": "NewsArticle", "datePublished": "2031-05-02T10:00:00Z"}'


def published(linked: str) -> str | None:
    document = open_document((HEAD % linked + BODY).encode(), uri="page.html", lexicon=Lexicon())
    return document.published.isoformat() if document.published else None


def test_what_is_deep_in_linked_data_is_found() -> None:
    assert published(f'[0, "x", null, {{"@graph": [[{ARTICLE}], 1]}}]') == "2031-05-02"


def test_linked_data_that_is_no_object_declares_nothing() -> None:
    assert published("7") is published('"2031-05-02"') is published("[]") is None


def test_a_million_numbers_are_passed_over() -> None:
    assert published("[" + "0," * 1_000_000 + ARTICLE + "]") == "2031-05-02"
