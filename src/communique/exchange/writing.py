"""Files that appear only when they are whole: an export that is broken off leaves an earlier one as it was."""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from communique.errors import ExportError

MANIFEST = "manifest.json"
DRAFT = ".part"
# An earlier export, while the new one takes its place.
ASIDE = ".old"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that a format wrote.

    Attributes:
        name: Its name.
        rows: What it holds: rows, entities, events, features, nodes and edges.
        left_out: How many records the format has no place for, by the reason.
    """

    name: str
    rows: int
    left_out: Mapping[str, int] = field(default_factory=dict)


@contextmanager
def open_text(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A new text file with the line ends that are written into it."""
    with path.open("w", encoding=encoding, newline="") as file:
        yield file


@contextmanager
def draft_beside(output: Path) -> Iterator[Path]:
    """A folder beside the output, to be filled; it is gone at the end, with whatever was not taken out of it.

    Named after output and process: two exports do not meet, and the next one finds what a killed one left.

    Raises:
        ExportError: If nothing can be written there.
    """
    folder = output.with_name(f".{output.name}.{os.getpid()}{DRAFT}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        _clear_remains(output)
        folder.mkdir()
    except OSError as error:
        raise ExportError(f"{output} cannot be written: {error.strerror}. Check the path and its rights.") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear_remains(output: Path) -> None:
    """Clears away what killed exports to this place left; an earlier export that one had put aside comes back."""
    for folder in output.parent.glob(f".{glob.escape(output.name)}.*{DRAFT}*"):
        process = folder.name.removeprefix(f".{output.name}.").partition(".")[0]
        if not process.isdigit() or (int(process) != os.getpid() and _is_alive(int(process))):
            continue
        if folder.name.endswith(ASIDE) and not output.exists():
            folder.rename(output)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def check_place(output: Path, *, is_folder: bool) -> None:
    """Sees that an export may take this place.

    Raises:
        ExportError: If there is something there that is no earlier export.
    """
    if not is_folder:
        if output.is_dir():
            raise ExportError(f"{output} is a folder; this format writes a file. Name a file in it.")
        return
    if output.exists() and not output.is_dir():
        raise ExportError(f"{output} is a file; this format writes a folder of files. Name a folder.")
    if output.is_dir() and any(output.iterdir()) and not (output / MANIFEST).is_file():
        raise ExportError(f"{output} has files in it that are no earlier export. Name a new folder.")


def move_folder(draft: Path, output: Path) -> None:
    """Puts a finished folder in the place of an earlier one."""
    if not output.exists():
        draft.rename(output)
        return
    earlier = draft.with_name(draft.name + ASIDE)
    output.rename(earlier)
    draft.rename(output)
    shutil.rmtree(earlier)


def digest_of(path: Path) -> str:
    """The SHA-256 digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
