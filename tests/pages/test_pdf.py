"""PDFs: lines become paragraphs, what runs on every page is clutter, and what is no text says so."""

from __future__ import annotations

import datetime as dt
import io
import time

import pypdf
import pytest
from tests.pages.made_pdf import Printed, column, make_form_bomb, make_pdf

from communique.errors import DocumentBroken, DocumentEncrypted, DocumentTooLarge, TextLayerMissing
from communique.model import Document, DocumentHead
from communique.pages import open_document, pdf_process, pdf_reading

HEAD = Printed(y=800, text="Ministry of Defence of Ruvania - Bulletin 14")
TITLE = Printed(y=760, text="Ruvania and Ostmark to patrol the Strait together", size=18)
FIRST = [
    "The Minister of Defence of Ruvania, Colonel General Teodor Vasko, met the com-",
    "mander of the Ostmark coast-guard, Commodore Jan Velt, in Kelm on Tuesday to",
    "discuss joint patrols in the Strait of Sorn.",
    "",
    "They agreed to set up a joint operations room by the end of the year. The coast-",
    "guard of both sides will send six officers each to the room, which the two of",
    "them pay for together, and the first of these officers are to arrive in Kelm in",
]
SECOND = [
    "the spring of next year.",
    "",
    "Vasko thanked his guest for the visit and accepted an invitation to Ostmark.",
]
PAGES = [
    [HEAD, TITLE, Printed(y=735, text="11 February 2026"), *column(FIRST), Printed(y=40, text="Page 1 of 2")],
    [HEAD, *column(SECOND), Printed(y=40, text="Page 2 of 2")],
]
INFO = "/Title (Bulletin of the Ministry 14) /CreationDate (D:20260212101112Z)"


def body(document: Document) -> list[str]:
    return [document.text[start:end] for start, end in document.body]


def test_lines_become_paragraphs_and_broken_words_are_joined() -> None:
    document = open_document(make_pdf(PAGES, info=INFO))
    assert body(document) == [
        "The Minister of Defence of Ruvania, Colonel General Teodor Vasko, met the commander of the Ostmark "
        "coast-guard, Commodore Jan Velt, in Kelm on Tuesday to discuss joint patrols in the Strait of Sorn.",
        "They agreed to set up a joint operations room by the end of the year. The coast-guard of both sides will send "
        "six officers each to the room, which the two of them pay for together, and the first of these officers are to "
        "arrive in Kelm in the spring of next year.",
        "Vasko thanked his guest for the visit and accepted an invitation to Ostmark.",
    ]
    assert document.title == TITLE.text
    assert (document.published, document.published_basis) == (dt.date(2026, 2, 11), "date beside the title")
    assert document.published_evidence is not None
    document.published_evidence.check(document.text)
    assert document.media_type == "application/pdf"


def test_what_runs_on_every_page_is_clutter_that_stays_in_the_text() -> None:
    document = open_document(make_pdf(PAGES))
    clutter = [document.text[b.start : b.end] for b in document.blocks if b.kind == "clutter"]
    assert clutter == [HEAD.text, "11 February 2026", "Page 1 of 2", HEAD.text, "Page 2 of 2"]


def test_the_text_is_kept_with_the_readout() -> None:
    document = open_document(make_pdf(PAGES))
    assert DocumentHead.of(document).text == document.text


def test_the_files_properties_fill_what_the_text_does_not_show() -> None:
    document = open_document(make_pdf([column(FIRST)], info=INFO))
    assert document.title == "Bulletin of the Ministry 14"
    assert (document.published, document.published_evidence) == (dt.date(2026, 2, 12), None)
    assert document.published_basis == "the PDF's property CreationDate"
    worse = open_document(make_pdf([column(FIRST)], info="/Title (Microsoft Word - talks v2.doc) /CreationDate (D:9)"))
    assert (worse.title, worse.published) == (None, None)


def test_columns_side_by_side_are_read_one_after_the_other() -> None:
    left = column(["The Minister met the Ambassador in Kelm on", "Tuesday and thanked her for the two boats."], x=50)
    right = column(["The Ambassador said that more boats are", "to follow in the spring of next year."], x=320)
    assert body(open_document(make_pdf([[*left, *right]]))) == [
        "The Minister met the Ambassador in Kelm on Tuesday and thanked her for the two boats.",
        "The Ambassador said that more boats are to follow in the spring of next year.",
    ]


def test_a_scan_says_that_it_has_no_text_layer() -> None:
    with pytest.raises(TextLayerMissing, match="without a text layer"):
        open_document(make_pdf([[], [Printed(y=40, text="2")]]))


def test_an_encrypted_pdf_says_so() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(make_pdf(PAGES)))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(DocumentEncrypted, match="password"):
        open_document(file.getvalue())


@pytest.mark.parametrize("content", [b"%PDF-1.7 rest", make_pdf([]), make_pdf(PAGES)[:600]])
def test_a_damaged_pdf_says_so(content: bytes) -> None:
    with pytest.raises((DocumentBroken, TextLayerMissing)):
        open_document(content)


def test_too_many_pages_or_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = make_pdf(PAGES)
    assert pdf_reading.print_out(content, 10_000).refusal is None
    printout = pdf_reading.print_out(content, 100)
    assert (printout.refusal, printout.complaint[:19]) == ("too large", "more than 100 chara")
    with pytest.raises(DocumentTooLarge, match="1,001 pages"):
        open_document(make_pdf([[]] * 1001))


def test_a_layout_bomb_is_stopped_and_the_next_pdf_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "MOST_SECONDS", 1.0)
    open_document(make_pdf(PAGES))  # the process has started
    began = time.monotonic()
    with pytest.raises(DocumentTooLarge, match="1 s to read"):
        open_document(make_form_bomb(depth=12))
    assert time.monotonic() - began < 10
    monkeypatch.undo()
    assert open_document(make_pdf(PAGES)).title == TITLE.text


def test_a_reader_that_dies_costs_its_document_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    process = pdf_process.PdfProcess()
    monkeypatch.setattr(pdf_process, "_CHILD", "import sys; sys.stdin.buffer.read(20); sys.exit(9)")
    assert process.print_out(make_pdf(PAGES)).refusal == "broken"
    monkeypatch.undo()
    assert process.print_out(make_pdf(PAGES)).refusal is None
    process.close()
