"""Reads with several processes: in order, with a bounded look-ahead, and through the death of a process.

A batch on which a process dies or hangs is read again one document at a time; the one that does it again is to blame.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import Self, cast

from communique.engine.bench import BenchMaker, ReadOptions, read_batch
from communique.engine.outcomes import Outcome
from communique.engine.process import Handler, ProcessOptions, WorkerProcess
from communique.errors import WorkerDied, WorkerHung
from communique.sources import Failure, Source

# Batches handed out ahead of the one that is waited for, a process: enough to keep all busy, and memory bounded.
LOOK_AHEAD = 2
# For a batch of a few documents, and then for each of them alone. The slowest of 500 reports took 0.4 s.
SECONDS = 120.0


def make_reading(settings: tuple[BenchMaker, ReadOptions]) -> Handler:
    """Runs in a process: sets up the bench, and gives what reads batches on it."""
    make_bench, options = settings
    bench = make_bench(options)
    return lambda sources: read_batch(bench, sources)


@dataclass(frozen=True, slots=True)
class Task:
    """A batch; entries that failed before any reading keep their places in it."""

    entries: list[Source | Failure]

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
    """Processes that read documents. Use it as a context manager.

    Args:
        options: How to read, and with how many processes.
        make_bench: Sets up the bench in each; must be importable by name.
    """

    def __init__(self, options: ReadOptions, make_bench: BenchMaker) -> None:
        self._jobs = options.jobs
        self._idle: SimpleQueue[WorkerProcess] = SimpleQueue()
        limits = ProcessOptions(seconds=SECONDS)
        self._processes = [WorkerProcess(make_reading, (make_bench, options), limits) for _ in range(options.jobs)]
        for process in self._processes:
            self._idle.put(process)
        # Threads only wait for processes, so that several can be waited for at once.
        self._threads = ThreadPoolExecutor(options.jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.stop()
        self._threads.shutdown(wait=True)
        for process in self._processes:
            process.close()

    def read(self, batches: Iterator[list[Source | Failure]]) -> Iterator[Outcome]:
        """Reads batches; outcomes come in the order of the entries."""
        waiting: deque[tuple[Task, Future[list[Outcome]]]] = deque()
        for entries in batches:
            task = Task(entries)
            waiting.append((task, self._threads.submit(self._read, task.sources)))
            if len(waiting) > self._jobs * LOOK_AHEAD:
                task, future = waiting.popleft()
                yield from task.merge(future.result())
        for task, future in waiting:
            yield from task.merge(future.result())

    def _read(self, sources: list[Source]) -> list[Outcome]:
        process = self._idle.get()
        try:
            return cast(list[Outcome], process.call(sources))
        except (WorkerDied, WorkerHung):
            return [_read_alone(process, source) for source in sources]
        finally:
            self._idle.put(process)


def _read_alone(process: WorkerProcess, source: Source) -> Outcome:
    try:
        return cast(list[Outcome], process.call([source]))[0]
    except (WorkerDied, WorkerHung) as error:
        return Failure.of(source.uri, error)
