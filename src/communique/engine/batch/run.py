"""A whole batch: planned once, read shard by shard on an engine, resumed where it was broken off."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from queue import SimpleQueue

import msgspec

import communique
from communique.engine.batch.chunks import ReadingSettings
from communique.engine.batch.plan import Shard, ShardSize, plan_shards
from communique.engine.batch.shard import REPORTS, ShardReport, ShardSettings, read_shard
from communique.engine.batch.storage import Store
from communique.engine.batch.tables import TABLES, FailureRow, TableFormat, encode_rows
from communique.engine.bench import BenchMaker, ReadOptions, make_bench
from communique.engine.process import ProcessOptions, WorkerProcess
from communique.errors import BatchError

PLAN, MANIFEST = "plan.json", "manifest.json"
INPUTS = "inputs"
SCHEMA = "communique/batch/1"
# One report takes some tenths of a second; what takes minutes does not end.
SECONDS = 60.0
# Bytes of data in one worker: the language model takes 0.6 GB, the largest page that is read 1 GB.
MEMORY = 4_000_000_000

# Reads shards, in any order; gives each report as it comes.
Engine = Callable[[Sequence[Shard], ShardSettings], Iterator[ShardReport]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How a batch is read. What decides on its files is kept with them and must not change when it is resumed.

    Attributes:
        form: Format of the tables.
        has_gate: Whether pages are judged by the gate first.
        size: How large shards are.
        seconds: The longest that one document may take.
        memory: The most bytes of data in one worker; None for no limit.
        lexicon: A user's own lexicon folder.
        make_bench: Where opener and reader come from; importable by name.
    """

    form: TableFormat = "parquet"
    has_gate: bool = True
    size: ShardSize = field(default_factory=ShardSize)
    seconds: float = SECONDS
    memory: int | None = MEMORY
    lexicon: Path | None = None
    make_bench: BenchMaker = make_bench

    def settings(self, output: str) -> ShardSettings:
        """What a worker is told."""
        reading = ReadingSettings(
            make_bench=self.make_bench,
            options=ReadOptions(lexicon=self.lexicon.resolve() if self.lexicon else None),
            has_gate=self.has_gate,
            base=str(Path.cwd()),
            patience=min(10.0, self.seconds / 4),
        )
        limits = ProcessOptions(seconds=self.seconds, memory=self.memory)
        return ShardSettings(reading=reading, limits=limits, output=output, form=self.form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is kept of a batch from its beginning.

    Attributes:
        schema: Name and version of this shape.
        inputs: As given.
        options: What decides on the files, in plain values.
        versions: Of the programs that the files come from.
        failed_inputs: How many inputs there was nothing behind.
        shards: All of them.
    """

    schema: str = SCHEMA
    inputs: tuple[str, ...]
    options: dict[str, str | int | float | bool | None]
    versions: dict[str, str]
    failed_inputs: int
    shards: tuple[Shard, ...]


class Batch:
    """A batch in its folder.

    Args:
        output: Path or address of the folder.
    """

    def __init__(self, output: str) -> None:
        self.store = Store(output)

    def plan(self) -> Plan:
        """The plan.

        Raises:
            BatchError: If there is none, or it is broken.
        """
        plan = self._load_plan()
        if plan is None:
            raise BatchError(
                f"{self.store.address}: no batch (there is no {PLAN}). Begin one with communique batch read."
            )
        return plan

    def begin(self, inputs: Sequence[str], options: BatchOptions) -> Plan:
        """Plans the batch, or takes up the plan that is there.

        Raises:
            BatchError: If the folder holds a batch of other inputs, options or versions.
        """
        told = Plan(inputs=tuple(inputs), options=_plain(options), versions=_versions(), failed_inputs=0, shards=())
        known = self._load_plan()
        if known is not None:
            _compare(self.store.address, known, told)
            for folder in (*TABLES, REPORTS):
                self.store.remove_drafts(folder)
            return known
        if self.store.names(""):
            raise BatchError(f"{self.store.address}: holds files, but no batch. Give a new or an empty folder.")
        shards, failures = plan_shards(inputs, options.size)
        if failures:
            rows = [FailureRow.of(failure) for failure in failures]
            self.store.write(f"failures/{INPUTS}.{options.form}", encode_rows(rows, "failures", options.form))
        plan = replace(told, failed_inputs=len(failures), shards=tuple(shards))
        self.store.write(PLAN, msgspec.json.encode(plan))
        return plan

    def finished(self, plan: Plan) -> Iterator[ShardReport]:
        """Reports of the shards whose files are there and whole."""
        names = set(self.store.names(REPORTS))
        for shard in plan.shards:
            if f"{shard.name}.json" in names and (report := ShardReport.load(self.store, shard)) is not None:
                yield report

    def run(self, plan: Plan, options: BatchOptions, engine: Engine) -> Iterator[ShardReport]:
        """Reads what is not finished; gives the report of every shard, those of the finished ones first.

        At the end the manifest is written.
        """
        reports = []
        for report in self.finished(plan):
            reports.append(report)
            yield report
        done = {report.number for report in reports}
        remaining = [shard for shard in plan.shards if shard.number not in done]
        for report in engine(remaining, options.settings(self.store.address)):
            reports.append(report)
            yield report
        manifest = {
            "schema": SCHEMA,
            "inputs": plan.inputs,
            "options": plan.options,
            "versions": plan.versions,
            "failed_inputs": plan.failed_inputs,
            "shards": len(plan.shards),
            **add_up(reports),
        }
        self.store.write(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))

    def _load_plan(self) -> Plan | None:
        content = self.store.read(PLAN)
        try:
            return None if content is None else msgspec.json.decode(content, type=Plan)
        except msgspec.MsgspecError as error:
            raise BatchError(f"{self.store.address}/{PLAN}: {error}. Remove the folder and begin anew.") from error


def run_locally(jobs: int) -> Engine:
    """The engine of one machine: so many processes, each supervised by a thread."""

    def run(shards: Sequence[Shard], settings: ShardSettings) -> Iterator[ShardReport]:
        idle: SimpleQueue[WorkerProcess] = SimpleQueue()
        processes = [settings.new_process() for _ in range(jobs)]
        for process in processes:
            idle.put(process)

        def read(shard: Shard) -> ShardReport:
            process = idle.get()
            try:
                return read_shard(shard, settings, process)
            finally:
                idle.put(process)

        threads = ThreadPoolExecutor(jobs)
        try:
            for future in as_completed([threads.submit(read, shard) for shard in shards]):
                yield future.result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.stop()
            threads.shutdown(wait=True)
            for process in processes:
                process.close()

    return run


def add_up(reports: Sequence[ShardReport]) -> dict[str, dict[str, float]]:
    """Counts, errors and seconds of several shards together."""
    sums: dict[str, dict[str, float]] = {"counts": {}, "errors": {}, "seconds": {}}
    for report in sorted(reports, key=lambda report: report.number):
        for name, values in (("counts", report.counts), ("errors", report.errors), ("seconds", report.seconds)):
            for key, value in values.items():
                sums[name][key] = sums[name].get(key, 0) + value
    return sums


def _plain(options: BatchOptions) -> dict[str, str | int | float | bool | None]:
    return {
        "format": options.form,
        "gate": options.has_gate,
        "shard_documents": options.size.documents,
        "shard_bytes": options.size.bytes,
        "seconds": options.seconds,
        "memory": options.memory,
        "lexicon": str(options.lexicon) if options.lexicon else None,
    }


def _versions() -> dict[str, str]:
    packages = {name: version(name) for name in ("pyarrow", "spacy", "trafilatura")}
    own = {"communique": communique.__version__, "python": platform.python_version(), "system": sys.platform}
    return own | packages


def _compare(where: str, known: Plan, told: Plan) -> None:
    if known.inputs != told.inputs:
        raise BatchError(f"{where}: holds a batch of {', '.join(known.inputs)}. Give another folder for other inputs.")
    for was, now in ((known.options, told.options), (known.versions, told.versions)):
        changed = [f"{key} {was.get(key)} (now {now.get(key)})" for key in now if was.get(key) != now.get(key)]
        if changed:
            raise BatchError(f"{where}: was begun with {', '.join(changed)}. Go on with that, or give another folder.")
