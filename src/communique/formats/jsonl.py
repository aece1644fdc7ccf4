"""The contract: one readout a line, exactly as ``Readout.to_json`` writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.formats.layout import Layout, Pair


def render(pairs: Iterable[Pair], layout: Layout) -> Iterator[str]:
    """Gives one line for each readout."""
    for _, readout in pairs:
        yield readout.to_json() + "\n"
