"""Trains the judge of places: where an engagement took place, of all that comes into question.

    python -m training.train_places [FOLDER …]

Folders are gold folders, as for `train_engagements`, whose weights are needed, as are the encoders of parts. Figures
are held back: each part of the reports is chosen for by a forest that has not seen it. These forests are kept, for
`train_engagements` to write readouts of reports that nothing has seen. Deterministic: same gold, same models.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Two threads of the trainer wait for each other longer than they work on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from communique import Reader
from communique.evaluation.claims import ClaimedEngagement
from communique.reading.forest import Forest
from communique.reading.place_candidates import Candidate, candidates
from communique.reading.place_judge import PlaceJudge
from communique.reading.place_values import place_values
from communique.reading.records import Record
from training import forests
from training.alignment import is_at
from training.choices import TREES, Followed, follow, held_back, options, show_shares
from training.gold_folders import default_folders, load_reports
from training.parts import part_encoders, part_of

UNTOLD = 3
"""Of engagements whose place the annotation does not tell, one in so many teaches that none is to be named.

It may be told nowhere, or be thought trivial: with all of them, places that are told get lost.
"""

CAUTION = 1.0
"""How much likelier than none a place must be, in odds, where the rules name none.

Held back, two in five engagements without an annotated place get one then, mostly a capital that nobody has named;
without caution it is three in five, and places that are told are found 0.004 more often.
"""

NOWHERE = -99.0
"""Stands for every number of "no place"."""


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


def questions(followed: Followed, judge: PlaceJudge, part: int) -> Iterator[Asked]:
    """The questions of a report: the engagements that are paired; calls have no candidates."""
    if not followed.told:
        return
    story = judge.story(followed.told, followed.records, followed.narrative)
    for number, wanted in sorted(followed.wanted.items()):
        record = followed.records[number]
        found = candidates(story, number) if record.kind != "call" else []
        answers = [int(is_at(candidate.place, wanted)) for candidate in found]
        yield Asked(followed.report.folder, part, wanted, record, found, place_values(story, number, found), answers)


def fit(asked: Sequence[Asked]) -> Forest:
    """Learns which candidate is right, and how likely one must be to be named where the rules name none."""
    with_some = [question for question in asked if question.found]
    told = [question for question in with_some if question.wanted.places]
    untold = [question for question in with_some if not question.wanted.places][::UNTOLD]
    nowhere = [NOWHERE] * len(with_some[0].values[0])
    forest = forests.fit_choice(
        [[*question.values, nowhere] for question in (*told, *untold)],
        [[*question.answers, int(not question.wanted.places)] for question in (*told, *untold)],
        **TREES,
    )
    return forests.with_cut(forest, float(forest.odds(np.array([nowhere]))[0]) + CAUTION)


def is_chosen(question: Asked, judge: PlaceJudge) -> bool:
    """Whether the judge chooses the annotated place."""
    if not question.found:
        return is_at(question.record.place, question.wanted)
    odds = judge.forest.odds(np.array(question.values, dtype=float))
    return is_at(judge.chosen(question.found, odds, question.record), question.wanted)


def main() -> None:
    """Trains, prints the held-back table, and writes the models."""
    arguments = options(__doc__.splitlines()[0])
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
    for forest, held in held_back(asked, fit, "places", arguments.parts):
        judge = PlaceJudge(reader.lexicon, reader.circumstances, forest)
        shares += [(q.folder, is_at(q.record.place, q.wanted), is_chosen(q, judge)) for q in held if q.wanted.places]
    show_shares(shares)
    forests.save(fit(asked), arguments.output / "places.npz")


if __name__ == "__main__":
    main()
