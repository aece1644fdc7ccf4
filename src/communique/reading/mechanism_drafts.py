"""Mechanism drafts: steps of mechanisms while a document is read, and the records that they become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from communique.model import Commitment, Engagement, EventDate, Evidence, MechanismStep
from communique.model import Party as PartyRecord
from communique.model.vocabulary import MechanismStatus
from communique.reading.analysis import Line
from communique.reading.mechanism_memory import ToldMechanism
from communique.reading.parties import Party
from communique.reading.records import Record

ACTS: dict[str, MechanismStatus] = {
    "agreed": "agreed",
    "pledged": "agreed",
    "announced": "announced",
    "signed": "agreed",
    "called_for": "called_for",
}
"""Act of a commitment → the state in which it puts the mechanism that it speaks of."""
_AT_ENGAGEMENTS = frozenset(("called_for", "announced", "agreed", "reaffirmed"))


@dataclass(slots=True, eq=False)
class StepDraft:
    """A step in the making.

    Attributes:
        mechanism: Whose step it is.
        status: The state.
        lines: The sentences that say so, the one with the fullest phrase first.
        parties: Who is behind it.
        date: When, as its sentence tells.
        is_timed: Whether its sentence names a time at all.
        record: The engagement told last.
        confidence: How sure the rule is.
        fullness: How many words of the mechanism's name the sentence has.
    """

    mechanism: ToldMechanism
    status: MechanismStatus
    lines: list[Line]
    parties: list[Party] = field(default_factory=list)
    date: EventDate | None = None
    is_timed: bool = False
    record: Record | None = None
    confidence: float = 0.6
    fullness: int = 0


def mechanism_records(
    drafts: Iterable[StepDraft],
    text: str,
    engagement_ids: Mapping[Record, str],
    engagements: Sequence[Engagement],
    commitments: Sequence[Commitment],
) -> tuple[MechanismStep, ...]:
    """The steps of the readout, with the ids "m1", "m2" and so on.

    Args:
        drafts: Steps in the order of the text.
        text: The document's text.
        engagement_ids: The ids that the engagements got in the readout.
        engagements: The engagements of the readout.
        commitments: The commitments of the readout.
    """
    told = {engagement.id: engagement for engagement in engagements}
    engagement_of = {record: told[identifier] for record, identifier in engagement_ids.items()}
    return tuple(
        _record(f"m{number}", draft, text, engagement_of, commitments) for number, draft in enumerate(merged(drafts), 1)
    )


def _record(
    identifier: str,
    draft: StepDraft,
    text: str,
    engagement_of: Mapping[Record, Engagement],
    commitments: Sequence[Commitment],
) -> MechanismStep:
    evidence = tuple(Evidence.at(text, line.start, line.end) for line in draft.lines)
    engagement = engagement_of.get(draft.record) if draft.record is not None else None
    if draft.status not in _AT_ENGAGEMENTS:
        engagement = None
    date = draft.date
    if date is None and engagement is not None and not draft.is_timed:
        date = engagement.date
    return MechanismStep(
        id=identifier,
        name=draft.mechanism.name,
        kind=draft.mechanism.kind,
        status=draft.status,
        parties=tuple(PartyRecord(ref=p.referent.ref, name=p.referent.name) for p in draft.parties),
        date=date,
        engagement=engagement.id if engagement is not None else None,
        commitment=_commitment(draft, evidence, commitments),
        confidence=draft.confidence,
        evidence=evidence,
    )


def _commitment(draft: StepDraft, evidence: Sequence[Evidence], commitments: Sequence[Commitment]) -> str | None:
    """Id of the commitment of the same sentence and act."""
    for commitment in commitments:
        is_same_act = ACTS[commitment.act] == draft.status or {ACTS[commitment.act], draft.status} <= {
            "agreed",
            "announced",
        }
        if is_same_act and set(commitment.evidence) & set(evidence):
            return commitment.id
    return None


def merged(drafts: Iterable[StepDraft]) -> list[StepDraft]:
    """Joins steps that tell one state of one mechanism again; another day makes another step."""
    out: list[StepDraft] = []
    for draft in drafts:
        earlier = next((d for d in out if _is_again(draft, d)), None)
        if earlier is None:
            out.append(draft)
            continue
        fresh = [line for line in draft.lines if line not in earlier.lines]
        is_fuller = draft.fullness > earlier.fullness
        earlier.lines = [*fresh, *earlier.lines] if is_fuller else [*earlier.lines, *fresh]
        earlier.fullness = max(earlier.fullness, draft.fullness)
        earlier.date = earlier.date or draft.date
        earlier.confidence = max(earlier.confidence, draft.confidence)
        known = {party.key for party in earlier.parties}
        earlier.parties += [party for party in draft.parties if party.key not in known]
    return out


def _is_again(draft: StepDraft, earlier: StepDraft) -> bool:
    if draft.mechanism is not earlier.mechanism or draft.status != earlier.status:
        return False
    return draft.date is None or earlier.date is None or draft.date.start == earlier.date.start
