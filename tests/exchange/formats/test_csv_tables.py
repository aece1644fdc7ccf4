"""CSV: read back by the standard library; nothing in it is a formula."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from communique.exchange.export import export
from communique.exchange.formats.csv_tables import defuse
from communique.exchange.tables import TABLES
from communique.register import Register, models
from tests.exchange.made_up import FORMULA


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_file_a_table_with_its_columns(register: Register, tmp_path: Path) -> None:
    export(register, "csv", tmp_path / "out")
    for table in TABLES:
        with (tmp_path / "out" / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file)) == [column.name for column in table.columns]


def test_values_are_written_plainly(register: Register, tmp_path: Path) -> None:
    models.Engagement.objects.filter(kind="meeting").update(latitude=22.5, longitude=-59.25)
    export(register, "csv", tmp_path / "out")
    (meeting,) = (row for row in rows_of(tmp_path / "out/engagements.csv") if row["kind"] == "meeting")
    assert meeting["topics"] == "border_security; maritime_security"
    assert meeting["longitude"] == "-59.25"  # a number may begin with a minus sign
    assert meeting["is_background"] == "false"
    assert meeting["source_ids"] == "d1; d2"


def test_excel_is_told_that_it_is_utf_8(register: Register, tmp_path: Path) -> None:
    export(register, "csv", tmp_path / "out")
    assert (tmp_path / "out/actors.csv").read_bytes().startswith("\ufeffid,".encode())


def test_no_cell_is_a_formula(register: Register, tmp_path: Path) -> None:
    export(register, "csv", tmp_path / "out")
    assert f"'{FORMULA}" in {row["name"] for row in rows_of(tmp_path / "out/actors.csv")}
    for path in (tmp_path / "out").glob("*.csv"):
        for row in rows_of(path):
            for column, cell in row.items():
                assert column in ("latitude", "longitude") or not cell.lstrip().startswith(("=", "+", "-", "@")), column


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "\n=1"])
def test_what_could_run_is_marked_as_text(text: str) -> None:
    assert defuse(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Ana Corin", "a=b", "1-2", "", "e17; e18", "مكتب"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert defuse(text) == text
