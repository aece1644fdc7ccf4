"""What comes of one document: it was read, or it failed with a reason. Never both, never neither."""

from __future__ import annotations

from dataclasses import dataclass

from communique.model import Document, Readout
from communique.sources import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """A document that was read.

    Attributes:
        uri: Path or address as given.
        document: The document.
        readout: What it says.
        original: Its bytes, where they were asked for (``ReadOptions.keeps_originals``).
    """

    uri: str
    document: Document
    readout: Readout
    original: bytes | None = None


Outcome = Success | Failure
