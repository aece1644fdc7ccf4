"""Opens a document: a path, bytes, or a text → Document."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from communique.errors import ArticleNotFound, DocumentNotFound, DocumentNotText, DocumentTooLarge
from communique.lexicon import Lexicon
from communique.model import Document
from communique.pages.article import read_lines
from communique.pages.assembly import make_blocks, settle_publication
from communique.pages.decoding import decode
from communique.pages.headline import find_authors, find_site, find_tags
from communique.pages.language import name_language
from communique.pages.lines import split_lines
from communique.pages.publication import publication_finder

MAX_BYTES = 25_000_000
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def open_document(
    source: str | Path | bytes,
    *,
    uri: str | None = None,
    published: dt.date | None = None,
    lexicon: Lexicon | None = None,
    max_bytes: int = MAX_BYTES,
) -> Document:
    """Reads one report from a file or from bytes: text, or HTML.

    Args:
        source: A path, or the bytes themselves.
        uri: What to call it; the path, or "-" for bytes, unless given. An address with a date in it may date the page.
        published: The day of publication when you know it better than the page; its basis is then "given".
        lexicon: Language knowledge with your own additions; the packaged one unless given.
        max_bytes: Larger documents are refused, files before they are read.

    Raises:
        DocumentNotFound: If there is no such file.
        DocumentTooLarge: If it has more than ``max_bytes`` bytes.
        DocumentEmpty: If there is nothing in it.
        DocumentNotText: If it is not text.
        ArticleNotFound: If no article is on the page.
    """
    if isinstance(source, bytes):
        content, name = source, uri or "-"
        _check_size(len(content), max_bytes, name)
    else:
        name = uri or str(source)
        content = _read_file(Path(source), max_bytes, name)
    text = decode(content, name)
    digest = hashlib.sha256(content).hexdigest()
    chosen = lexicon or default_lexicon()
    if _HTML.match(text, 0, 5000) or "</html>" in text[-2000:].lower():
        from communique.pages.webpage import read_webpage

        return read_webpage(text, digest=digest, uri=name, published=published, lexicon=chosen)
    return _read_text(text, digest=digest, uri=name, published=published, lexicon=chosen)


def document_from_text(
    text: str,
    *,
    uri: str = "-",
    published: dt.date | None = None,
    lexicon: Lexicon | None = None,
    max_bytes: int = MAX_BYTES,
) -> Document:
    """Reads one report that you have as text already; offsets count in ``text`` as it is.

    Args and errors are those of `open_document`. The document's id is the digest of the text in UTF-8.
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
    return _read_text(text, digest=digest, uri=uri, published=published, lexicon=lexicon or default_lexicon())


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """The packaged lexicon, loaded once."""
    return Lexicon()


def _read_text(text: str, *, digest: str, uri: str, published: dt.date | None, lexicon: Lexicon) -> Document:
    reading = read_lines(split_lines(text), lexicon)
    blocks = make_blocks(reading, lexicon)
    body = " ".join(text[block.start : block.end] for block in blocks if block.kind == "body")
    if not body and reading.title is None:
        raise ArticleNotFound(
            f"{uri}: {len(reading.lines)} lines, all menus, links or dates; no article. Give the page of one report."
        )
    found = publication_finder(lexicon).find(text, reading)
    found = settle_publication(found, uri=uri, given=published, lexicon=lexicon)
    head = reading.first if reading.first is not None else len(reading.lines)
    title = reading.lines[reading.title] if reading.title is not None else None
    return Document(
        id=digest,
        uri=uri,
        text=text,
        site=find_site(reading.lines, reading.marks, reading.title, head, lexicon),
        title=title.text if title else None,
        authors=find_authors(reading.lines, reading.marks, lexicon),
        published=found.day,
        published_evidence=found.evidence,
        published_basis=found.basis,
        captured=found.captured,
        language=name_language(body or text, lexicon),
        tags=find_tags(reading.lines, reading.marks),
        blocks=blocks,
    )


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
