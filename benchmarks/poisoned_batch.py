"""A batch with documents that do harm, killed and resumed: what is lost, what is doubled, what it costs.

    python benchmarks/poisoned_batch.py [--documents 5000] [--harmful 200] [--kills 5]

The documents are made here: short reports, strewn among them truncated archives, lines of 50 MB, HTML nested 10,000
deep, bytes in no encoding, and texts on which the reader fails, dies or hangs (a quick stand-in for the reader; opener
and gate are the real ones). The run is killed outright after every few shards and begun again. Ends with exit code 1
unless every good document was read once and every harmful one reported once with its own error.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.engine.batch.inputs import poison_bench, write_folder  # noqa: E402

from communique.engine.batch import Batch, BatchOptions, ShardReport, ShardSize, run_locally  # noqa: E402

JOBS = 2
# The made-up reports differ in a word, so every one is read.
OPTIONS = BatchOptions(
    form="jsonl", reads_copies=True, size=ShardSize(documents=100), seconds=4.0, make_bench=poison_bench
)


def run(inputs: str, output: str) -> Iterator[ShardReport]:
    """Runs, or goes on with, the batch."""
    batch = Batch(output)
    yield from batch.run(batch.begin([inputs], OPTIONS), OPTIONS, run_locally(JOBS))


def run_and_kill(inputs: str, output: str, shards: int) -> None:
    """Runs the batch in a process of its own, and kills that after so many shards."""
    command = [sys.executable, __file__, "--run", inputs, output]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ) as process:
        assert process.stdout is not None
        for _ in range(shards):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)


def rows(output: Path, table: str) -> list[dict[str, str]]:
    """All rows of a table."""
    return [json.loads(line) for path in (output / table).glob("*.jsonl") for line in path.read_text().splitlines()]


def main() -> int:
    """Runs the benchmark and prints what came of it."""
    parser = argparse.ArgumentParser(description="A batch with documents that do harm, killed and resumed.")
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--harmful", type=int, default=200)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--run", nargs=2, metavar=("INPUTS", "OUTPUT"), help="only run this batch")
    options = parser.parse_args()
    if options.run:
        for report in run(*options.run):
            if not report.is_resumed:
                print(report.number, flush=True)  # for whoever waits to kill this process
        return 0
    with tempfile.TemporaryDirectory() as folder:
        inputs, output = Path(folder) / "in", Path(folder) / "out"
        readable, errors = write_folder(inputs, options.documents - options.harmful, options.harmful)
        began = time.perf_counter()
        shards = options.documents // OPTIONS.size.documents
        for _ in range(options.kills):
            run_and_kill(str(inputs), str(output), max(1, shards // (options.kills + 1)))
        deque(run(str(inputs), str(output)), maxlen=0)
        spent = time.perf_counter() - began
        found = [row["document"]["uri"] for row in rows(output, "readouts")]  # type: ignore[index]
        failed = [(row["uri"], row["error"]) for row in rows(output, "failures")]
    good = sorted(found) == sorted(readable)
    bad = sorted(failed) == sorted(errors.items())
    print(f"{options.documents:,} documents, {options.harmful} of them harmful, {options.kills} kills: {spent:.0f} s")
    twice = len(found) - len(set(found))
    print(f"read {len(found):,} of {len(readable):,}, {twice} of them twice: {'right' if good else 'WRONG'}")
    print(f"reported {len(failed)} of {len(errors)} with their own errors: {'right' if bad else 'WRONG'}")
    own, workers = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"peak memory: supervisor {own} MB, largest worker {workers} MB")
    return 0 if good and bad else 1


if __name__ == "__main__":
    sys.exit(main())
