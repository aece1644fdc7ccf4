"""Examples: annotated reports as the reader follows them, with what is asked about them, and what is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique import Reader
from communique.evaluation.claims import ClaimedEngagement
from communique.evaluation.gold import GoldDocument
from communique.model import Document
from communique.reading.encoder import Encoder
from communique.reading.engagement_judge import EngagementJudge, Told
from communique.reading.participants import Question, questions
from communique.reading.preparation import Prepared
from communique.reading.telling_features import telling_features
from communique.reading.tellings import Narrative
from training.alignment import retold, score_tellings, tell_all, tell_which, took_part
from training.gold_folders import Report

BATCH = 16


@dataclass(slots=True, eq=False)
class Example:
    """An annotated report as the reader followed it.

    Attributes:
        folder: The folder of gold.
        document: The report.
        gold: Its annotation.
        narrative: The report as it was followed; the models' chances are written into it.
        told: For each telling the annotated engagement that it tells.
        all_told: For each telling all annotated engagements that it stands for.
        meant: The same, and for a telling that comes back to what others tell, what they tell.
        asked: The questions about who took part.
        answers: Their answers; None where the telling means nothing.
        words: For each telling the names of its features.
    """

    folder: str
    document: Document
    gold: GoldDocument
    narrative: Narrative
    told: list[int | None]
    all_told: list[tuple[ClaimedEngagement, ...]]
    meant: list[tuple[ClaimedEngagement, ...]]
    asked: list[Question]
    answers: list[int | None]
    words: list[tuple[str, ...]]


class Collector(EngagementJudge):
    """Takes the narrative, and judges nothing."""

    def __init__(self) -> None:
        self.narrative: Narrative | None = None

    def judge(self, narrative: Narrative) -> list[Told]:
        """Notes the narrative."""
        self.narrative = narrative
        return []


def prepared_reports(reports: Sequence[Report], reader: Reader) -> Iterator[tuple[Report, Prepared]]:
    """Each report with its prepared document, prepared in batches."""
    for start in range(0, len(reports), BATCH):
        batch = reports[start : start + BATCH]
        yield from zip(batch, reader.preparer.prepare([report.document for report in batch]), strict=True)


def collect(reports: Sequence[Report], reader: Reader, encoders: Mapping[str, Encoder] | None = None) -> list[Example]:
    """The reports as the reader follows them, with what is asked and what is right.

    Args:
        reports: Annotated reports.
        reader: Follows them; its judge is replaced.
        encoders: Id of a report → the encoder whose opinion counts; without, there is no opinion.
    """
    reader.engagement_judge = collector = Collector()
    examples = []
    for report, prepared in prepared_reports(reports, reader):
        reader.read_prepared(prepared)
        narrative, gold = collector.narrative, report.gold
        assert narrative is not None
        if encoders is not None:
            narrative.opinion = encoders[report.document.id].read(narrative)
        scores = score_tellings(narrative, gold, report.document.text)
        told, asked = tell_which(scores), questions(narrative)
        all_told = tell_all(scores, gold.claims.engagements, told)
        meant = retold(narrative, all_told)
        answers = [took_part_in(narrative, question.key, meant[question.number]) for question in asked]
        words = [tuple(telling_features(telling)) for telling in narrative.tellings]
        examples.append(
            Example(report.folder, report.document, gold, narrative, told, all_told, meant, asked, answers, words)
        )
    return examples


def took_part_in(narrative: Narrative, key: str, meant: Sequence[ClaimedEngagement]) -> int | None:
    """Whether a member of the cast took part in one of some annotated engagements; None when there is none."""
    return int(any(took_part(narrative, key, engagement) for engagement in meant)) if meant else None
