"""The unit of a batch: one shard, read under supervision and written once, by whichever engine.

Reading a shard again gives the same files, so it does not matter whether a machine was lost before, in or after it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

import msgspec

from communique.engine.batch.chunks import CHUNK_DOCUMENTS, Chunk, ChunkRequest, ReadingSettings, make_chunk_reading
from communique.engine.batch.plan import Shard
from communique.engine.batch.storage import Store, Written
from communique.engine.batch.tables import TABLES, FailureRow, TableFormat, encode_rows
from communique.engine.bench import FATAL
from communique.engine.process import ProcessOptions, WorkerProcess, WorkerStopped
from communique.errors import ArchiveBroken
from communique.sources import Failure

# Where the reports of finished shards lie.
REPORTS = "shards"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardSettings:
    """All that a worker anywhere has to know to read any shard of a batch.

    Attributes:
        reading: How documents are read.
        limits: What one document may cost.
        output: Path or address of the batch's folder.
        form: The format of its tables.
    """

    reading: ReadingSettings
    limits: ProcessOptions
    output: str
    form: TableFormat

    def new_process(self) -> WorkerProcess:
        """A process that reads."""
        return WorkerProcess(make_chunk_reading, self.reading, self.limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardReport:
    """A finished shard. Written after its files: where it stands, they are whole.

    Attributes:
        number: The shard.
        counts: Documents by what became of them.
        errors: Failures by kind.
        seconds: Time by stage, in seconds.
        files: The shard's files by name, as they were written.
        is_resumed: Whether it was finished by an earlier run.
    """

    number: int
    counts: Mapping[str, int]
    errors: Mapping[str, int]
    seconds: Mapping[str, float]
    files: Mapping[str, Written] = field(default_factory=dict)
    is_resumed: bool = False

    @classmethod
    def load(cls, store: Store, shard: Shard, folder: str = REPORTS) -> ShardReport | None:
        """The report of a shard whose files are all there, as they were written; None otherwise."""
        content = store.read(report_name(shard, folder))
        if content is None:
            return None
        try:
            report = msgspec.json.decode(content, type=cls)
        except msgspec.MsgspecError:
            return None
        is_whole = all(store.holds(name, written) for name, written in report.files.items())
        return replace(report, is_resumed=True) if is_whole else None


def read_shard(shard: Shard, settings: ShardSettings, process: WorkerProcess) -> ShardReport:
    """Reads a shard, every document in it, and writes its files.

    Args:
        shard: What to read.
        settings: How, and where to.
        process: A process made with these settings.

    Returns:
        The report, which has been written too.

    Raises:
        LexiconError, ModelError: If nothing can be read at all.
    """
    found = Chunk(next=0)
    for chunk in walk(shard, process):
        found.add(chunk)
    return write_tables(shard, found, settings)


def write_tables(shard: Shard, found: Chunk, settings: ShardSettings) -> ShardReport:
    """Writes what came of a shard, and last the report, which is returned."""
    began = time.perf_counter()
    store = Store(settings.output)
    files = {}
    for table in TABLES:
        rows = [row for _, row in sorted(found.rows[table], key=lambda numbered: numbered[0])]
        if rows:
            name = f"{table}/{shard.name}.{settings.form}"
            files[name] = store.write(name, encode_rows(rows, table, settings.form))
    errors: dict[str, int] = {}
    for _, row in found.rows["failures"]:
        kind = cast(FailureRow, row).error
        errors[kind] = errors.get(kind, 0) + 1
    found.seconds["write"] += time.perf_counter() - began
    report = ShardReport(
        number=shard.number, counts=dict(found.counts), errors=errors, seconds=found.seconds, files=files
    )
    store.write(report_name(shard), msgspec.json.encode(report))
    return report


def report_name(shard: Shard, folder: str = REPORTS) -> str:
    """The name of a shard's report."""
    return f"{folder}/{shard.name}.json"


def walk(shard: Shard, process: WorkerProcess, *, is_sifting: bool = False) -> Iterator[Chunk]:
    """Goes through a shard chunk by chunk; where a process fails, one by one, to find the document to blame."""
    at = alone_until = 0
    is_last = False
    while not is_last:
        is_alone = at < alone_until
        count = 1 if is_alone else CHUNK_DOCUMENTS
        try:
            chunk = process.call(ChunkRequest(shard=shard, first=at, count=count, is_sifting=is_sifting))
        except (*FATAL, WorkerStopped):
            raise
        except Exception as error:  # of a process, or of whatever a page made a library do that nobody foresaw
            if not is_alone:
                alone_until = at + CHUNK_DOCUMENTS
                continue
            chunk = _blame(shard, at, process, error)
        yield chunk
        at, is_last = chunk.next, chunk.is_last


def _blame(shard: Shard, at: int, process: WorkerProcess, error: Exception) -> Chunk:
    """Takes a document down as failed; the last chunk when nothing behind it can be reached."""
    chunk = Chunk(next=at + 1)
    try:
        uri = cast(str | None, process.call(ChunkRequest(shard=shard, first=at, is_name_only=True)))
    except (*FATAL, WorkerStopped):
        raise
    except Exception as way:
        # Not the reading but the way to the document fails: an archive that is gone, or that its reader cannot bear.
        where = f"{shard.archive or shard.documents[at]}#{shard.start}"
        complaint = f"{where}: cannot be unpacked at its page {at + 1}, and the rest of it is left out. {way}"
        chunk.note(at, FailureRow.of(Failure.of(where, ArchiveBroken(complaint))))
        chunk.counts["documents"] += 1
        chunk.is_last = True
        return chunk
    if uri is None:
        chunk.is_last = True
        return chunk
    chunk.note(at, FailureRow.of(Failure.of(uri, error)))
    chunk.counts["documents"] += 1
    return chunk
