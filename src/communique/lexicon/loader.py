"""Loads lexicon files: the packaged ones, and on top of them a user's own."""

from __future__ import annotations

import tomllib
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from communique.errors import LexiconError


class Lexicon:
    """The language knowledge that a reader works with.

    A user's folder may hold any of the packaged files' names. Lists in it are appended to the packaged lists, tables
    are merged key by key (the user's value wins).

    Args:
        folder: A user's own lexicon folder, or None.

    Raises:
        LexiconError: If the folder is missing or holds a file that no subject reads.
    """

    def __init__(self, folder: Path | str | None = None) -> None:
        self.folder = Path(folder) if folder is not None else None
        self._tables: dict[str, dict[str, Any]] = {}
        if self.folder is not None:
            self._check_folder(self.folder)

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Names of the packaged files without their ending, in alphabetical order."""
        names = (entry.name for entry in resources.files(__package__).iterdir())
        return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))

    def table(self, subject: str) -> dict[str, Any]:
        """The contents of one subject's file, the user's own merged in.

        Args:
            subject: File name without ending, such as "ranks".

        Raises:
            LexiconError: If the user's file is not TOML, or gives another type to a key than the packaged file.
        """
        if subject not in self._tables:
            packaged = tomllib.loads((resources.files(__package__) / f"{subject}.toml").read_text("utf-8"))
            own = self._read_own(subject)
            self._tables[subject] = merge(packaged, own, f"{subject}.toml") if own else packaged
        return self._tables[subject]

    def _check_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            raise LexiconError(f"Lexicon folder {str(folder)!r} does not exist. Give a folder with *.toml files in it.")
        for path in sorted(folder.glob("*.toml")):
            if path.stem not in self.subjects:
                raise LexiconError(
                    f"Lexicon file {str(path)!r} is of no known subject. Known: {', '.join(self.subjects)}."
                )

    def _read_own(self, subject: str) -> dict[str, Any] | None:
        path = self.folder / f"{subject}.toml" if self.folder else None
        if path is None or not path.exists():
            return None
        try:
            return tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LexiconError(f"Lexicon file {str(path)!r} is not valid TOML: {error}.") from error


def merge(packaged: dict[str, Any], own: dict[str, Any], where: str) -> dict[str, Any]:
    """Lays a user's table over a packaged one: lists append, tables merge, plain values replace.

    Raises:
        LexiconError: If a key has another type in the user's table.
    """
    merged = dict(packaged)
    for key, value in own.items():
        if key not in packaged:
            merged[key] = value
        elif type(value) is not type(packaged[key]):
            raise LexiconError(
                f"{where}: {key!r} is a {type(packaged[key]).__name__} in the packaged file, "
                f"but a {type(value).__name__} in yours."
            )
        elif isinstance(value, dict):
            merged[key] = merge(packaged[key], value, f"{where}: {key}")
        elif isinstance(value, list):
            merged[key] = [*packaged[key], *value]
        else:
            merged[key] = value
    return merged
