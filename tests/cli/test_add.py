"""The command add, where readouts come from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from click.testing import CliRunner

from communique.cli import main
from communique.cli.progress import Bar
from tests.exchange.made_up import hostile_pair, second_pair


def write_readouts(folder: Path) -> None:
    """Two readouts with their texts, in a shard and in a file that also has a line which is none."""
    first, second = (
        replace(readout, document=replace(readout.document, text=told.text)).to_json()
        for told, readout in (second_pair(), hostile_pair())
    )
    folder.mkdir()
    (folder / "a.jsonl").write_text(f"{first}\n\n[]\n", "utf-8")
    pq.write_table(pa.table({"readout": [second]}), folder / "b.parquet")


def test_readouts_are_counted_as_new_known_and_not_readable(tmp_path: Path) -> None:
    write_readouts(tmp_path / "given")
    command = ["add", "--readouts", str(tmp_path / "given"), "--register", str(tmp_path / "register.db")]
    first, again = (CliRunner().invoke(main, command) for _ in range(2))
    assert "3 readouts: 2 new, 0 known already, 1 not readable." in first.stderr
    assert "a.jsonl:3 is not a readout" in first.stderr
    assert "3 readouts: 0 new, 2 known already, 1 not readable." in again.stderr
    assert (first.exit_code, again.exit_code) == (1, 1)


def test_the_bar_knows_how_many_readouts_there_are(tmp_path: Path) -> None:
    from communique.register.store.delivered import count_readouts

    write_readouts(tmp_path / "given")
    (tmp_path / "given/c.parquet").write_bytes(b"no Parquet at all")
    assert count_readouts([tmp_path / "given"]) == 4  # the broken shard is one failure
    assert list(Bar().follow([1, 2], lambda: 2, label="Keeping readouts")) == [1, 2]
