"""Where documents come from: files, folders, patterns, archives, tables, web archives, standard input.

Every source is a stream of `Source` records and `Failure` records, in constant memory, each with a position after which
a later run can go on.
"""

from communique.sources.finding import count, expand
from communique.sources.options import MEANINGS, Limits, SourceOptions
from communique.sources.records import Entry, Failure, Key, Position, Source

__all__ = ["MEANINGS", "Entry", "Failure", "Key", "Limits", "Position", "Source", "SourceOptions", "count", "expand"]
