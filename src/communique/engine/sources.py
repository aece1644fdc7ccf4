"""From what people type to single documents: files, folders, patterns, and standard input."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.engine.outcomes import Failure
from communique.errors import DocumentNotFound

# What is read inside folders; a file that is named outright is tried whatever its ending.
ENDINGS = frozenset((".txt", ".html", ".htm", ""))
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document to be read: a file, or bytes that are already here.

    Attributes:
        uri: How the document is called in its readout.
        path: Where it lies; None when ``data`` has it.
        data: Its bytes; None when it lies at ``path``.
    """

    uri: str
    path: Path | None = None
    data: bytes | None = None

    @classmethod
    def at(cls, given: str | Path) -> Source:
        """The file at a path, called as it was given; bytes that are not UTF-8 are shown as escapes."""
        uri = str(given).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        return cls(uri=uri, path=Path(given))


def expand(sources: Iterable[str | Path | Source]) -> Iterator[Source | Failure]:
    """Finds the documents behind sources, one after the other and never all at once.

    Args:
        sources: Files, folders (searched through, hidden files passed over, in alphabetical order), patterns such as
            ``2024/*.html``, ``-`` for standard input, or Source records.

    Yields:
        A Source for each document; a Failure for each source behind which there is none.
    """
    for source in sources:
        if isinstance(source, Source):
            yield source
        elif str(source) == STANDARD_INPUT:
            yield Source(uri=STANDARD_INPUT, data=sys.stdin.buffer.read())
        else:
            yield from _expand_path(str(source))


def count(sources: Iterable[str | Path | Source]) -> int:
    """How many outcomes ``expand`` will give, without reading any document or standard input."""
    total = 0
    for source in sources:
        if isinstance(source, Source) or str(source) == STANDARD_INPUT:
            total += 1
        else:
            total += sum(1 for _ in _expand_path(str(source)))
    return total


def _expand_path(given: str) -> Iterator[Source | Failure]:
    # os.path answers False where Path would raise (a folder that may not be entered).
    if os.path.isdir(given):  # noqa: PTH112
        yield from _or_failure(given, _walk(Path(given)), "This folder has no reports (.txt, .html, .htm, no ending).")
    elif os.path.exists(given):  # noqa: PTH110
        yield Source.at(given)
    elif glob.has_magic(given):
        matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
        yield from _or_failure(given, _files_behind(matches), "No file fits this pattern.")
    elif "://" in given:
        yield _not_found(given, "Addresses are not fetched. Save the page to a file and read that.")
    else:
        yield _not_found(given, "There is no such file or folder. Check the spelling.")


def _or_failure(given: str, found: Iterator[Path | Failure], complaint: str) -> Iterator[Source | Failure]:
    is_empty = True
    for entry in found:
        is_empty = False
        yield entry if isinstance(entry, Failure) else Source.at(entry)
    if is_empty:
        yield _not_found(given, complaint)


def _not_found(given: str, complaint: str) -> Failure:
    return Failure.of(given, DocumentNotFound(complaint))


def _files_behind(matches: Iterable[str]) -> Iterator[Path | Failure]:
    for path in map(Path, matches):
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _walk(folder: Path) -> Iterator[Path | Failure]:
    """Reports in a folder and the folders in it; links to folders are not followed, since they may lead in circles."""
    try:
        with os.scandir(folder) as entries:
            visible = sorted((e for e in entries if not e.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        yield _not_found(str(folder), f"This folder cannot be opened: {error.strerror}. Check its permissions.")
        return
    for entry in visible:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name)
        elif entry.is_file() and os.path.splitext(entry.name)[1].lower() in ENDINGS:  # noqa: PTH122
            yield folder / entry.name
