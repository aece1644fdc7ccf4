"""Reads many documents: in this process or in several, in order, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from communique.engine.bench import BATCH_SIZE, BenchMaker, ReadOptions, make_bench, read_batch
from communique.engine.outcomes import Outcome
from communique.engine.workers import Task, Workers
from communique.sources import Failure, Source, expand

# Documents handed to a worker at a time: few, so that a short list is shared out evenly.
WORKER_BATCH_SIZE = 4


def read_sources(
    sources: Iterable[str | Path | Source],
    options: ReadOptions | None = None,
    *,
    bench_maker: BenchMaker = make_bench,
) -> Iterator[Outcome]:
    """Reads documents and gives one outcome for each, in the order of the sources.

    Args:
        sources: See ``sources.expand``.
        options: Publication day, lexicon, number of processes, columns of tables.
        bench_maker: Where opener and reader come from; with several processes it must be importable by name.

    Yields:
        A Success or a Failure for each document. A Failure never touches its neighbours.

    Raises:
        LexiconError, ModelError: If nothing can be read at all.
    """
    options = options or ReadOptions()
    bench = bench_maker(options)  # also before work is handed out: a wrong lexicon is told here, not by a dead pool
    if options.jobs > 1:
        with Workers(options, bench_maker) as workers:
            yield from workers.read(_batch(expand(sources, options.sources), WORKER_BATCH_SIZE))
        return
    for entries in _batch(expand(sources, options.sources), BATCH_SIZE):
        task = Task(entries)
        yield from task.merge(read_batch(bench, task.sources))


def _batch(entries: Iterator[Source | Failure], size: int) -> Iterator[list[Source | Failure]]:
    while batch := list(islice(entries, size)):
        yield batch
