"""A whole batch: planned once, read shard by shard on an engine, resumed where it was broken off."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

import msgspec

import communique
from communique.engine.batch.comparing import compare_shards, load_compared
from communique.engine.batch.crew import Crew, Engine
from communique.engine.batch.options import BatchOptions
from communique.engine.batch.plan import Shard, plan_shards
from communique.engine.batch.shard import REPORTS, ShardReport, read_shard
from communique.engine.batch.sifting import FINDINGS, SIFTED, documents_name, read_sifted, sift_shard
from communique.engine.batch.storage import Store, reaching
from communique.engine.batch.tables import TABLES, FailureRow, encode_rows
from communique.errors import BatchError
from communique.sources.records import printable

PLAN, MANIFEST = "plan.json", "manifest.json"
INPUTS = "inputs"
SCHEMA = "communique/batch/1"


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
        with reaching(self.store.address):
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
        names = tuple(map(printable, inputs))
        told = Plan(inputs=names, options=options.plain(), versions=_versions(), failed_inputs=0, shards=())
        with reaching(self.store.address):
            return self._take_up(told) or self._plan_anew(inputs, told, options)

    def _take_up(self, told: Plan) -> Plan | None:
        """The plan that is there; None when there is none."""
        known = self._load_plan()
        if known is not None:
            _compare(self.store.address, known, told)
            for folder in (*TABLES, REPORTS, SIFTED, FINDINGS):
                self.store.remove_drafts(folder)
        return known

    def _plan_anew(self, inputs: Sequence[str], told: Plan, options: BatchOptions) -> Plan:
        # The failed inputs are written before the plan: those of a run that was killed in between are written again.
        others = [name for name in self.store.names("") if name != "failures"]
        others += [name for name in self.store.names("failures") if not name.startswith(f"{INPUTS}.")]
        if others:
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

    def sifted(self, plan: Plan) -> int:
        """How many shards have been through the first pass: open, and ready to be compared."""
        names = set(self.store.names(SIFTED))
        return sum(f"{shard.name}.json" in names for shard in plan.shards)

    def run(
        self,
        plan: Plan,
        options: BatchOptions,
        engine: Engine,
        on_sifted: Callable[[ShardReport], None] = lambda report: None,
    ) -> Iterator[ShardReport]:
        """Reads what is not finished; gives the report of every shard, those of the finished ones first.

        Where copies are found, all shards are sifted before the first one is read; ``on_sifted`` is called with each.
        At the end the manifest is written.
        """
        reports = []
        for report in self.finished(plan):
            reports.append(report)
            yield report
        done = {report.number for report in reports}
        if remaining := [shard for shard in plan.shards if shard.number not in done]:
            with engine(options.settings(self.store.address)) as crew:
                if not options.reads_copies:
                    self._sift(plan, remaining, crew, on_sifted)
                for report in crew(read_shard if options.reads_copies else read_sifted, remaining):
                    reports.append(report)
                    yield report
        self._finish(plan, reports)

    def _sift(
        self, plan: Plan, remaining: Sequence[Shard], crew: Crew, on_sifted: Callable[[ShardReport], None]
    ) -> None:
        """Opens and compares what has not been: all shards, unless only the reading of some is left."""
        is_compared = load_compared(self.store) is not None
        missing = []
        for shard in remaining if is_compared else plan.shards:
            report = ShardReport.load(self.store, shard, SIFTED)
            if report is None:
                missing.append(shard)
            else:
                on_sifted(report)
        for report in crew(sift_shard, missing):
            on_sifted(report)
        if not is_compared:
            compare_shards(self.store, plan.shards)

    def _finish(self, plan: Plan, reports: Sequence[ShardReport]) -> None:
        """Writes the manifest, and removes what a killed run had no time to."""
        compared = load_compared(self.store)
        manifest = {
            "schema": SCHEMA,
            "inputs": plan.inputs,
            "options": plan.options,
            "versions": plan.versions,
            "failed_inputs": plan.failed_inputs,
            "shards": len(plan.shards),
            "compared": compared,
            **add_up(reports),
        }
        self.store.write(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        left = set(self.store.names(SIFTED))
        for name in (documents_name(shard) for shard in plan.shards):
            if name.rpartition("/")[2] in left:
                self.store.remove(name)

    def _load_plan(self) -> Plan | None:
        content = self.store.read(PLAN)
        try:
            return None if content is None else msgspec.json.decode(content, type=Plan)
        except msgspec.MsgspecError as error:
            raise BatchError(f"{self.store.address}/{PLAN}: {error}. Remove the folder and begin anew.") from error


def add_up(reports: Sequence[ShardReport]) -> dict[str, dict[str, float]]:
    """Counts, errors and seconds of several shards together."""
    sums: dict[str, dict[str, float]] = {"counts": {}, "errors": {}, "seconds": {}}
    for report in sorted(reports, key=lambda report: report.number):
        for name, values in (("counts", report.counts), ("errors", report.errors), ("seconds", report.seconds)):
            for key, value in values.items():
                sums[name][key] = sums[name].get(key, 0) + value
    return sums


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
