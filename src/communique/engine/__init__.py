"""Many documents: found, opened and read, in one process or several; a failing one costs itself alone."""

from communique.engine.bench import Bench, BenchMaker, DocumentReader, ReadOptions
from communique.engine.outcomes import Outcome, Success
from communique.engine.run import read_sources
from communique.sources import Failure, Source, SourceOptions, count, expand

__all__ = [
    "Bench",
    "BenchMaker",
    "DocumentReader",
    "Failure",
    "Outcome",
    "ReadOptions",
    "Source",
    "SourceOptions",
    "Success",
    "count",
    "expand",
    "read_sources",
]
