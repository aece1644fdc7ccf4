"""Tables: rows as documents, columns by name, wrong rows alone, constant memory."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from communique.sources import Failure, Limits, Source, SourceOptions, expand
from communique.sources.columns import Columns, read_day

ROWS = [
    {
        "url": "https://strait.example/1",
        "headline": "Talks",
        "date": "2024-05-03",
        "body": "A met B.",
        "outlet": "Kelm",
    },
    {"url": None, "headline": None, "date": "not a day", "body": "C met D.", "outlet": None},
]


def write(tmp_path: Path, ending: str, rows: list[dict[str, Any]]) -> Path:
    path = tmp_path / f"dump{ending}"
    if ending == ".jsonl":
        path.write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    elif ending == ".parquet":
        parquet.write_table(pa.Table.from_pylist(rows), path)
    else:
        separator = "\t" if ending == ".tsv" else ";"
        lines = [separator.join(rows[0]), *(separator.join(value or "" for value in row.values()) for row in rows)]
        path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", "utf-8")
    return path


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".tsv", ".parquet"])
def test_rows_are_documents_and_columns_are_guessed(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path, ending, ROWS)
    first, second = expand([path])
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.uri, first.data) == ("https://strait.example/1", b"A met B.")
    assert (first.declared.title, first.declared.site) == ("Talks", "Kelm")
    assert (first.declared.published, first.declared.basis) == (dt.date(2024, 5, 3), "column date")
    assert (second.uri, second.declared.published, second.declared.basis) == (f"{path}!/2", None, None)


def test_columns_that_are_named_go_before_guesses(tmp_path: Path) -> None:
    path = write(tmp_path, ".jsonl", [{"text": "wrong", "original": "right", "when": "2024-05-03"}])
    (entry,) = expand([path], SourceOptions(columns=(("text", "original"), ("published", "when"))))
    assert isinstance(entry, Source)
    assert entry.data == b"right"
    assert entry.declared.published == dt.date(2024, 5, 3)


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet"])
@pytest.mark.parametrize("columns", [(), (("text", "corpus"),)])
def test_a_missing_column_is_one_failure_that_lists_the_columns(
    tmp_path: Path, ending: str, columns: tuple[tuple[str, str], ...]
) -> None:
    path = write(tmp_path, ending, [{"no": "1", "what": "x"}] * 3)
    (entry,) = expand([path], SourceOptions(columns=columns))
    assert isinstance(entry, Failure)
    assert entry.error == "ColumnNotFound"
    assert "no, what" in entry.message


def test_a_wrong_row_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    lines = ['{"text": "a"}', "rubbish", "[1]", '{"text": ""}', '{"text": 7}', "[" * 50_000, '{"text": ["b", "c"]}', ""]
    path.write_text("\n".join(lines), "utf-8")
    entries = list(expand([path]))
    assert [isinstance(entry, Source) for entry in entries] == [True, False, False, False, False, False, True]
    assert [entry.uri for entry in entries][1] == f"{path}!/2"
    assert isinstance(entries[6], Source)
    assert entries[6].data == b"b\n\nc"


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_a_line_that_is_too_long_costs_itself_alone(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"dump.{ending}"
    lines = {"jsonl": '{"text": "a"}\n{"text": "%s"}\n{"text": "c"}\n', "csv": "text\na\n%s\nc\n"}
    path.write_text(lines[ending] % ("x" * 5000), "utf-8")
    entries = list(expand([path], SourceOptions(limits=Limits(line=1000))))
    assert sorted(entry.data for entry in entries if isinstance(entry, Source)) == [b"a", b"c"]
    (failure,) = (entry for entry in entries if isinstance(entry, Failure))
    assert failure.error == "DocumentTooLarge"


def test_csv_rows_may_hold_line_ends_and_too_many_cells(tmp_path: Path) -> None:
    path = tmp_path / "dump.csv"
    path.write_text('title,text\nT,"one\n\ntwo, three"\nU,one, two\n', "utf-8")
    first, second = expand([path])
    assert isinstance(first, Source)
    assert first.data == b"one\n\ntwo, three"
    assert isinstance(second, Failure)
    assert "more cells" in second.message


def test_an_empty_table_and_a_false_parquet_file_say_so(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"\n\n")
    (tmp_path / "false.parquet").write_bytes(b"PAR1" + b"x" * 100 + b"PAR1")
    errors = [entry.error for entry in expand([tmp_path / "empty.jsonl", tmp_path / "false.parquet"])]  # type: ignore[union-attr]
    assert errors == ["DocumentEmpty", "ArchiveBroken"]


def test_rows_are_taken_up_as_they_are_needed(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    with path.open("w") as file:
        for _ in range(20_000):
            file.write('{"text": "A met B."}\n')
    entries = expand([path])
    next(entries)
    path.write_text("")  # what was not yet read is gone
    assert sum(1 for _ in entries) < 5000


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-05-03T22:10:00+02:00", dt.date(2024, 5, 3)),
        ("20240503", dt.date(2024, 5, 3)),
        ("Friday, 3 May 2024", dt.date(2024, 5, 3)),
        ("Fri, 03 May 2024 10:00:00 GMT", dt.date(2024, 5, 3)),
        (1714730400, dt.date(2024, 5, 3)),
        (1714730400000, dt.date(2024, 5, 3)),
        (dt.datetime(2024, 5, 3, 12), dt.date(2024, 5, 3)),
        ("03/05/2024", None),
        ("2024-13-99", None),
        (2024, None),
        (True, None),
        (1e300, None),
        (None, None),
    ],
)
def test_days_in_cells(value: Any, day: dt.date | None) -> None:
    assert read_day(value) == day


def test_one_column_has_one_meaning() -> None:
    columns = Columns.choose(["content", "source", "Published At"], ())
    assert (columns.text, columns.site, columns.published) == ("content", "source", "Published At")
    assert Columns.choose(["content", "date"], [("title", "date")]).published is None
