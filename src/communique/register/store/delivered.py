"""Adds readouts that were made elsewhere: JSON lines, or the shards of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from communique.engine import Failure, Success
from communique.errors import CommuniqueError, ReadoutError
from communique.model import Block, Document, Readout
from communique.register.store.adding import note_failure
from communique.register.store.deriving import BATCH, derive_pending
from communique.register.store.keeping import Delivery, keep
from communique.register.store.writing import exclusive

ENDINGS = (".jsonl", ".parquet")
# The folder of a batch's output that holds readouts, and the column that holds them in a Parquet shard.
BATCH_READOUTS = "readouts"
COLUMN = "readout"
# Rows of a shard that are held at a time: some megabytes.
ROWS = 64

# A line that is still to be read, a readout that was, or why there is none.
Given = bytes | Readout | ReadoutError


def add_readouts(paths: Iterable[Path], *, author: str = "") -> Iterator[Success | Failure]:
    """Keeps readouts of files and folders, and gives an outcome for each once it is kept.

    A readout must carry its document's text (``document.text``), or name a file that still lies where it was read:
    without the text no evidence could ever be shown.
    """
    yield from _keep_all(_load(paths), author)


def count_readouts(paths: Iterable[Path]) -> int:
    """How many readouts are in files and folders, by lines and by what shards say of themselves."""
    return sum(map(_count, (file for path in paths for file in _files(path))))


def _count(file: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if file.suffix == ".parquet":
            return int(pq.read_metadata(file).num_rows)
        with file.open("rb") as lines:
            return sum(bool(line.strip()) for line in lines)
    except (OSError, pa.ArrowException):
        return 1  # it will be one failure


def keep_readouts(readouts: Iterable[Readout], *, author: str = "") -> Iterator[Success | Failure]:
    """Keeps readouts, and gives an outcome for each once it is kept."""
    yield from _keep_all(((readout.document.uri, readout) for readout in readouts), author)


def _keep_all(loaded: Iterable[tuple[str, Given]], author: str) -> Iterator[Success | Failure]:
    """Keeps and derives so many at a time, in one transaction: what is broken off is done again, all of it."""
    derive_pending()
    waiting = iter(loaded)
    while group := list(islice(waiting, BATCH)):
        with exclusive():
            outcomes = [_keep_one(source, given, author) for source, given in group]
            derive_pending()
        yield from outcomes


def _keep_one(source: str, given: Given, author: str) -> Success | Failure:
    try:
        if isinstance(given, ReadoutError):
            raise given
        readout = given if isinstance(given, Readout) else _decode(given, source)
        document = document_of(readout)
        keep(Delivery(readout=readout, text=document.text, original=None, author=author))
    except CommuniqueError as error:
        failure = Failure.of(source, error)
        note_failure(failure)
        return failure
    return Success(uri=readout.document.uri, document=document, readout=readout)


def document_of(readout: Readout) -> Document:
    """The document that a readout was made of.

    Raises:
        ReadoutError: If the readout has no text, and its file is gone or changed.
    """
    head = readout.document
    text = head.text if head.text is not None else _text_at(readout)
    return Document(
        id=head.id,
        uri=head.uri,
        text=text,
        media_type=head.media_type,
        site=head.site,
        title=head.title,
        published=head.published,
        language=head.language,
        blocks=tuple(Block(start=b.start, end=b.end, kind=b.kind, reason=b.reason) for b in head.blocks),
    )


def _text_at(readout: Readout) -> str:
    from communique.pages import open_document

    head = readout.document
    path = Path(head.uri)
    if not path.is_file():
        raise ReadoutError(f"The readout of {head.uri} has no text, and there is no such file to take it from.")
    document = open_document(path, uri=head.uri)
    if document.id != head.id:
        raise ReadoutError(f"{head.uri} has changed since the readout was made. Read it again: communique add.")
    return document.text


def _load(paths: Iterable[Path]) -> Iterator[tuple[str, bytes | ReadoutError]]:
    """Readouts as JSON, each with where it stands; an error in place of what cannot be taken out of its file."""
    for path in paths:
        for file in _files(path):
            try:
                yield from _load_parquet(file) if file.suffix == ".parquet" else _load_lines(file)
            except OSError as error:
                yield str(file), ReadoutError(f"{file} cannot be read: {error.strerror or error}.")


def _files(path: Path) -> list[Path]:
    """The files of readouts in a folder; in the output of a batch those beside ``failures/`` and ``foreign/``."""
    if not path.is_dir():
        return [path]
    folder = path / BATCH_READOUTS
    found = (folder if folder.is_dir() else path).rglob("*")
    return sorted(p for p in found if p.suffix in ENDINGS and p.is_file())


def _load_lines(file: Path) -> Iterator[tuple[str, bytes]]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield f"{file}:{number}", line


def _load_parquet(file: Path) -> Iterator[tuple[str, bytes | ReadoutError]]:
    """The column ``readout`` of a shard, a group of rows at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file) as shard:
            if COLUMN not in shard.schema_arrow.names or not pa.types.is_string(shard.schema_arrow.field(COLUMN).type):
                yield str(file), ReadoutError(f"{file} has no column {COLUMN!r} of text: it is no shard of a batch.")
                return
            number = 0
            for batch in shard.iter_batches(batch_size=ROWS, columns=[COLUMN]):
                for value in batch.column(0):
                    number += 1
                    line = value.as_py()
                    missing = ReadoutError(f"{file}, row {number}, has no readout.")
                    yield f"{file}:{number}", missing if line is None else line.encode()
    except pa.ArrowException as error:
        yield str(file), ReadoutError(f"{file} cannot be read as Parquet: {str(error).splitlines()[0]}.")


def _decode(line: bytes, source: str) -> Readout:
    try:
        return Readout.from_json(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ReadoutError(f"{source} is not a readout: {error}.") from error
