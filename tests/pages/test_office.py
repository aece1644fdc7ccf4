"""DOCX: paragraphs and tables in order; bombs and damaged files say so."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import docx
import pytest

from communique.errors import DocumentBroken, DocumentEmpty, DocumentTooLarge
from communique.pages import office, open_document


def make_docx(*, title: str = "", heading: str = "Talks in Halden", rows: bool = True) -> bytes:
    package = docx.Document()
    package.core_properties.title = title
    package.core_properties.created = dt.datetime(2024, 5, 4, 9)
    package.sections[0].header.paragraphs[0].text = "Draft, not for release"
    if heading:
        package.add_heading(heading, level=1)
        package.add_paragraph("The Minister met the Ambassador in Halden on Tuesday, her office said in a statement.")
    if rows:
        table = package.add_table(rows=2, cols=2)
        for row, words in zip(table.rows, (("Side", "Head"), ("Ostmark", "Lena Harrow")), strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
    if heading:
        package.add_paragraph("They agreed on joint patrols in the Strait of Sorn from the spring of next year on.")
    file = io.BytesIO()
    package.save(file)
    return file.getvalue()


def test_paragraphs_and_tables_come_in_order() -> None:
    document = open_document(make_docx())
    assert document.text.split("\n\n") == [
        "Talks in Halden",
        "The Minister met the Ambassador in Halden on Tuesday, her office said in a statement.",
        "Side  Head",
        "Ostmark  Lena Harrow",
        "They agreed on joint patrols in the Strait of Sorn from the spring of next year on.",
    ]
    assert document.title == "Talks in Halden"
    assert document.media_type.endswith("wordprocessingml.document")
    assert (document.published, document.published_basis) == (dt.date(2024, 5, 4), "the file's property created")


def rewrite(content: bytes, old: bytes, new: bytes) -> bytes:
    """A DOCX with something else in its main part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old, new) if name == "word/document.xml" else data)
    return file.getvalue()


def test_tracked_changes_are_read_as_accepted() -> None:
    run = b"<w:r><w:t>They agreed"
    changed = b"<w:del><w:r><w:delText>They refused</w:delText></w:r></w:del><w:ins><w:r><w:t>They agreed"
    content = rewrite(make_docx(), run, changed)
    content = rewrite(content, b"year on.</w:t></w:r>", b"year on.</w:t></w:r></w:ins>")
    assert "They agreed on joint patrols" in open_document(content).text
    assert "refused" not in open_document(content).text


def test_an_office_document_without_text_is_empty() -> None:
    with pytest.raises(DocumentEmpty, match="without text"):
        open_document(make_docx(heading="", rows=False))


def test_damaged_ones_say_so() -> None:
    content = make_docx()
    with pytest.raises(DocumentBroken, match="damaged"):
        open_document(content[: len(content) // 2])
    with pytest.raises(DocumentBroken, match="damaged"):
        open_document(rewrite(content, b"</w:body>", b""))
    deep = b"<w:smartTag>" * 5000
    with pytest.raises(DocumentBroken, match="damaged"):
        open_document(rewrite(content, b"<w:body>", b"<w:body>" + deep))


def test_entities_are_not_unfolded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]>'
    content = rewrite(make_docx(), b"<w:document", bomb + b"<w:document")
    content = rewrite(content, b"They agreed", b"&c;They agreed")
    with pytest.raises(DocumentBroken, match="damaged"):
        open_document(content)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MOST_UNPACKED", 5_000_000)
    content = rewrite(make_docx(), b"They agreed", b" " * 6_000_000)
    assert len(content) < 60_000
    with pytest.raises(DocumentTooLarge, match="bomb"):
        open_document(content)
