"""Loads gold: annotated reports in a folder.

``NAME.json`` annotates ``NAME.txt``; where the JSON has a key "file" (or "seed"), that is the report's name instead.
Reports lie beside the annotations or in a folder ``reports`` beside theirs. They may be missing: scoring given readouts
needs the annotations only.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from communique.errors import GoldError
from communique.evaluation.claims import Claims, claims_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One annotated report.

    Attributes:
        name: File name of the report, by which a readout is found.
        text_path: Where the report lies; it need not exist.
        claims: What the annotation says.
    """

    name: str
    text_path: Path
    claims: Claims


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """A folder of annotated reports.

    Attributes:
        name: The folder's name.
        documents: In the order of the file names.
        checksum: SHA-256 over the annotations (names and bytes), hexadecimal: other gold, other figures.
    """

    name: str
    documents: tuple[GoldDocument, ...]
    checksum: str


def load_gold(folder: Path) -> GoldSet:
    """Loads the annotations of a folder.

    Raises:
        GoldError: If the folder is missing or has no annotations, or one is wrong; the message names the file.
    """
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not paths:
        raise GoldError(f"{str(folder)!r} holds no gold. Give a folder with NAME.txt and NAME.json pairs in it.")
    digest = hashlib.sha256()
    documents: dict[str, GoldDocument] = {}
    for path in paths:
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content + b"\0")
        document = _read_annotation(path, content)
        documents[document.name] = document
    return GoldSet(name=folder.resolve().name, documents=tuple(documents.values()), checksum=digest.hexdigest())


def load_folds(folder: Path) -> list[GoldSet]:
    """Loads every sub-folder that holds annotations, in the order of their names.

    Raises:
        GoldError: If there is none, or an annotation is wrong.
    """
    folds = sorted({path.parent for path in folder.glob("*/*.json")})
    if not folds:
        raise GoldError(f"{str(folder)!r} holds no folders with gold. Without --folds, give one folder of gold.")
    return [load_gold(fold) for fold in folds]


def _read_annotation(path: Path, content: bytes) -> GoldDocument:
    try:
        plain = json.loads(content)
        name = plain.get("file") or plain.get("seed") or f"{path.stem}.txt"
        plain["people"], plain["engagements"]  # an annotation without these two is something else
        claims = claims_of(plain, origin="gold")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(
            f"Gold file {str(path)!r} is wrong ({type(error).__name__}: {error}). docs/evaluation.md has the format."
        ) from error
    places = (path.parent / name, path.parent.parent / "reports" / name)
    return GoldDocument(name=name, text_path=next((p for p in places if p.exists()), places[0]), claims=claims)
