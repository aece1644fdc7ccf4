"""Documents that are open and wait: in memory to be read together, or in a file to be compared with others first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from communique.engine.copies import Fingerprint
from communique.model import Document
from communique.pages.template import body_lines, site_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document that waits to be read.

    Attributes:
        number: Its number in the shard.
        has_file: Whether it is a file on this machine.
        document: The document.
    """

    number: int
    has_file: bool
    document: Document

    @property
    def article(self) -> str:
        """The article without the page around it; all of the text where no article was marked."""
        text = self.document.text
        return "\n".join(text[start:end] for start, end in self.document.body) or text


@dataclass(frozen=True, slots=True, kw_only=True)
class Impression:
    """What is known of a waiting document wherever documents are compared.

    Attributes:
        number: Its number in the shard.
        document: SHA-256 of its bytes.
        uri: Its path or address.
        published: Day of publication.
        fingerprint: Of its article.
        site: The site it is from, where that is known.
        lines: Blocks of the article that other pages of the site may have too, with their keys (``pages.template``).
    """

    number: int
    document: str
    uri: str
    published: dt.date | None
    fingerprint: Fingerprint
    site: str | None
    lines: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, opened: Opened) -> Impression:
        """Takes a document's fingerprint."""
        document = opened.document
        return cls(
            number=opened.number,
            document=document.id,
            uri=document.uri,
            published=document.published,
            fingerprint=Fingerprint.of(opened.article),
            site=site_of(document),
            lines=tuple(body_lines(document)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The document that a copy points to.

    Attributes:
        number: The copy's number in its shard.
        uri: Path or address of the first print.
        document: SHA-256 of the first print's bytes.
        share: How much of the copy stands in the first print, 0 to 1.
    """

    number: int
    uri: str
    document: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the comparison says of a shard.

    Attributes:
        originals: Of its copies.
        template: Blocks that belong to the site, not to the article, by the documents' numbers.
    """

    originals: tuple[Original, ...] = ()
    template: tuple[tuple[int, tuple[int, ...]], ...] = ()
