"""A batch whose input and output are in an object store: a server of our own on loopback, that speaks S3."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.engine.batch import Batch, BatchOptions, ShardSize, run_locally
from communique.engine.batch.storage import open_system
from tests.engine.batch.inputs import GERMAN, REPORT, WEATHER, page, record
from tests.engine.batch.test_run import contents
from tests.engine.copies.texts import edited, report
from tests.fake_reader import fake_bench

pytestmark = [
    pytest.mark.skipif(
        any(importlib.util.find_spec(name) is None for name in ("s3fs", "moto", "flask")),
        reason="s3fs or moto is not installed (requirements/s3.lock)",
    ),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:(botocore|aiobotocore|moto|s3fs)"),
]
BUCKET = "s3://press"
MEETING = "The minister spoke. Ann Ash met Bo Birch in Quin."


@pytest.fixture
def bucket(socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The file system of a server with one empty bucket."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    # Like a user, who sets them once: the processes that read inherit them.
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "made-up",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    system, path = open_system(BUCKET)
    system.mkdir(path)
    yield system
    system.rm(path, recursive=True)  # all servers of a process have one memory
    type(system).clear_instance_cache()
    server.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports, copies, failures, and an archive that is two shards."""
    folder = tmp_path / "in"
    folder.mkdir()
    texts = [f"{MEETING} {report(n)}" for n in range(5)]
    for number, text in enumerate([*texts, edited(texts[0], 0.05), texts[1], WEATHER, GERMAN, "", f"{texts[2]} KILL"]):
        (folder / f"{number:02d} é.txt").write_text(text, "utf-8")
    pages = [record(f"https://news.example/{n}", page(f"{REPORT.format(number=n)} {report(20 + n)}")) for n in range(8)]
    (folder / "pages.warc.gz").write_bytes(b"".join(pages))
    return folder


def options(folder: Path) -> BatchOptions:
    size = ShardSize(documents=4, bytes=(folder / "pages.warc.gz").stat().st_size // 2 + 1)
    return BatchOptions(form="jsonl", size=size, make_bench=fake_bench)


def run(source: str, output: str, how: BatchOptions) -> list[bool]:
    """Runs a batch; says of each shard whether it had been finished before."""
    batch = Batch(output)
    return [one.is_resumed for one in batch.run(batch.begin([source], how), how, run_locally(2))]


def test_what_is_written_is_the_same_to_the_byte_wherever_it_lies(bucket: Any, folder: Path, tmp_path: Path) -> None:
    how = options(folder)
    bucket.put(f"{folder}/", f"{BUCKET}/in/", recursive=True)
    run(f"file://{folder}", str(tmp_path / "local"), how)
    local = contents(tmp_path / "local")
    assert {name.partition("/")[0] for name in local} == {"readouts", "failures", "foreign", "copies"}
    run(f"{BUCKET}/in", str(tmp_path / "fetched"), how)
    shards = run(f"{BUCKET}/in", f"{BUCKET}/out", how)
    assert len(shards) == 5
    bucket.get(f"{BUCKET}/out/", f"{tmp_path}/stored/", recursive=True)
    assert contents(tmp_path / "stored") == contents(tmp_path / "fetched")
    here, there = f"file://{folder}".encode(), f"{BUCKET}/in".encode()
    assert {name: found.replace(there, here) for name, found in contents(tmp_path / "stored").items()} == local


def test_a_run_on_a_bucket_goes_on_with_what_is_missing(bucket: Any, folder: Path) -> None:
    how = options(folder)
    run(f"file://{folder}", f"{BUCKET}/out", how)
    whole = {path: bucket.cat_file(path) for path in bucket.find(f"{BUCKET}/out/readouts")}
    bucket.rm_file(min(whole))
    assert sorted(run(f"file://{folder}", f"{BUCKET}/out", how)) == [False, True, True, True, True]
    assert {path: bucket.cat_file(path) for path in bucket.find(f"{BUCKET}/out/readouts")} == whole
    assert not [path for path in bucket.find(f"{BUCKET}/out") if path.endswith((".part", ".documents"))]
