"""Keeps a document: its bytes, its text, its readout, and its claims. One transaction a document."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DataError

from communique.errors import RegisterError
from communique.model import Readout
from communique.register import models as tables
from communique.register import text_search
from communique.register.store.claim_rows import ClaimRows
from communique.register.store.packing import pack
from communique.register.store.writing import exclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What came of keeping a document.

    Attributes:
        document: Its row.
        is_new: Whether it was not there before.
        is_changed: Whether its claims were written anew (new, or read by another reader).
    """

    document: tables.Document
    is_new: bool
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A document on its way into the register.

    Attributes:
        readout: What it says.
        text: The text that all offsets refer to.
        original: Its bytes; None when the readout was made elsewhere and came without them.
        author: Who adds it.
    """

    readout: Readout
    text: str
    original: bytes | None
    author: str = ""


def keep(delivery: Delivery) -> Kept:
    """Keeps a document; what is there already, read by the same reader, is left alone (idempotent by content).

    Raises:
        EvidenceError: If a quotation of the readout does not stand in the text.
        RegisterError: If it has characters that the database cannot store (U+0000 on PostgreSQL, lone surrogates).
    """
    try:
        return _keep(delivery)
    except (DataError, UnicodeEncodeError) as error:
        uri = delivery.readout.document.uri
        raise RegisterError(f"{uri} cannot be kept: {error}. Its other characters would do; clean the file.") from error


def _keep(delivery: Delivery) -> Kept:
    readout = delivery.readout
    with exclusive():
        tables.FailedDocument.objects.filter(uri=readout.document.uri).delete()
        row = tables.Document.objects.filter(sha256=readout.document.id).first()
        if row is not None:
            _note_address(row, readout.document.uri)
            if row.reader == readout.reader:
                return Kept(document=row, is_new=False, is_changed=False)
        readout.check(delivery.text)
        if row is not None:
            from communique.register.store.replacing import replace_claims

            replace_claims(row, delivery)
            return Kept(document=row, is_new=False, is_changed=True)
        row = _insert(delivery)
        rows = ClaimRows()
        rows.add(row, readout)
        rows.write()
        return Kept(document=row, is_new=True, is_changed=True)


def _insert(delivery: Delivery) -> tables.Document:
    head = delivery.readout.document
    row = document_row(delivery)
    row.save()
    content_row(row, delivery).save(force_insert=True)
    tables.Address.objects.create(document=row, uri=head.uri)
    text_search.index_text(text_search.DOCUMENTS, row.pk, searchable_text(head.title, delivery.text, head.body))
    return row


def document_row(delivery: Delivery) -> tables.Document:
    """The row of a document, not yet written."""
    head = delivery.readout.document
    return tables.Document(
        sha256=head.id,
        uri=head.uri,
        site=head.site,
        title=head.title,
        authors=list(head.authors),
        tags=list(head.tags),
        published=head.published,
        published_basis=head.published_basis,
        captured=head.captured,
        language=head.language,
        media_type=head.media_type,
        reader=delivery.readout.reader,
        added_by=delivery.author,
    )


def content_row(row: tables.Document, delivery: Delivery) -> tables.Content:
    """The row of its bytes, text and readout, not yet written."""
    return tables.Content(
        document=row,
        original=pack(delivery.original) if delivery.original is not None else None,
        text=pack(delivery.text),
        readout=pack(delivery.readout.to_json()),
    )


def searchable_text(title: str | None, text: str, body: tuple[tuple[int, int], ...]) -> str:
    """What full-text search looks at: the title and the article, without the clutter."""
    article = "\n".join(text[start:end] for start, end in body) or text
    return f"{title or ''}\n{article}"


def _note_address(row: tables.Document, uri: str) -> None:
    tables.Address.objects.get_or_create(document=row, uri=uri)
