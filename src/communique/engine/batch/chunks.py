"""Inside a worker process: a few documents of a shard at a time, through gate, opening and reading, to rows."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from communique.engine.batch.documents import documents_of
from communique.engine.batch.opened import Impression, Opened
from communique.engine.batch.plan import Shard
from communique.engine.batch.tables import TABLES, CopyRow, FailureRow, ForeignRow, ReadoutRow, Row
from communique.engine.bench import BATCH_SIZE, Bench, BenchMaker, ReadOptions, open_one, read_documents
from communique.engine.gate import Gate
from communique.engine.process import Handler
from communique.lexicon import Lexicon
from communique.model import Document, Readout
from communique.sources import Failure, Source

# The most documents, and bytes of them, of one answer: memory stays bounded, and the gate's answers are worth sending.
CHUNK_DOCUMENTS = 64
CHUNK_BYTES = 50_000_000
STAGES = ("fetch", "gate", "open", "compare", "read", "write")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """How a worker reads; travels to it.

    Attributes:
        make_bench: Where opener and reader come from; importable by name.
        options: What they are made with.
        has_gate: Whether pages are judged by the gate first.
        base: The folder in which relative paths begin.
        patience: Seconds after which an answer is given however little was read; far less than a supervisor waits.
    """

    make_bench: BenchMaker
    options: ReadOptions
    has_gate: bool = True
    base: str = ""
    patience: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkRequest:
    """Asks for documents of a shard.

    Attributes:
        shard: The shard.
        first: Number of the first document.
        count: The most documents to read.
        is_sifting: Whether what is worth reading is opened and handed back, to be compared before it is read.
        is_name_only: Whether only the first one's address is asked for: the one that the last process died of.
    """

    shard: Shard
    first: int
    count: int = CHUNK_DOCUMENTS
    is_sifting: bool = False
    is_name_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SiftedRequest:
    """Asks for the reading of documents that are open; the chunk's ``next`` says how many there was time for."""

    documents: tuple[Opened, ...]


@dataclass(slots=True)
class Chunk:
    """What came of some documents.

    Attributes:
        next: Number of the first document that was not touched.
        is_last: Whether there are no more.
        rows: By table, each with the number of its document.
        sifted: Documents that wait to be compared.
        counts: Documents by what became of them: documents, read, failed, foreign, copies, irrelevant.
        seconds: Time by stage.
    """

    next: int
    is_last: bool = False
    rows: dict[str, list[tuple[int, Row]]] = field(default_factory=lambda: {table: [] for table in TABLES})
    sifted: list[tuple[Opened, Impression]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))

    def note(self, number: int, row: Row) -> None:
        """Takes down what became of one document."""
        match row:
            case ReadoutRow():
                table, count = "readouts", "read"
            case FailureRow():
                table, count = "failures", "failed"
            case ForeignRow():
                table, count = "foreign", "foreign"
            case CopyRow():
                table, count = "copies", "copies"
        self.rows[table].append((number, row))
        self.counts[count] += 1

    def add(self, other: Chunk) -> None:
        """Appends the chunk that follows; what it sifted is kept elsewhere."""
        self.next, self.is_last = other.next, other.is_last
        for table, rows in other.rows.items():
            self.rows[table] += rows
        self.counts.update(other.counts)
        for stage, seconds in other.seconds.items():
            self.seconds[stage] += seconds


def make_chunk_reading(settings: ReadingSettings) -> Handler:
    """Runs in a process: sets up bench and gate, and gives what answers ChunkRequests and SiftedRequests."""
    return ChunkReading(settings).answer


class ChunkReading:
    """Answers requests; goes on in a shard where the last answer ended, or finds the place anew."""

    def __init__(self, settings: ReadingSettings) -> None:
        self._bench: Bench = settings.make_bench(settings.options)
        self._gate = Gate(Lexicon(settings.options.lexicon)) if settings.has_gate else None
        self._base, self._patience = settings.base, settings.patience
        self._place: tuple[int, int] | None = None
        self._documents: Iterator[Source | Failure] = iter(())

    def answer(self, request: ChunkRequest | SiftedRequest) -> Any:
        """Reads documents: a Chunk; or, when only that is asked for, the address of the first one, None at the end."""
        if isinstance(request, SiftedRequest):
            return self._read_sifted(request)
        if self._place != (request.shard.number, request.first) or request.is_name_only:
            self._documents = documents_of(request.shard, request.first, self._base)
        self._place = None  # should this fail, the next answer must find its place anew
        if request.is_name_only:
            first = next(self._documents, None)
            return first.uri if first is not None else None
        chunk = self._read(request)
        self._place = (request.shard.number, chunk.next)
        return chunk

    def _read(self, request: ChunkRequest) -> Chunk:
        chunk = Chunk(next=request.first)
        waiting: list[Opened] = []
        deadline, size = time.perf_counter() + self._patience, 0
        while chunk.next < request.first + request.count and size < CHUNK_BYTES and time.perf_counter() < deadline:
            with _timed(chunk, "fetch"):
                found = next(self._documents, None)
            if found is None:
                chunk.is_last = True
                break
            chunk.counts["documents"] += 1
            if isinstance(found, Failure):
                chunk.note(chunk.next, FailureRow.of(found))
            else:
                size += len(found.data or b"")
                if (document := self._open(found, chunk)) is not None:
                    waiting.append(Opened(number=chunk.next, has_file=found.path is not None, document=document))
            chunk.next += 1
            if len(waiting) == BATCH_SIZE:
                self._settle(waiting, chunk, request)
        self._settle(waiting, chunk, request)
        return chunk

    def _read_sifted(self, request: SiftedRequest) -> Chunk:
        chunk = Chunk(next=0)
        deadline = time.perf_counter() + self._patience
        while chunk.next < len(request.documents) and time.perf_counter() < deadline:
            batch = request.documents[chunk.next : chunk.next + BATCH_SIZE]
            self._flush(batch, chunk)
            chunk.next += len(batch)
        return chunk

    def _settle(self, waiting: list[Opened], chunk: Chunk, request: ChunkRequest) -> None:
        """Reads the documents that wait, or takes their fingerprints for those who compare."""
        if request.is_sifting:
            with _timed(chunk, "compare"):
                chunk.sifted += [(opened, Impression.of(opened)) for opened in waiting]
        elif waiting:
            self._flush(waiting, chunk)
        waiting.clear()

    def _open(self, found: Source, chunk: Chunk) -> Document | None:
        """A document worth reading; None when what became of it has been noted."""
        if self._gate is not None:
            with _timed(chunk, "gate"):
                verdict = self._gate.judge(found.data or b"")
            if verdict.kind == "irrelevant":
                chunk.counts["irrelevant"] += 1
                return None
            if verdict.kind == "foreign":
                chunk.note(chunk.next, ForeignRow(uri=found.uri, language=verdict.language or "und"))
                return None
        with _timed(chunk, "open"):
            opened = open_one(self._bench, found)
        if isinstance(opened, Failure):
            chunk.note(chunk.next, FailureRow.of(opened))
            return None
        if opened.language not in ("en", None):
            chunk.note(chunk.next, ForeignRow(uri=found.uri, language=opened.language or "und"))
            return None
        return opened

    def _flush(self, waiting: Sequence[Opened], chunk: Chunk) -> None:
        """Reads documents together."""
        with _timed(chunk, "read"):
            readouts = read_documents(self._bench, [opened.document for opened in waiting])
        for opened, readout in zip(waiting, readouts, strict=True):
            row = FailureRow.of(readout) if isinstance(readout, Failure) else _row_of(opened, readout)
            chunk.note(opened.number, row)


def _row_of(opened: Opened, readout: Readout) -> ReadoutRow:
    """The row of a readout, with the text that its offsets count in where no file on this machine has it."""
    if not opened.has_file and readout.document.text is None:
        readout = replace(readout, document=replace(readout.document, text=opened.document.text))
    return ReadoutRow.of(opened.document, readout)


@contextmanager
def _timed(chunk: Chunk, stage: str) -> Iterator[None]:
    """Adds the time spent inside to a stage."""
    began = time.perf_counter()
    yield
    chunk.seconds[stage] += time.perf_counter() - began
