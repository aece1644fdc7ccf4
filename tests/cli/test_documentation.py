"""docs/cli.md names every command and every option, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from communique.cli import main


def sections(root: Path) -> dict[str, str]:
    """The page's parts by the command that they are about."""
    parts = re.split(r"(?m)^## `communique (\w+)`$", (root / "docs/cli.md").read_text("utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_has_its_part(root: Path) -> None:
    assert list(sections(root)) == list(main.commands)


@pytest.mark.parametrize("name", main.commands)
def test_every_option_has_its_row(root: Path, name: str) -> None:
    options = {option for param in main.commands[name].params for option in param.opts if option.startswith("--")}
    assert set(re.findall(r"(?m)^\| `(--[\w-]+)", sections(root)[name])) == options


@pytest.mark.parametrize("name", main.commands)
def test_every_argument_is_named(root: Path, name: str) -> None:
    for param in main.commands[name].params:
        if param.param_type_name == "argument":
            assert param.name is not None
            assert (param.metavar or param.name).upper().strip("[].…") in sections(root)[name]
