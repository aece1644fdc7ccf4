"""Reads with several processes: in order, with a bounded look-ahead, and through the death of a worker.

A worker that dies takes the whole pool with it, and nobody can say which document was to blame. So the documents that
were under way are read again one at a time; the one on which a worker dies again becomes a Failure.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from communique.engine.bench import Bench, BenchMaker, ReadOptions, read_batch
from communique.engine.outcomes import Failure, Outcome, WorkerDied
from communique.engine.sources import Source

# Batches handed out ahead of the one that is waited for, a worker: enough to keep all busy, and memory bounded.
LOOK_AHEAD = 2

_bench: Bench | None = None


def _set_up(make_bench: BenchMaker, options: ReadOptions) -> None:
    """Runs once in every worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends the workers in order
    global _bench  # noqa: PLW0603 - a worker process has one bench for life, and tasks reach it only in this way
    _bench = make_bench(options)


def _read(sources: Sequence[Source]) -> list[Outcome]:
    """Runs in a worker."""
    if _bench is None:
        raise RuntimeError("The worker was not set up.")
    return read_batch(_bench, sources)


@dataclass(slots=True)
class Task:
    """A batch under way; entries that failed before any reading keep their places in it."""

    entries: list[Source | Failure]
    future: Future[list[Outcome]] | None = None

    @property
    def sources(self) -> list[Source]:
        """What has to be read."""
        return [entry for entry in self.entries if isinstance(entry, Source)]

    def merge(self, outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
        """Outcomes of the sources, with the earlier failures in between, in order."""
        read = iter(outcomes)
        for entry in self.entries:
            yield next(read) if isinstance(entry, Source) else entry


class Workers:
    """A pool of processes that read documents. Use it as a context manager.

    Args:
        options: How to read, and with how many processes.
        make_bench: Sets up the bench in each; must be importable by name.
    """

    def __init__(self, options: ReadOptions, make_bench: BenchMaker) -> None:
        self._options = options
        self._make_bench = make_bench
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop_pool()

    def read(self, batches: Iterator[list[Source | Failure]]) -> Iterator[Outcome]:
        """Reads batches; outcomes come in the order of the entries."""
        tasks: deque[Task] = deque()
        for entries in batches:
            tasks.append(self._start(Task(entries)))
            if len(tasks) > self._options.jobs * LOOK_AHEAD:
                yield from self._finish(tasks.popleft(), tasks)
        while tasks:
            yield from self._finish(tasks.popleft(), tasks)

    def _start(self, task: Task) -> Task:
        """Hands a task out; should the pool be broken, ``_finish`` will find that out."""
        try:
            task.future = self._open_pool(self._options.jobs).submit(_read, task.sources)
        except BrokenProcessPool:
            task.future = None
        return task

    def _finish(self, task: Task, waiting: deque[Task]) -> Iterator[Outcome]:
        try:
            if task.future is None:
                raise BrokenProcessPool
            outcomes = task.future.result()
        except BrokenProcessPool:
            self._drop_pool()
            yield from task.merge([self._read_alone(source) for source in task.sources])
            self._drop_pool()
            for other in waiting:
                if not _is_finished(other):
                    self._start(other)
        else:
            yield from task.merge(outcomes)

    def _read_alone(self, source: Source) -> Outcome:
        """Reads one document in a pool of one, which tells whether it kills its worker."""
        try:
            return self._open_pool(1).submit(_read, [source]).result()[0]
        except BrokenProcessPool:
            self._drop_pool()
            complaint = "The process reading it died. It may be too large for the memory; read it alone to find out."
            return Failure.of(source.uri, WorkerDied(complaint))

    def _open_pool(self, size: int) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                size,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_set_up,
                initargs=(self._make_bench, self._options),
            )
        return self._pool

    def _drop_pool(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _is_finished(task: Task) -> bool:
    return (
        task.future is not None and task.future.done() and not task.future.cancelled() and not task.future.exception()
    )
