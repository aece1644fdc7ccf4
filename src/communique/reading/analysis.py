"""The reader's working copy of a document: sentences, mentions, and whom they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from communique.model import Document, EventDate, Evidence
from communique.model.vocabulary import ParticipantType
from communique.reading.quotes import Quotation, quotations
from communique.reading.titles import LabelledSentence, Post

if TYPE_CHECKING:
    from communique.reading.tokens import Parse, Token

MentionKind = Literal["person", "organization", "country", "post", "place", "date"]


@dataclass(frozen=True, slots=True)
class Referent:
    """Whom a mention stands for.

    Attributes:
        ref: Id of a person or an organization of the readout; None for countries and groups.
        name: As the readout will name them.
        type: person, organization, country or group.
        country: ISO code of a country, or of the organization's country.
        key: Identity: the id, else the folded name.
    """

    ref: str | None
    name: str
    type: ParticipantType
    country: str | None = None
    key: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.ref or self.name.lower())


@dataclass(slots=True)
class Mention:
    """A stretch of a sentence that names or stands for something.

    Attributes:
        kind: What it names.
        first: Index of its first word in the sentence.
        last: Index after its last word.
        name: The name itself, without titles and determiners (for posts: the title).
        posts: Posts and ranks that belong to it.
        referents: Whom it stands for, once known.
        name_first: Index of the first word of the bare name.
        name_last: Index after the last word of the bare name.
        country: ISO code, for countries and institutions.
    """

    kind: MentionKind
    first: int
    last: int
    name: str
    posts: list[Post] = field(default_factory=list)
    referents: tuple[Referent, ...] = ()
    name_first: int = 0
    name_last: int = 0
    country: str | None = None
    honorific: str | None = None


@dataclass(slots=True)
class Line:
    """A sentence with everything that is known about it.

    Attributes:
        labelled: Words, lexicon labels and the model's spans.
        posts: Posts and ranks.
        mentions: Disjoint mentions, left to right.
        doc: The parsed surrogate sentence (each mention is one token); None before parsing.
        tokens: The tokens of ``doc``, as a list.
        anchors: For each token of ``doc``: the half-open offsets into the document's text.
        mention_of: Token index → mention.
        is_title: Whether it is the document's title.
        quoted: What stands between quotation marks, once asked for.
        index: Position in the document.
    """

    labelled: LabelledSentence
    posts: list[Post]
    mentions: list[Mention] = field(default_factory=list)
    doc: Parse | None = None
    tokens: list[Token] = field(default_factory=list)
    anchors: list[tuple[int, int]] = field(default_factory=list)
    mention_of: dict[int, Mention] = field(default_factory=dict)
    is_title: bool = False
    quoted: list[Quotation] | None = None
    index: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.index = self.labelled.sentence.index

    def quotes(self, offset: int) -> bool:
        """Whether the code point at ``offset`` stands in a quotation of this line."""
        if self.quoted is None:
            self.quoted = quotations(self.labelled.words)
        return any(quotation.holds(offset) for quotation in self.quoted)

    @property
    def start(self) -> int:
        """Offset of the sentence's first code point."""
        return self.labelled.sentence.start

    @property
    def end(self) -> int:
        """Offset after the sentence's last code point."""
        return self.labelled.sentence.end


@dataclass(slots=True)
class Analysis:
    """A document under reading.

    Attributes:
        document: The document.
        lines: Its sentences, the title first when there is one.
    """

    document: Document
    lines: list[Line]

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def is_dateline(self, line: Line) -> bool:
        """Whether a line is the place and day at the head of the report."""
        return not line.is_title and self.document.blocks[line.labelled.sentence.block].kind == "dateline"

    def quote(self, line: Line) -> Evidence:
        """The whole sentence as evidence."""
        return Evidence.at(self.text, line.start, line.end)


__all__ = ["Analysis", "EventDate", "Line", "Mention", "MentionKind", "Referent"]
