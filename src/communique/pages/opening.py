"""Opens a document: a path, bytes, or a text → Document."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from communique.errors import DocumentNotFound, DocumentNotText, DocumentTooLarge
from communique.lexicon import Lexicon
from communique.model import Document
from communique.pages.declared import NOTHING_DECLARED, Declared, put_before
from communique.pages.decoding import decode
from communique.pages.flat import FlatText, Intake, read_flat
from communique.pages.lines import split_lines
from communique.pages.media import DOCX, PDF, TEXT, MediaType, media_type_of

MAX_BYTES = 25_000_000
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def open_document(  # noqa: PLR0913 - each is something else that a caller may know of a document
    source: str | Path | bytes,
    *,
    uri: str | None = None,
    published: dt.date | None = None,
    lexicon: Lexicon | None = None,
    max_bytes: int = MAX_BYTES,
    declared: Declared = NOTHING_DECLARED,
) -> Document:
    """Reads one report: text, HTML, MHTML, a mail message, DOCX, or PDF; the bytes tell which.

    Args:
        source: A path, or the bytes themselves.
        uri: What to call it; the path, or "-" for bytes, unless given. An address with a date in it may date the page.
        published: The day of publication when you know it better than the page; its basis is then "given".
        lexicon: Language knowledge with your own additions; the packaged one unless given.
        max_bytes: Larger documents are refused, files before they are read.
        declared: What the container that it lay in says about it; goes before what the text shows.

    Raises:
        DocumentNotFound: If there is no such file.
        DocumentTooLarge: If it has more than ``max_bytes`` bytes, or unpacks to too much.
        DocumentEmpty: If there is nothing in it.
        DocumentNotText: If it is of no media type that is read.
        DocumentBroken: If it is damaged.
        DocumentEncrypted: If it needs a password.
        TextLayerMissing: If it is a scanned PDF.
        ArticleNotFound: If no article is on the page.
    """
    if isinstance(source, bytes):
        content, name = source, uri or "-"
        _check_size(len(content), max_bytes, name)
    else:
        name = uri or str(source)
        content = _read_file(Path(source), max_bytes, name)
    digest = hashlib.sha256(content).hexdigest()
    intake = Intake(digest=digest, uri=name, published=published, lexicon=lexicon or default_lexicon())
    media_type = media_type_of(content)
    if media_type != TEXT:
        return put_before(declared, _read_media(content, media_type, intake))
    text = decode(content, name, charset=declared.charset)
    if _HTML.match(text, 0, 5000) or "</html>" in text[-2000:].lower():
        from communique.pages.webpage import read_webpage

        document = read_webpage(text, digest=digest, uri=name, published=published, lexicon=intake.lexicon)
    else:
        document = read_flat(FlatText(text=text, lines=split_lines(text)), intake)
    return put_before(declared, replace(document, is_on_file=not isinstance(source, bytes)))


def document_from_text(
    text: str,
    *,
    uri: str = "-",
    published: dt.date | None = None,
    lexicon: Lexicon | None = None,
    max_bytes: int = MAX_BYTES,
) -> Document:
    """Reads one report that you have as text already; offsets count in ``text`` as it is.

    Args are those of `open_document`. The document's id is the digest of the text in UTF-8.

    Raises:
        DocumentNotText: If the text holds half a character (a lone surrogate), or too many control characters.
        DocumentTooLarge: If the text in UTF-8 has more than ``max_bytes``.
        DocumentEmpty: If there is no text in it.
    """
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentNotText(
            f"{uri}: half a character (surrogate) at offset {error.start}. Decode the text properly, or give its bytes."
        ) from error
    _check_size(len(content), max_bytes, uri)
    decode(content, uri)
    digest = hashlib.sha256(content).hexdigest()
    intake = Intake(digest=digest, uri=uri, published=published, lexicon=lexicon or default_lexicon())
    return read_flat(FlatText(text=text, lines=split_lines(text)), intake)


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """The packaged lexicon, loaded once."""
    return Lexicon()


def _read_media(content: bytes, media_type: MediaType, intake: Intake) -> Document:
    """Hands a document to the reader of its media type, which is imported when the first one comes."""
    intake = replace(intake, media_type=media_type)
    if media_type == PDF:
        from communique.pages.pdf import read_pdf

        return read_pdf(content, intake)
    if media_type == DOCX:
        from communique.pages.office import read_docx

        return read_docx(content, intake)
    from communique.pages.message import read_message

    return read_message(content, intake)


def _check_size(size: int, max_bytes: int, uri: str) -> None:
    if size > max_bytes:
        raise DocumentTooLarge(
            f"{uri}: {size:,} bytes, more than the limit of {max_bytes:,}. Split it, or raise max_bytes."
        )


def _read_file(path: Path, max_bytes: int, uri: str) -> bytes:
    try:
        if path.is_dir():
            raise DocumentNotFound(f"{uri}: is a folder, not a file. Give the files in it.")
        _check_size(path.stat().st_size, max_bytes, uri)
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise DocumentNotFound(f"{uri}: no such file. Check the path.") from error
    except OSError as error:
        raise DocumentNotFound(
            f"{uri}: cannot be opened ({error.strerror}). Check the path and its permissions."
        ) from error
    _check_size(len(content), max_bytes, uri)
    return content
