"""One process against two, and Ray against our own processes, on the same shards with the real reader.

    python benchmarks/batch_engines.py [--documents 432] [--at-least 1.7] [--overhead 0.15]

The documents are our own gold, repeated. Timed is what lies between the moment when every process has finished a shard
(and so has loaded the language model) and the end: engines are compared, not how long they take to start. "Beside the
work" is the time of the processes that did not go into any stage of reading, which on a shared machine says more than
documents a second. Ends with exit code 1 when two processes are less than ``--at-least`` times as fast as one, or Ray
spends more than ``--overhead`` over what two processes of ours spend.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from communique.engine.batch import Batch, BatchOptions, Engine, ShardSize, run_locally, run_on_ray

ROOT = Path(__file__).resolve().parent.parent
SHARD = 18


def write_documents(folder: Path, count: int) -> None:
    """The gold's reports, each as often as needed under another name."""
    folder.mkdir()
    paths = sorted((ROOT / "data" / "gold").glob("*/*.txt"))
    for number, path in enumerate(islice(cycle(paths), count)):
        (folder / f"{number:06d}.txt").write_bytes(path.read_bytes())


@dataclass(frozen=True, slots=True)
class Measured:
    """Documents a second, and processes' time for each second of work."""

    rate: float
    cost: float


def measure(engine: Engine, processes: int, inputs: Path, output: Path) -> Measured:
    """Runs a batch; shards that were under way when timing begins count with the part that lies after."""
    batch = Batch(str(output))
    options = BatchOptions(form="jsonl", reads_copies=True, size=ShardSize(documents=SHARD))
    plan = batch.begin([str(inputs)], options)
    ends = [(time.perf_counter(), sum(report.seconds.values())) for report in batch.run(plan, options, engine)]
    began, ended = ends[processes - 1][0], ends[-1][0]
    shares = [(min(spent, max(0.0, end - began)), spent) for end, spent in ends]
    documents = sum(SHARD * part / spent for part, spent in shares)
    return Measured(documents / (ended - began), processes * (ended - began) / sum(part for part, _ in shares))


def main() -> int:
    """Runs the benchmark and prints its table."""
    parser = argparse.ArgumentParser(description="Engines of batches beside one another.")
    parser.add_argument("--documents", type=int, default=432)
    parser.add_argument("--at-least", type=float, default=0.0, help="least speed-up of two processes (target 1.7)")
    parser.add_argument("--overhead", type=float, default=9.0, help="most overhead of Ray (target 0.15)")
    options = parser.parse_args()
    engines = {"one process": (run_locally(1), 1), "two processes": (run_locally(2), 2)}
    if importlib.util.find_spec("ray"):
        engines["Ray, two CPUs"] = (run_on_ray(None), 2)
    found = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_documents(folder / "in", options.documents)
        for name, (engine, processes) in engines.items():
            found[name] = measure(engine, processes, folder / "in", folder / name)
    for name, measured in found.items():
        print(f"{name:<16}{measured.rate:>8.1f} documents/s{measured.cost - 1:>8.1%} beside the work")
    gain = found["two processes"].rate / found["one process"].rate
    print(f"two processes: {gain:.2f} times one (target 1.7)")
    overhead = found["Ray, two CPUs"].cost / found["two processes"].cost - 1 if "Ray, two CPUs" in found else 0.0
    print(f"Ray: {overhead:+.1%} over two processes of ours (target at most 15 %)")
    return 1 if gain < options.at_least or overhead > options.overhead else 0


if __name__ == "__main__":
    sys.exit(main())
