"""Batches: archives and folders read shard by shard, on one machine or a cluster, and resumed after anything.

>>> from communique.engine.batch import Batch, BatchOptions, run_locally
>>> batch = Batch("readouts/")
>>> plan = batch.begin(["crawl/"], BatchOptions())  # doctest: +SKIP
>>> for report in batch.run(plan, BatchOptions(), run_locally(4)):  # doctest: +SKIP
...     print(report.number, report.counts)
"""

from communique.engine.batch.cluster import run_on_ray
from communique.engine.batch.crew import Crew, Engine, ShardTask, run_locally
from communique.engine.batch.options import BatchOptions
from communique.engine.batch.plan import Shard, ShardSize
from communique.engine.batch.run import Batch, Plan, add_up
from communique.engine.batch.shard import ShardReport
from communique.engine.batch.tables import CopyRow, FailureRow, ForeignRow, ReadoutRow, TableFormat

__all__ = [
    "Batch",
    "BatchOptions",
    "CopyRow",
    "Crew",
    "Engine",
    "FailureRow",
    "ForeignRow",
    "Plan",
    "ReadoutRow",
    "Shard",
    "ShardReport",
    "ShardSize",
    "ShardTask",
    "TableFormat",
    "add_up",
    "run_locally",
    "run_on_ray",
]
