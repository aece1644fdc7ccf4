"""The one error tree.

CommuniqueError
├── DocumentError          a document cannot be read; other documents are not affected
│   ├── DocumentNotFound   no such file or pattern
│   ├── DocumentEmpty      nothing in it
│   ├── DocumentTooLarge   larger than the limit
│   ├── DocumentNotText    binary rubbish, or a media type that is not read
│   ├── DocumentBroken     damaged: a PDF, an office document or a message that cannot be parsed
│   ├── DocumentEncrypted  needs a password
│   ├── TextLayerMissing   a scanned PDF: pictures of pages, no text
│   ├── ArticleNotFound    a page, but no article on it
│   ├── AnswerError        a served language model gave no usable answer about it
│   ├── ArchiveBroken      a container is damaged; costs what was not yet read of it
│   ├── ArchiveTooLarge    a container unfolds to more than its limits
│   ├── ColumnNotFound     a table without the column that is asked for
│   ├── WorkerDied         the process that read it ended without an answer
│   └── WorkerHung         the process that read it took longer than the limit
├── FetchError             a page cannot be fetched from the web; other pages are not affected
│   └── AddressRefused     an address that is not fetched: its scheme, port, or a network that is not public
├── FeedError              a feed or sitemap cannot be read
├── SettingsError          a setting is missing or wrong (which one, what to set)
├── EvidenceError          a quotation does not stand at its offsets
├── LexiconError           a lexicon file is wrong (which file, which entry, what to do)
├── ReadoutError           a file of readouts is wrong (which line)
├── GoldError              a gold file is wrong or missing
├── RegisterError          a register is missing, out of date, or damaged; or what was asked of it cannot be
│   ├── RegisterNotFound   there is none at the address
│   ├── RecordNotFound     no record has that id
│   ├── QueryError         a filter or a search cannot be understood
│   └── StaleDecision      the record changed since the decision was made
├── DeskError              the desk cannot be started as it was asked to
├── ExportError            an export cannot be written where or as it was asked for, or cannot be imported
├── AuthorityError         a file of authority records cannot be read at all
├── FloorError             a figure is under its floor, or the floors file is wrong
├── BatchError             a batch cannot be planned, resumed or written
├── CopyIndexError         an index of copies is wrong, or was asked for what it does not have
└── ModelError             the language model is missing or is not the one that was pinned
    └── EndpointError      a served language model cannot be asked at all (address, key, name)

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


class DocumentBroken(DocumentError):
    """The media type is known, but the bytes cannot be parsed as such."""


class DocumentEncrypted(DocumentError):
    """The document cannot be opened without a password."""


class TextLayerMissing(DocumentError):
    """The PDF holds pictures of pages and no text."""


class ArticleNotFound(DocumentError):
    """The page was understood, but there is no article on it."""


class AnswerError(DocumentError):
    """A served language model gave no usable answer about the document."""


class ArchiveBroken(DocumentError):
    """An archive, a table or a web archive is damaged. Costs what was not yet read of it, never what was."""


class ArchiveTooLarge(DocumentError):
    """A container unfolds to more than its limits: a bomb, or too much for one archive."""


class ColumnNotFound(DocumentError):
    """A table has no column of the name that was given, or none that looks like a text."""


class FetchError(CommuniqueError):
    """A page cannot be fetched from the web. Costs that page alone.

    Attributes:
        reason: One word of a closed list, for programs (see ``docs/fetching.md``).
        status: The HTTP status, where an answer came.
        retry_after: Seconds that the host asked to be left alone; None where it did not say.
    """

    def __init__(
        self, message: str, *, reason: str, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.status = status
        self.retry_after = retry_after


class AddressRefused(FetchError):
    """An address that is not fetched: its scheme, its port, or a network that is not public."""

    def __init__(self, message: str) -> None:
        super().__init__(message, reason="refused")


class FeedError(CommuniqueError):
    """A feed or sitemap cannot be read. Costs that feed alone."""


class SettingsError(CommuniqueError):
    """A setting is missing or wrong."""


class WorkerDied(DocumentError):
    """The process that read a document ended without an answer: out of memory, or a crash in native code."""


class WorkerHung(DocumentError):
    """The process that read a document took longer than the limit, and was ended."""


class EvidenceError(CommuniqueError):
    """A quotation does not stand in the text at its offsets."""


class LexiconError(CommuniqueError):
    """A lexicon file is wrong."""


class ReadoutError(CommuniqueError):
    """A file of readouts cannot be read."""


class GoldError(CommuniqueError):
    """A gold file is wrong or missing."""


class RegisterError(CommuniqueError):
    """A register cannot be opened, or what was asked of it cannot be."""


class RegisterNotFound(RegisterError):
    """There is no register at the address."""


class RecordNotFound(RegisterError):
    """No record of the register has that id."""


class QueryError(RegisterError):
    """A filter or a search text cannot be understood."""


class StaleDecision(RegisterError):
    """The record was changed by somebody else since the decision was made."""


class DeskError(CommuniqueError):
    """The desk cannot be started as it was asked to."""


class ExportError(CommuniqueError):
    """An export cannot be written where, or as, it was asked for; or it cannot be imported."""


class AuthorityError(CommuniqueError):
    """A file of authority records cannot be read at all. Single bad lines are reported, and cost themselves alone."""


class FloorError(CommuniqueError):
    """A figure is under its floor, or the floors file does not fit the gold."""


class BatchError(CommuniqueError):
    """A batch cannot be planned, resumed or written."""


class CopyIndexError(CommuniqueError):
    """An index of copies cannot be opened, or a document contradicts it."""


class ModelError(CommuniqueError):
    """The language model is missing, or it is not the one that was pinned."""


class EndpointError(ModelError):
    """A served language model cannot be asked at all: the address, the key or the model's name is wrong."""
