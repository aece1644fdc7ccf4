from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from communique.engine.batch import BatchOptions, Shard
from communique.engine.batch.plan import plan_shards
from communique.engine.batch.shard import read_shard
from communique.engine.process import WorkerProcess
from communique.errors import WorkerDied
from tests.engine.batch.inputs import GERMAN, REPORT, WEATHER, page, poison_bench, record
from tests.pages.made_pdf import column, make_pdf

OPTIONS = BatchOptions(form="jsonl", make_bench=poison_bench, seconds=30.0)


def rows(output: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (output / table / "000000.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture
def archive(tmp_path: Path) -> Shard:
    """An archive of five pages, one of which kills its reader, and one whose record is broken."""
    records = [
        record("https://news.example/report", page(REPORT)),
        record("https://news.example/weather", page(WEATHER)),
        record("https://news.example/german", page(GERMAN, "de")),
        record("https://news.example/broken", page(REPORT)),
        record("https://news.example/plain", f"{REPORT} They met.".encode(), media="text/plain"),
        record("https://news.example/killer", page(f"{REPORT} KILL")),
    ]
    records[3] = records[3][:30] + b"\xff\xff\xff\xff" + records[3][34:]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(records))
    return Shard(number=0, archive=str(path))


def test_each_page_of_an_archive_is_read_passed_over_or_reported(archive: Shard, tmp_path: Path) -> None:
    settings = OPTIONS.settings(str(tmp_path / "out"))
    with settings.new_process() as process:
        report = read_shard(archive, settings, process)
    assert report.counts == {"documents": 6, "read": 2, "irrelevant": 1, "foreign": 1, "failed": 2}
    assert [
        (row["uri"].rpartition("/")[2].partition("#")[0], row["error"]) for row in rows(tmp_path / "out", "failures")
    ] == [
        ("a.warc.gz", "ArchiveBroken"),
        ("killer", "WorkerDied"),
    ]
    assert rows(tmp_path / "out", "foreign") == [{"uri": "https://news.example/german", "language": "de"}]


def test_readouts_from_an_archive_carry_the_text_that_they_quote(archive: Shard, tmp_path: Path) -> None:
    settings = OPTIONS.settings(str(tmp_path / "out"))
    with settings.new_process() as process:
        read_shard(archive, settings, process)
    for row in rows(tmp_path / "out", "readouts"):
        (evidence,) = row["engagements"][0]["evidence"]
        assert row["document"]["text"][evidence["start"] : evidence["end"]] == evidence["quote"]


class DyingProcess(WorkerProcess):
    """Dies of every request."""

    def __init__(self) -> None:
        pass

    def call(self, request: object) -> Any:
        raise WorkerDied("It died.")


def test_an_archive_that_cannot_even_be_unpacked_is_reported_once(archive: Shard, tmp_path: Path) -> None:
    report = read_shard(archive, OPTIONS.settings(str(tmp_path / "out")), DyingProcess())
    assert report.counts == {"documents": 1, "failed": 1}
    (row,) = rows(tmp_path / "out", "failures")
    assert row["error"] == "ArchiveBroken"
    assert "cannot be unpacked at its page 1" in row["message"]


def test_an_archive_that_is_gone_costs_itself_alone(tmp_path: Path) -> None:
    settings = OPTIONS.settings(str(tmp_path / "out"))
    with settings.new_process() as process:
        report = read_shard(Shard(number=0, archive=str(tmp_path / "gone.warc.gz")), settings, process)
    assert report.errors == {"ArchiveBroken": 1}


def test_what_a_container_says_of_a_document_goes_with_it(tmp_path: Path) -> None:
    table, archive = tmp_path / "dump.csv", tmp_path / "a.warc.gz"
    table.write_text(f'text,title,date,url\n"{REPORT}",Talks in Quin,2025-03-04,https://news.example/talks\n')
    pdf = make_pdf([column([REPORT])])
    archive.write_bytes(
        record("https://news.example/report", page(REPORT))
        + record("https://news.example/pdf", pdf, media="application/pdf")
    )
    shards, _ = plan_shards([str(table), str(archive)], OPTIONS.size)
    settings = OPTIONS.settings(str(tmp_path / "out"))
    with settings.new_process() as process:
        for shard in shards:
            read_shard(shard, settings, process)
    (row,) = rows(tmp_path / "out", "readouts")
    assert (row["document"]["title"], row["document"]["published"]) == ("Talks in Quin", "2025-03-04")
    lines = (tmp_path / "out/readouts/000001.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line)["document"] for line in lines]
    assert [(one["uri"].rpartition("/")[2], one["captured"]) for one in found] == [
        ("report", "2025-03-03"),
        ("pdf", "2025-03-03"),
    ]
