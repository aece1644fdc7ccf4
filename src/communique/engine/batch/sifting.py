"""The two passes over a shard where copies are found: sifted before the comparison, read after it.

The first pass opens what is worth reading and leaves it in a file, with the fingerprints in another; the second one
reads what is no copy out of that file, so that nothing is fetched, judged or opened twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import msgspec

from communique.engine.batch.chunks import Chunk, SiftedRequest
from communique.engine.batch.frames import FrameWriter, read_frames
from communique.engine.batch.opened import Findings, Opened
from communique.engine.batch.plan import Shard
from communique.engine.batch.shard import ShardReport, ShardSettings, report_name, walk, write_tables
from communique.engine.batch.storage import Store
from communique.engine.batch.tables import CopyRow, FailureRow, ForeignRow
from communique.engine.bench import FATAL
from communique.engine.process import WorkerProcess, WorkerStopped
from communique.errors import BatchError
from communique.pages.template import without_template
from communique.sources import Failure

# What the first pass leaves, and what the comparison says of it.
SIFTED, FINDINGS = "sifted", "compared"
# Open documents that are handed to a process at a time.
TOGETHER = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Documents of which the first pass knows already what comes of them, by their numbers."""

    failures: tuple[tuple[int, FailureRow], ...] = ()
    foreign: tuple[tuple[int, ForeignRow], ...] = ()


def documents_name(shard: Shard) -> str:
    """The file of a shard's open documents; gone once they are read."""
    return f"{SIFTED}/{shard.name}.documents"


def impressions_name(shard: Shard) -> str:
    """The file of their fingerprints."""
    return f"{SIFTED}/{shard.name}.impressions"


def findings_name(shard: Shard) -> str:
    """The file that tells which of them are copies, and which lines belong to their sites."""
    return f"{FINDINGS}/{shard.name}.json"


def sift_shard(shard: Shard, settings: ShardSettings, process: WorkerProcess) -> ShardReport:
    """The first pass: see ``read_shard`` for arguments and errors; the report counts what has been settled so far."""
    found, documents, impressions = Chunk(next=0), FrameWriter(), FrameWriter()
    for chunk in walk(shard, process, is_sifting=True):
        documents.add(opened for opened, _ in chunk.sifted)
        impressions.add(impression for _, impression in chunk.sifted)
        found.add(chunk)
    store = Store(settings.output)
    settled = FrameWriter()
    settled.add(
        [
            Settled(
                failures=tuple((number, row) for number, row in found.rows["failures"] if isinstance(row, FailureRow)),
                foreign=tuple((number, row) for number, row in found.rows["foreign"] if isinstance(row, ForeignRow)),
            )
        ]
    )
    contents = {
        documents_name(shard): documents.close(),
        impressions_name(shard): impressions.close(),
        _settled_name(shard): settled.close(),
    }
    files = {name: store.write(name, content) for name, content in contents.items()}
    report = ShardReport(number=shard.number, counts=dict(found.counts), errors={}, seconds=found.seconds, files=files)
    store.write(report_name(shard, SIFTED), msgspec.json.encode(report))
    return report


def read_sifted(shard: Shard, settings: ShardSettings, process: WorkerProcess) -> ShardReport:
    """The second pass: reads what the first one left, but for copies; arguments and errors as in ``read_shard``.

    Raises:
        BatchError: If what the first pass or the comparison wrote is gone.
    """
    store = Store(settings.output)
    if (done := ShardReport.load(store, shard)) is not None:
        # A machine was lost after it had finished, and the shard was given out again; its documents are gone by now.
        return replace(done, is_resumed=False)
    sifted, verdict = ShardReport.load(store, shard, SIFTED), store.read(findings_name(shard))
    if sifted is None or verdict is None:
        where = f"{store.address}/{SIFTED if sifted is None else FINDINGS}/{shard.name}"
        raise BatchError(f"{where}: gone while the batch was read. Remove {store.address}/compared.json and go on.")
    findings = msgspec.json.decode(verdict, type=Findings)
    found = Chunk(next=0)
    found.counts.update(sifted.counts)
    found.seconds.update(sifted.seconds)
    with store.open(_settled_name(shard)) as file:
        for settled in read_frames(file, Settled):
            found.rows["failures"] += settled.failures
            found.rows["foreign"] += settled.foreign
    with store.open(documents_name(shard)) as file:
        for chunk in _read(_apply(findings, read_frames(file, Opened), found), process):
            found.add(chunk)
    report = write_tables(shard, found, settings)
    store.remove(documents_name(shard))
    return report


def _apply(findings: Findings, documents: Iterable[Opened], found: Chunk) -> Iterator[Opened]:
    """Notes copies; passes on what is none, with the lines of its site marked."""
    originals, template = {one.number: one for one in findings.originals}, dict(findings.template)
    for opened in documents:
        original = originals.get(opened.number)
        if original is None:
            yield replace(opened, document=without_template(opened.document, template.get(opened.number, ())))
            continue
        document = opened.document
        row = CopyRow(
            uri=document.uri,
            document=document.id,
            published=document.published.isoformat() if document.published else None,
            site=document.site,
            title=document.title,
            copy_of=original.uri,
            copy_of_document=original.document,
            share=round(original.share, 4),
        )
        found.note(opened.number, row)


def _read(documents: Iterator[Opened], process: WorkerProcess) -> Iterator[Chunk]:
    """Has open documents read, many at a time; where a process fails, one by one, to find the one to blame."""
    while waiting := list(islice(documents, TOGETHER)):
        alone = 0
        while waiting:
            asked = waiting[:1] if alone else waiting
            try:
                chunk = process.call(SiftedRequest(documents=tuple(asked)))
            except (*FATAL, WorkerStopped):
                raise
            except Exception as error:
                if not alone:
                    alone = len(waiting)
                    continue
                chunk = Chunk(next=1)
                chunk.note(asked[0].number, FailureRow.of(Failure.of(asked[0].document.uri, error)))
            yield chunk
            waiting = waiting[chunk.next :]
            alone = max(0, alone - 1)


def _settled_name(shard: Shard) -> str:
    return f"{SIFTED}/{shard.name}.settled"
