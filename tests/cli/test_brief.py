"""The commands brief, digest and watch, on a register with made-up rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from communique.cli import main
from communique.register import open_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[str]:
    """The path of a register with a story in it."""
    opened = open_register(tmp_path / "register.db", create=True)
    from communique.register.store.changes import log_change
    from tests.exchange.briefs.made import tell_story

    story = tell_story()
    log_change(story.talks.code, "created")
    yield str(opened.address.path)
    opened.close()


def run(*words: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == status, result.output
    return result.output


def test_a_brief_goes_to_the_screen_or_to_a_file(register: str, tmp_path: Path) -> None:
    told = run("brief", "--title", "Talks", "--as-at", "2031-12-01", "--register", register)
    assert told.startswith("# Talks\n")
    assert "No follow-up since 5 May 2031, 6 months." in told
    file = tmp_path / "brief.pdf"
    run(
        "brief", "--title", "Talks", "--kind", "visit", "--format", "pdf", "--output", str(file), "--register", register
    )
    assert PdfReader(file).metadata.title == "Talks"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "begins"), [("b.pdf", b"%PDF"), ("b.DOCX", b"PK"), ("b.html", b"<!doctype"), ("b.md", b"# Talks")]
)
def test_a_file_is_set_as_its_name_ends(register: str, tmp_path: Path, name: str, begins: bytes) -> None:
    file = tmp_path / name
    run("brief", "--title", "Talks", "--output", str(file), "--register", register)
    assert file.read_bytes().lower().startswith(begins.lower())


def test_a_brief_without_a_title_is_called_by_its_day(register: str) -> None:
    assert run("brief", "--as-at", "2031-12-01", "--register", register).startswith("# Brief as at 1 December 2031\n")


def test_an_empty_title_and_an_unknown_ending_are_refused(register: str, tmp_path: Path) -> None:
    assert "title is empty" in run("brief", "--title", " ", "--register", register, status=2)
    odt = ("--output", str(tmp_path / "b.odt"), "--register", register)
    assert "No format is known by '.odt'" in run("brief", "--title", "x", *odt, status=2)
    assert "No format is known by '.odt'" in run("digest", "--since", "2031-01-01", *odt, status=2)


def test_what_cannot_be_written_is_told(register: str, tmp_path: Path) -> None:
    missing = tmp_path / "no" / "brief.md"
    told = run("brief", "--title", "x", "--output", str(missing), "--register", register, status=2)
    assert "cannot be written" in told
    assert "topic 'weather' is not known" in run(
        "brief", "--title", "x", "--topic", "weather", "--register", register, status=1
    )


def test_a_digest_of_today_tells_what_was_just_written(register: str) -> None:
    # The reports are of 2031: until reaches beyond them.
    told = run("digest", "--since", "2020-01-01", "--until", "2031-12-01", "--register", register)
    assert "1 new engagement, 0 changed" in told
    assert "(new · e1" in told


def test_a_watch_is_made_run_listed_and_removed(register: str, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds"
    made = run("watch", "add", "border talks", "--from-start", "--topic", "border_security", "--register", register)
    assert "border talks is watched" in made
    assert run("watch", "run", "--feeds", str(feeds), "--register", register).count("[e1]") == 1
    assert run("watch", "run", "--register", register) == "Nothing new.\n"
    assert {file.name for file in feeds.iterdir()} == {"border-talks.atom", "border-talks.json"}
    assert "border talks  matches, topic=border_security; run" in run("watch", "list", "--register", register)
    run("watch", "remove", "border talks", "--register", register)
    assert "There is no watch" in run("watch", "run", "border talks", "--register", register, status=1)


def test_watches_whose_names_come_to_one_have_feeds_of_their_own(register: str, tmp_path: Path) -> None:
    assert "Nothing is watched" in run("watch", "run", "--register", register)
    for name in ("border talks", "border/talks"):
        run("watch", "add", name, "--register", register)
    run("watch", "run", "--feeds", str(tmp_path / "feeds"), "--register", register)
    assert {file.name for file in (tmp_path / "feeds").glob("*.atom")} == {"border-talks.atom", "border-talks-2.atom"}


def test_a_delivery_that_fails_is_told_and_waits(register: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMMUNIQUE_SMTP", raising=False)
    run("watch", "add", "w", "--from-start", "--email", "desk@news.example", "--register", register)
    assert "COMMUNIQUE_SMTP is not set" in run("watch", "run", "--register", register, status=1)
    assert "waits: email, 1 attempts in vain" in run("watch", "list", "--register", register)


def test_a_watch_for_nobody_is_refused(register: str) -> None:
    told = run("watch", "add", "w", "--who", "Nobody At All", "--register", register, status=1)
    assert "Nobody At All" in told
    assert "Nothing is watched" in run("watch", "run", "--register", register)


def test_a_watch_that_fails_stops_no_other(register: str) -> None:
    from communique.register import models as tables

    run("watch", "add", "first", "--from-start", "--register", register)
    run("watch", "add", "second", "--from-start", "--register", register)
    tables.Watch.objects.filter(name="first").update(query=[["actor", "Gone Since"]])
    told = run("watch", "run", "--register", register, status=1)
    assert "first: " in told
    assert "Gone Since" in told
    assert "[e1]" in told


@pytest.mark.parametrize(
    "words",
    [
        ("backup",),
        ("brief", "--format", "html", "--output"),
        ("digest", "--since", "2031-01-01", "--format", "html", "--output"),
        ("export", "--format", "ics", "--output"),
    ],
)
def test_nothing_is_written_over_the_register_itself(register: str, words: tuple[str, ...]) -> None:
    told = run(*words, register, "--register", register, status=1)
    assert "is the open register itself" in told
    assert "e1" in run("find", "--register", register)
