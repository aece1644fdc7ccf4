from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from communique.engine.batch.documents import documents_of
from communique.engine.batch.plan import Shard, ShardSize, plan_shards
from communique.engine.batch.records import Record, pages_of
from communique.pages.declared import Declared
from communique.sources import Failure
from tests.engine.batch.inputs import page, record
from tests.sources.made import make_zip


@pytest.fixture
def records() -> list[bytes]:
    return [record(f"https://news.example/{number}", page(f"Page {number}")) for number in range(40)]


def read(path: Path, shards: list[Shard]) -> list[str]:
    found = []
    for shard in shards:
        assert shard.archive == str(path)
        found += [one.uri for one in pages_of(shard.archive, shard.start, shard.end)]
    return found


def write(path: Path, records: list[bytes]) -> Path:
    path.write_bytes(b"".join(records))
    return path


@pytest.mark.parametrize("size", [100, 1000, 3333, 10_000_000])
def test_ranges_of_an_archive_hold_each_page_once(records: list[bytes], tmp_path: Path, size: int) -> None:
    path = write(tmp_path / "a.warc.gz", records)
    shards, _ = plan_shards([str(path)], ShardSize(bytes=size))
    assert len(shards) == max(1, -(-path.stat().st_size // size))
    assert read(path, shards) == [f"https://news.example/{number}" for number in range(40)]


def test_an_archive_that_is_no_chain_of_gzipped_records_is_one_shard(records: list[bytes], tmp_path: Path) -> None:
    import gzip

    plain = b"".join(gzip.decompress(one) for one in records)
    for path, content in ((tmp_path / "a.warc.gz", gzip.compress(plain)), (tmp_path / "b.warc", plain)):
        path.write_bytes(content)
        shards, _ = plan_shards([str(path)], ShardSize(bytes=1000))
        assert [(shard.start, shard.end) for shard in shards] == [(0, None)]
        assert len(read(path, shards)) == 40


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    some = [
        record("https://news.example/gone", b"Not here.", status=404),
        record("https://news.example/image", b"\x89PNG", media="image/png"),
        record("https://news.example/page", page("Here.")),
    ]
    path = write(tmp_path / "a.warc.gz", some)
    (found,) = pages_of(str(path), 0, None)
    declared = Declared(captured=dt.date(2025, 3, 3))
    assert found == Record(uri="https://news.example/page", content=page("Here."), declared=declared)


@pytest.mark.parametrize("place", [30, 5000, -8], ids=["head", "page", "checksum"])
@pytest.mark.parametrize("size", [1000, 10_000_000])
def test_a_broken_record_costs_itself_alone(records: list[bytes], tmp_path: Path, place: int, size: int) -> None:
    words = " ".join(str(number * number) for number in range(5000))
    harmed = bytearray(record("https://news.example/7", page(words)))
    harmed[place : place + 4] = b"\xff\xff\xff\xff"
    path = write(tmp_path / "a.warc.gz", [*records[:7], bytes(harmed), *records[8:]])
    shards, _ = plan_shards([str(path)], ShardSize(bytes=size))
    found = [one for shard in shards for one in pages_of(str(path), shard.start, shard.end)]
    assert [one.uri for one in found if one.error is None] == [
        f"https://news.example/{number}" for number in range(40) if number != 7
    ]
    (broken,) = (one for one in found if one.error is not None)
    assert "cannot be read at byte" in str(broken.error)


def test_an_archive_that_was_cut_off_gives_what_it_has(records: list[bytes], tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc.gz", [b"".join(records)[:-40]])
    found = [one.content for one in pages_of(str(path), 0, None)]
    assert found[:39] == [page(f"Page {number}") for number in range(39)]


def test_rubbish_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"no archive at all" * 100)
    (found,) = documents_of(Shard(number=0, archive=str(path)))
    assert isinstance(found, Failure)
    assert found.error == "ArchiveBroken"


def test_documents_can_be_taken_up_anywhere(records: list[bytes], tmp_path: Path) -> None:
    shard = Shard(number=0, archive="a.warc.gz")
    write(tmp_path / "a.warc.gz", records)
    found = [one.uri for one in documents_of(shard, 37, str(tmp_path))]
    assert found == [f"https://news.example/{number}" for number in (37, 38, 39)]


def test_what_is_in_a_container_is_called_by_the_path_as_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(make_zip({"a.txt": b"One.", "b.txt": b"Two."}))
    shard = Shard(number=0, documents=("pack.zip",))
    assert [one.uri for one in documents_of(shard, 0, str(tmp_path))] == ["pack.zip!/a.txt", "pack.zip!/b.txt"]
    assert [one.uri for one in documents_of(shard, 1, str(tmp_path))] == ["pack.zip!/b.txt"]
