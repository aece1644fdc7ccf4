"""``communique read``: what goes where, in which form, and what happens to what cannot be read."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.cli.columns import MEANINGS
from communique.cli.read import ENDINGS, FORMATS
from communique.formats import FORMATS as ALL_FORMATS
from communique.model import Readout
from communique.sources import MEANINGS as ALL_MEANINGS
from tests.sources.web.site import LOOPBACK, Reply, Site


def test_the_formats_are_those_that_exist() -> None:
    assert FORMATS == ALL_FORMATS
    assert set(ENDINGS.values()) <= set(FORMATS)


def test_the_meanings_of_columns_are_those_that_exist() -> None:
    assert MEANINGS == ALL_MEANINGS


def test_tables_and_archives_are_read_with_their_rows_and_members(
    runner: CliRunner, reports: Path, tmp_path: Path
) -> None:
    table = tmp_path / "dump.csv"
    table.write_text("no,what\n1,Ana Corin met Dario Elm in Vell.\n", "utf-8")
    result = runner.invoke(main, ["read", str(table), "--column", "text=what"])
    assert [json.loads(line)["document"]["uri"] for line in result.stdout.splitlines()] == [f"{table}!/1"]
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.write(reports / "a.txt", "inside/a.txt")
    result = runner.invoke(main, ["read", str(tmp_path / "pack.zip")])
    assert [json.loads(line)["document"]["uri"][-21:] for line in result.stdout.splitlines()] == [
        "pack.zip!/inside/a.txt"[-21:]
    ]


def test_a_table_without_a_text_column_says_which_columns_there_are(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "dump.csv").write_text("no,what\n1,x\n", "utf-8")
    result = runner.invoke(main, ["read", str(tmp_path / "dump.csv")])
    assert result.exit_code == 1
    assert "ColumnNotFound" in result.stderr
    assert "no, what" in result.stderr


def test_in_a_pipe_each_document_is_a_line(runner: CliRunner, reports: Path) -> None:
    result = runner.invoke(main, ["read", str(reports / "a.txt"), str(reports / "c.txt")])
    assert result.exit_code == 0
    readouts = [Readout.from_json(line) for line in result.stdout.splitlines()]
    assert [Path(readout.document.uri).name for readout in readouts] == ["a.txt", "c.txt"]
    assert readouts[0].engagements
    assert not result.stderr


def test_what_cannot_be_read_is_listed_and_the_rest_printed(runner: CliRunner, reports: Path) -> None:
    result = runner.invoke(main, ["read", str(reports), "nowhere.txt"])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.splitlines() == [
        "2 documents could not be read:",
        f"  {reports / 'b.txt'}: DocumentEmpty: There is nothing in it.",
        "  nowhere.txt: DocumentNotFound: There is no such file or folder. Check the spelling.",
    ]


def test_debug_shows_where_a_document_failed(runner: CliRunner, reports: Path) -> None:
    result = runner.invoke(main, ["read", str(reports / "b.txt"), "--debug"])
    assert result.exit_code == 1
    assert "Traceback" in result.stderr


def test_patterns_and_standard_input(runner: CliRunner, reports: Path) -> None:
    text = "Ana Corin met Dario Elm in Vell."
    result = runner.invoke(main, ["read", str(reports / "[ac]*"), "-"], input=text)
    assert result.exit_code == 0
    assert [json.loads(line)["document"]["uri"][-5:] for line in result.stdout.splitlines()] == ["a.txt", "c.txt", "-"]


@pytest.mark.allow_hosts([LOOPBACK])
def test_web_addresses_are_fetched_under_guard(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    with Site().open() as site:
        site.routes["/report"] = Reply(body=b"Talks in Quin\nAna Corin met Dario Elm in Quin.\n")
        uris = [site.uri("/report"), site.uri("/gone")]
        result = runner.invoke(main, ["read", *uris])
        assert result.exit_code == 1
        assert not result.stdout
        assert result.stderr.count("AddressRefused") == 2
        assert not site.diary

        monkeypatch.setenv("COMMUNIQUE_FETCH_NETWORKS", "127.0.0.0/8")
        monkeypatch.setenv("COMMUNIQUE_FETCH_PORTS", str(site.port))
        result = runner.invoke(main, ["read", *uris])
    readout = Readout.from_json(result.stdout)
    assert readout.document.uri == uris[0]
    assert readout.engagements
    assert result.stderr.splitlines() == [
        "1 document could not be read:",
        f"  {uris[1]}: FetchError: The server answered with status 404. Check the address.",
    ]


def test_the_publication_day_is_handed_on(runner: CliRunner, reports: Path) -> None:
    result = runner.invoke(main, ["read", str(reports / "a.txt"), "--published", "2031-05-04"])
    assert json.loads(result.stdout)["document"]["published"] == "2031-05-04"


@pytest.mark.parametrize(
    "wrong", [["--published", "yesterday"], ["--lexicon", "nowhere"], ["--format", "pdf"], ["--column", "text"]]
)
def test_wrong_options_are_usage_errors(runner: CliRunner, reports: Path, wrong: list[str]) -> None:
    result = runner.invoke(main, ["read", str(reports), *wrong])
    assert result.exit_code == 2
    assert wrong[0] in result.stderr


def test_a_wrong_lexicon_file_ends_the_run(tmp_path: Path, reports: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "ranks.toml").write_text("not = [toml", "utf-8")
    result = CliRunner().invoke(main, ["read", str(reports), "--lexicon", str(tmp_path / "lexicon")])
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: Lexicon file ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("o.html", "<!DOCTYPE html>"),
        ("o.md", "## Talks"),
        ("o.json", "[\n"),
        ("o.jsonl", '{"schema"'),
        ("o", '{"schema"'),
    ],
)
def test_the_ending_of_the_output_says_the_format(
    runner: CliRunner, reports: Path, tmp_path: Path, name: str, beginning: str
) -> None:
    output = tmp_path / name
    result = runner.invoke(main, ["read", str(reports / "a.txt"), "--output", str(output)])
    assert result.exit_code == 0
    assert not result.stdout
    assert output.read_text("utf-8").startswith(beginning)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["reports", name])


def test_an_asked_for_format_goes_before_the_ending(runner: CliRunner, reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.html"
    runner.invoke(main, ["read", str(reports / "a.txt"), "--output", str(output), "--format", "markdown"])
    assert output.read_text("utf-8").startswith("## Talks")


def test_a_report_can_be_overwritten_by_its_readout(runner: CliRunner, reports: Path) -> None:
    report = reports / "a.txt"
    runner.invoke(main, ["read", str(report), "--format", "jsonl", "--output", str(report)])
    assert json.loads(report.read_text("utf-8"))["engagements"]


def test_an_output_that_cannot_be_written_is_a_usage_error(runner: CliRunner, reports: Path, tmp_path: Path) -> None:
    result = runner.invoke(main, ["read", str(reports), "--output", str(tmp_path / "none" / "o.json")])
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_failed_run_leaves_an_older_output_untouched(
    runner: CliRunner, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "o.jsonl"
    output.write_text("older", "utf-8")
    monkeypatch.setattr("communique.formats.jsonl.render", lambda pairs, layout: iter([1 / 0]))
    assert runner.invoke(main, ["read", str(reports), "--output", str(output)]).exit_code == 1
    assert output.read_text("utf-8") == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.jsonl", "reports"]


def test_the_real_thing_from_end_to_end(root: Path) -> None:
    example = min((root / "src/communique/examples/reports").glob("*.txt"))
    command = [sys.executable, "-m", "communique", "read", str(example), "--jobs", "2"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, encoding="utf-8")
    readout = Readout.from_json(run.stdout)
    readout.check(example.read_text("utf-8"))
    assert readout.engagements
    assert not run.stderr
