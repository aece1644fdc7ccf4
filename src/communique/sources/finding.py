"""From what people type to single documents: files, folders, patterns, archives, tables, addresses, standard input."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from communique.errors import DocumentNotFound
from communique.sources.containers import Container, entries_of, kind_of
from communique.sources.options import SourceOptions
from communique.sources.records import Entry, Failure, Key, Position, Source, place, printable, resume
from communique.sources.sniffing import HEAD_BYTES, container_kind, is_container_name, is_worth_opening
from communique.sources.streams import read_document, spool

STANDARD_INPUT = "-"
WEB_SCHEMES = ("http://", "https://")
Given = str | Path | Source


def expand(
    sources: Iterable[Given],
    options: SourceOptions | None = None,
    *,
    after: Sequence[Key] | None = None,
) -> Iterator[Entry]:
    """Finds the documents behind sources, one after the other and never all at once.

    Args:
        sources: Files, folders (searched through, hidden files passed over, in alphabetical order), patterns such as
            ``2024/*.html``, web addresses (each fetched when its turn comes, guarded by ``sources.web``), ``-`` for
            standard input, or Source records. Archives, tables and web archives are opened.
        options: Columns of tables, limits of archives.
        after: The position of the last entry that was done: gives what comes after it. The sources must be the same.

    Yields:
        A Source for each document; a Failure for each source or member behind which there is none.
    """
    chosen = options or SourceOptions()
    for number, source, rest in resume(enumerate(sources), tuple(after) if after is not None else None):
        yield from place(_expand_one(source, chosen, rest), number)


def count(sources: Iterable[Given]) -> int | None:
    """How many outcomes ``expand`` will give, without reading any document or standard input.

    None when there are archives or tables among the sources: how much is in them shows only when they are read.
    """
    total = 0
    for source in sources:
        if isinstance(source, Source) or str(source) == STANDARD_INPUT or _is_web_address(source):
            total += 1
            continue
        for _, found in _find(str(source)):
            if isinstance(found, Path) and is_container_name(found.name):
                return None
            total += 1
    return total


def _expand_one(source: Given, options: SourceOptions, after: Position | None) -> Iterator[Entry]:
    if isinstance(source, Source):
        yield source
    elif str(source) == STANDARD_INPUT:
        yield from _standard_input(options, after)
    elif _is_web_address(source):
        if after is None:
            yield _fetch(str(source))
    elif os.path.isfile(source):  # noqa: PTH113 - False where Path would raise (a folder that may not be entered)
        yield from open_file(Path(source), options, after)
    else:
        for key, found, rest in resume(_find(str(source)), after):
            entries = [found] if isinstance(found, Failure) else open_file(found, options, rest)
            yield from place(entries, key)


def _standard_input(options: SourceOptions, after: Position | None) -> Iterator[Entry]:
    """What comes in: one document, or a container; a large one goes through a nameless temporary file."""
    data = read_document(sys.stdin.buffer, b"", options.limits)
    document = Source(uri=STANDARD_INPUT, data=data)
    if len(data) > options.limits.document and container_kind(data[:HEAD_BYTES], STANDARD_INPUT) is not None:
        file = spool(sys.stdin.buffer, data, options.limits)
    else:
        file = io.BytesIO(data)
    with file:
        container = Container(file=file, uri=STANDARD_INPUT, name=STANDARD_INPUT, options=options)
        yield from _entries_or(container, document, after)


def open_file(path: Path, options: SourceOptions, after: Position | None = None) -> Iterator[Entry]:
    """The documents in one file: itself, or what is in it when it is a container."""
    document = Source.at(path)
    try:
        file = path.open("rb")
    except OSError:
        yield document  # whoever opens it as a document says what is wrong with it
        return
    with file:
        container = Container(file=file, uri=document.uri, name=path.name, options=options)
        yield from _entries_or(container, document, after)


def _entries_or(container: Container, document: Source, after: Position | None) -> Iterator[Entry]:
    kind = kind_of(container)
    if kind is not None:
        yield from entries_of(container, kind, after)
    elif after is None:
        yield document


def _find(given: str) -> Iterator[tuple[Key, Path | Failure]]:
    """The files behind a path or a pattern with their keys, which rise; or the reason why there are none."""
    # os.path answers False where Path would raise.
    if os.path.isdir(given):  # noqa: PTH112
        yield from _or_failure(given, _walk(Path(given)), "This folder has no reports (text, HTML, PDF, archives …).")
    elif os.path.exists(given):  # noqa: PTH110
        yield _key(given), Path(given)
    elif glob.has_magic(given):
        matches = sorted(glob.glob(given, recursive=True), key=_key)  # noqa: PTH207 - Path.glob takes no absolute ones
        yield from _or_failure(given, _files_behind(matches), "No file fits this pattern.")
    elif "://" in given:
        yield "", _not_found(given, "Only http and https addresses are fetched. Save the page to a file and read that.")
    else:
        yield "", _not_found(given, "There is no such file or folder. Check the spelling.")


def _is_web_address(source: Given) -> bool:
    return isinstance(source, str) and source.lower().startswith(WEB_SCHEMES)


def _fetch(uri: str) -> Entry:
    """Fetches the one page that was named."""
    from communique.pages.declared import Declared
    from communique.sources.web import fetch_page

    try:
        page = fetch_page(uri)
        return Source(uri=uri, data=page.body, declared=Declared(charset=page.charset))
    except Exception as error:  # a page that meets a defect costs itself alone, too
        return Failure.of(uri, error)


def _key(path: str | Path) -> str:
    """A path so that plain comparison puts a folder's files where the walk meets them: before ``folder.txt``."""
    return str(path).replace(os.sep, "\0")


def _or_failure(
    given: str, found: Iterator[tuple[str, Path | Failure]], complaint: str
) -> Iterator[tuple[Key, Path | Failure]]:
    last: str | None = None
    for key, entry in found:
        if last is None or key > last:  # a pattern may match a folder and, once more, the files in it
            yield key, entry
            last = key
    if last is None:
        yield "", _not_found(given, complaint)


def _not_found(given: str, complaint: str) -> Failure:
    return Failure.of(printable(given), DocumentNotFound(complaint))


def _files_behind(matches: Iterable[str]) -> Iterator[tuple[str, Path | Failure]]:
    for path in map(Path, matches):
        if path.is_dir():
            yield from _walk(path)
        else:
            yield _key(path), path


def _walk(folder: Path) -> Iterator[tuple[str, Path | Failure]]:
    """Reports in a folder and the folders in it; links to folders are not followed, since they may lead in circles."""
    try:
        with os.scandir(folder) as entries:
            visible = sorted((e for e in entries if not e.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        complaint = f"This folder cannot be opened: {error.strerror}. Check its permissions."
        yield _key(folder), _not_found(str(folder), complaint)
        return
    for entry in visible:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path)
        elif entry.is_file() and is_worth_opening(entry.name, tables=False):
            yield _key(path), path
