"""DOCX → Document: paragraphs and tables in order; heads, feet, comments and deleted words are left out."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from communique.errors import DocumentBroken, DocumentEmpty, DocumentTooLarge
from communique.model import Document
from communique.pages.declared import Declared, put_after
from communique.pages.flat import FlatText, Intake, read_flat

# Word's own limits are far above; reports of 300 pages have 3 MB of XML and 60 parts.
MOST_UNPACKED = 200_000_000
MOST_PARTS = 10_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": "  ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_TITLE_STYLES = ("title", "heading 1")


def read_docx(content: bytes, intake: Intake) -> Document:
    """Reads an office document.

    Raises:
        DocumentBroken: If it is damaged.
        DocumentTooLarge: If it unpacks to more than MOST_UNPACKED bytes.
        DocumentEmpty: If there is no text in it.
        ArticleNotFound: If its text holds no article.
    """
    _check_size(content, intake.uri)
    import docx

    try:
        package = docx.Document(io.BytesIO(content))
        paragraphs, title = _paragraphs(package)
        declared = _declared(package)
    except Exception as error:  # zip, XML and package errors, each with its own class, on anybody's file
        raise DocumentBroken(
            f"{intake.uri}: a damaged office document ({type(error).__name__}). Open and save it again."
        ) from error
    if not paragraphs:
        raise DocumentEmpty(f"{intake.uri}: an office document without text. Leave it out.")
    return put_after(declared, read_flat(FlatText.of_paragraphs(paragraphs, title=title), intake))


def _check_size(content: bytes, uri: str) -> None:
    """Refuses what unpacks to too much, before anything of it is unpacked (zipfile reads no more than is declared)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception as error:  # as above
        raise DocumentBroken(f"{uri}: a damaged office document. Open and save it again.") from error
    size = sum(part.file_size for part in parts)
    if size > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise DocumentTooLarge(
            f"{uri}: {len(content):,} bytes unpack to {size:,} in {len(parts):,} parts; the limits are "
            f"{MOST_UNPACKED:,} and {MOST_PARTS:,}. It looks like a bomb; save it as text if you trust it."
        )


def _paragraphs(package: Any) -> tuple[list[str], int | None]:
    """Paragraphs in order, a table's row as one with two spaces between cells; and which one is styled as the title."""
    styles = {style.style_id: style.name.lower() for style in package.styles if style.name}
    found: list[str] = []
    title = row = None
    for element in package.element.body.iter(f"{_W}p"):
        if any(True for _ in element.iterancestors(_FALLBACK)):
            continue  # the same text box a second time, for older programs
        text = _text(element)
        if not text:
            continue
        inside = next(element.iterancestors(f"{_W}tr"), None)
        if inside is not None and inside is row:
            found[-1] += f"  {text}"
            continue
        row = inside
        if title is None and row is None and styles.get(_style(element), "") in _TITLE_STYLES:
            title = len(found)
        found.append(text)
    return found, title


def _text(paragraph: Any) -> str:
    """The words of a paragraph, without those of paragraphs inside it (text boxes), and without deleted ones."""
    words = "".join(
        _BREAKS.get(node.tag) or node.text or ""
        for node in paragraph.iter(f"{_W}t", *_BREAKS)
        if next(node.iterancestors(f"{_W}p"), None) is paragraph
    )
    return " ".join(words.split())


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val") or ""


def _declared(package: Any) -> Declared:
    """What the file's properties say. They are often those of the template, so the text's own word goes before them."""
    properties = package.core_properties
    created = properties.created
    day = created.date() if isinstance(created, dt.datetime) else None
    return Declared(
        title=" ".join((properties.title or "").split()) or None,
        published=day,
        basis="the file's property created" if day else None,
    )
