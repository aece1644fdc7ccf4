"""Readouts made elsewhere: JSON lines, shards, folders, and what cannot be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique.engine import Failure, Success
from communique.model import Readout
from communique.register import Register, models
from communique.register.store.delivered import add_readouts
from tests.exchange.made_up import hostile_pair, second_pair


def lines() -> list[str]:
    """Two readouts that carry their texts."""
    pairs = (second_pair(), hostile_pair())
    return [replace(r, document=replace(r.document, text=told.text)).to_json() for told, r in pairs]


def shard(path: Path, values: list[str | None], column: str = "readout") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"uri": ["x"] * len(values), column: values}), path)
    return path


def outcomes(*paths: Path) -> tuple[list[Success], list[Failure]]:
    found = list(add_readouts(paths, author="ana"))
    return [o for o in found if isinstance(o, Success)], [o for o in found if isinstance(o, Failure)]


def test_json_lines_are_kept(empty: Register, tmp_path: Path) -> None:
    (tmp_path / "readouts.jsonl").write_text("\n".join(lines()) + "\n\n", "utf-8")
    kept, failed = outcomes(tmp_path / "readouts.jsonl")
    assert (len(kept), failed) == (2, [])
    assert models.Engagement.objects.count() == 2


@pytest.mark.parametrize("name", ["shard.parquet", "readouts/000001.parquet"])
def test_a_shard_gives_what_json_lines_give(empty: Register, tmp_path: Path, name: str) -> None:
    path = shard(tmp_path / "batch" / name, list(lines()))
    shard(tmp_path / "batch/failures/000001.parquet", ["a page that was not read"], "message")
    if "/" in name:
        path = tmp_path / "batch"  # the whole output: failures stand beside it and are no readouts
    kept, failed = outcomes(path)
    assert (len(kept), failed) == (2, [])
    assert models.Document.objects.count() == 2


def test_what_cannot_be_used_is_a_failure_with_its_place(empty: Register, tmp_path: Path) -> None:
    good, other = lines()
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xff\n{}\n[[[\n" + good.encode() + b"\n")
    shard(tmp_path / "b.parquet", [None, other])
    shard(tmp_path / "c.parquet", ["x"], "text")
    (tmp_path / "d.parquet").write_bytes(b"no Parquet at all")
    kept, failed = outcomes(tmp_path)
    assert len(kept) == 2
    assert [Path(f.uri).name for f in failed] == [
        "a.jsonl:1",
        "a.jsonl:2",
        "a.jsonl:3",
        "b.parquet:1",
        "c.parquet",
        "d.parquet",
    ]
    assert {f.error for f in failed} == {"ReadoutError"}
    assert "no column 'readout'" in failed[4].message


def test_a_readout_without_its_text_is_refused(empty: Register, tmp_path: Path) -> None:
    _, readout = second_pair()
    (tmp_path / "a.jsonl").write_text(readout.to_json(), "utf-8")
    kept, (failure,) = outcomes(tmp_path / "a.jsonl")
    assert kept == []
    assert "has no text" in failure.message


def test_a_false_quotation_is_refused(empty: Register, tmp_path: Path) -> None:
    readout = Readout.from_json(lines()[0])
    forged = replace(readout, document=replace(readout.document, text="Another text. " * 40))
    (tmp_path / "a.jsonl").write_text(forged.to_json(), "utf-8")
    _, (failure,) = outcomes(tmp_path / "a.jsonl")
    assert failure.error == "EvidenceError"
    assert not models.Document.objects.exists()
