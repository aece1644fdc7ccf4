"""How many rows a second each export format writes, and how much memory it takes, for registers of growing size.

Speed is given by the clock and by the processor's time: on a busy machine the two differ. The registers are made up
(``made_up_register``). Each format runs in a process of its own, and so does the filling: the peak of a process counts
what its parent held when it began. Memory is bounded when the peak does not grow with the register.

    python -m benchmarks.export_rows [--engagements 20000 200000] [--formats csv parquet ftm] [--country NO]
        [--keep FOLDER] [--at-most 2.0]

Ends with exit code 1 when a peak grows by more than ``--at-most`` from the smallest register to the largest.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from communique.exchange.formats import FORMATS

FILL = """
import sys
from benchmarks.made_up_register import make_register
make_register(sys.argv[1], int(sys.argv[2]))
"""
PROBE = """
import json, resource, sys, time
from pathlib import Path
from communique.register import open_register
register = open_register(sys.argv[1])
from communique.exchange.export import export
from communique.register.store.finding import EngagementFilters
from django.db import connection
with connection.cursor() as cursor:
    # Pages of the file that are mapped or cached would count: bounded, but by more than a small register fills.
    cursor.execute("PRAGMA mmap_size = 0")
    cursor.execute("PRAGMA cache_size = -8000")
began, worked = time.perf_counter(), time.process_time()
manifest = export(register, sys.argv[2], Path(sys.argv[3]), EngagementFilters(country=tuple(sys.argv[4:])))
seconds, busy = time.perf_counter() - began, time.process_time() - worked
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
rows = sum(file["rows"] for file in manifest["files"])
size = sum(file["bytes"] for file in manifest["files"])
print(json.dumps({"rows": rows, "seconds": seconds, "busy": busy, "megabytes": size / 1e6, "peak": peak}))
"""


def measure(register: Path, name: str, folder: Path, countries: list[str]) -> dict[str, float]:
    """Rows, seconds, megabytes and the peak of memory (MB) of one export."""
    answer = _run(PROBE, str(register), name, str(folder / f"out-{name}"), *countries)
    figures: dict[str, float] = json.loads(answer)
    return figures


def _run(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def main() -> int:
    """Prints the table; 1 when memory grows too much."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--engagements", type=int, nargs="+", default=[5000, 20_000])
    options.add_argument("--formats", nargs="+", default=list(FORMATS), choices=list(FORMATS))
    options.add_argument("--country", nargs="*", default=[], help="export these countries' engagements only")
    options.add_argument("--keep", type=Path, metavar="FOLDER", help="where registers stay, and are found again")
    options.add_argument("--at-most", type=float, default=2.0)
    given = options.parse_args()
    print(f"{'engagements':>11} {'format':<14} {'rows':>9} {'rows/s':>8} {'rows/CPU s':>10} {'MB':>7} {'peak MB':>8}")
    peaks: dict[str, list[float]] = {name: [] for name in given.formats}
    with TemporaryDirectory() as scratch:
        for size in sorted(given.engagements):
            register = (given.keep or Path(scratch)) / f"made-up-{size}.db"
            if not register.is_file():
                _run(FILL, str(register), str(size))
            for name in given.formats:
                found = measure(register, name, Path(scratch), given.country)
                peaks[name].append(found["peak"])
                speed, worked = found["rows"] / found["seconds"], found["rows"] / found["busy"]
                print(f"{size:>11} {name:<14} {found['rows']:>9.0f} {speed:>8.0f} {worked:>10.0f} "
                      f"{found['megabytes']:>7.1f} {found['peak']:>8.0f}", flush=True)  # fmt: skip
    grown = {name: found[-1] / found[0] for name, found in peaks.items() if found[-1] > given.at_most * found[0]}
    for name, times in grown.items():
        print(f"{name}: memory grew {times:.1f} times, at most {given.at_most} is allowed.")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
