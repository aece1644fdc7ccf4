"""Turns readouts of a served model into gold for training: reports with annotations, and where each comes from.

What comes out is of the annotators' format and passes their checks, but nobody has looked at it: a folder of it can
teach the local reader, it cannot judge any.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from communique.engine import Failure, expand
from communique.errors import DocumentError, EvidenceError, ReadoutError
from communique.evaluation.annotating import annotate, article_of
from communique.evaluation.annotation import check_annotation
from communique.model import Readout
from communique.pages import open_document

# Not *.json, which would be taken for an annotation.
PROVENANCE = "provenance.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What became of one readout.

    Attributes:
        readout: The readout.
        text: The report's text; empty when it was left out.
        annotation: Its annotation; None when it was left out.
        reason: Why it was left out; empty when it was taken.
    """

    readout: Readout
    text: str = ""
    annotation: Mapping[str, Any] | None = None
    reason: str = ""


def open_readouts(path: Path) -> Iterator[Readout]:
    """Reads a file with one readout a line.

    Raises:
        ReadoutError: If the file cannot be read or a line is no readout; the message names the line.
    """
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _read_line(line, f"{path}, line {number}")
    except OSError as error:
        raise ReadoutError(f"Readouts {str(path)!r} cannot be read: {error}.") from error


def _read_line(line: bytes, where: str) -> Readout:
    try:
        return Readout.from_json(line)
    except (msgspec.DecodeError, EvidenceError) as error:
        raise ReadoutError(
            f"{where} is not a readout ({error}). Write the file with: communique read … --format jsonl"
        ) from error


def find_documents(sources: Iterable[str | Path]) -> dict[str, Path]:
    """The files behind sources by the digest of their bytes, which is a document's id.

    Raises:
        DocumentError: If there is nothing behind a source.
    """
    found = {}
    for source in expand(sources):
        if isinstance(source, Failure):
            raise DocumentError(f"{source.uri}: {source.message}")
        if source.path is not None:
            found[hashlib.sha256(source.path.read_bytes()).hexdigest()] = source.path
    return found


def distil(readouts: Iterable[Readout], documents: Mapping[str, Path], *, most_dropped: float) -> Iterator[Lesson]:
    """Makes an annotation of each readout that may be learned from.

    Args:
        readouts: Readouts of a served model.
        documents: Digest → file, for the texts.
        most_dropped: Largest share of what the model gave that may have been dropped. One that invents much in a
            document has not understood it, and what it did not invent is hardly better.
    """
    seen: set[str] = set()
    for readout in readouts:
        reason = _objection(readout, most_dropped)
        if not reason and readout.document.id in seen:
            reason = "the same document was taken before"
        if reason:
            yield Lesson(readout=readout, reason=reason)
            continue
        lesson = _make_lesson(readout, documents)
        if not lesson.reason:
            seen.add(readout.document.id)
        yield lesson


def _objection(readout: Readout, most_dropped: float) -> str:
    if not readout.reader.startswith("llm/"):
        return f"read by {readout.reader or 'an unknown reader'}, which would be taught its own mistakes"
    dropped = sum(entry.count for entry in readout.dropped)
    kept = sum(1 for _ in _facts(readout))
    share = dropped / max(1, dropped + kept)
    return f"{share:.0%} of what the model gave was dropped" if share > most_dropped else ""


def _facts(readout: Readout) -> Iterator[object]:
    """The facts of a readout, of the kinds that a model gives and that are counted when they are dropped."""
    for person in readout.people:
        yield from (person, *person.roles)
    yield from readout.organizations
    for engagement in readout.engagements:
        yield engagement
        for side in engagement.sides:
            yield from side.participants
    yield from readout.commitments
    yield from readout.statements


def _make_lesson(readout: Readout, documents: Mapping[str, Path]) -> Lesson:
    path = documents.get(readout.document.id)
    if path is None:
        return Lesson(readout=readout, reason="its document is not among those given")
    try:
        document = open_document(path)
        readout.check(document.text)
    except Exception as error:  # one document must not end the run
        return Lesson(readout=readout, reason=f"its document cannot be used: {error}")
    text, annotation = article_of(document), annotate(readout)
    problems = check_annotation(annotation, text)
    if problems:
        return Lesson(readout=readout, reason=f"its annotation would be wrong: {problems[0]}")
    return Lesson(readout=readout, text=text, annotation=annotation)


def write_lessons(lessons: Iterable[Lesson], folder: Path) -> tuple[int, list[Lesson]]:
    """Writes the reports ``01.txt``, ``02.txt`` … with their annotations, and a line of provenance for every readout.

    Args:
        lessons: What ``distil`` gave.
        folder: Where to; it is made.

    Returns:
        How many were written, and those that were left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken, left = 0, []
    with (folder / PROVENANCE).open("w", encoding="utf-8") as provenance:
        for lesson in lessons:
            name = None
            if lesson.annotation is None:
                left.append(lesson)
            else:
                taken += 1
                name = f"{taken:02}"
                (folder / f"{name}.txt").write_text(lesson.text, "utf-8", newline="")
                plain = json.dumps({"id": name, **lesson.annotation}, ensure_ascii=False, indent=1)
                (folder / f"{name}.json").write_text(plain + "\n", "utf-8")
            provenance.write(json.dumps(_provenance(lesson, name), ensure_ascii=False) + "\n")
    return taken, left


def _provenance(lesson: Lesson, name: str | None) -> dict[str, Any]:
    document = lesson.readout.document
    return {
        "file": f"{name}.txt" if name else None,
        "document": document.id,
        "uri": document.uri,
        "reader": lesson.readout.reader,
        "dropped": {entry.kind: entry.count for entry in lesson.readout.dropped},
        "left_out": lesson.reason or None,
        "checked_by_people": False,
    }
