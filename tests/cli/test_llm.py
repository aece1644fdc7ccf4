"""``communique read --reader llm``: options, environment, the account at the end, and a key that nobody sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cli import main
from tests.reading.llm.sample import TEXT, answer
from tests.reading.llm.served import completion, failing, serve

KEY = "sk-very-secret-17"

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_a_served_model_reads_and_the_account_is_given(article: str) -> None:
    with serve(completion(answer())) as server:
        options = ["--reader", "llm", "--endpoint", server.url, "--model", "tiny", "--input-price", "10"]
        result = CliRunner().invoke(main, ["read", article, *options, "--published", "2025-05-14"])
    assert result.exit_code == 0, result.output
    readout = json.loads(result.stdout)
    assert readout["reader"] == "llm/tiny"
    assert readout["engagements"][0]["date"]["start"] == "2025-05-12"
    assert "llm/tiny: requests 1, tokens sent 100, received 20, cost 0.0010" in result.stderr


def test_address_model_and_key_come_from_the_environment(article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(completion(answer())) as server:
        monkeypatch.setenv("COMMUNIQUE_LLM_ENDPOINT", server.url)
        monkeypatch.setenv("COMMUNIQUE_LLM_MODEL", "tiny")
        monkeypatch.setenv("COMMUNIQUE_LLM_KEY", KEY)
        result = CliRunner().invoke(main, ["read", article, "--reader", "llm"])
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert result.exit_code == 0
    assert KEY not in result.output


def test_what_was_paid_for_is_kept_when_the_run_ends_early(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_text(f"{TEXT}\nNumber {number}.", "utf-8")
    plays = iter([completion(answer())] * 16 + [failing(401)] * 4)
    with serve(lambda request: next(plays)) as server:
        options = ["--reader", "llm", "--endpoint", server.url, "--model", "tiny", "--retries", "0"]
        output = ["--output", str(tmp_path / "out.jsonl"), "--format", "jsonl"]
        result = CliRunner().invoke(main, ["read", str(tmp_path), *options, *output])
    assert result.exit_code == 1
    assert not (tmp_path / "out.jsonl").exists()
    (kept,) = tmp_path.glob(".out.jsonl.*.part")
    assert str(kept) in result.stderr
    assert len(kept.read_text("utf-8").splitlines()) == 16


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_no_error_shows_the_key(article: str, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    monkeypatch.setenv("COMMUNIQUE_LLM_KEY", KEY)
    with serve(failing(status, f"what about {KEY}?")) as server:
        options = ["--reader", "llm", "--endpoint", server.url, "--model", "tiny", "--retries", "0", "--debug"]
        result = CliRunner().invoke(main, ["read", article, *options])
    assert result.exit_code == 1
    assert ("EndpointError" if status == 401 else "AnswerError") in result.stderr
    assert KEY not in result.output


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--reader", "llm"], "--endpoint or COMMUNIQUE_LLM_ENDPOINT"),
        (["--reader", "llm", "--endpoint", "http://127.0.0.1:1/v1"], "--model or COMMUNIQUE_LLM_MODEL"),
        (["--reader", "llm", "--endpoint", "http://x/v1", "--model", "y", "--jobs", "2"], "--concurrency"),
        (["--input-price", "2"], "goes with --reader llm"),
    ],
)
def test_options_that_do_not_fit_are_usage_errors(article: str, options: list[str], complaint: str) -> None:
    result = CliRunner().invoke(main, ["read", article, *options])
    assert result.exit_code == 2
    assert complaint in result.stderr
