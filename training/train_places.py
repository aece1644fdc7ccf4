"""Trains the judge of places: where an engagement took place, of all that comes into question.

    python -m training.train_places [FOLDER …]

Folders are gold folders, as for `train_engagements`, whose weights are needed, as are the encoders of parts. Figures
are held back: each part of the reports is chosen for by a forest that has not seen it. These forests are kept, for
`train_engagements` to write readouts of reports that nothing has seen. Deterministic: same gold, same models.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# Two threads of the trainer wait for each other longer than they work on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from communique import Reader
from communique.evaluation.claims import ClaimedEngagement
from communique.evaluation.names import is_same_party
from communique.model import Place
from communique.reading.forest import Forest
from communique.reading.place_candidates import Candidate, candidates
from communique.reading.place_judge import PlaceJudge
from communique.reading.place_values import place_values
from communique.reading.records import Record
from training import forests
from training.choices import PARTED, TREES, Followed, follow, show_shares
from training.gold_folders import LEARNED, default_folders, load_reports
from training.parts import OUTER, PARTS, part_encoders, part_of

CUT = 0.2
"""Chance from which a place is named where the rules name none; below it most are capitals that nobody has named."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """An engagement whose place is asked for.

    Attributes:
        folder: The folder of gold.
        part: The part that is held back together.
        wanted: The annotated engagement.
        record: The engagement as the rules have placed it.
        found: The candidates.
        values: Their numbers.
        answers: 1 for those that are right.
    """

    folder: str
    part: int
    wanted: ClaimedEngagement
    record: Record
    found: Sequence[Candidate]
    values: Sequence[Sequence[float]]
    answers: Sequence[int]


def is_right(place: Place | None, wanted: ClaimedEngagement) -> bool:
    """Whether a place is the annotated one, by its name or in the words of the report."""
    names = () if place is None else (place.name, place.text)
    return any(is_same_party(one, name) for one in wanted.places for name in names)


def questions(followed: Followed, judge: PlaceJudge, part: int) -> Iterator[Asked]:
    """The questions of a report: the engagements that are paired and have a place, calls left out.

    Engagements whose place the annotation does not tell teach nothing: it may be told nowhere, or be thought trivial.
    """
    if not followed.told:
        return
    story = judge.story(followed.told, followed.records, followed.narrative)
    for number, wanted in sorted(followed.wanted.items()):
        if not wanted.places:
            continue
        record = followed.records[number]
        found = candidates(story, number) if record.kind != "call" else []
        answers = [int(is_right(candidate.place, wanted)) for candidate in found]
        yield Asked(followed.report.folder, part, wanted, record, found, place_values(story, number, found), answers)


def fit(asked: Sequence[Asked]) -> Forest:
    """Learns which candidate is right."""
    values = [row for question in asked for row in question.values]
    answers = [answer for question in asked for answer in question.answers]
    return forests.with_cut(forests.fit(values, answers, **TREES), CUT)


def is_chosen(question: Asked, judge: PlaceJudge) -> bool:
    """Whether the judge chooses the annotated place."""
    if not question.found:
        return is_right(question.record.place, question.wanted)
    return is_right(judge.chosen(question.found, question.values, question.record), question.wanted)


def main() -> None:
    """Trains, prints the held-back table, and writes the models."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--output", type=Path, default=LEARNED)
    parser.add_argument("--encoders", type=Path, default=PARTS, help="where `train_encoder` keeps those of parts")
    parser.add_argument("--parts", type=Path, default=PARTED, help="keep the forests of parts here")
    arguments = parser.parse_args()
    reader = Reader()
    reports = load_reports(arguments.folders or default_folders(), reader)
    parts, encoders = part_of(reports), part_encoders(arguments.encoders)
    judge = PlaceJudge(reader.lexicon, reader.circumstances)
    unseen = {report: encoders[part] for report, part in parts.items()}
    asked = [
        question
        for followed in follow(reports, reader, unseen)
        for question in questions(followed, judge, parts[followed.report.document.id])
    ]
    shares = []
    for part in range(OUTER):
        forest = fit([question for question in asked if question.part != part])
        forests.save(forest, arguments.parts / f"places-{part}.npz")
        judge = PlaceJudge(reader.lexicon, reader.circumstances, forest)
        held = [question for question in asked if question.part == part]
        shares += [(q.folder, is_right(q.record.place, q.wanted), is_chosen(q, judge)) for q in held]
    show_shares(shares)
    forests.save(fit(asked), arguments.output / "places.npz")


if __name__ == "__main__":
    main()
