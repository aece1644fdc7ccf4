"""Mail messages (EML) and pages saved as one file (MHTML) → Document: the part that a person would read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime

from communique.errors import ArticleNotFound, DocumentBroken, DocumentError
from communique.model import Document
from communique.pages.assembly import day_in_address
from communique.pages.declared import Declared, put_after, put_before
from communique.pages.decoding import decode
from communique.pages.flat import FlatText, Intake, read_flat
from communique.pages.lines import split_lines
from communique.pages.media import MHTML

# Longer header fields are no subjects and no names; decoding them takes time that grows faster than their length.
LONGEST_FIELD = 2000
# Pages saved with every picture have some hundred parts.
MOST_PARTS = 5000


def read_message(content: bytes, intake: Intake) -> Document:
    """Reads the HTML part of a message or a saved page, else its text part. Attachments are not opened.

    Raises:
        DocumentBroken: If it cannot be parsed.
        ArticleNotFound: If no part holds an article.
    """
    try:
        message = BytesParser(policy=compat32).parsebytes(content)
        parts = list(_parts(message))
        pages = [_payload(part) for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        texts = [_payload(part) for part in parts if part.get_content_type() == "text/plain"]
        before, after = _declared(message, intake)
    except Exception as error:  # the standard library's parser has many ways to fail on damaged messages
        raise DocumentBroken(
            f"{intake.uri}: the message cannot be parsed ({type(error).__name__}). Save it again."
        ) from error
    document = _read_first(pages, texts, intake)
    return put_after(after, put_before(before, replace(document, media_type=intake.media_type)))


def _parts(message: Message) -> Iterator[Message]:
    """The parts in the order in which they stand, without containers and attachments."""
    waiting, count = [message], 0
    while waiting:
        part = waiting.pop(0)
        count += 1
        if count > MOST_PARTS:
            return
        if part.is_multipart():
            waiting[:0] = [inner for inner in part.get_payload() if isinstance(inner, Message)]
        elif part.get_content_disposition() != "attachment":
            yield part


def _payload(part: Message) -> tuple[bytes, str | None]:
    payload = part.get_payload(decode=True)
    return (payload if isinstance(payload, bytes) else b""), part.get_content_charset()


def _read_first(
    pages: list[tuple[bytes, str | None]], texts: list[tuple[bytes, str | None]], intake: Intake
) -> Document:
    """The first part that holds an article; when there is none, why the first one did not."""
    complaint: DocumentError | None = None
    for payload, charset in pages:
        try:
            return _read_page(decode(payload, intake.uri, charset=charset), intake)
        except DocumentError as error:
            complaint = complaint or error
    for payload, charset in texts:
        try:
            text = decode(payload, intake.uri, charset=charset)
            return read_flat(FlatText(text=text, lines=split_lines(text)), intake)
        except DocumentError as error:
            complaint = complaint or error
    raise complaint or ArticleNotFound(
        f"{intake.uri}: a message without HTML or text in it. Give its attachments one by one."
    )


def _read_page(html: str, intake: Intake) -> Document:
    from communique.pages.webpage import read_webpage

    return read_webpage(html, digest=intake.digest, uri=intake.uri, published=intake.published, lexicon=intake.lexicon)


def _declared(message: Message, intake: Intake) -> tuple[Declared, Declared]:
    """What the message's head says: first what goes before the text's own word, then what goes after it."""
    day = _day(message)
    subject = _words(message, "Subject")
    if intake.media_type == MHTML:
        address = _words(message, "Snapshot-Content-Location") or ""
        dated = day_in_address(address, intake.lexicon)
        basis = "date in the address that the page was saved from" if dated else None
        return Declared(captured=day), Declared(title=subject, published=dated, basis=basis)
    name = " ".join(parseaddr(_words(message, "From") or "")[0].split())
    before = Declared(published=day, basis="Date header of the message" if day else None)
    return before, Declared(title=subject, site=name or None)


def _day(message: Message) -> dt.date | None:
    """The day of the Date header, as the sender's clock had it."""
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))[:LONGEST_FIELD]).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _words(message: Message, field: str) -> str | None:
    """A header field decoded, white space single; None when it is missing or in no known encoding."""
    try:
        pieces = decode_header(str(message.get(field, ""))[:LONGEST_FIELD])
        text = "".join(
            piece.decode(charset or "utf-8", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in pieces
        )
    except (LookupError, ValueError):
        return None
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split()) or None
