"""A small reader for tests: it finds one meeting in every text that says "A met B in PLACE", and knows how to fail."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.engine import Bench, ReadOptions, Source
from communique.errors import DocumentEmpty
from communique.lexicon import Lexicon
from communique.model import (
    Block,
    Document,
    DocumentHead,
    Engagement,
    Evidence,
    Participant,
    Person,
    Place,
    Readout,
    Side,
)

MEETING = re.compile(r"(?P<one>\w+ \w+) met (?P<other>\w+ \w+) in (?P<place>\w+)")


def open_document(
    source: str | Path | bytes,
    *,
    uri: str | None = None,
    published: dt.date | None = None,
    lexicon: Lexicon | None = None,
) -> Document:
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    text = data.decode()
    if not text.strip():
        raise DocumentEmpty("There is nothing in it.")
    if "CANNOT OPEN" in text:
        raise ZeroDivisionError("a defect in opening")
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        uri=uri or str(source),
        text=text,
        title=text.splitlines()[0],
        published=published,
        blocks=(Block(start=0, end=len(text), kind="body"),),
    )


class FakeReader:
    def __init__(self, *, lexicon: Lexicon | None = None) -> None:
        self.batches: list[int] = []

    def read(self, document: Document) -> Readout:
        if "CRASH" in document.text:
            raise KeyError("a defect in reading")
        if "SLOW" in document.text:
            time.sleep(0.3)
        if "HANG" in document.text:
            time.sleep(600)
        if "KILL" in document.text:
            os._exit(9)
        match = MEETING.search(document.text)
        if match is None:
            return Readout(document=DocumentHead.of(document))
        evidence = Evidence.at(document.text, *match.span())
        people = tuple(
            Person(id=f"p{n}", name=match[who], evidence=(Evidence.at(document.text, *match.span(who)),))
            for n, who in enumerate(("one", "other"), start=1)
        )
        sides = tuple(
            Side(
                participants=(Participant(ref=person.id, name=person.name, type="person", evidence=person.evidence[0]),)
            )
            for person in people
        )
        place = Place(text=match["place"], name=match["place"])
        engagement = Engagement(id="e1", kind="meeting", place=place, sides=sides, evidence=(evidence,))
        return Readout(reader="fake", document=DocumentHead.of(document), people=people, engagements=(engagement,))

    def read_many(self, documents: Iterable[Document], *, batch_size: int = 16) -> Iterator[Readout]:
        for document in documents:
            yield self.read(document)


def fake_bench(options: ReadOptions) -> Bench:
    def open_source(source: Source) -> Document:
        return open_document(source.path or source.data or b"", uri=source.uri, published=options.published)

    return Bench(open=open_source, reader=FakeReader())
