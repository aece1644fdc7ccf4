"""Scores readouts against gold.

Matching, in one paragraph: one found person stands for one gold person; posts are compared on matched people;
engagements are paired one to one by participants and passage, and kind, status, date, place and topics are compared on
the pairs, participants over all engagements; commitments and statements are paired by their passages. What the gold
marks as optional costs nothing when it is missed. docs/evaluation.md has the rules in full.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import ReadoutError
from communique.evaluation.claims import Claims, claims_of
from communique.evaluation.engagements import score_engagements
from communique.evaluation.figures import DocumentScore, Scores
from communique.evaluation.gold import GoldDocument, GoldSet
from communique.evaluation.passages import score_commitments, score_statements
from communique.evaluation.people import score_people
from communique.model import Readout


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """The claims of one readout, and the address and digest of the document that they are about."""

    uri: str
    claims: Claims
    id: str = ""

    @property
    def parts(self) -> list[str]:
        """The address, split at slashes; the last part is the file name."""
        return self.uri.rstrip("/").split("/")

    @property
    def key(self) -> tuple[str, str]:
        """What it shares with other readouts of the same document, wherever that lay."""
        return self.id, self.parts[-1]

    @classmethod
    def of(cls, readout: Readout) -> FoundDocument:
        """Takes over a readout."""
        return cls.from_plain(readout.to_dict())

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> FoundDocument:
        """Takes over a readout's JSON object; KeyError, TypeError or AttributeError where it is none."""
        document = plain["document"]
        return cls(document["uri"], claims_of(plain, origin="readout"), document.get("id") or "")


def load_readouts(path: Path) -> list[FoundDocument]:
    """Loads a file with one readout a line, as ``communique read --format jsonl`` writes it.

    Raises:
        ReadoutError: If the file cannot be read or a line is no readout; the message names the line.
    """
    found = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    found.append(_read_line(line, f"{path}, line {number}"))
    except (OSError, UnicodeDecodeError) as error:
        raise ReadoutError(f"Readouts {str(path)!r} cannot be read: {error}.") from error
    return found


def score_set(gold: GoldSet, found: Iterable[FoundDocument]) -> Scores:
    """Scores the documents of a gold set; found documents that it does not have are passed over.

    Args:
        gold: What should be found.
        found: What was found; see ``by_report``.
    """
    return Scores.over(score_document(entry.name, entry.claims, claims) for entry, claims in by_report(gold, found))


def score_folds(folds: Iterable[GoldSet], found: Iterable[FoundDocument]) -> dict[str, Scores]:
    """Scores every fold alone: a found document belongs to the fold that its folder is named after."""
    folds = list(folds)
    shares = share_out(folds, found)
    return {fold.name: score_set(fold, share) for fold, share in zip(folds, shares, strict=True)}


def share_out(folds: Iterable[GoldSet], found: Iterable[FoundDocument]) -> list[list[FoundDocument]]:
    """The found documents of each fold: those whose folder it is named after."""
    by_folder: dict[str, list[FoundDocument]] = {}
    for document in found:
        by_folder.setdefault("".join(document.parts[-2:-1]), []).append(document)
    return [by_folder.get(fold.name, []) for fold in folds]


def by_report(gold: GoldSet, found: Iterable[FoundDocument]) -> Iterator[tuple[GoldDocument, Claims | None]]:
    """Each report of a gold set with what was found in it; None where there is no readout.

    The file name pairs them; of two readouts with one name the later counts.
    """
    by_name = {document.parts[-1]: document.claims for document in found}
    yield from ((entry, by_name.get(entry.name)) for entry in gold.documents)


def score_document(name: str, gold: Claims, found: Claims | None) -> DocumentScore:
    """Scores one document; None means that there is no readout of it."""
    score = DocumentScore(name, is_missing=found is None)
    for score_part in (score_people, score_engagements, score_commitments, score_statements):
        score_part(gold, found or Claims(), score)
    return score


def _read_line(line: str, where: str) -> FoundDocument:
    try:
        return FoundDocument.from_plain(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadoutError(
            f"{where} is not a readout ({type(error).__name__}: {error}). "
            "Write the file with: communique read … --format jsonl --output FILE"
        ) from error
