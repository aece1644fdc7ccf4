"""How sources are opened: which columns of tables mean what, and how much an archive may unfold."""

from __future__ import annotations

from dataclasses import dataclass, field

# What a column of a table can be: the text itself, or something that is said about it.
MEANINGS = ("text", "uri", "title", "published", "site", "authors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one container may hold before it is taken for a bomb.

    Attributes:
        document: Bytes of one document, unpacked. What is larger fails alone, as a file of that size does.
        members: Documents and other files in one archive.
        expanded: Bytes that one container may unfold to in all.
        ratio: Bytes out for one byte in, once ``ratio_from`` bytes are out. Saved pages pack 4 to 12 for one with gzip;
            zstd over many pages of one site packs better. Bombs begin at 1,000, which is deflate's own limit.
        ratio_from: Below so many bytes no ratio is suspicious: a short page of repeated lines packs well.
        depth: Containers in containers (a tar of web archives is 2).
        line: Bytes of one line of a table.
    """

    document: int = 25_000_000
    members: int = 1_000_000
    expanded: int = 1 << 40
    ratio: int = 400
    ratio_from: int = 32_000_000
    depth: int = 3
    line: int = 30_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """How sources are opened; travels to other processes, so it holds plain values only.

    Attributes:
        columns: Pairs of a meaning (see MEANINGS) and the column that has it; what is not named is guessed.
        limits: What a container may hold.
    """

    columns: tuple[tuple[str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)
