"""Trains the judge of days and writes ``src/communique/reading/learned/days.npz``.

    python -m training.train_days [FOLDER …]

Learned from annotated engagements that the report tells, with the tellings and the people of the annotation: which of
the days on offer is the annotated one. Figures are held back: each part of the folders is judged by trees that did not
see it, and the opinions of the encoder are of one that did not see the report either (`train_encoder` comes first;
`train_engagements` too, which says what tells an engagement best). The cut is not used: the likeliest day is taken.
Deterministic: same gold, same trees.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Two threads of the trainer wait for each other longer than they work on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from communique import Reader
from communique.reading.day_candidates import Candidate, Day, day_of
from communique.reading.day_judge import DayJudge, likeliest
from communique.reading.engagement_judge import EngagementJudge, Told
from communique.reading.forest import Forest
from communique.reading.told_records import told_record
from training import forests
from training.alignment import took_part
from training.choices import TREES, held_back, options
from training.examples import Example, collect
from training.gold_folders import default_folders, load_reports
from training.parts import part_encoders, part_of
from training.regression import macro


@dataclass(frozen=True, slots=True)
class Choice:
    """An annotated engagement: its folder and part, the annotated day, that of the rules, and the days on offer."""

    folder: str
    part: int
    wanted: Day
    rule: Day
    offered: list[Candidate]


def choices(example: Example, part: int, judge: DayJudge) -> list[Choice]:
    """What is to be chosen in a report: an answer for each annotated engagement that it tells.

    Args:
        example: The report as it was followed.
        part: The part that is held back together with it.
        judge: Offers the days.
    """
    narrative, gold = example.narrative, example.gold.claims.engagements
    groups: dict[int, list[int]] = {}
    for number, which in enumerate(example.told):
        if which is not None:
            groups.setdefault(which, []).append(number)
    if not groups:
        return []
    told = [
        Told(
            [narrative.tellings[number] for number in numbers],
            {},
            [key for key in narrative.cast.members if took_part(narrative, key, gold[which])],
            1.0,
            1.0,
        )
        for which, numbers in groups.items()
    ]
    records = [told_record(one, narrative) for one in told]
    offers = judge.candidates(told, records, narrative)
    folder = Path(example.folder).name
    return [
        Choice(folder, part, gold[which].date, day_of(record.date), offered)
        for which, record, offered in zip(groups, records, offers, strict=True)
    ]


def fit(learned: Sequence[Choice]) -> Forest:
    """Learns which of the days on offer is the annotated one."""
    rows = [[candidate.values for candidate in choice.offered] for choice in learned]
    right = [[int(candidate.day == choice.wanted) for candidate in choice.offered] for choice in learned]
    return forests.fit_choice(rows, right, **TREES)


def chosen(choice: Choice, forest: Forest) -> Day:
    """The likeliest day."""
    odds = forest.odds(np.array([candidate.values for candidate in choice.offered], dtype=float))
    return likeliest(choice.offered, odds).day


def show_held_back(given: Sequence[Choice], folder: Path) -> None:
    """Prints for each folder how often the rules, the judge, and the best choice on offer are right.

    Args:
        given: All annotated engagements.
        folder: Where the trees that have not seen a part are kept, for those who hold back the same parts.
    """
    table: dict[str, list[tuple[bool, bool, bool]]] = {}
    for forest, held in held_back(given, fit, "days", folder):
        for choice in held:
            days = {candidate.day for candidate in choice.offered}
            answers = choice.rule, chosen(choice, forest)
            right = (*(answer == choice.wanted for answer in answers), choice.wanted in days)
            table.setdefault(choice.folder, []).append(right)
    print(f"{'folder':8}{'told':>6}{'rules':>8}{'judge':>8}{'offered':>9}")
    for name in sorted(table):
        shares = np.mean(np.array(table[name], dtype=float), axis=0)
        print(f"{name:8}{len(table[name]):6}{shares[0]:8.3f}{shares[1]:8.3f}{shares[2]:9.3f}")
    means = [macro(float(np.mean([row[k] for row in rows])) for rows in table.values()) for k in range(3)]
    print(f"{'mean':14}{means[0]:8.3f}{means[1]:8.3f}{means[2]:9.3f}")


def main() -> None:
    """Trains, prints the held-back table, and writes the trees."""
    arguments = options("Train the judge of days.")
    reader = Reader()
    reports = load_reports(arguments.folders or default_folders(), reader)
    parts, of_parts = part_of(reports), part_encoders(arguments.encoders)
    examples = collect(reports, reader, {report: of_parts[part] for report, part in parts.items()})
    judge, weigh = DayJudge(reader.circumstances.occasions), EngagementJudge()
    given = []
    for example in examples:
        if example.narrative.tellings:
            weigh.weigh_participants(example.narrative)
            weigh.weigh_tellings(example.narrative)
            given += choices(example, parts[example.document.id], judge)
    print(f"{len(given)} engagements, {sum(len(choice.offered) for choice in given)} days on offer")
    show_held_back(given, arguments.parts)
    forests.save(fit(given), arguments.output / "days.npz")


if __name__ == "__main__":
    main()
