"""The documentation holds: its links lead somewhere, its tables match the records, and its Python runs."""

from __future__ import annotations

import dataclasses
import re
import shlex
import shutil
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import get_args
from urllib.parse import unquote

import click
import pytest

from communique.cli import main
from communique.model import (
    Block,
    Commitment,
    DocumentHead,
    Dropped,
    Engagement,
    EventDate,
    Evidence,
    MechanismStep,
    Organization,
    Participant,
    Person,
    Place,
    Readout,
    Role,
    Side,
    Statement,
    vocabulary,
)
from communique.model.engagement import Party

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
RECORDS = (
    Readout,
    Dropped,
    DocumentHead,
    Block,
    Evidence,
    Person,
    Role,
    Organization,
    Engagement,
    EventDate,
    Place,
    Side,
    Participant,
    Commitment,
    Party,
    Statement,
    MechanismStep,
)
GLOSSARY = {
    "Actor",
    "Commitment",
    "Document",
    "Engagement",
    "Evidence",
    "Floor",
    "Frame",
    "Gold",
    "Judgement",
    "Lexicon",
    "Mechanism",
    "Mention",
    "Organization",
    "Passage",
    "Person",
    "Readout",
    "Report",
    "Role",
    "Side",
    "Statement",
    "Tenure",
}
WORD_LISTS = sorted(name for name, value in vars(vocabulary).items() if name[0].isupper() and get_args(value))


def page_id(path: Path) -> str:
    """A page's path inside the repository, to name it in a test's id."""
    return path.relative_to(ROOT).as_posix()


def without_code(text: str) -> str:
    """A page's text without its code blocks and code words."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^```.*?^```", "", text))


def anchors(path: Path) -> set[str]:
    """The anchors that a page's headings get where it is shown."""
    headings = re.findall(r"(?m)^#+ (.+?)\s*$", re.sub(r"(?ms)^```.*?^```", "", path.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> Iterator[str]:
    """Relative links of a page that lead to no file or to no heading."""
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue  # other people's pages: tests ask no network
        name, _, anchor = unquote(target).partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            yield target


def sections(page: Path) -> dict[str, str]:
    """A page's sections of the second level by heading."""
    parts = re.split(r"(?m)^## (.+)$", page.read_text("utf-8"))
    return dict(zip((heading.strip() for heading in parts[1::2]), parts[2::2], strict=True))


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_lead_somewhere(page: Path) -> None:
    assert not list(broken_links(page))


def test_a_broken_link_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A Title\n[a](#a-title) [b](#b) [c](gone.md) [d](https://example.org) `[e](f.md)`\n", "utf-8")
    assert list(broken_links(page)) == ["#b", "gone.md"]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_is_explained_in_order(record: type) -> None:
    heading = "Document" if record is DocumentHead else record.__name__
    rows = re.findall(r"(?m)^\| `(\w+)` \|", sections(ROOT / "docs/readout.md")[heading])
    assert rows == [field.name for field in dataclasses.fields(record)]


@pytest.mark.parametrize("name", WORD_LISTS)
def test_every_word_of_the_closed_lists_is_explained(name: str) -> None:
    written = set(re.findall(r"`(\w+)`", (ROOT / "docs/readout.md").read_text("utf-8")))
    assert set(get_args(getattr(vocabulary, name))) <= written


def test_the_glossary_has_the_house_words_in_alphabetical_order() -> None:
    terms = re.findall(r"(?m)^\*\*(.+?)\*\*", (ROOT / "docs/glossary.md").read_text("utf-8"))
    assert set(terms) >= GLOSSARY
    assert terms == sorted(terms)


def test_every_make_verb_is_explained() -> None:
    verbs = set(re.findall(r"(?m)^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"))) - {"help"}
    assert verbs
    assert verbs <= set(re.findall(r"`make ([a-z]+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8")))


def test_decisions_are_numbered_and_say_what_why_and_at_what_price() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        told = [name for name in sections(path) if name != "What was tried"]
        assert told == ["Situation", "Decision", "Consequences"], path.name


def commands(text: str) -> Iterator[list[str]]:
    """The words of the command lines that a page shows, up to a pipe or a file that takes the output."""
    for block in re.findall(r"(?ms)^```console\n(.*?)^```", text):
        for shown in re.findall(r"(?m)^\$ (?:\w+=\S+ )*(?:\.venv/bin/)?communique (.+)$", block.replace("\\\n", " ")):
            words = shlex.split(shown, comments=True)
            yield list(takewhile(lambda word: word not in ("|", ">", "2>", "&&"), words))


def misunderstood(words: list[str]) -> str | None:
    """What the program does not understand in a command line; files need not be there."""
    command, context = main, click.Context(main)
    try:
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            found = command.get_command(context, words[0])
            if found is None:
                return f"no such command: {words[0]}"
            command, words, context = found, words[1:], click.Context(found, parent=context)
        command.make_context(command.name, words, parent=context.parent)
    except click.exceptions.Exit:  # it showed its help
        pass
    except click.UsageError as error:
        return None if "does not exist" in error.format_message() else error.format_message()
    return None


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_the_commands_in_the_documentation_are_understood(page: Path) -> None:
    wrong = {" ".join(words): said for words in commands(page.read_text("utf-8")) if (said := misunderstood(words))}
    assert not wrong


def test_a_command_that_is_not_understood_is_noticed() -> None:
    shown = ("communique brif > x.md", "communique find --sinc 2024", "communique find --since 2024 | wc")
    page = "\n".join(["```console", *(f"$ {line}" for line in shown), "```", ""])
    assert [misunderstood(words) is None for words in commands(page)] == [False, False, True]


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs/python.md"], ids=page_id)
def test_the_python_in_the_documentation_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"(?ms)^```python\n(.*?)^```", page.read_text("utf-8"))
    assert blocks
    # The files that the pages speak of.
    reports = ROOT / "src/communique/examples/reports"
    shutil.copy(min(reports.glob("*.txt")), tmp_path / "report.txt")
    shutil.copy(min(reports.glob("*.html")), tmp_path / "page.html")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks:  # one after the other, like a reader who tries them out
        exec(compile(block, page_id(page), "exec"), names)
