"""The reader: documents in, readouts out."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from communique.lexicon import Lexicon
from communique.model import Document, DocumentHead, Readout
from communique.reading.acts import SpeechActs
from communique.reading.attendance import AttendanceReader
from communique.reading.circumstances import CircumstanceFinder
from communique.reading.commitments import CommitmentDraft, CommitmentFinder, commitment_records
from communique.reading.confidence import ConfidenceJudge
from communique.reading.day_judge import DayJudge
from communique.reading.discourse import Discourse
from communique.reading.engagement_judge import EngagementJudge, Told
from communique.reading.engagement_records import engagement_records
from communique.reading.engagements import EngagementBuilder
from communique.reading.frames import Frames
from communique.reading.knowledge import Knowledge
from communique.reading.mechanism_drafts import StepDraft, mechanism_records
from communique.reading.mechanisms import MechanismFinder
from communique.reading.people import person_records
from communique.reading.place_judge import PlaceJudge
from communique.reading.preparation import Prepared, Preparer
from communique.reading.records import Record
from communique.reading.reference_words import ReferenceWords
from communique.reading.statements import StatementDraft, StatementFinder, statement_records
from communique.reading.status import StatusJudge
from communique.reading.tellings import Narrative
from communique.reading.told_once import told_once
from communique.reading.told_records import Chooser, told_record
from communique.reading.topic_judge import TopicJudge
from communique.reading.topics import TopicFinder
from communique.reading.trigger_finder import TriggerFinder

READER = "communique local 1"


@dataclass(slots=True)
class Followed:
    """A document that has been followed from first to last sentence.

    Attributes:
        prepared: The document, prepared.
        narrative: Whom it speaks of, and what may tell an engagement.
        records: What the rules take for engagements.
        commitments: The promises that it tells.
        statements: What is said in it.
        steps: What it tells of mechanisms.
    """

    prepared: Prepared
    narrative: Narrative
    records: list[Record] = field(default_factory=list)
    commitments: list[CommitmentDraft] = field(default_factory=list)
    statements: list[StatementDraft] = field(default_factory=list)
    steps: list[StepDraft] = field(default_factory=list)


class Reader:
    """Reads documents, many at a time.

    Args:
        lexicon: Language knowledge; the packaged one by default.

    Raises:
        LexiconError: If the lexicon cannot be used.
        ModelError: If the language model is missing or not the pinned one.
    """

    def __init__(self, *, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or Lexicon()
        self.knowledge = Knowledge(self.lexicon)
        self.reference_words = ReferenceWords.of(self.lexicon)
        self.preparer = Preparer(self.knowledge)
        frames = Frames(self.lexicon)
        self.circumstances = CircumstanceFinder(self.lexicon, self.knowledge)
        self.engagements = EngagementBuilder(
            TriggerFinder(frames, self.knowledge), StatusJudge(frames), self.circumstances
        )
        self.attendance = AttendanceReader(self.lexicon)
        self.engagement_judge = EngagementJudge()
        self.day_judge: Chooser = DayJudge(self.circumstances.occasions)
        self.place_judge: Chooser = PlaceJudge(self.lexicon, self.circumstances)
        self.commitments = CommitmentFinder(self.lexicon)
        self.mechanisms = MechanismFinder(
            self.lexicon, self.knowledge, self.commitments.parties, self.circumstances.occasions
        )
        self.topics = TopicFinder(self.lexicon)
        self.topic_judge = TopicJudge(self.topics)
        self.speech_acts = SpeechActs(self.lexicon)
        self.confidence = ConfidenceJudge()
        # Model and lexicon live as long as the process: the garbage collector need not walk them again and again
        # (measured: 5 % of the reading time).
        gc.collect()
        gc.freeze()

    def read(self, document: Document) -> Readout:
        """Reads one document."""
        return self.read_prepared(self.preparer.prepare([document])[0])

    def read_many(self, documents: Iterable[Document], *, batch_size: int = 16) -> Iterator[Readout]:
        """Reads documents in order, a batch at a time; memory does not grow with their number.

        The encoder reads each document on a thread of its own as soon as its text has been followed, while the next
        batch is prepared and followed: it lets the interpreter's lock go, so that a second core, where there is one,
        has something to do. What a document tells is judged when the next batch has been followed.
        """
        stream = iter(documents)
        waiting: deque[tuple[Followed, Future[None]]] = deque()
        thread = ThreadPoolExecutor(1, thread_name_prefix="encoder")
        try:
            while batch := list(islice(stream, batch_size)):
                ready = len(waiting)
                for prepared in self.preparer.prepare(batch):
                    followed = self.follow(prepared)
                    waiting.append((followed, thread.submit(self.engagement_judge.consult, followed.narrative)))
                yield from self._concluded(waiting, ready)
            yield from self._concluded(waiting, len(waiting))
        finally:
            thread.shutdown(cancel_futures=True)

    def read_prepared(self, prepared: Prepared) -> Readout:
        """Reads one document that has been prepared."""
        return self.conclude(self.follow(prepared))

    def _concluded(self, waiting: deque[tuple[Followed, Future[None]]], number: int) -> Iterator[Readout]:
        """The readouts of the first of the documents that have been followed."""
        for _ in range(number):
            followed, consulted = waiting.popleft()
            consulted.result()
            yield self.conclude(followed)

    def follow(self, prepared: Prepared) -> Followed:
        """Follows the text from first to last sentence: what "he" and "the talks" mean depends on what came before."""
        analysis, text = prepared.analysis, prepared.analysis.text
        discourse = Discourse(self.knowledge, self.reference_words, prepared.people)
        discourse.open(analysis.lines)
        setting = self.circumstances.setting(analysis)
        statement_finder = StatementFinder(self.speech_acts)
        main = frozenset(p.key for p in discourse.protagonist((0, 1)))
        narrative = Narrative(analysis.lines, setting, main=main)
        followed = Followed(prepared, narrative)
        records = followed.records
        mechanisms = self.mechanisms.follow(text, setting)
        for line in analysis.lines:
            if line.is_title:
                narrative.cast.enter_title(line)
                continue
            discourse.note_members(line)
            self.engagements.read_line(line, discourse, records, narrative, setting)
            self.attendance.read_line(line, discourse, records)
            latest = records[-1] if records else None
            promised = self.commitments.read_line(line, discourse, latest)
            followed.commitments += promised
            followed.steps += mechanisms.read_line(line, discourse, records, promised)
            followed.statements += statement_finder.read_line(line, discourse, latest)
            discourse.enter(line)
        for record in records:
            narrative.cast.add(record.parties)
        return followed

    def conclude(self, followed: Followed) -> Readout:
        """The readout of a document that has been followed: what it tells is judged when all of it is known."""
        prepared, narrative = followed.prepared, followed.narrative
        analysis, text = prepared.analysis, prepared.analysis.text
        records, ids = self._records(self.engagement_judge.judge(narrative), narrative)
        engagements = engagement_records(records, prepared, self.topic_judge)
        told = commitment_records(followed.commitments, text, ids)
        readout = Readout(
            reader=READER,
            document=DocumentHead.of(analysis.document),
            people=person_records(prepared.people, text, prepared.expansions),
            organizations=prepared.organizations,
            engagements=engagements,
            commitments=told,
            statements=statement_records(followed.statements, text, {id(r): i for r, i in ids.items()}, self.topics),
            mechanisms=mechanism_records(followed.steps, text, ids, engagements, told),
        )
        readout.check(text)
        return self.confidence.judge(readout, text)

    def _records(self, told: Sequence[Told], narrative: Narrative) -> tuple[list[Record], dict[Record, str]]:
        """The records of what is told, and the id of the engagement that each record of the rules has become."""
        records = [told_record(one, narrative) for one in told]
        self.day_judge.choose(told, records, narrative)
        told, records = told_once(told, records, narrative)
        self.circumstances.carrier.complete(records, narrative.setting)
        self.place_judge.choose(told, records, narrative)
        ids: dict[Record, str] = {}
        for number, one in enumerate(told, 1):
            for telling in one.tellings:
                if telling.record is not None:
                    ids.setdefault(telling.record, f"e{number}")
        _take_over(told, narrative, ids)
        return records, ids


def _take_over(told: Sequence[Told], narrative: Narrative, ids: dict[Record, str]) -> None:
    """What the rules take for an engagement and the judge does not belongs to the one told before with these parties.

    "The two agreed to …" is no meeting of its own; what they promise there, they promise in the meeting told before.
    """
    latest: tuple[set[str], str] | None = None
    chosen = {f"e{number}": set(engagement.participants) for number, engagement in enumerate(told, 1)}
    for telling in narrative.tellings:
        record = telling.record
        if record is None:
            continue
        if record in ids:
            latest = chosen[ids[record]], ids[record]
        elif latest is not None and record.keys and record.keys <= latest[0]:
            ids[record] = latest[1]
