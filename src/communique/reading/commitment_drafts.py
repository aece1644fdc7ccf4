"""Commitment drafts: commitments while a document is read, and the records that they become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from communique.model import Commitment, Evidence
from communique.model import Party as PartyRecord
from communique.model.vocabulary import CommitmentAct
from communique.reading.analysis import Line
from communique.reading.discourse import Discourse
from communique.reading.parties import Party
from communique.reading.records import Record


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a line stands.

    Attributes:
        line: The parsed line.
        discourse: What was mentioned before it.
        record: The engagement told last, None before the first.
    """

    line: Line
    discourse: Discourse
    record: Record | None


@dataclass(slots=True)
class CommitmentDraft:
    """A commitment in the making.

    Attributes:
        act: What was done.
        parties: Who committed themselves.
        what: Half-open offsets of the content in the document.
        lines: The sentences that say so.
        mechanism: The body or text that it sets up or uses.
        target: To whom it is addressed.
        record: The engagement at which it was made.
        confidence: How sure the rule is.
        topic: The word at the top of the content.
        definite: Whether the content points back ("the memorandum").
    """

    act: CommitmentAct
    parties: list[Party]
    what: tuple[int, int]
    lines: list[Line]
    mechanism: str | None = None
    target: str | None = None
    record: Record | None = None
    confidence: float = 0.6
    topic: str = ""
    definite: bool = False
    claimed: set[int] = field(default_factory=set)


def commitment_records(
    drafts: Iterable[CommitmentDraft], text: str, engagement_ids: Mapping[Record, str]
) -> tuple[Commitment, ...]:
    """The records of the readout, with the ids "c1", "c2" and so on.

    Args:
        drafts: Commitments in the order of the text.
        text: The document's text.
        engagement_ids: The ids that the engagements got in the readout.
    """
    return tuple(
        Commitment(
            id=f"c{number}",
            parties=tuple(PartyRecord(ref=p.referent.ref, name=p.referent.name) for p in draft.parties),
            act=draft.act,
            what=" ".join(text[slice(*draft.what)].split()),
            mechanism=draft.mechanism,
            target=draft.target,
            engagement=engagement_ids.get(draft.record) if draft.record is not None else None,
            confidence=draft.confidence,
            evidence=tuple(Evidence.at(text, line.start, line.end) for line in draft.lines),
        )
        for number, draft in enumerate(merged(drafts), 1)
    )


def merged(drafts: Iterable[CommitmentDraft]) -> list[CommitmentDraft]:
    """Joins what is told again: the same content, or a text signed before ("the memorandum")."""
    out: list[CommitmentDraft] = []
    for draft in drafts:
        earlier = next((d for d in out if _is_again(draft, d)), None)
        if earlier is None:
            out.append(draft)
        elif draft.lines[0] not in earlier.lines:
            earlier.lines.append(draft.lines[0])
    return out


def _is_again(draft: CommitmentDraft, earlier: CommitmentDraft) -> bool:
    if draft.act != "signed" or earlier.act != "signed" or draft.lines[0] is earlier.lines[0]:
        return False
    mine, other = {p.key for p in draft.parties}, {p.key for p in earlier.parties}
    if draft.definite:
        return not mine or not other or bool(mine & other) or draft.topic == earlier.topic
    return draft.topic == earlier.topic and (mine == other or earlier.lines[0].index <= 1)
