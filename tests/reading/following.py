"""Follows a text as the reader does, and stops before its last sentence or before the judge."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field

from communique.model import Block, Document
from communique.reading.analysis import Line
from communique.reading.discourse import Discourse
from communique.reading.engagements import EngagementBuilder
from communique.reading.parties import Party
from communique.reading.preparation import Prepared
from communique.reading.reader import Reader
from communique.reading.records import Record
from communique.reading.tellings import Narrative
from communique.reading.triggers import Trigger

PUBLISHED = dt.date(2025, 5, 14)  # a Wednesday


@dataclass
class Followed:
    """A text up to, and not including, its last line."""

    prepared: Prepared
    discourse: Discourse
    line: Line
    narrative: Narrative
    records: list[Record] = field(default_factory=list)


class Follower:
    """Follows texts with the rules alone, without learned weights."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.builder: EngagementBuilder = reader.engagements

    def prepare(self, text: str) -> Prepared:
        digest = hashlib.sha256(text.encode()).hexdigest()
        paragraphs = (match.span() for match in re.finditer(r"(?:.+\n?)+", text))
        blocks = tuple(Block(start=start, end=end, kind="body") for start, end in paragraphs)
        document = Document(id=digest, uri="test", text=text, published=PUBLISHED, blocks=blocks)
        (prepared,) = self.reader.preparer.prepare([document])
        return prepared

    def follow(self, text: str, *, whole: bool = False) -> Followed:
        prepared = self.prepare(text)
        lines = prepared.analysis.lines
        discourse = Discourse(self.reader.knowledge, self.reader.reference_words, prepared.people)
        discourse.open(lines)
        setting = self.reader.circumstances.setting(prepared.analysis)
        main = frozenset(p.key for p in discourse.protagonist((0, 1)))
        followed = Followed(prepared, discourse, lines[-1], Narrative(lines, setting, main=main))
        for line in lines if whole else lines[:-1]:
            discourse.note_members(line)
            self.builder.read_line(line, discourse, followed.records, followed.narrative, setting)
            discourse.enter(line)
        return followed

    def parties(self, text: str, word: str) -> list[Party]:
        """The parties behind the only phrase of the last sentence that ends in a word."""
        followed = self.follow(text)
        assert followed.line.doc is not None
        (token,) = [t for t in followed.line.doc if _shown(followed, t.i).endswith(word)]
        return followed.discourse.parties([token], followed.line)

    def triggers(self, text: str) -> list[Trigger]:
        """The triggers of the last sentence."""
        followed = self.follow(text)
        return list(self.builder.finder.find(followed.line, followed.discourse))

    def sides(self, text: str) -> list[tuple[str, list[list[str]]]]:
        """Kind and sides of every engagement that the rules find."""
        return [(r.kind, [last_names(side) for side in r.sides]) for r in self.follow(text, whole=True).records]


def _shown(followed: Followed, i: int) -> str:
    start, end = followed.line.anchors[i]
    return followed.prepared.analysis.text[start:end]


def names(parties: list[Party]) -> list[str]:
    return [party.referent.name for party in parties]


def last_names(parties: list[Party]) -> list[str]:
    """The last words of the names, those of delegations' members for delegations."""
    return [p.referent.name.split()[-1] for party in parties for p in party.resolved()]
