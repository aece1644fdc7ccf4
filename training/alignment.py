"""Alignment: which annotated engagement each telling tells, and who of the cast took part in it."""

from __future__ import annotations

from collections.abc import Sequence

from communique.evaluation.claims import ClaimedEngagement
from communique.evaluation.engagements import count_shared, kind_family
from communique.evaluation.gold import GoldDocument
from communique.evaluation.names import is_same_party
from communique.model import Place
from communique.reading.sameness import is_retold
from communique.reading.tellings import Narrative, Telling

# What speaks for an annotated engagement: the same kind, the parties that grammar gives, those whom the sentence names,
# the trigger standing inside the quotation, and the quotation being less than this share of the sentence.
KIND, PARTIES, NAMED, INSIDE, TIGHT = 1.0, 1.5, 0.5, 0.7, 0.3
SHORT = 0.6
HALF = 0.5


def score_tellings(narrative: Narrative, gold: GoldDocument, text: str) -> list[list[float]]:
    """How much speaks for each telling (rows) telling each annotated engagement (columns); 0 when nothing does.

    An engagement is told where its quotation stands. A trigger of another kind tells it only when its parties, or half
    of those whom its sentence names, took part, or when nobody is known to have.

    Args:
        narrative: The document as it was followed.
        gold: Its annotation.
        text: Its text.
    """
    engagements = gold.claims.engagements
    spans = [_spans(engagement, text) for engagement in engagements]
    return [
        [_score(telling, narrative, e, s) for e, s in zip(engagements, spans, strict=True)]
        for telling in narrative.tellings
    ]


def tell_which(scores: Sequence[Sequence[float]]) -> list[int | None]:
    """For each telling the index of the annotated engagement that it tells; None when it tells none.

    Args:
        scores: Those of ``score_tellings``.
    """
    answers: list[int | None] = []
    for row in scores:
        best = max(range(len(row)), key=lambda i: row[i], default=None)
        answers.append(best if best is not None and row[best] > 0 else None)
    return answers


def tell_all(
    scores: Sequence[Sequence[float]], engagements: Sequence[ClaimedEngagement], told: Sequence[int | None]
) -> list[tuple[ClaimedEngagement, ...]]:
    """For each telling all annotated engagements that it stands for: the one it tells, and those that nothing tells.

    "Received by X, by Y and by Z" is one trigger and may be three engagements.

    Args:
        scores: Those of ``score_tellings``.
        engagements: The annotated ones.
        told: For each telling the engagement that it tells.
    """
    answers = [[] if which is None else [engagements[which]] for which in told]
    for number in set(range(len(engagements))) - set(told):
        near = [t for t, which in enumerate(told) if which is not None and scores[t][number] > KIND]
        if near:
            answers[max(near, key=lambda t: scores[t][number])].append(engagements[number])
    return [tuple(answer) for answer in answers]


def retold(
    narrative: Narrative, all_told: Sequence[tuple[ClaimedEngagement, ...]]
) -> list[tuple[ClaimedEngagement, ...]]:
    """For each telling the annotated engagements that it means: what it tells, or else what it comes back to.

    Annotators quote the sentence that tells an engagement first. "The talks", later, tell none, and mean one.

    Args:
        narrative: The document as it was followed.
        all_told: Those of ``tell_all``.
    """
    told = [number for number, meant in enumerate(all_told) if meant]
    tellings = narrative.tellings

    def meant_by(number: int) -> tuple[ClaimedEngagement, ...]:
        pairs = ((other, sorted((other, number))) for other in told)
        return next((all_told[other] for other, (a, b) in pairs if is_retold(tellings[a], tellings[b])), ())

    return [meant or meant_by(number) for number, meant in enumerate(all_told)]


def _spans(engagement: ClaimedEngagement, text: str) -> list[tuple[int, int]]:
    starts = ((text.find(quote), quote) for quote in engagement.passages.quotes)
    return [(start, start + len(quote)) for start, quote in starts if start >= 0]


def _score(
    telling: Telling, narrative: Narrative, engagement: ClaimedEngagement, spans: list[tuple[int, int]]
) -> float:
    line, trigger = telling.line, telling.trigger
    if not any(line.start < end and line.end > start for start, end in spans):
        return 0.0
    at = line.anchors[trigger.token.i][0]
    around = [(start, end) for start, end in spans if start <= at < end]
    is_kin = kind_family(engagement.kind) == kind_family(trigger.kind)
    wanted = engagement.participants
    parties = tuple(p.referent.name for q in trigger.parties for p in q.resolved())
    named = tuple(p.referent.name for a in narrative.cast.actors.get(line.index, ()) for p in a.parties)
    alike = 2 * count_shared(wanted, parties) / max(1, len(wanted) + len(parties))
    share = count_shared(wanted, named) / max(1, len(wanted))
    if not is_kin and (not around or (wanted and not alike and share < HALF)):
        return 0.0
    tight = any(end - start < SHORT * (line.end - line.start) for start, end in around)
    return 0.01 + KIND * is_kin + PARTIES * alike + NAMED * share + INSIDE * bool(around) + TIGHT * tight


def took_part(narrative: Narrative, key: str, engagement: ClaimedEngagement) -> bool:
    """Whether a member of the cast is one of the annotated participants."""
    name = narrative.cast.members[key].party.referent.name
    return any(is_same_party(wanted, name) for wanted in engagement.participants)


def is_at(place: Place | None, engagement: ClaimedEngagement) -> bool:
    """Whether a place is the annotated one, by its name or in the words of the report."""
    names = () if place is None else (place.name, place.text)
    return any(is_same_party(wanted, name) for wanted in engagement.places for name in names)
