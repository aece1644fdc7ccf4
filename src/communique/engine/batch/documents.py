"""The documents of a shard, one after the other, from any one on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from communique.engine.batch.plan import Shard
from communique.engine.batch.records import pages_of
from communique.engine.batch.storage import open_system
from communique.errors import DocumentNotFound
from communique.pages.opening import MAX_BYTES
from communique.sources import Failure, Source, expand
from communique.sources.sniffing import is_container_name


def documents_of(shard: Shard, first: int = 0, base: str = "") -> Iterator[Source | Failure]:
    """Documents of a shard in order, with their bytes.

    Args:
        shard: The shard.
        first: So many of them are passed over.
        base: The folder in which relative paths begin; a worker on a cluster may have been started in any.

    Yields:
        A Source with bytes; a path besides them where it is a file on this machine. A Failure where there are none.
    """
    if shard.archive is None:
        if any(is_container_name(address) and "://" not in address for address in shard.documents):
            entries = (entry for address in shard.documents for entry in _expand(address, base))
            yield from islice(entries, first, None)
            return
        yield from (_fetch(address, base) for address in shard.documents[first:])
        return
    archive = shard.archive if "://" in shard.archive else str(Path(base, shard.archive))
    for record in islice(pages_of(archive, shard.start, shard.end), first, None):
        if record.error is not None:
            yield Failure.of(record.uri, record.error)
        else:
            yield Source(uri=record.uri, data=record.content, declared=record.declared)


def _expand(address: str, base: str) -> Iterator[Source | Failure]:
    """What is in a container, called by the path as it was given, not by the one on this machine."""
    path = str(Path(base, address))
    for entry in expand([path]):
        if isinstance(entry, Source) and entry.data is None:
            yield _fetch(address, base)
        else:
            yield replace(entry, uri=entry.uri.replace(path, address, 1))


def _fetch(address: str, base: str) -> Source | Failure:
    """Reads a document, or the little more of it than is allowed that tells that it is too large."""
    try:
        if "://" in address:
            system, path = open_system(address)
            return Source(uri=address, data=_cat(system, path))
        with Path(base, address).open("rb") as file:
            source = Source.at(address)
            return Source(uri=source.uri, path=source.path, data=file.read(MAX_BYTES + 1))
    except OSError as error:
        complaint = f"{address}: cannot be read: {error.strerror or error}. Check that it is still there."
        return Failure.of(Source.at(address).uri, DocumentNotFound(complaint))


def _cat(system: Any, path: str) -> bytes:
    try:
        content: bytes = system.cat_file(path, start=0, end=MAX_BYTES + 1)
    except OSError:
        if system.size(path) == 0:  # of an empty object no range can be asked for
            return b""
        raise
    return content
