"""The one error tree.

CommuniqueError
├── DocumentError          a document cannot be read; other documents are not affected
│   ├── DocumentNotFound   no such file or pattern
│   ├── DocumentEmpty      nothing in it
│   ├── DocumentTooLarge   larger than the limit
│   ├── DocumentNotText    binary rubbish, or a media type that is not read
│   └── ArticleNotFound    a page, but no article on it
├── EvidenceError          a quotation does not stand at its offsets
├── LexiconError           a lexicon file is wrong (which file, which entry, what to do)
├── ReadoutError           a file of readouts is wrong (which line)
├── GoldError              a gold file is wrong or missing
├── FloorError             a figure is under its floor, or the floors file is wrong
└── ModelError             the language model is missing or is not the one that was pinned

Messages say what is wrong, which value, and what to do.
"""

from __future__ import annotations


class CommuniqueError(Exception):
    """The root of all errors that Communiqué raises on purpose."""


class DocumentError(CommuniqueError):
    """A document cannot be read. Costs that document alone."""


class DocumentNotFound(DocumentError):
    """No file stands at the given path, or a pattern matches none."""


class DocumentEmpty(DocumentError):
    """The document has no bytes, or nothing but white space."""


class DocumentTooLarge(DocumentError):
    """The document is larger than the limit."""


class DocumentNotText(DocumentError):
    """The bytes are not text in any encoding, or of a media type that is not read."""


class ArticleNotFound(DocumentError):
    """The page was understood, but there is no article on it."""


class EvidenceError(CommuniqueError):
    """A quotation does not stand in the text at its offsets."""


class LexiconError(CommuniqueError):
    """A lexicon file is wrong."""


class ReadoutError(CommuniqueError):
    """A file of readouts cannot be read."""


class GoldError(CommuniqueError):
    """A gold file is wrong or missing."""


class FloorError(CommuniqueError):
    """A figure is under its floor, or the floors file does not fit the gold."""


class ModelError(CommuniqueError):
    """The language model is missing, or it is not the one that was pinned."""
