"""Those who read shards: what every engine must be able to do, and the engine of one machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from queue import SimpleQueue

from communique.engine.batch.plan import Shard
from communique.engine.batch.shard import ShardReport, ShardSettings
from communique.engine.process import WorkerProcess

# What is done with a shard; importable by name.
ShardTask = Callable[[Shard, ShardSettings, WorkerProcess], ShardReport]
# Has something done with shards, in any order; gives each report as it comes. May be asked again.
Crew = Callable[[ShardTask, Sequence[Shard]], Iterator[ShardReport]]
# Gathers a crew, whose processes are kept from one pass over the shards to the next.
Engine = Callable[[ShardSettings], AbstractContextManager[Crew]]


def run_locally(jobs: int) -> Engine:
    """The engine of one machine: so many processes, each supervised by a thread."""

    @contextmanager
    def gather(settings: ShardSettings) -> Iterator[Crew]:
        idle: SimpleQueue[WorkerProcess] = SimpleQueue()
        processes = [settings.new_process() for _ in range(jobs)]
        for process in processes:
            idle.put(process)
        threads = ThreadPoolExecutor(jobs)

        def do(task: ShardTask, shard: Shard) -> ShardReport:
            process = idle.get()
            try:
                return task(shard, settings, process)
            finally:
                idle.put(process)

        def crew(task: ShardTask, shards: Sequence[Shard]) -> Iterator[ShardReport]:
            for future in as_completed([threads.submit(do, task, shard) for shard in shards]):
                yield future.result()

        try:
            yield crew
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.stop()
            threads.shutdown(wait=True)
            for process in processes:
                process.close()

    return gather
