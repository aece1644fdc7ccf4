"""What all formats are given: documents with their readouts, and the paper to write on."""

from __future__ import annotations

from dataclasses import dataclass

from communique.model import Document, Readout

Pair = tuple[Document, Readout]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the output is laid out; formats pass over what does not concern them.

    Attributes:
        width: Columns of the terminal.
        has_colour: Whether to write colours and styles for a terminal.
        with_evidence: Whether tables quote the passage under each fact.
    """

    width: int = 100
    has_colour: bool = False
    with_evidence: bool = False
