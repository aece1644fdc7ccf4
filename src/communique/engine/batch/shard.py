"""The unit of a batch: one shard, read under supervision and written once, by whichever engine.

Reading a shard again gives the same files, so it does not matter whether a machine was lost before, in or after it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
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
    def load(cls, store: Store, shard: Shard) -> ShardReport | None:
        """The report of a shard whose files are all there, as they were written; None otherwise."""
        content = store.read(_report_name(shard))
        if content is None:
            return None
        try:
            report = msgspec.json.decode(content, type=cls)
        except msgspec.MsgspecError:
            return None
        is_whole = all(store.holds(name, written) for name, written in report.files.items())
        return replace(report, is_resumed=True) if is_whole else None


def read_shard(shard: Shard, settings: ShardSettings, process: WorkerProcess) -> ShardReport:
    """Reads a shard and writes its files.

    Args:
        shard: What to read.
        settings: How, and where to.
        process: A process made with these settings.

    Returns:
        The report, which has been written too.

    Raises:
        LexiconError, ModelError: If nothing can be read at all.
    """
    found = _read_all(shard, process)
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
    found.seconds["write"] = time.perf_counter() - began
    report = ShardReport(
        number=shard.number, counts=dict(found.counts), errors=errors, seconds=found.seconds, files=files
    )
    store.write(_report_name(shard), msgspec.json.encode(report))
    return report


def _report_name(shard: Shard) -> str:
    return f"{REPORTS}/{shard.name}.json"


def _read_all(shard: Shard, process: WorkerProcess) -> Chunk:
    """Reads chunk by chunk; where a process fails, the chunk's documents one by one, to find the one to blame."""
    found = Chunk(next=0)
    alone_until = 0
    while not found.is_last:
        is_alone = found.next < alone_until
        try:
            found.add(
                process.call(ChunkRequest(shard=shard, first=found.next, count=1 if is_alone else CHUNK_DOCUMENTS))
            )
        except (*FATAL, WorkerStopped):
            raise
        except Exception as error:  # of a process, or of whatever a page made a library do that nobody foresaw
            if not is_alone:
                alone_until = found.next + CHUNK_DOCUMENTS
            elif not _blame(found, shard, process, error):
                break
    return found


def _blame(found: Chunk, shard: Shard, process: WorkerProcess, error: Exception) -> bool:
    """Takes the next document down as failed and passes over it; False when nothing behind it can be reached."""
    try:
        uri = cast(str | None, process.call(ChunkRequest(shard=shard, first=found.next, is_name_only=True)))
    except (*FATAL, WorkerStopped):
        raise
    except Exception as way:
        # Not the reading but the way to the document fails: an archive that is gone, or that its reader cannot bear.
        where = f"{shard.archive or shard.documents[found.next]}#{shard.start}"
        complaint = f"{where}: cannot be unpacked at its page {found.next + 1}, and the rest of it is left out. {way}"
        found.note(found.next, FailureRow.of(Failure.of(where, ArchiveBroken(complaint))))
        found.counts["documents"] += 1
        return False
    if uri is None:
        return False
    found.note(found.next, FailureRow.of(Failure.of(uri, error)))
    found.counts["documents"] += 1
    found.next += 1
    return True
