"""Which gold the learned parts are trained on, its reports, and where the weights are written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from communique import Reader
from communique.evaluation.gold import GoldDocument, load_gold
from communique.model import Document
from communique.pages import open_document

ROOT = Path(__file__).resolve().parents[1]
LEARNED = ROOT / "src" / "communique" / "reading" / "learned"
# Further gold folders, parted as in PATH: distilled ones, for instance (docs/llm.md).
EXTRA_VARIABLE = "COMMUNIQUE_EXTRA_GOLD"
# Gold with more engagements in a report than news has: it shows who met whom apart, but not what is worth telling.
CROWDED = ("m",)
# Gold that nothing is learned from, and no rule made after: it says how good the reader is on new reports.
UNSEEN = ("r",)


def default_folders() -> list[Path]:
    """Our own gold and, when they are there, the shared one's development folders, by name; then the extra ones.

    What is unseen is not among them.
    """
    shared = Path(os.environ.get("COMMUNIQUE_SHARED", ROOT.parent / "shared")) / "gold" / "dev"
    bases = [base for base in (ROOT / "data" / "gold", shared) if base.is_dir()]
    # Stories lie beside the reports, one folder deeper: they are gold for the register.
    given = {path.parent for base in bases for path in base.glob("*/*.json") if path.parent.name not in UNSEEN}
    extra = [Path(name) for name in os.environ.get(EXTRA_VARIABLE, "").split(os.pathsep) if name]
    return [*sorted(given, key=lambda folder: folder.name), *extra]


@dataclass(frozen=True, slots=True)
class Report:
    """An annotated report: its folder, its document and its annotation."""

    folder: str
    document: Document
    gold: GoldDocument


def load_reports(folders: Sequence[Path], reader: Reader) -> list[Report]:
    """All reports of the folders, in order."""
    return [
        Report(str(folder), open_document(gold.text_path, lexicon=reader.lexicon), gold)
        for folder in folders
        for gold in load_gold(folder).documents
    ]
