from __future__ import annotations

import os
import sys
from pathlib import Path

import fsspec
import pytest

from communique.engine.batch.plan import Shard, ShardSize, plan_shards
from communique.engine.batch.storage import Store
from communique.errors import BatchError


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_folders_are_split_into_runs_in_the_order_of_names(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.html", "note.pdf", ".hidden.txt", "deep/c.txt", ".git/d.txt", "e.txt", "z.warc")
    shards, failures = plan_shards([str(tmp_path)], ShardSize(documents=2))
    named = [
        [Path(one).name for one in (*shard.documents, *([shard.archive] if shard.archive else []))] for shard in shards
    ]
    assert named == [["a.html", "b.txt"], ["e.txt", "note.pdf"], ["z.warc"], ["c.txt"]]
    assert [shard.number for shard in shards] == [0, 1, 2, 3]
    assert not failures


def test_an_input_without_documents_is_a_failure(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    shards, failures = plan_shards([str(tmp_path / "gone"), str(tmp_path / "*.txt")], ShardSize())
    assert [failure.uri for failure in failures] == [str(tmp_path / "gone")]
    assert shards == [Shard(number=0, documents=(str(tmp_path / "a.txt"),))]


def test_links_in_circles_do_not_trap_the_search(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    shards, _ = plan_shards([str(tmp_path)], ShardSize())
    assert shards == [Shard(number=0, documents=(str(tmp_path / "a.txt"),))]


def test_addresses_are_searched_as_folders_are() -> None:
    memory = fsspec.filesystem("memory")
    for name in ("/crawl/b.txt", "/crawl/deep/a.html", "/crawl/c.png"):
        memory.pipe_file(name, b"x")
    shards, failures = plan_shards(["memory://crawl", "memory://crawl/b.txt", "memory://nowhere"], ShardSize())
    assert shards[0].documents == ("memory:///crawl/b.txt", "memory:///crawl/deep/a.html", "memory:///crawl/b.txt")
    assert [failure.uri for failure in failures] == ["memory://nowhere"]
    memory.rm("/crawl", recursive=True)


@pytest.mark.parametrize("address", ["{tmp}/out", "file://{tmp}/out", "memory://out"])
def test_a_store_writes_whole_files(address: str, tmp_path: Path) -> None:
    store = Store(address.format(tmp=tmp_path))
    assert store.names("a") == []
    written = store.write("a/b.txt", b"one")
    assert store.read("a/b.txt") == b"one"
    assert store.holds("a/b.txt", written)
    store.write("a/b.txt", b"other")
    assert not store.holds("a/b.txt", written)
    assert store.names("a") == ["b.txt"]
    assert store.read("a/c.txt") is None


def test_an_address_of_no_known_kind_is_refused() -> None:
    with pytest.raises(BatchError, match="nonsense"):
        Store("nonsense://x")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_in_no_encoding_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("text")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad \xff.txt")).write_text("text")
    shards, (failure,) = plan_shards([str(tmp_path)], ShardSize())
    assert shards == [Shard(number=0, documents=(f"{tmp_path}/good.txt",))]
    assert failure.uri == f"{tmp_path}/bad \\xff.txt"
    assert "not in UTF-8" in failure.message
