"""Communiqué: the system of record for security cooperation, read from news reports.

>>> import communique
>>> readout = communique.read("page.html")  # doctest: +SKIP
>>> for engagement in readout.engagements:  # doctest: +SKIP
...     print(engagement.kind, engagement.date, engagement.sides)

Importing the package is cheap: the language model is loaded at the first reading.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.errors import CommuniqueError, DocumentError, DocumentNotFound
from communique.lexicon import Lexicon
from communique.model import (
    Block,
    Commitment,
    Document,
    Engagement,
    EventDate,
    Evidence,
    Organization,
    Participant,
    Person,
    Place,
    Readout,
    Role,
    Side,
    Statement,
)

if TYPE_CHECKING:
    from communique.reading import Reader
    from communique.register import Register

__version__ = "0.1.0"
__all__ = [
    "Block",
    "Commitment",
    "CommuniqueError",
    "Document",
    "DocumentError",
    "Engagement",
    "EventDate",
    "Evidence",
    "Lexicon",
    "Organization",
    "Participant",
    "Person",
    "Place",
    "Reader",
    "Readout",
    "Role",
    "Side",
    "Statement",
    "__version__",
    "open",
    "read",
]

_ENDINGS = (".txt", ".html", ".htm", ".mhtml", ".mht", ".eml", ".docx", ".pdf")


def read(source: str | Path | bytes, *, published: dt.date | None = None, lexicon: Lexicon | None = None) -> Readout:
    """Reads one report.

    Args:
        source: A path, the bytes of a page, or the text itself. A string is taken for a path when it is one line that
            names a file, or ends like one (".txt", ".html", ".pdf", …).
        published: The day of publication, where it is known better than the page shows it.
        lexicon: Language knowledge; the packaged one by default.

    Returns:
        The readout. For many reports use ``Reader.read_many``: it reads them in batches.

    Raises:
        DocumentError: If the file is missing, empty, too large, damaged, of no type that is read, or holds no
            article; or if the string is a web address, since nothing is fetched here.
    """
    from communique.pages import document_from_text, open_document

    if isinstance(source, str) and _is_web_address(source):
        raise DocumentNotFound(
            f"{source}: read() fetches nothing. Get the page with communique.sources.web.fetch_page, and read its body."
        )
    reader = _reader() if lexicon is None else _new_reader(lexicon)
    if isinstance(source, str) and not _is_path(source):
        document = document_from_text(source, published=published, lexicon=reader.lexicon)
    else:
        document = open_document(source, published=published, lexicon=reader.lexicon)
    return reader.read(document)


def open(address: str | Path | None = None) -> Register:  # noqa: A001 - communique.open("my.db") is how it is asked for
    """Opens a register; where there is none, it is made.

    >>> register = communique.open("my.db")  # doctest: +SKIP
    >>> register.add("pages/")  # doctest: +SKIP
    >>> register.engagements(who="Ana Duarte", since="2024-01")  # doctest: +SKIP

    Args:
        address: A file, or ``postgresql://user@host/name``; by default what COMMUNIQUE_REGISTER says, else the one in
            the user's data folder.

    Raises:
        RegisterError: If the database cannot be reached, or was made by a newer version.
    """
    from communique.register import open_register

    return open_register(address, create=True)


def _is_web_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://")) and len(source.split()) == 1


def _is_path(source: str) -> bool:
    if "\n" in source or len(source) > 1024:
        return False
    try:
        return source.lower().endswith(_ENDINGS) or Path(source).is_file()
    except (OSError, ValueError):  # longer than a name may be, or with a zero: a text, then
        return False


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return _new_reader(None)


def _new_reader(lexicon: Lexicon | None) -> Reader:
    from communique.reading import Reader

    return Reader(lexicon=lexicon)


def __getattr__(name: str) -> Any:
    if name == "Reader":
        from communique.reading import Reader

        return Reader
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
