"""PDF → Document, by its text layer: lines, then paragraphs; running heads and feet are marked as clutter."""

from __future__ import annotations

import re

from communique.errors import DocumentBroken, DocumentEncrypted, DocumentTooLarge, TextLayerMissing
from communique.model import Document
from communique.pages.calendar import make_day
from communique.pages.declared import Declared, put_after
from communique.pages.flat import FlatText, Intake, read_flat
from communique.pages.pdf_layout import lay_out
from communique.pages.pdf_process import pdf_process

# Fewer characters than this a page are stamps and page numbers on pictures of pages.
LEAST_CHARACTERS = 20
_REFUSALS = {"broken": DocumentBroken, "encrypted": DocumentEncrypted, "too large": DocumentTooLarge}
_DAY = re.compile(r"D?:?\s*(\d{4})(\d{2})(\d{2})")
# Programs put the file's name, their own name or a placeholder there.
_NO_TITLE = re.compile(r"^microsoft word|\.(?:docx?|pdf|indd|pages|odt|rtf)$|^untitled|^powerpoint", re.IGNORECASE)


def read_pdf(content: bytes, intake: Intake) -> Document:
    """Reads a PDF.

    Raises:
        DocumentBroken: If it is damaged.
        DocumentEncrypted: If it needs a password.
        DocumentTooLarge: If it has too many pages or characters, or takes too long.
        TextLayerMissing: If it is a scan.
        ArticleNotFound: If its text holds no article.
    """
    printout = pdf_process().print_out(content)
    if printout.refusal is not None:
        raise _REFUSALS[printout.refusal](f"{intake.uri}: {printout.complaint}")
    pages = printout.pages
    count = sum(len(line.text) for lines in pages for line in lines)
    if count < LEAST_CHARACTERS * len(pages):
        raise TextLayerMissing(
            f"{intake.uri}: {len(pages)} pages with {count} characters: scanned, without a text layer. "
            "Run it through text recognition (OCR) first."
        )
    layout = lay_out(pages)
    flat = FlatText.of_paragraphs(layout.paragraphs, layout.hints, layout.title)
    return put_after(_declared(printout.properties), read_flat(flat, intake))


def _declared(properties: dict[str, str]) -> Declared:
    """What the file's properties say; they are often those of a template, so the text's own word goes before them."""
    match = _DAY.match(properties.get("CreationDate", ""))
    day = make_day(*map(int, match.groups())) if match else None
    title = " ".join(properties.get("Title", "").replace("\0", "").split())
    return Declared(
        title=None if len(title.split()) < 3 or _NO_TITLE.search(title) else title,
        published=day,
        basis="the PDF's property CreationDate" if day else None,
    )
