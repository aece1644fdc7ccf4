"""What comes of one document: it was read, or it failed with a reason. Never both, never neither."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from communique.errors import CommuniqueError, DocumentError
from communique.model import Document, Readout


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """A document that was read.

    Attributes:
        uri: Path or address as given.
        document: The document.
        readout: What it says.
    """

    uri: str
    document: Document
    readout: Readout


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that could not be read.

    Attributes:
        uri: Path, pattern or address as given.
        error: Name of the error's class.
        message: What is wrong, and what to do.
        is_expected: Whether it is one of our own errors; anything else is a defect worth reporting.
        traceback: For the developer.
    """

    uri: str
    error: str
    message: str
    is_expected: bool
    traceback: str

    @classmethod
    def of(cls, uri: str, error: Exception) -> Failure:
        """Takes down what went wrong with a document."""
        is_expected = isinstance(error, CommuniqueError)
        if is_expected:
            message = str(error)
        else:
            message = f"{error or 'no message'}. This is a defect: please report it (see it in full with --debug)."
        return cls(
            uri=uri,
            error=type(error).__name__,
            message=message,
            is_expected=is_expected,
            traceback="".join(traceback.format_exception(error)),
        )

    def __str__(self) -> str:
        """One line: which document, what kind of error, what to do."""
        return f"{self.uri}: {self.error}: {' '.join(self.message.split())}"


Outcome = Success | Failure


class WorkerDied(DocumentError):
    """The process that read a document ended without an answer: out of memory, or a crash in native code."""
