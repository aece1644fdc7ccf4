"""Choices: reports as the reader tells them, for what is learned about the circumstances of engagements.

The day and the place of an engagement are learned alike: the reader tells the reports, what it tells is paired with the
annotated engagements, and a forest learns which of the candidates is right. Forests that have not seen a part of the
reports (`training/parts.py`) give the figures, and are kept for those who hold back the same parts.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from communique import Reader
from communique.evaluation.claims import ClaimedEngagement, claims_of
from communique.evaluation.engagements import pair_engagements
from communique.reading.encoder import Encoder
from communique.reading.engagement_judge import EngagementJudge, Told
from communique.reading.forest import Forest, read_forest
from communique.reading.records import Record
from communique.reading.tellings import Narrative
from communique.reading.told_records import Chooser
from training import forests
from training.examples import prepared_reports
from training.gold_folders import LEARNED, ROOT, Report
from training.parts import OUTER, PARTS
from training.regression import macro

PARTED = ROOT / "build" / "choices"
TREES = {
    "max_iter": 150,
    "learning_rate": 0.06,
    "max_leaf_nodes": 31,
    "min_samples_leaf": 20,
    "l2_regularization": 3.0,
    "max_features": 0.3,
}
"""Settings of the forests; more trees, smaller and larger ones were no better."""


class OfPart(Protocol):
    """What is held back with a part of the reports."""

    @property
    def part(self) -> int:
        """Number of the part."""


Asked = TypeVar("Asked", bound=OfPart)


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """A report as the reader told it.

    Attributes:
        report: The report, with its annotation.
        told: What the reader tells.
        records: Its engagements, in the same order, with the days and places that the rules give.
        narrative: The report as it was followed.
        wanted: Position of an engagement → the annotated one that it is paired with.
    """

    report: Report
    told: Sequence[Told]
    records: Sequence[Record]
    narrative: Narrative
    wanted: Mapping[int, ClaimedEngagement]


class Watcher(Chooser):
    """Notes what is to be chosen from, and chooses nothing."""

    def __init__(self) -> None:
        self.seen: tuple[Sequence[Told], Sequence[Record], Narrative] | None = None

    def choose(self, told: Sequence[Told], records: Sequence[Record], narrative: Narrative) -> None:
        """Notes the arguments."""
        self.seen = told, records, narrative


def follow(reports: Sequence[Report], reader: Reader, encoders: Mapping[str, Encoder]) -> Iterator[Followed]:
    """The reports as the packaged judge of engagements tells them, with the rules' choices.

    The judge may have seen them: whether an engagement is told at all is not in question here.

    Args:
        reports: Annotated reports.
        reader: Reads them; its judges are replaced.
        encoders: Id of a report → the encoder whose opinion counts: one that has not seen it.
    """
    watcher = Watcher()
    reader.place_judge = watcher
    for report, prepared in prepared_reports(reports, reader):
        reader.engagement_judge = EngagementJudge(encoder=encoders[report.document.id])
        claims = claims_of(reader.read_prepared(prepared).to_dict(), origin="readout")
        assert watcher.seen is not None
        told, records, narrative = watcher.seen
        gold = report.gold.claims
        pairs = pair_engagements(gold, claims)
        yield Followed(report, told, records, narrative, {j: gold.engagements[i] for i, j in pairs.items()})


def options(description: str) -> argparse.Namespace:
    """The command line of a training: folders, where the weights and those of parts go, and where the encoders are."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--output", type=Path, default=LEARNED)
    parser.add_argument("--encoders", type=Path, default=PARTS, help="where `train_encoder` keeps those of parts")
    parser.add_argument("--parts", type=Path, default=PARTED, help="keep the forests of parts here")
    return parser.parse_args()


def held_back(
    asked: Sequence[Asked], fit: Callable[[Sequence[Asked]], Forest], name: str, folder: Path
) -> Iterator[tuple[Forest, list[Asked]]]:
    """For each part a forest that has not seen it, and what is asked of it; the forest is kept.

    Args:
        asked: Everything that is learned from.
        fit: Learns.
        name: Of the choice, such as "places".
        folder: Where the forests of parts are kept.
    """
    for part in range(OUTER):
        forest = fit([question for question in asked if question.part != part])
        forests.save(forest, folder / f"{name}-{part}.npz")
        yield forest, [question for question in asked if question.part == part]


def part_forests(name: str, folder: Path) -> list[Forest]:
    """The forests of a choice that have not seen a part, in order; none before they are trained.

    Args:
        name: Of the choice, such as "places".
        folder: Where they are kept.
    """
    paths = [folder / f"{name}-{part}.npz" for part in range(OUTER)]
    if not all(path.exists() for path in paths):
        return []
    found = []
    for path in paths:
        with path.open("rb") as stream:
            found.append(read_forest(stream))
    return found


def show_shares(shares: Iterable[tuple[str, bool, bool]]) -> None:
    """Prints the share that is right in each folder, by the rules and as chosen, and the means.

    Args:
        shares: Folder, whether the rules are right, whether the choice is; one for each annotated engagement.
    """
    folders: dict[str, list[tuple[bool, bool]]] = {}
    for folder, ruled, chosen in shares:
        folders.setdefault(Path(folder).name, []).append((ruled, chosen))
    rows = [(name, len(right), *map(macro, zip(*right, strict=True))) for name, right in sorted(folders.items())]
    print(f"{'':8}{'asked':>8}{'rules':>8}{'chosen':>8}")
    for name, size, ruled, chosen in rows:
        print(f"{name:8}{size:8}{ruled:8.3f}{chosen:8.3f}")
    print(f"{'mean':8}{'':8}{macro(row[2] for row in rows):8.3f}{macro(row[3] for row in rows):8.3f}")
