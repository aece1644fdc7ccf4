"""Spoils the seeds of every kind of source many times over: no crash, no hang, no error that is none of ours.

    python benchmarks/fuzz.py                      # 200,000 inputs
    python benchmarks/fuzz.py --inputs 2000 --kinds pdf warc --start 500000

Each kind is read in a process of its own that is watched: one that dies, or that takes longer than ten seconds for an
input, is reported with the number of the input (`make_input(kind, number)` gives it again), and the next one goes on.
Exit status 1 when anything was found.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
import traceback
import warnings
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.sources.fuzzing import KINDS, check, make_input

MOST_SECONDS = 10.0


@dataclass(slots=True)
class Tally:
    """What came of the inputs of a kind.

    Attributes:
        inputs: How many were read.
        documents: How many of them gave a document.
        slowest: Seconds of the slowest, and its number.
        findings: What must not be, in words.
    """

    inputs: int = 0
    documents: int = 0
    slowest: tuple[float, int] = (0.0, 0)
    findings: list[str] = field(default_factory=list)


def work(kind: str, start: int, stop: int, pipe: Connection) -> None:
    """Runs in the watched process: says which input comes next, and what came of it."""
    warnings.simplefilter("ignore")
    for number in range(start, stop):
        pipe.send(("next", number))
        began = time.monotonic()
        try:
            is_document = check(kind, make_input(kind, number))
        except Exception:
            pipe.send(("error", traceback.format_exc(limit=-4)))
            is_document = False
        pipe.send(("done", (is_document, time.monotonic() - began)))
    pipe.send(("end", None))


def run(kind: str, start: int, count: int) -> Tally:
    """Reads ``count`` inputs of a kind; a process that dies or hangs is replaced by a new one behind that input."""
    tally, number, stop = Tally(), start, start + count
    while number < stop:
        process, pipe = _begin(kind, number, stop)
        number, complaint = _watch(kind, pipe, tally, number, stop)
        if complaint is not None:
            process.kill()
            tally.findings.append(complaint)
            number += 1
        process.join()
        pipe.close()
    return tally


def _begin(kind: str, start: int, stop: int) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(kind, start, stop, theirs))
    process.start()
    theirs.close()
    return process, ours


def _watch(kind: str, pipe: Connection, tally: Tally, number: int, stop: int) -> tuple[int, str | None]:
    """Follows a process to its end: the number that it came to, and what is to be complained of."""
    is_first = True
    while True:
        # The first input also waits for the libraries to be loaded.
        if not pipe.poll(MOST_SECONDS * (6 if is_first else 1)):
            return number, f"{kind} {number}: hangs (more than {MOST_SECONDS:.0f} s)"
        try:
            word, value = pipe.recv()
        except EOFError:
            return number, f"{kind} {number}: the process died"
        if word == "next":
            number = value
        elif word == "error":
            tally.findings.append(f"{kind} {number}: {value}")
        elif word == "done":
            is_first = False
            tally.inputs += 1
            tally.documents += value[0]
            tally.slowest = max(tally.slowest, (value[1], number))
        else:
            return stop, None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=200_000, help="how many in all")
    parser.add_argument("--start", type=int, default=0, help="number of the first input of each kind")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    options = parser.parse_args()
    total = failed = 0
    for kind in options.kinds:
        began = time.monotonic()
        tally = run(kind, options.start, options.inputs // len(options.kinds))
        seconds, number = tally.slowest
        print(
            f"{kind:8} {tally.inputs:7,} inputs  {tally.documents:7,} with a document  "
            f"{tally.inputs / (time.monotonic() - began):6.0f}/s  slowest {seconds:.2f} s (number {number})  "
            f"{len(tally.findings)} findings",
            flush=True,
        )
        for finding in tally.findings:
            print(f"  {finding}", flush=True)
        total += tally.inputs
        failed += len(tally.findings)
    print(f"{total:,} inputs, {failed} findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
