"""The plan of a batch: its input split into shards, the same ones for the same input."""

from __future__ import annotations

import glob
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.engine.batch.storage import open_system, reaching
from communique.errors import DocumentNotFound
from communique.sources import Failure
from communique.sources.records import printable
from communique.sources.sniffing import is_container_name, is_worth_opening

ARCHIVES = (".warc", ".warc.gz", ".wet", ".wet.gz")
# Documents of a shard: a minute or so of reading, so that little is lost with a machine and a run ends evenly.
SHARD_DOCUMENTS = 256
# Bytes of an archive in a shard: some 2,000 gzipped pages.
SHARD_BYTES = 64_000_000
# The first record is looked for in so many bytes; it describes the archive and is short.
_PROBE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A part of the input that is read, written and repeated as one.

    Attributes:
        number: Its place in the plan, from 0.
        documents: Paths or addresses of single documents; empty for a part of an archive.
        archive: Path or address of an archive of pages.
        start: Records of the archive that begin at this byte or after it …
        end: … and before this one; None for all that follow.
    """

    number: int
    documents: tuple[str, ...] = ()
    archive: str | None = None
    start: int = 0
    end: int | None = None

    @property
    def name(self) -> str:
        """The name of its files, without ending."""
        return f"{self.number:06d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardSize:
    """How large shards are: ``documents`` of a folder, ``bytes`` of an archive."""

    documents: int = SHARD_DOCUMENTS
    bytes: int = SHARD_BYTES


def plan_shards(inputs: Iterable[str], size: ShardSize) -> tuple[list[Shard], list[Failure]]:
    """Splits inputs into shards, in the order given, folders in the order of names.

    Args:
        inputs: Files, folders, patterns, archives (WARC, WET), as paths or as addresses that fsspec knows; other
            containers (zip, tar, tables) as paths.
        size: How large the shards are.

    Returns:
        The shards, and a Failure for each input behind which there is nothing.
    """
    shards: list[Shard] = []
    failures: list[Failure] = []
    waiting: list[str] = []

    def flush() -> None:
        if waiting:
            shards.append(Shard(number=len(shards), documents=tuple(waiting)))
            waiting.clear()

    for given in inputs:
        for found in _find(given):
            if isinstance(found, Failure):
                failures.append(found)
            elif not _is_text(found):
                complaint = "Its name is not in UTF-8, so no table could hold it. Give it another name."
                failures.append(Failure.of(printable(found), DocumentNotFound(complaint)))
            elif found.lower().endswith(ARCHIVES):
                flush()
                for start, end in _split_archive(found, size.bytes):
                    shards.append(Shard(number=len(shards), archive=found, start=start, end=end))
            elif is_container_name(found):  # a zip, a table: nobody knows how much is in it, so it is a shard by itself
                flush()
                shards.append(Shard(number=len(shards), documents=(found,)))
            else:
                waiting.append(found)
                if len(waiting) == size.documents:
                    flush()
    flush()
    return shards, failures


def _is_text(name: str) -> bool:
    """Whether a name can be written at all: those of some old archives are bytes in no encoding."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _find(given: str) -> Iterator[str | Failure]:
    """Documents and archives behind one input."""
    if "://" in given:
        found = _find_remote(given)
    elif Path(given).is_dir():
        found = _walk(given)
    elif Path(given).exists():
        found = iter([given])
    else:
        found = iter(sorted(path for path in glob.glob(given, recursive=True) if Path(path).is_file()))  # noqa: PTH207
    is_empty = True
    for one in found:
        is_empty = False
        yield one
    if is_empty:
        yield Failure.of(given, DocumentNotFound("There is no document or archive behind it. Check the spelling."))


def _walk(folder: str) -> Iterator[str]:
    """Files in a folder and the folders in it; links to folders are not followed, since they may lead in circles."""
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(top, name) for name in sorted(files) if _is_wanted(name))  # noqa: PTH118


def _find_remote(address: str) -> Iterator[str]:
    system, path = open_system(address)
    with reaching(address):
        if system.isfile(path):
            yield system.unstrip_protocol(path)
            return
        found = system.glob(path) if glob.has_magic(path) else system.find(path)
    for one in sorted(found):
        if _is_wanted(one.rpartition("/")[2]):
            yield system.unstrip_protocol(one)


def _is_wanted(name: str) -> bool:
    lower = name.lower()
    return not name.startswith(".") and (lower.endswith(ARCHIVES) or is_worth_opening(name, tables=False))


def _split_archive(address: str, size: int) -> list[tuple[int, int | None]]:
    """Ranges of an archive's bytes; one for all where records cannot be found from the middle."""
    system, path = open_system(address)
    with reaching(address):
        total = int(system.size(path) or 0)
        if not address.lower().endswith(".gz") or total <= size or not _has_gzipped_records(system, path):
            return [(0, None)]
    starts = range(0, total, size)
    return [(start, start + size if start + size < total else None) for start in starts]


def _has_gzipped_records(system: Any, path: str) -> bool:
    """Whether each record is gzipped alone, as crawlers do it: then the first one ends soon, and another follows."""
    probe: bytes = system.cat_file(path, start=0, end=_PROBE)
    inflater = zlib.decompressobj(wbits=31)
    try:
        inflater.decompress(probe)
    except zlib.error:
        return False
    return inflater.eof
