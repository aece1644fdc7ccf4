"""Scorer: how likely a candidate is a real engagement, learned from annotated reports.

The grammar proposes; a logistic regression over sparse features decides. Its weights are a packaged file made by
`training/train_engagements.py`; `docs/decisions/0006-learned-engagement-scorer.md` says what was tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.reading.analysis import Line
from communique.reading.grammar import chain, is_verb, modality
from communique.reading.learned import Weights, load_weights
from communique.reading.parties import Party
from communique.reading.records import Record
from communique.reading.triggers import Trigger

_QUOTES = frozenset('"“”„«»')
_CUES = (
    "said",
    "after",
    "during",
    "sidelines",
    "following",
    "since",
    "ahead",
    "before",
    "agreed",
    "regular",
    "annual",
    "series",
    "several",
    "many",
    "i",
    "we",
    "if",
    "no",
    "not",
)
"""Words of a sentence of which the training is told; the names of features, so that a change asks for new weights."""


def features(record: Record, earlier: Sequence[Record], lines: Sequence[Line]) -> Iterator[str]:
    """The names of the features that a candidate has.

    Args:
        record: The candidate.
        earlier: The candidates told before it.
        lines: The document's lines.
    """
    trigger = record.triggers[0]
    yield "bias"
    yield from _word_features(trigger)
    yield from _party_features(record)
    yield from _line_features(record, trigger, lines)
    yield from _story_features(record, earlier)


def _word_features(trigger: Trigger) -> Iterator[str]:
    low = trigger.token.lower_ if trigger.token.i not in trigger.line.mention_of else "(named)"
    kind = "noun" if trigger.is_noun else "verb"
    yield f"kind={trigger.kind}"
    yield f"word={low}"
    yield f"{kind}:{trigger.kind}"
    yield f"dep={trigger.token.dep_}|{kind}"
    for name in ("definite", "weak", "named", "again", "separate", "is_complete"):
        if getattr(trigger, name):
            yield name
            yield f"{name}|{trigger.kind}"
    if not trigger.is_complete:
        yield f"incomplete:{low}"
    verb = trigger.verb
    if verb is None:
        yield "verbless"
        return
    if trigger.is_noun:
        yield f"carrier={verb.lower_}"
    yield f"mode={modality(verb)}|{kind}"
    for k, link in enumerate(chain(verb)):
        if k and is_verb(link):
            yield f"above={link.lower_}"


def _party_features(record: Record) -> Iterator[str]:
    trigger = record.triggers[0]
    types = [party.referent.type for party in record.parties]
    yield f"sides={min(3, len([s for s in record.sides if s]))}"
    yield f"parties={min(4, len(types))}"
    for kind in ("person", "organization", "country", "group"):
        yield f"{kind}={min(2, types.count(kind))}"
    for name, parties in (("one", trigger.one), ("other", trigger.other), ("several", trigger.several)):
        yield f"{name}={min(2, len(parties))}|{_mix(parties)}"
        yield f"{name}|{trigger.kind}={_mix(parties)}"


def _mix(parties: Sequence[Party]) -> str:
    return "+".join(sorted({party.referent.type[0] for party in parties})) or "none"


def _line_features(record: Record, trigger: Trigger, lines: Sequence[Line]) -> Iterator[str]:
    line = trigger.line
    words = line.labelled.words
    position = line.index - (1 if lines and lines[0].is_title else 0)
    yield f"position={min(5, position)}"
    yield f"status={record.standing.status}|{record.standing.background}"
    yield f"dated={record.date is not None}|placed={record.place is not None}"
    if record.date is not None and record.date.text:
        yield f"timed|{trigger.kind}"
    yield f"people={min(4, sum(m.kind == 'person' for m in line.mentions))}"
    yield f"length={min(6, len(words) // 8)}"
    if words and words[0].text in "•-–*·":
        yield "bullet"
    start = line.anchors[trigger.token.i][0]
    before = sum(1 for w in words if w.text in _QUOTES and w.start < start)
    if before % 2 or (before and "”" not in {w.text for w in words if w.start < start}):
        yield "quoted"
    low = {w.low for w in words}
    for cue in _CUES:
        if cue in low:
            yield f"cue={cue}"


def _story_features(record: Record, earlier: Sequence[Record]) -> Iterator[str]:
    trigger = record.triggers[0]
    yield f"ruled={record.is_ruled}"
    yield f"ruled={record.is_ruled}|{trigger.kind}"
    yield f"told={min(4, sum(r.is_ruled for r in earlier))}"
    same_line = [r for r in earlier if r.lines[0] is trigger.line]
    yield f"sameline={min(2, len(same_line))}"
    if any(r.keys & record.keys for r in same_line):
        yield "sameline_shared"
    ruled = [r for r in earlier if r.is_ruled]
    if any(record.keys <= r.keys for r in ruled):
        yield "known_parties" + (
            "_same_kind" if any(record.keys <= r.keys and r.kind == record.kind for r in ruled) else ""
        )
    elif any(record.keys & r.keys for r in ruled):
        yield "shared_parties"
    if not record.keys:
        yield "no_parties"
    if len(record.triggers) > 1:
        yield "retold"


class EngagementScorer:
    """Gives candidates their probability.

    Args:
        weights: The packaged ones by default.
    """

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or load_weights("engagements")

    def probability(self, record: Record, earlier: Sequence[Record], lines: Sequence[Line]) -> float:
        """How likely the candidate is a real engagement, 0 to 1."""
        return self.weights.probability(features(record, earlier, lines))

    def select(self, candidates: Sequence[Record], lines: Sequence[Line]) -> list[Record]:
        """The candidates that are told, in order, each with its confidence."""
        chosen = []
        for k, record in enumerate(candidates):
            record.confidence = round(self.probability(record, candidates[:k], lines), 3)
            if record.confidence >= self.weights.threshold:
                chosen.append(record)
        return chosen
