"""Readouts as text: a table for the terminal, JSON for programs, Markdown and a web page for people.

Every format is one module with one function, ``render(pairs, layout) -> Iterator[str]``: it takes documents with their
readouts one at a time, and gives the output in pieces, so that a long list never stands in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module

from communique.formats.layout import Layout, Pair

Render = Callable[[Iterable[Pair], Layout], Iterator[str]]

# Name on the command line → module; loaded when it is asked for, since tables need rich.
MODULES: Mapping[str, str] = {
    "table": "communique.formats.table",
    "json": "communique.formats.json",
    "jsonl": "communique.formats.jsonl",
    "markdown": "communique.formats.markdown",
    "html": "communique.formats.html",
}
FORMATS = tuple(MODULES)

__all__ = ["FORMATS", "Layout", "Pair", "Render", "find_format"]


def find_format(name: str) -> Render:
    """The ``render`` function of a format; KeyError for a name that is none of FORMATS."""
    render: Render = import_module(MODULES[name]).render
    return render
