"""The bench: what a process needs at hand to read documents, set up once and used for many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from communique.engine.outcomes import Outcome, Success
from communique.errors import DocumentNotFound, LexiconError, ModelError
from communique.model import Document, Readout
from communique.sources import Failure, Source, SourceOptions

if TYPE_CHECKING:
    from communique.lexicon import Lexicon
    from communique.reading.llm import LlmOptions

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
        sources: How archives and tables are opened.
        keeps_originals: Whether outcomes carry the documents' bytes, to be archived.
        llm: The served language model to read with; None for the local reader.
    """

    published: dt.date | None = None
    lexicon: Path | None = None
    jobs: int = 1
    sources: SourceOptions = field(default_factory=SourceOptions)
    keeps_originals: bool = False
    llm: LlmOptions | None = None


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
        keeps_originals: Whether outcomes carry the documents' bytes.
    """

    open: Callable[[Source], Document]
    reader: DocumentReader
    keeps_originals: bool = False


BenchMaker = Callable[[ReadOptions], Bench]


def make_bench(options: ReadOptions) -> Bench:
    """The bench with the packaged opener, and the local reader (loads its model at once) or a served model's.

    Raises:
        LexiconError: If the user's lexicon folder is wrong.
        ModelError: If the local model is missing, or the served one cannot be asked.
    """
    from communique.lexicon import Lexicon
    from communique.pages import open_document

    lexicon = Lexicon(options.lexicon)

    def open_source(source: Source) -> Document:
        content = source.path if source.data is None else source.data
        if content is None:
            raise DocumentNotFound("The source has neither a path nor bytes.")
        return open_document(
            content, uri=source.uri, published=options.published, lexicon=lexicon, declared=source.declared
        )

    return Bench(open=open_source, reader=_make_reader(options, lexicon), keeps_originals=options.keeps_originals)


def _make_reader(options: ReadOptions, lexicon: Lexicon) -> DocumentReader:
    if options.llm is not None:
        from communique.reading.llm import LlmReader

        return LlmReader(options.llm, lexicon=lexicon)
    from communique.reading import Reader

    return Reader(lexicon=lexicon)


def read_batch(bench: Bench, sources: Sequence[Source]) -> list[Outcome]:
    """Reads a few documents together; one that fails costs itself alone."""
    opened = [open_one(bench, source) for source in sources]
    readouts = iter(read_documents(bench, [document for document in opened if isinstance(document, Document)]))
    outcomes: list[Outcome] = []
    for source, document in zip(sources, opened, strict=True):
        if isinstance(document, Failure):
            outcomes.append(document)
            continue
        readout = next(readouts)
        if isinstance(readout, Failure):
            outcomes.append(readout)
        else:
            original = _bytes_of(source) if bench.keeps_originals else None
            outcomes.append(Success(uri=source.uri, document=document, readout=readout, original=original))
    return outcomes


def _bytes_of(source: Source) -> bytes | None:
    """The bytes behind a source; None when its file is gone by now."""
    if source.data is not None or source.path is None:
        return source.data
    try:
        return source.path.read_bytes()
    except OSError:
        return None


def open_one(bench: Bench, source: Source) -> Document | Failure:
    """Opens a document.

    Raises:
        LexiconError, ModelError: If no document could be opened.
    """
    try:
        return bench.open(source)
    except FATAL:
        raise
    except Exception as error:
        return Failure.of(source.uri, error)


def read_documents(bench: Bench, documents: list[Document]) -> list[Readout | Failure]:
    """Reads documents in one go; when that fails, each alone, to find the one that is to blame.

    Raises:
        LexiconError, ModelError: If no document could be read.
    """
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
