"""The formats of a brief by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from communique.errors import QueryError
from communique.exchange.briefs.document import BriefDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefFormat:
    """A format.

    Attributes:
        media_type: For the Content-Type of an answer.
        suffix: Of its files, with the dot.
        write: Makes the bytes.
    """

    media_type: str
    suffix: str
    write: Callable[[BriefDocument], bytes]


def _markdown(document: BriefDocument) -> bytes:
    from communique.exchange.briefs.markdown import write_markdown

    return write_markdown(document)


def _html(document: BriefDocument) -> bytes:
    from communique.exchange.briefs.html import write_html

    return write_html(document)


def _word(document: BriefDocument) -> bytes:
    from communique.exchange.briefs.word import write_word

    return write_word(document)


def _pdf(document: BriefDocument) -> bytes:
    from communique.exchange.briefs.pdf import write_pdf

    return write_pdf(document)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The writers are imported when they are asked for: python-docx and Typst take a while.
BRIEF_FORMATS = {
    "markdown": BriefFormat(media_type="text/markdown; charset=utf-8", suffix=".md", write=_markdown),
    "html": BriefFormat(media_type="text/html; charset=utf-8", suffix=".html", write=_html),
    "docx": BriefFormat(media_type=WORD, suffix=".docx", write=_word),
    "pdf": BriefFormat(media_type="application/pdf", suffix=".pdf", write=_pdf),
}


def write_brief(document: BriefDocument, name: str) -> bytes:
    """The document in a format.

    Raises:
        QueryError: If there is no such format.
    """
    if name not in BRIEF_FORMATS:
        raise QueryError(f"A brief cannot be written as {name!r}. Choose from: {', '.join(BRIEF_FORMATS)}.")
    return BRIEF_FORMATS[name].write(document)
