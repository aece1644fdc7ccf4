"""docs/cli.md names every command and every option, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from communique.cli import main


def find_commands(group: click.Group) -> dict[str, click.Command]:
    """All commands by what is typed to run them, those of groups ("batch read") too."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        inner = find_commands(command) if isinstance(command, click.Group) else {"": command}
        found |= {f"{name} {rest}".strip(): one for rest, one in inner.items()}
    return found


COMMANDS = find_commands(main)


def sections(root: Path) -> dict[str, str]:
    """The page's parts by the command that they are about."""
    parts = re.split(r"(?m)^## `communique ([\w -]+)`$", (root / "docs/cli.md").read_text("utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_has_its_part(root: Path) -> None:
    assert list(sections(root)) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_its_row(root: Path, name: str) -> None:
    options = {option for param in COMMANDS[name].params for option in param.opts if option.startswith("--")}
    assert set(re.findall(r"(?m)^\| `(--[\w-]+)", sections(root)[name])) == options


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_is_named(root: Path, name: str) -> None:
    for param in COMMANDS[name].params:
        if param.param_type_name == "argument":
            assert param.name is not None
            assert (param.metavar or param.name).upper().strip("[].…") in sections(root)[name]
