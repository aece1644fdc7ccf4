"""What a container or a file's own metadata says about a document, beside what its text shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from communique.model import Document
from communique.pages.calendar import is_plausible


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What is said about a document from outside its text; None and () for what is not.

    Attributes:
        title: The headline.
        site: The outlet or the sender.
        authors: Persons' names.
        published: Day of publication.
        basis: Where that day was declared, in words.
        captured: Day on which the page was saved.
        charset: Encoding that the transport named; the bytes themselves are believed first.

    Days on which no report can have been published or saved ("0001-01-01", the start of a clock) count as not said.
    """

    title: str | None = None
    site: str | None = None
    authors: tuple[str, ...] = ()
    published: dt.date | None = None
    basis: str | None = None
    captured: dt.date | None = None
    charset: str | None = None

    def __post_init__(self) -> None:
        if not is_plausible(self.published):
            object.__setattr__(self, "published", None)
            object.__setattr__(self, "basis", None)
        if not is_plausible(self.captured):
            object.__setattr__(self, "captured", None)


NOTHING_DECLARED = Declared()
# What a document has under the same name; the day of publication goes with its evidence and basis.
_SHARED = ("title", "site", "authors", "captured")


def put_before(declared: Declared, document: Document) -> Document:
    """Puts what was declared before what the text shows; a day that the user gave stays.

    The evidence of the publication day stays only where the text shows the same day.
    """
    settled = replace(document, **{name: getattr(declared, name) or getattr(document, name) for name in _SHARED})
    if declared.published is None or document.published_basis == "given":
        return settled
    evidence = document.published_evidence if document.published == declared.published else None
    return replace(
        settled, published=declared.published, published_evidence=evidence, published_basis=declared.basis or "declared"
    )


def put_after(declared: Declared, document: Document) -> Document:
    """Fills what the text does not show with what was declared."""
    settled = replace(document, **{name: getattr(document, name) or getattr(declared, name) for name in _SHARED})
    if document.published is not None or declared.published is None:
        return settled
    return replace(settled, published=declared.published, published_basis=declared.basis or "declared")
