"""Imports a complete export into an empty register, and proves it: exported again, it is the same, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from communique.exchange.export import export
from communique.exchange.manifest import PROGRAM, WHOLE, Manifest, check_complete
from communique.register import Register
from communique.register.store.backup import restore


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was imported.

    Attributes:
        rows: Rows of the register's tables.
        program: What made the export. Only an export by this version can be compared with a new one.
        differing: Files that come out otherwise when the register is exported again; none when all is well.
    """

    rows: int
    program: str
    differing: Sequence[str]

    @property
    def is_proven(self) -> bool:
        """Whether the register was exported again, and nothing differed."""
        return self.program == PROGRAM and not self.differing


def import_export(register: Register, folder: Path) -> Imported:
    """Fills an empty register from a complete export.

    Args:
        register: The open, empty register.
        folder: What ``communique export --complete`` wrote.

    Raises:
        ExportError: If the folder is no complete export, or a file of it is missing or was changed.
        RegisterError: If the register is not empty.
    """
    manifest = check_complete(folder)
    rows = restore(folder / WHOLE)
    differing = _compare(register, manifest) if manifest.program == PROGRAM else ()
    return Imported(rows=rows, program=manifest.program, differing=differing)


def _compare(register: Register, manifest: Manifest) -> Sequence[str]:
    """The files that differ when the register is exported again."""
    with TemporaryDirectory(prefix="communique-") as scratch:
        again: dict[str, Any] = export(register, manifest.format, Path(scratch) / "again", complete=True)
    made = {file["name"]: file["sha256"] for file in again["files"]}
    given = {file.name: file.sha256 for file in manifest.files}
    return sorted(name for name in given | made if given.get(name) != made.get(name))
