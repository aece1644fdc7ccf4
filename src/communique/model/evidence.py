"""Evidence: the exact passage that proves a fact."""

from __future__ import annotations

from dataclasses import dataclass

from communique.errors import EvidenceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A quotation and where it stands.

    Attributes:
        quote: The passage, letter for letter.
        start: Offset of its first code point in the document's text.
        end: Offset after its last code point.
    """

    quote: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end or self.end - self.start != len(self.quote):
            raise EvidenceError(
                f"Evidence [{self.start}:{self.end}] cannot hold a quotation of {len(self.quote)} characters: "
                f"{self.quote[:60]!r}. Make evidence with Evidence.at(text, start, end)."
            )

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Evidence:
        """Quotes ``text[start:end]``, white space at both ends dropped.

        Raises:
            EvidenceError: If the passage is empty or outside the text.
        """
        if not 0 <= start < end <= len(text):
            raise EvidenceError(f"[{start}:{end}] is not a passage of a text of {len(text)} characters.")
        quote = text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        if not quote:
            raise EvidenceError(f"[{start}:{end}] holds white space only: evidence needs words.")
        return cls(quote=quote, start=start, end=start + len(quote))

    def check(self, text: str) -> None:
        """Raises EvidenceError unless the quotation stands in ``text`` at its offsets."""
        found = text[self.start : self.end]
        if found != self.quote:
            raise EvidenceError(
                f"Evidence [{self.start}:{self.end}] says {self.quote[:60]!r}, but the text has {found[:60]!r} there."
            )
