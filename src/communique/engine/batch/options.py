"""How a batch is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from communique.engine.batch.chunks import ReadingSettings
from communique.engine.batch.plan import ShardSize
from communique.engine.batch.shard import ShardSettings
from communique.engine.batch.tables import TableFormat
from communique.engine.bench import BenchMaker, ReadOptions, make_bench
from communique.engine.process import ProcessOptions

# One report takes some tenths of a second; what takes minutes does not end.
SECONDS = 60.0
# Bytes of data in one worker: the language model takes 0.6 GB, the largest page that is read 1 GB.
MEMORY = 4_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How a batch is read. What decides on its files is kept with them and must not change when it is resumed.

    Attributes:
        form: Format of the tables.
        has_gate: Whether pages are judged by the gate first.
        reads_copies: Whether every print of a report is read, not only the first one.
        size: How large shards are.
        seconds: The longest that one document may take.
        memory: The most bytes of data in one worker; None for no limit.
        lexicon: A user's own lexicon folder.
        make_bench: Where opener and reader come from; importable by name.
    """

    form: TableFormat = "parquet"
    has_gate: bool = True
    reads_copies: bool = False
    size: ShardSize = field(default_factory=ShardSize)
    seconds: float = SECONDS
    memory: int | None = MEMORY
    lexicon: Path | None = None
    make_bench: BenchMaker = make_bench

    def settings(self, output: str) -> ShardSettings:
        """What a worker is told."""
        reading = ReadingSettings(
            make_bench=self.make_bench,
            options=ReadOptions(lexicon=self.lexicon.resolve() if self.lexicon else None),
            has_gate=self.has_gate,
            base=str(Path.cwd()),
            patience=min(10.0, self.seconds / 4),
        )
        limits = ProcessOptions(seconds=self.seconds, memory=self.memory)
        return ShardSettings(reading=reading, limits=limits, output=output, form=self.form)

    def plain(self) -> dict[str, str | int | float | bool | None]:
        """What decides on the files, in plain values."""
        return {
            "format": self.form,
            "gate": self.has_gate,
            "reads_copies": self.reads_copies,
            "shard_documents": self.size.documents,
            "shard_bytes": self.size.bytes,
            "seconds": self.seconds,
            "memory": self.memory,
            "lexicon": str(self.lexicon) if self.lexicon else None,
        }
