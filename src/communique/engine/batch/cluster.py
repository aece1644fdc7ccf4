"""The engine of a cluster: the same shards as tasks of Ray Core, which repeats those of a machine that is lost."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from communique.engine.batch.crew import Crew, Engine, ShardTask
from communique.engine.batch.plan import Shard
from communique.engine.batch.shard import ShardReport, ShardSettings
from communique.engine.process import WorkerProcess
from communique.errors import BatchError, CommuniqueError

# How often Ray repeats a shard whose machine or process was lost.
RETRIES = 3
# Tasks handed to Ray at a time: enough for any cluster, and the driver's memory stays bounded.
IN_FLIGHT = 2000

# A process of Ray reads many shards, one after the other; the reading process beside it is kept from one to the next.
_process: tuple[ShardSettings, WorkerProcess] | None = None


def run_on_ray(address: str | None) -> Engine:
    """The engine of a cluster.

    Args:
        address: Of the cluster (``auto``, ``HOST:PORT``, ``ray://HOST:PORT``); None begins one on this machine.

    Raises:
        BatchError: When the engine is entered, if Ray is not installed or no cluster answers.
    """

    @contextmanager
    def gather(settings: ShardSettings) -> Iterator[Crew]:
        try:
            import ray
        except ImportError as error:
            raise BatchError('Ray is not installed. Install it with: pip install "communique[cluster]".') from error
        try:
            # "local" and not None: Ray would look for a cluster in a file that a dead one may have left.
            ray.init(address=address or "local", log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise BatchError(f"{address}: no cluster answers there ({error}). Begin one with ray start.") from error
        try:
            shared = ray.put(settings)
            yield lambda task, shards: _run(ray, task, shards, shared)
        finally:
            ray.shutdown()

    return gather


def _run(ray: Any, task: ShardTask, shards: Sequence[Shard], settings: Any) -> Iterator[ShardReport]:
    remote = ray.remote(num_cpus=1, max_retries=RETRIES)(do_on_worker)
    waiting = iter(shards)
    running = {remote.remote(task, shard, settings): shard for shard, _ in zip(waiting, range(IN_FLIGHT), strict=False)}
    lost: list[str] = []
    while running:
        (done,), _ = ray.wait(list(running), num_returns=1)
        shard = running.pop(done)
        try:
            yield ray.get(done)
        except ray.exceptions.RayTaskError as error:
            raise (error.cause if isinstance(error.cause, CommuniqueError) else error) from None
        except ray.exceptions.RayError:
            lost.append(shard.name)
        if (following := next(waiting, None)) is not None:
            running[remote.remote(task, following, settings)] = following
    if lost:
        raise BatchError(
            f"{len(lost)} shards were lost with their machines {RETRIES + 1} times (the first: {lost[0]}). "
            "Run the command again: finished shards are kept."
        )


def do_on_worker(task: ShardTask, shard: Shard, settings: ShardSettings) -> ShardReport:
    """Runs in a process of Ray: does something with one shard, with the reading process beside it."""
    global _process  # noqa: PLW0603 - tasks of one Ray process share nothing else
    if _process is None or _process[0] != settings:
        if _process is not None:
            _process[1].close()
        _process = (settings, settings.new_process())
    return task(shard, settings, _process[1])
