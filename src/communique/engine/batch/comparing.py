"""Between the passes: all documents of a batch are compared, and every shard is told what is a copy, what a template.

This is the one step that knows of all shards. It needs their fingerprints alone, and what it finds does not depend on
the order in which they come, so it may be repeated like any other.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from communique.engine.batch.frames import read_frames
from communique.engine.batch.opened import Findings, Impression, Original
from communique.engine.batch.plan import Shard
from communique.engine.batch.sifting import findings_name, impressions_name
from communique.engine.batch.site_lines import SiteLines
from communique.engine.batch.storage import Store
from communique.engine.copies import CopyEntry, CopyIndex

# Written when every shard has been told.
COMPARED = "compared.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What came of the comparison.

    Attributes:
        documents: How many were compared.
        copies: How many of them need not be read.
        seconds: How long it took.
    """

    documents: int
    copies: int
    seconds: float


def load_compared(store: Store) -> Compared | None:
    """What came of it; None when it is still to be done."""
    content = store.read(COMPARED)
    try:
        return None if content is None else msgspec.json.decode(content, type=Compared)
    except msgspec.MsgspecError:
        return None


def compare_shards(store: Store, shards: Sequence[Shard]) -> Compared:
    """Compares the documents of all shards and writes, for each of them, what was found."""
    began = time.perf_counter()
    documents = 0
    with tempfile.TemporaryDirectory() as folder, CopyIndex(Path(folder, "copies.sqlite")) as index:
        for shard in shards:
            entries = [
                CopyEntry(id=_name(shard, found), text=found.fingerprint, published=found.published)
                for found in _impressions(store, shard)
            ]
            documents += len(entries)
            index.add_many(entries)
        originals: dict[int, list[Original]] = defaultdict(list)
        for repeat in index.repeats():
            _, _, place, number = _parts(repeat.id)
            document, uri, _, _ = _parts(repeat.first)
            originals[place].append(Original(number=number, uri=uri, document=document, share=repeat.share))
        with SiteLines(Path(folder, "lines.sqlite")) as lines:
            for shard in shards:
                lines.add_many((found, index.group_of(name)) for name, found in _named(store, shard))
            for shard in shards:
                found = Findings(
                    originals=tuple(sorted(originals[shard.number], key=lambda original: original.number)),
                    template=tuple(lines.find(_impressions(store, shard))),
                )
                store.write(findings_name(shard), msgspec.json.encode(found))
    copies = sum(len(found) for found in originals.values())
    compared = Compared(documents=documents, copies=copies, seconds=round(time.perf_counter() - began, 3))
    store.write(COMPARED, msgspec.json.encode(compared))
    return compared


def _impressions(store: Store, shard: Shard) -> Iterator[Impression]:
    with store.open(impressions_name(shard)) as file:
        yield from read_frames(file, Impression)


def _named(store: Store, shard: Shard) -> Iterator[tuple[str, Impression]]:
    return ((_name(shard, found), found) for found in _impressions(store, shard))


def _name(shard: Shard, found: Impression) -> str:
    """A name such that of equal documents the one with the smallest digest and address is the first, in any order."""
    return f"{found.document} {found.uri} {shard.number:06d} {found.number:09d}"


def _parts(name: str) -> tuple[str, str, int, int]:
    """Digest, address, shard and number in the shard; an address may have spaces in it."""
    document, _, rest = name.partition(" ")
    uri, shard, number = rest.rsplit(" ", 2)
    return document, uri, int(shard), int(number)
