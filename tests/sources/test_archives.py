"""Archives: members one by one, each failing alone, bombs refused, nothing written."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from communique.sources import Entry, Failure, Limits, Source, SourceOptions, expand
from tests.sources.made import PAGE, REPORT, make_tar, make_warc, make_zip

MEMBERS = {
    "2024/b.txt": REPORT.encode(),
    "2024/a.html": PAGE.encode(),
    "picture.png": b"\x89PNG",
    ".hidden.txt": b"x",
    "__MACOSX/b.txt": b"x",
    "../../outside.txt": REPORT.encode(),
}
EXPECTED = ["2024/b.txt", "2024/a.html", "../../outside.txt"]


def write(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def names(entries: list[Entry], path: Path) -> list[str]:
    return [entry.uri.removeprefix(f"{path}!/") for entry in entries]


PACKED = {
    "pack.zip": make_zip(MEMBERS),
    "pack.tar": make_tar(MEMBERS),
    "pack.tar.gz": gzip.compress(make_tar(MEMBERS)),
    "pack.tgz": gzip.compress(make_tar(MEMBERS)),
    "pack.tar.zst": zstandard.compress(make_tar(MEMBERS)),
    "pack": gzip.compress(make_tar(MEMBERS)),
}


@pytest.mark.parametrize("name", PACKED)
def test_members_come_in_order_and_what_is_no_report_is_passed_over(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, PACKED[name])
    entries = list(expand([path]))
    assert names(entries, path) == EXPECTED
    assert all(isinstance(entry, Source) and entry.data for entry in entries)
    assert sorted(tmp_path.parent.rglob("outside.txt")) == []


@pytest.mark.parametrize(
    "name", [*PACKED, "nested.tar", "crawl.warc.gz", "cut.warc.gz", "dump.jsonl.gz", "empty.zip", "false.csv"]
)
def test_every_position_is_a_place_to_go_on_from(tmp_path: Path, name: str) -> None:
    packed = {
        **PACKED,
        "nested.tar": make_tar({"a.txt": b"one", "inner.zip": PACKED["pack.zip"], "z.txt": b"last"}),
        "crawl.warc.gz": make_warc(4),
        "cut.warc.gz": make_warc(4)[:-30],
        "empty.zip": make_zip({}),
        "false.csv": b"no,column\n1,2\n",
        "dump.jsonl.gz": gzip.compress(b'{"text": "a"}\nrubbish\n{"text": "c"}\n'),
    }
    (tmp_path / "folder").mkdir()
    for inner in ("b.txt", "a.txt"):
        write(tmp_path / "folder", inner, b"x")
    path = write(tmp_path, name, packed[name])
    given = [tmp_path / "folder", path, str(tmp_path / "fold*" / "*.txt"), "gone.txt"]
    entries = list(expand(given))
    assert len(entries) >= 6
    for number, entry in enumerate(entries):
        position = json.loads(json.dumps(entry.position))
        rest = list(expand(given, after=position))
        assert [other.uri for other in rest] == [other.uri for other in entries[number + 1 :]]


def test_an_archive_in_an_archive_is_opened_to_a_depth(tmp_path: Path) -> None:
    path = write(tmp_path, "outer.tar", make_tar({"day.zip": make_zip({"a.txt": b"x"}), "b.txt": b"y"}))
    assert names(list(expand([path])), path) == ["day.zip!/a.txt", "b.txt"]
    data = b"x"
    for _ in range(6):
        data = make_zip({"deeper.zip": data}) if data != b"x" else make_zip({"a.txt": data})
    (entry,) = expand([write(tmp_path, "deep.zip", data)])
    assert isinstance(entry, Failure)
    assert entry.error == "ArchiveTooLarge"


def test_a_single_packed_document_keeps_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "page.html.gz", gzip.compress(PAGE.encode()))
    assert list(expand([path])) == [Source(uri=str(path), data=PAGE.encode())]


def test_a_wacz_gives_its_pages_and_not_its_indexes(tmp_path: Path) -> None:
    package = {
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b'{"text": "no report"}',
        "archive/data.warc.gz": make_warc(2),
    }
    path = write(tmp_path, "crawl.wacz", make_zip(package))
    assert [entry.uri for entry in expand([path])] == ["https://strait.example/0", "https://strait.example/1"]


def test_a_name_from_inside_is_no_command_to_the_terminal(tmp_path: Path) -> None:
    path = write(tmp_path, "pack.zip", make_zip({"\x1b[2Ja.txt": b"x"}))
    assert names(list(expand([path])), path) == ["\\x1b[2Ja.txt"]


def test_a_damaged_member_costs_itself_alone(tmp_path: Path) -> None:
    noise = {f"{name}.txt": bytes(range(256)) * 8 + name.encode() for name in "abc"}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:  # stored, so that the damage hits this member's data
        for name, data in noise.items():
            archive.writestr(name, data)
    damaged = bytearray(file.getvalue())
    damaged[damaged.index(b"\xfe\xffb")] ^= 0x55
    path = write(tmp_path, "pack.zip", bytes(damaged))
    entries = list(expand([path, path]))
    assert [isinstance(entry, Failure) for entry in entries] == [False, True, False] * 2
    assert isinstance(entries[1], Failure)
    assert entries[1].error == "ArchiveBroken"
    assert entries[1].uri.endswith("!/b.txt")


@pytest.mark.parametrize("name", ["pack.tar.gz", "pack.zip", "pack.tar.zst", "pack.tar"])
def test_a_cut_archive_gives_what_it_has_and_says_so(tmp_path: Path, name: str) -> None:
    noise = random.Random(0)
    members = {f"{number}.txt": noise.randbytes(60_000) for number in range(3)}
    tar = make_tar(members)
    packed = {"pack.tar.gz": gzip.compress(tar), "pack.zip": make_zip(members), "pack.tar": tar}
    packed["pack.tar.zst"] = zstandard.compress(tar)
    entries = list(expand([write(tmp_path, name, packed[name][: len(packed[name]) // 2])]))
    assert isinstance(entries[-1], Failure)
    assert entries[-1].error == "ArchiveBroken"
    assert entries[-1].is_expected
    assert len(entries) == (1 if name == "pack.zip" else 2)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_packed_document_that_is_cut_off_is_none(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    data = random.Random(0).randbytes(300_000)
    whole = pack(data[:100_000]) + pack(data[100_000:])  # two frames one behind the other are one file
    (entry,) = expand([write(tmp_path, "whole", whole)])
    assert isinstance(entry, Source)
    assert entry.data == data
    (entry,) = expand([write(tmp_path, "cut", whole[:-50_000])])
    assert isinstance(entry, Failure)
    assert entry.error == "ArchiveBroken"


def test_an_archive_without_reports_and_an_encrypted_member_say_so(tmp_path: Path) -> None:
    (entry,) = expand([write(tmp_path, "pictures.zip", make_zip({"a.png": b"x"}))])
    assert isinstance(entry, Failure)
    assert "No reports" in entry.message
    locked = bytearray(make_zip({"a.txt": b"secret"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    (entry,) = expand([write(tmp_path, "locked.zip", bytes(locked))])
    assert isinstance(entry, Failure)
    assert entry.error == "DocumentEncrypted"


LIMITS = Limits(ratio=100, ratio_from=100_000, members=5)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ratio.zip", make_zip({"a.txt": b" " * 5_000_000})),
        ("ratio.txt.gz", gzip.compress(b" " * 5_000_000)),
        ("ratio.tar.gz", gzip.compress(make_tar({"a.txt": b" " * 5_000_000}))),
        ("ratio.tar.zst", zstandard.compress(make_tar({"a.txt": b" " * 5_000_000}))),
        ("ratio.jsonl.gz", gzip.compress(b" " * 5_000_000)),
        ("many.zip", make_zip({f"{number}.txt": b"x" for number in range(6)})),
        ("many.tar", make_tar({f"{number}.txt": b"x" for number in range(6)})),
    ],
)
def test_bombs_are_refused(tmp_path: Path, name: str, data: bytes) -> None:
    entries = list(expand([write(tmp_path, name, data)], SourceOptions(limits=LIMITS)))
    assert isinstance(entries[-1], Failure)
    assert entries[-1].error == "ArchiveTooLarge"


def test_a_zip_whose_members_share_their_data_unfolds_to_no_more_than_its_limit(tmp_path: Path) -> None:
    one = make_zip({"a.txt": bytes(range(256)) * 100 + b"\0" * 90_000})
    start, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entry, count = one[start:end], 500
    closing = b"PK\x05\x06\0\0\0\0" + count.to_bytes(2, "little") * 2
    closing += (len(entry) * count).to_bytes(4, "little") + start.to_bytes(4, "little") + b"\0\0"
    path = write(tmp_path, "overlap.zip", one[:start] + entry * count + closing)
    entries = list(expand([path], SourceOptions(limits=Limits(ratio=100, ratio_from=1_000_000))))
    assert isinstance(entries[-1], Failure)
    assert entries[-1].error == "ArchiveTooLarge"
    assert len(entries) < count


def test_a_document_that_is_too_large_is_not_taken_into_memory(tmp_path: Path) -> None:
    options = SourceOptions(limits=Limits(document=1000))
    for name, data in (("big.zip", make_zip({"a.txt": b"x" * 9999})), ("big.txt.gz", gzip.compress(b"x" * 9999))):
        (entry,) = expand([write(tmp_path, name, data)], options)
        assert isinstance(entry, Source)
        assert len(entry.data or b"") == 1001


def test_standard_input_may_be_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    for limit in (25_000_000, 100):  # in memory, and through a temporary file
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(PACKED["pack.zip"])))
        entries = list(expand(["-"], SourceOptions(limits=Limits(document=limit))))
        assert [entry.uri for entry in entries] == [f"-!/{name}" for name in EXPECTED]
