"""One indented JSON array of readouts, for looking at and for tools that do not read lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from communique.formats.layout import Layout, Pair


def render(pairs: Iterable[Pair], layout: Layout) -> Iterator[str]:
    """Gives the array in pieces: a bracket, the readouts with commas between them, a bracket."""
    opening = "[\n"
    for _, readout in pairs:
        yield opening + msgspec.json.format(readout.to_json(), indent=1)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"
