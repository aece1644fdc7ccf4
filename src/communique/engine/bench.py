"""The bench: what a process needs at hand to read documents, set up once and used for many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from communique.engine.outcomes import Failure, Outcome, Success
from communique.engine.sources import Source
from communique.errors import DocumentNotFound, LexiconError, ModelError
from communique.model import Document, Readout

# Documents that are read together: enough for the language model to work in batches, few enough to hold in memory.
BATCH_SIZE = 16
# Errors that every document would meet alike: they end the run instead of filling it with failures.
FATAL = (LexiconError, ModelError)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How documents are read; travels to worker processes, so it holds plain values only.

    Attributes:
        published: Publication day of all documents, where it is known better than they show it.
        lexicon: A user's own lexicon folder.
        jobs: Number of worker processes; 1 reads in this process.
    """

    published: dt.date | None = None
    lexicon: Path | None = None
    jobs: int = 1


class DocumentReader(Protocol):
    """What a bench asks of a reader (``communique.reading.Reader`` is one)."""

    def read(self, document: Document) -> Readout:
        """Reads one document."""
        ...

    def read_many(self, documents: Iterable[Document], *, batch_size: int = ...) -> Iterator[Readout]:
        """Reads documents in order, several at a time."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """An opener and a reader.

    Attributes:
        open: Source → Document; raises DocumentError.
        reader: Document → Readout.
    """

    open: Callable[[Source], Document]
    reader: DocumentReader


BenchMaker = Callable[[ReadOptions], Bench]


def make_bench(options: ReadOptions) -> Bench:
    """The bench with the packaged opener and reader. Loads the language model at the first reading.

    Raises:
        LexiconError: If the user's lexicon folder is wrong.
    """
    from communique.lexicon import Lexicon
    from communique.pages import open_document
    from communique.reading import Reader

    lexicon = Lexicon(options.lexicon)

    def open_source(source: Source) -> Document:
        content = source.path if source.data is None else source.data
        if content is None:
            raise DocumentNotFound("The source has neither a path nor bytes.")
        return open_document(content, uri=source.uri, published=options.published, lexicon=lexicon)

    return Bench(open=open_source, reader=Reader(lexicon=lexicon))


def read_batch(bench: Bench, sources: Sequence[Source]) -> list[Outcome]:
    """Reads a few documents together; one that fails costs itself alone."""
    opened = [_open(bench, source) for source in sources]
    documents = [document for document in opened if isinstance(document, Document)]
    readouts = iter(_read_all(bench, documents))
    outcomes: list[Outcome] = []
    for source, document in zip(sources, opened, strict=True):
        if isinstance(document, Failure):
            outcomes.append(document)
            continue
        readout = next(readouts)
        if isinstance(readout, Failure):
            outcomes.append(readout)
        else:
            outcomes.append(Success(uri=source.uri, document=document, readout=readout))
    return outcomes


def _open(bench: Bench, source: Source) -> Document | Failure:
    try:
        return bench.open(source)
    except FATAL:
        raise
    except Exception as error:
        return Failure.of(source.uri, error)


def _read_all(bench: Bench, documents: list[Document]) -> list[Readout | Failure]:
    """Reads documents in one go; when that fails, each alone, to find the one that is to blame."""
    try:
        readouts: list[Readout | Failure] = list(bench.reader.read_many(documents, batch_size=BATCH_SIZE))
        if len(readouts) == len(documents):
            return readouts
    except FATAL:
        raise
    except Exception:
        readouts = []  # whatever it was, one of the documents read alone below meets it again
    return [_read_alone(bench, document) for document in documents]


def _read_alone(bench: Bench, document: Document) -> Readout | Failure:
    try:
        return bench.reader.read(document)
    except FATAL:
        raise
    except Exception as error:
        return Failure.of(document.uri, error)
