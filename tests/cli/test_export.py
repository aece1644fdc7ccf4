"""The commands export, sql and authorities."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.register import open_register


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a filled register."""
    from tests.exchange.made_up import fill

    path = tmp_path_factory.mktemp("register") / "filled.db"
    opened = open_register(path, create=True)
    fill()
    opened.close()
    return str(path)


def test_export_writes_a_folder_and_says_so(register: str, tmp_path: Path) -> None:
    output = tmp_path / "out"
    result = CliRunner().invoke(
        main, ["export", "--format", "jsonl", "--output", str(output), "--kind", "visit", "--register", register]
    )
    assert result.exit_code == 0, result.output
    assert "rows in 11 files" in result.stderr
    (line,) = (output / "engagements.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["kind"] == "visit"


def test_export_says_what_is_left_out(register: str, tmp_path: Path) -> None:
    command = ["export", "--format", "ics", "--output", str(tmp_path / "out.ics"), "--register", register]
    assert "Left out: 1 undated." in CliRunner().invoke(main, command).stderr


def test_a_country_may_be_named_and_nothing_is_said_to_fit(register: str, tmp_path: Path) -> None:
    command = ["export", "--format", "csv", "--output", str(tmp_path / "out"), "--register", register]
    assert "Nothing in the register fits." in CliRunner().invoke(main, [*command, "--country", "antarctica"]).stderr
    result = CliRunner().invoke(main, [*command, "--country", "Atlantis"])
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: country 'Atlantis' is not known. Give its ISO code, such as LY.\n",
    )


def test_a_complete_export_is_imported(register: str, tmp_path: Path) -> None:
    sent, copy = str(tmp_path / "sent"), str(tmp_path / "copy.db")
    command = ["export", "--format", "parquet", "--complete", "--output", sent, "--register", register]
    assert "in 12 files" in CliRunner().invoke(main, command).stderr
    result = CliRunner().invoke(main, ["import", sent, "--register", copy])
    assert (result.exit_code, "it is equal, byte for byte" in result.stderr) == (0, True)
    result = CliRunner().invoke(main, ["import", str(tmp_path), "--register", str(tmp_path / "none.db")])
    assert (result.exit_code, (tmp_path / "none.db").exists()) == (1, False)


def test_export_refuses_a_wrong_filter_in_one_line(register: str, tmp_path: Path) -> None:
    command = ["export", "--format", "csv", "--output", str(tmp_path / "out"), "--since", "soon"]
    result = CliRunner().invoke(main, [*command, "--register", register])
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: since 'soon' cannot be read")


def test_the_help_of_export_names_every_format() -> None:
    from communique.exchange.formats import FORMATS

    shown = CliRunner().invoke(main, ["export", "--help"]).output
    assert all(f"\n    {name} " in shown for name in FORMATS)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("csv", "name,days\nBea Falk,1\n"),
        ("jsonl", '{"name": "Bea Falk", "days": 1}\n'),
        ("table", "name      days\nBea Falk  1   \n"),
    ],
)
def test_sql_answers(register: str, form: str, expected: str) -> None:
    query = "SELECT name, last_seen - first_seen + 1 AS days FROM actors WHERE name = 'Bea Falk'"
    result = CliRunner().invoke(main, ["sql", query, "--format", form, "--register", register])
    assert (result.exit_code, result.stdout) == (0, expected)


def test_sql_lists_the_tables_of_an_export(register: str, tmp_path: Path) -> None:
    output = str(tmp_path / "out")
    CliRunner().invoke(main, ["export", "--format", "parquet", "--output", output, "--register", register])
    result = CliRunner().invoke(main, ["sql", "--tables", output])
    assert result.stdout.splitlines()[0] == "table,rows,columns"
    assert "sources,3,14" in result.stdout


def test_authorities_lists_bad_lines_and_fails_with_them(register: str, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name,wikidata_id\nBea Falk,Q900001\n,Q2\n", "utf-8")
    result = CliRunner().invoke(main, ["authorities", str(file), "--register", register])
    assert result.exit_code == 1
    assert "1 new, 0 changed, 0 known already, 1 bad lines." in result.stderr
    assert "line 3: The name is empty." in result.stderr
