"""Tells by its bytes what a document is: PDF, office document, mail message, saved page, or text."""

from __future__ import annotations

import re
from typing import Literal

MediaType = Literal[
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "message/rfc822",
    "multipart/related",
    "text/plain",
]
PDF: MediaType = "application/pdf"
DOCX: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EML: MediaType = "message/rfc822"
MHTML: MediaType = "multipart/related"
TEXT: MediaType = "text/plain"

# Programs read a PDF whose mark stands within its first 1,024 bytes, and so do we.
_PDF_WITHIN = 1024
_WORD_PART = b"word/document.xml"
# A message's head: at least two fields, ended by an empty line.
_HEAD_WITHIN = 65_536
_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?", re.MULTILINE)
_FIRST_FIELD = re.compile(rb"(?:From [^\r\n]{1,200}\r?\n)?[A-Za-z][A-Za-z0-9-]{1,40}:[ \t\r\n]")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
# Fields that mail programs and browsers write, and people do not ("From:", "Subject:" and "Date:" also stand in memos).
_MACHINE_FIELDS = frozenset({b"mime-version", b"message-id", b"received", b"return-path", b"dkim-signature"})
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.MULTILINE | re.IGNORECASE)


def media_type_of(content: bytes) -> MediaType:
    """The media type of a document; HTML counts as text here, since only its decoded text tells it."""
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return PDF
    if content.startswith(b"PK\x03\x04") and _WORD_PART in content:
        return DOCX
    if _FIRST_FIELD.match(content):
        end = _HEAD_END.search(content, 0, _HEAD_WITHIN)
        head = content[: end.start() if end else _HEAD_WITHIN]
        fields = {field.lower() for field in _FIELD.findall(head)}
        if len(fields) > 1 and fields & _MACHINE_FIELDS:
            return MHTML if _RELATED.search(head) else EML
    return TEXT
