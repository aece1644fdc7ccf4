from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import (
    ArticleNotFound,
    DocumentEmpty,
    DocumentError,
    DocumentNotFound,
    DocumentNotText,
    DocumentTooLarge,
)
from communique.model import Document
from communique.pages import document_from_text, open_document

REPORT = "Talks in Halden\n\n3 May 2024\n\nThe Minister met the Ambassador on Tuesday and they agreed on patrols.\n"
PIECES = [
    b"<html>",
    b"<body><p>",
    b"</p>",
    b"<h1>",
    b"<!doctype html>",
    b"\n",
    b"\r\n",
    b"Share on X",
    b"12/05/2024",
    b"31.02.2025",
    b"By ",
    b"Photo: ",
    b"KELM, May 3 - ",
    b"The minister met the general on Friday and both agreed.",
    b"\xff\xfe",
    b"\x00",
    b"charset=utf-7",
    b"<meta charset=idna>",
    b"Tags: a b",
    b"\xe2\x80\xa8",
    b"<script type='application/ld+json'>[[[",
    b"Next Post",
]


def check_blocks(document: Document) -> None:
    """Blocks are in order, apart, inside the text, not empty; evidence stands."""
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip()
        assert (block.reason is None) == (block.kind != "clutter")
        end = block.end
    covered = sum(len(document.text[b.start : b.end].split()) for b in document.blocks)
    assert covered == len(document.text.split())
    if document.published_evidence is not None:
        document.published_evidence.check(document.text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join)))
def test_any_bytes_are_a_document_or_a_document_error(content: bytes) -> None:
    try:
        document = open_document(content)
    except DocumentError:
        return
    assert document.id == hashlib.sha256(content).hexdigest()
    check_blocks(document)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_keeps_its_offsets(text: str) -> None:
    try:
        document = document_from_text(text)
    except DocumentError:
        return
    assert document.text == text
    check_blocks(document)


def test_line_ends_stay_and_a_byte_order_mark_goes() -> None:
    content = b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode()
    document = open_document(content)
    assert document.text == REPORT.replace("\n", "\r\n")
    assert document.title == "Talks in Halden"
    evidence = document.published_evidence
    assert evidence is not None
    assert document.text[evidence.start : evidence.end] == "3 May 2024"


def test_a_day_ahead_of_the_text_is_a_line_of_its_own() -> None:
    document = open_document(
        b" date 2025-03-02 Ministers of two states met in Oslo on Friday to talk about fishing.", uri="a.txt"
    )
    assert (document.published, document.text[slice(*document.body[0])][:9]) == (dt.date(2025, 3, 2), "Ministers")
    assert [(b.kind, b.reason) for b in document.blocks] == [("clutter", "date"), ("body", None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "utf-32"])
def test_encodings(encoding: str) -> None:
    text = (REPORT + "“Café”, said the Chargé d’Affaires, who had come from Bogotá with the général.\n") * 3
    assert open_document(text.encode(encoding)).text == text


def test_a_declared_charset_comes_before_detection() -> None:
    body = "<p>Žižka přijal velvyslance v pondělí v Praze.</p>"
    page = f"<html><head><meta charset='iso-8859-2'></head><body>{body}</body></html>"
    assert "Žižka přijal" in open_document(page.encode("iso-8859-2")).text


def test_a_given_day_wins(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    document = open_document(path, published=dt.date(2024, 5, 4))
    assert (document.published, document.published_basis) == (dt.date(2024, 5, 4), "given")
    assert document.published_evidence is None
    assert document.uri == str(path)


def test_an_address_dates_a_page_that_shows_no_day() -> None:
    text = "The Minister met the Ambassador on Tuesday and they agreed on patrols in the Strait."
    document = document_from_text(text, uri="https://strait.example/2024/05/03/talks")
    assert (document.published, document.published_basis) == (dt.date(2024, 5, 3), "date in the address")
    assert document_from_text(text, uri="archive/2024/05/03/talks.txt").published is None


def test_errors_say_what_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DocumentEmpty, match="nothing in it"):
        open_document(b" \n\t ")
    with pytest.raises(DocumentNotText, match="gzip archive"):
        open_document(b"\x1f\x8b rest")
    with pytest.raises(DocumentNotText, match="not text"):
        open_document(bytes(range(256)) * 40)
    with pytest.raises(DocumentNotFound, match="no such file"):
        open_document(tmp_path / "missing.txt")
    with pytest.raises(DocumentNotFound, match="folder"):
        open_document(tmp_path)
    with pytest.raises(DocumentNotText, match="half a character"):
        document_from_text("met \ud800 him")


def test_a_page_of_menus_has_no_article() -> None:
    with pytest.raises(ArticleNotFound, match="no article"):
        open_document(b"<html><body><nav><ul><li>Home</li><li>News</li></ul></nav><footer>(c)</footer></body></html>")
    with pytest.raises(ArticleNotFound, match="no article"):
        open_document(b"Home\nNews\nSport\nSearch\nHome\nNews\nSport\nSearch\nShare on X\n")


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)  # sparse: costs nothing, unless somebody reads it
    with pytest.raises(DocumentTooLarge, match="100,000,000 bytes"):
        open_document(path)
    with pytest.raises(DocumentTooLarge, match="max_bytes"):
        open_document(b"x" * 11, max_bytes=10)


def test_the_import_is_light() -> None:
    heavy = "{'trafilatura', 'htmldate', 'lxml', 'spacy', 'django', 'charset_normalizer'}"
    code = (
        "import sys; from communique.pages import document_from_text;"
        f" document_from_text({REPORT!r}); print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
