"""Web archives: pages by address and day of capture; what is cut or lies costs itself, or the rest of its file."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from communique.pages import open_document
from communique.sources import Entry, Failure, Limits, Source, SourceOptions, expand
from tests.sources.made import PAGE, REPORT, make_record, make_warc


def read(tmp_path: Path, data: bytes, **limits: int) -> list[Entry]:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(data)
    return list(expand([path], SourceOptions(limits=Limits(**limits))))


@pytest.mark.parametrize("packed", [True, False])
def test_pages_come_by_address_with_their_day_of_capture(tmp_path: Path, packed: bool) -> None:
    first, second, _ = read(tmp_path, make_warc(3, packed=packed))
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (second.uri, second.declared.captured) == ("https://strait.example/1", dt.date(2024, 5, 2))
    document = open_document(second.data or b"", uri=second.uri, declared=second.declared)
    assert (document.title, document.captured) == ("Talks in Halden 1", dt.date(2024, 5, 2))


def test_only_pages_that_were_answered_and_are_read_come(tmp_path: Path) -> None:
    records = [
        make_record(1, b"gone", status="404 Not Found"),
        make_record(2, b"", status="301 Moved"),
        make_record(3, b"\x89PNG", media_type="image/png"),
        make_record(4, REPORT.encode(), media_type="text/plain; charset=utf-8"),
        make_record(5, gzip.compress(PAGE.encode()), head="Content-Encoding: gzip\r\n"),
        make_record(6, "<p>Žižka</p>".encode("iso-8859-2"), media_type="text/html; charset=iso-8859-2"),
    ]
    entries = [entry for entry in read(tmp_path, b"".join(records)) if isinstance(entry, Source)]
    assert [entry.uri[-1] for entry in entries] == ["4", "5", "6"]
    assert entries[1].data == PAGE.encode()
    assert entries[2].declared.charset == "iso-8859-2"


def test_the_text_of_a_wet_file_is_read(tmp_path: Path) -> None:
    data = REPORT.encode()
    head = (
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://strait.example/7\r\n"
        "WARC-Date: 2024-05-08T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:7>\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    )
    (entry,) = read(tmp_path, gzip.compress(head.encode() + data + b"\r\n\r\n"))
    assert entry == Source(uri="https://strait.example/7", data=data, declared=entry.declared)  # type: ignore[union-attr]


@pytest.mark.parametrize("cut", [0.55, 0.7, 0.95])
@pytest.mark.parametrize("whole", [True, False])
def test_a_cut_gzip_file_costs_its_rest_and_names_the_place(tmp_path: Path, cut: float, whole: bool) -> None:
    data = gzip.compress(make_warc(6, packed=False)) if whole else make_warc(6)
    entries = read(tmp_path, data[: int(len(data) * cut)])
    good = [entry for entry in entries if isinstance(entry, Source)]
    assert [entry.uri[-1] for entry in good] == [str(number) for number in range(len(good))]
    assert whole or len(good) >= 3
    failure = entries[-1]
    assert isinstance(failure, Failure)
    assert failure.error == "ArchiveBroken"
    assert "byte" in failure.message
    assert failure.is_expected


def test_a_damaged_record_keeps_those_before_it(tmp_path: Path) -> None:
    records = [gzip.compress(make_record(number, PAGE.encode())) for number in range(3)]
    damaged = bytearray(records[1])
    damaged[40] ^= 0xFF
    entries = read(tmp_path, records[0] + bytes(damaged) + records[2])
    assert isinstance(entries[0], Source)
    assert isinstance(entries[-1], Failure)
    assert entries[-1].error == "ArchiveBroken"


def test_a_record_that_lies_about_its_length_takes_no_memory(tmp_path: Path) -> None:
    record = make_record(1, PAGE.encode()).replace(
        b"msgtype=response\r\nContent-Length: ", b"x\r\nContent-Length: 9999999"
    )
    entries = read(tmp_path, make_record(0, PAGE.encode()) + record)
    assert isinstance(entries[0], Source)
    assert isinstance(entries[1], Failure)
    assert entries[1].error == "DocumentTooLarge"


def test_a_packed_page_is_a_bomb_to_nobody(tmp_path: Path) -> None:
    bomb = make_record(1, gzip.compress(b" " * 50_000_000), head="Content-Encoding: gzip\r\n")
    (entry,) = read(tmp_path, bomb, document=1_000_000)
    assert isinstance(entry, Source)
    assert len(entry.data or b"") == 1_000_001
