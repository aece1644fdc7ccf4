"""``communique batch``: archives and large folders, shard by shard, on one machine or a cluster."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.debug import debug_option

if TYPE_CHECKING:
    from communique.engine.batch import Engine, ShardReport

EPILOG = """\b
Examples:
  communique batch read crawl/ --output readouts/ --jobs 8
  communique batch read s3://bucket/2025/ --output s3://bucket/readouts \\
      --engine ray --address auto
  communique batch status readouts/
"""
# A line of progress so often, where there is no terminal for a bar.
LINE_SECONDS = 30.0


@click.group(epilog=EPILOG, no_args_is_help=True)
def batch() -> None:
    """Reads archives and large folders, and goes on where it was broken off."""


@batch.command(no_args_is_help=True)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option(
    "--output", required=True, metavar="DIR", help="Folder, or address, for the readouts. New, or of this run."
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Processes.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Who reads.")
@click.option(
    "--address", metavar="ADDRESS", help="Of the Ray cluster: auto, HOST:PORT.  [default: one on this machine]"
)
@click.option(
    "--format", type=click.Choice(["parquet", "jsonl"]), default="parquet", show_default=True, help="Of files."
)
@click.option("--no-gate", is_flag=True, help="Read every page, not only those that may hold an engagement.")
@click.option("--read-copies", is_flag=True, help="Read every print of a report, not only the first.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=1),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="The longest that one document may take.",
)
@click.option(
    "--shard-size",
    type=click.IntRange(min=1),
    default=256,
    show_default=True,
    metavar="N",
    help="Documents of a shard; a part of an archive has 64 MB.",
)
@click.option(
    "--lexicon",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder with language knowledge of your own.",
)
@debug_option
def read(inputs: tuple[str, ...], output: str, jobs: int, **given: Any) -> None:
    """Reads archives and folders into tables of readouts and failures.

    INPUT is a folder, a file, a pattern, or an archive of web pages (WARC, WET); a path or an address such as s3://….
    The same command again goes on where it was broken off.
    """
    from communique.engine.batch import Batch, BatchOptions, ShardSize, add_up

    if given["address"] and given["engine"] != "ray":
        raise click.UsageError("--address goes with --engine ray.")
    options = BatchOptions(
        form=given["format"],
        has_gate=not given["no_gate"],
        reads_copies=given["read_copies"],
        size=ShardSize(documents=given["shard_size"]),
        seconds=given["time_limit"],
        lexicon=given["lexicon"],
    )
    whole = Batch(output)
    plan = whole.begin(inputs, options)
    reports = []
    engine = _engine(given["engine"], given["address"], jobs)
    with _progress(len(plan.shards)) as show:
        for report in whole.run(plan, options, engine, partial(show, "opened")):
            reports.append(report)
            show("read", report)
    _tell(len(reports), len(plan.shards), add_up(reports), plan.failed_inputs)
    if plan.failed_inputs:
        click.get_current_context().exit(1)


@batch.command(no_args_is_help=True)
@click.argument("output", metavar="DIR")
@debug_option
def status(output: str) -> None:
    """Says how far the batch in DIR has come, and what failed.

    DIR is the folder, or address, that "communique batch read" was given as --output. Files are checked against
    what was written; exit status 1 means that the batch is not finished.
    """
    from communique.engine.batch import Batch, add_up

    whole = Batch(output)
    plan = whole.plan()
    reports = list(whole.finished(plan))
    if not reports and (sifted := whole.sifted(plan)):
        click.echo(f"{sifted:,} of {len(plan.shards):,} shards opened; reading begins when copies have been found")
    _tell(len(reports), len(plan.shards), add_up(reports), plan.failed_inputs)
    if len(reports) < len(plan.shards):
        click.get_current_context().exit(1)


def _engine(name: str, address: str | None, jobs: int) -> Engine:
    from communique.engine.batch import run_locally, run_on_ray

    return run_on_ray(address) if name == "ray" else run_locally(jobs)


def _tell(done: int, shards: int, sums: dict[str, dict[str, float]], failed_inputs: int) -> None:
    counts, seconds = sums["counts"], sums["seconds"]
    click.echo(f"{done:,} of {shards:,} shards; {counts.get('documents', 0):,} documents")
    for name, words in (
        ("read", "read"),
        ("irrelevant", "passed over by the gate"),
        ("copies", "copies of others, kept by address"),
        ("foreign", "not English, kept by address"),
        ("failed", "failed"),
    ):
        click.echo(f"  {counts.get(name, 0):>12,}  {words}")
    for error, count in sorted(sums["errors"].items(), key=lambda pair: -pair[1]):
        click.echo(f"  {'':>12}    {count:,} {error}")
    if failed_inputs:
        click.echo(f"  {failed_inputs:>12,}  inputs with nothing behind them (failures/inputs)")
    spent = sum(seconds.values())
    if spent:
        click.echo("time: " + ", ".join(f"{name} {value / spent:.0%}" for name, value in seconds.items()))


@contextmanager
def _progress(shards: int) -> Iterator[Callable[[str, ShardReport], None]]:
    """Gives what is called with each report and what was done: a bar on a terminal, else a line now and then."""
    pace = Pace(shards)
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns: Iterable[Any] = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Beginning", total=shards)

            def show(step: str, report: ShardReport) -> None:
                if step != pace.step:
                    bar.reset(task)
                line = pace.note(step, report)
                bar.update(task, advance=1, description=line)

            yield show
        return
    told = [time.monotonic()]

    def tell(step: str, report: ShardReport) -> None:
        line = pace.note(step, report)
        if time.monotonic() - told[0] >= LINE_SECONDS:
            told[0] = time.monotonic()
            click.echo(f"{line}, {pace.left()} left", err=True)

    yield tell


class Pace:
    """How fast a step goes; what was finished before it began counts for how far it is, not for how fast."""

    def __init__(self, shards: int) -> None:
        self.step = ""
        self._shards, self._last = shards, time.monotonic()
        self._begin("")

    def note(self, step: str, report: ShardReport) -> str:
        """Takes a report of a step down ("opened", "read"); the state in a few words."""
        if step != self.step:
            self._begin(step)
        self._done += 1
        self._last = time.monotonic()
        if not report.is_resumed:
            self._here += 1
            self._documents += report.counts.get("documents", 0)
        rate = self._documents / max(self._last - self._began, 0.001)
        return f"{self._done:,} of {self._shards:,} shards {self.step}, {rate:,.0f} documents/s"

    def left(self) -> str:
        """The time left of the step, as hours and minutes."""
        spent = time.monotonic() - self._began
        minutes = round(spent / self._here * (self._shards - self._done) / 60) if self._here else 0
        return f"{minutes // 60} h {minutes % 60} min"

    def _begin(self, step: str) -> None:
        """Begins with the last report of the step before."""
        self.step, self._began = step, self._last
        self._done, self._here, self._documents = 0, 0, 0.0
