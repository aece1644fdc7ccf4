"""Trains the judge of engagements: who took part, what is told, and what is told twice.

    python -m training.train_engagements [FOLDER …]

Folders are gold folders; by default those under `data/gold` and, where it lies beside the repository, the shared gold's
`dev`. Figures are held back: the folders are dealt into parts, and each part is read by models that never saw it, whose
cuts were chosen on the other parts as well. Within the others, each question is learned from answers to the one before
by models that did not see the report in question; opinions of the encoder are of one that did not see it either
(`train_encoder` comes first). Deterministic: same gold, same models.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

# Two threads of the trainer wait for each other longer than they work on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from communique import Reader
from communique.evaluation.claims import ClaimedEngagement, ClaimedPassages, Claims, claims_of
from communique.evaluation.engagements import pair_engagements, score_engagements
from communique.evaluation.figures import DocumentScore, Scores
from communique.evaluation.scores import score_document
from communique.model import Readout
from communique.reading.apart import asked_together
from communique.reading.confidence import ConfidenceJudge
from communique.reading.day_judge import DayJudge
from communique.reading.encoder import Encoder
from communique.reading.engagement_judge import EngagementJudge, Models, Told
from communique.reading.forest import Forest
from communique.reading.learned import Weights
from communique.reading.participants import UNKNOWN
from communique.reading.place_judge import PlaceJudge
from communique.reading.sameness import compared
from communique.reading.second_look import SecondLook
from communique.reading.telling_features import telling_values
from communique.reading.told_records import Chooser
from communique.reading.told_values import PROMISING, ToldValues
from training import forests, regression
from training.alignment import took_part
from training.choices import PARTED, part_forests
from training.examples import Example, collect, prepared_reports
from training.gold_folders import CROWDED, LEARNED, Report, default_folders, load_reports
from training.parts import PARTS, dealt_folders, part_encoders, part_of

ACTOR_STRENGTH, WORD_STRENGTH = 0.1, 0.05
PARTICIPANTS = {
    "max_iter": 150,
    "learning_rate": 0.06,
    "max_leaf_nodes": 15,
    "min_samples_leaf": 20,
    "l2_regularization": 3.0,
    "max_features": 0.3,
}
TELLINGS = {
    "max_iter": 120,
    "learning_rate": 0.06,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 25,
    "l2_regularization": 3.0,
    "max_features": 0.3,
}
COMPANY = {
    "max_iter": 300,
    "learning_rate": 0.03,
    "max_leaf_nodes": 24,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "max_features": 0.5,
}
TOLD = {
    "max_iter": 200,
    "learning_rate": 0.04,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "max_features": 0.5,
}
CUTS = (0.38, 0.42, 0.46, 0.5, 0.54, 0.58)
SAME_CUT, APART_CUT = 0.5, 0.5
INNER = 3  # parts into which folders are dealt to learn one question from another
NOTHING = Weights({})


# ---- the questions ---------------------------------------------------------------------------------------------------
def fit_participants(examples: Sequence[Example]) -> tuple[Weights, Forest]:
    """Learns who took part."""
    rows = [(e, q, a) for e in examples for q, a in zip(e.asked, e.answers, strict=True) if a is not None]
    near = [(e, q.names, a) for e, q, a in rows if q.names is not None]
    names, right = [n for _, n, _ in near], [a for _, _, a in near]
    held = iter(regression.unseen_odds(names, right, [e.document.id for e, _, _ in near], strength=ACTOR_STRENGTH))
    values = [[*q.values, next(held) if q.names is not None else UNKNOWN] for _, q, _ in rows]
    forest = forests.fit(values, [a for _, _, a in rows], **PARTICIPANTS)
    return regression.fit(names, right, strength=ACTOR_STRENGTH), forest


def fit_tellings(examples: Sequence[Example]) -> tuple[Weights, Forest]:
    """Learns what tells an engagement; who took part must have been weighed."""
    names = [words for e in examples for words in e.words]
    right = [int(which is not None) for e in examples for which in e.told]
    held = iter(
        regression.unseen_odds(names, right, [e.document.id for e in examples for _ in e.words], strength=WORD_STRENGTH)
    )
    values = [
        telling_values(telling, number, e.narrative, next(held))
        for e in examples
        for number, telling in enumerate(e.narrative.tellings)
    ]
    return regression.fit(names, right, strength=WORD_STRENGTH), forests.fit(values, right, **TELLINGS)


def fit_same(examples: Sequence[Example]) -> Forest:
    """Learns what tells the same; who took part, and what tells at all, must have been weighed."""
    rows, right = [], []
    for example in examples:
        for one, two, values in compared(example.narrative):
            if example.told[one] is not None and example.told[two] is not None:
                rows.append(values)
                right.append(int(example.told[one] == example.told[two]))
    return forests.with_cut(forests.fit(rows, right, **TELLINGS), SAME_CUT)


def fit_apart(examples: Sequence[Example]) -> Forest:
    """Learns who met somebody apart from others of the sentence; who took part must have been weighed."""
    rows, right = [], []
    for example in examples:
        narrative = example.narrative
        for number, meant in enumerate(example.all_told):
            companies = [{k for k in narrative.cast.members if took_part(narrative, k, e)} for e in meant]
            known = set().union(*companies)
            for one, two, values in asked_together(narrative, number, known):
                rows.append(values)
                right.append(int(not any({one, two} <= company for company in companies)))
    return forests.with_cut(forests.fit(rows, right, **TELLINGS), APART_CUT)


def company_rows(example: Example, told: Sequence[Told]) -> tuple[list[list[float]], list[int]]:
    """What is asked about the companies of a report at the second look, and what is right."""
    narrative, engagements = example.narrative, example.gold.claims.engagements
    answering = {found: which for which, found in pair_engagements(example.gold.claims, _claims(example, told)).items()}
    look = SecondLook(narrative)
    rows: list[list[float]] = []
    right: list[int] = []
    for number, one in enumerate(told):
        which = answering.get(number, example.told[narrative.tellings.index(one.main)])
        if which is None or one.is_apart or one.main.chance < PROMISING:
            continue
        keys, values = look.asked(one.tellings, one.chances)
        rows += values
        right += [int(took_part(narrative, key, engagements[which])) for key in keys]
    return rows, right


def fit_company(asked: Sequence[tuple[list[list[float]], list[int]]]) -> Forest:
    """Learns who took part in what several tellings tell together."""
    return forests.fit([row for rows, _ in asked for row in rows], [a for _, right in asked for a in right], **COMPANY)


def told_rows(example: Example, told: Sequence[Told], judge: EngagementJudge) -> tuple[list[list[float]], list[int]]:
    """What is asked about the engagements of a report as wholes, and which of them are in the gold."""
    promising = [one for one in told if one.main.chance >= PROMISING]
    narrative = example.narrative
    answering = set(pair_engagements(example.gold.claims, _claims(example, promising)).values())
    rows = ToldValues(narrative, promising, judge.likenesses(narrative)).rows()
    return rows, [int(number in answering) for number in range(len(promising))]


def fit_told(asked: Sequence[tuple[list[list[float]], list[int]]]) -> Forest:
    """Learns which engagements are to be told, each as a whole."""
    return forests.fit([row for rows, _ in asked for row in rows], [a for _, right in asked for a in right], **TOLD)


def train(examples: Sequence[Example], crowded: Sequence[Example] = ()) -> Models:
    """Learns everything from the examples; their chances are afterwards those of models that did not see them.

    Args:
        examples: What is learned from.
        crowded: Further examples for the question who was apart.
    """
    folders = list(dict.fromkeys(e.folder for e in examples))
    parts = [[e for e in examples if folders.index(e.folder) % INNER == part] for part in range(INNER)]
    others = [[e for e in examples if folders.index(e.folder) % INNER != part] for part in range(INNER)]
    empty = forests.fit([[0.0], [1.0]], [0, 1], max_iter=1)
    models = Models(NOTHING, empty, NOTHING, empty, empty, empty)
    for part, other in zip(parts, others, strict=True):
        actors, forest = fit_participants(other)
        weigh = EngagementJudge(replace(models, actors=actors, participants=forest))
        for example in (*part, *crowded):
            weigh.weigh_participants(example.narrative)
    for part, other in zip(parts, others, strict=True):
        words, forest = fit_tellings(other)
        weigh = EngagementJudge(replace(models, words=words, tellings=forest))
        for example in part:
            if example.narrative.tellings:
                weigh.weigh_tellings(example.narrative)
    told: list[tuple[Example, list[Told]]] = []
    judges: list[EngagementJudge] = []
    for part, other in zip(parts, others, strict=True):
        join = EngagementJudge(replace(models, same=fit_same(other), apart=fit_apart([*other, *crowded])))
        judges.append(join)
        told += [(example, join.join(example.narrative)) for example in part]
    rows = {id(example): company_rows(example, found) for example, found in told}
    companies = [fit_company([rows[id(example)] for example in other]) for other in others]
    judges = [
        EngagementJudge(replace(judge.models, company=company))
        for judge, company in zip(judges, companies, strict=True)
    ]
    told = [(e, judge.join(e.narrative)) for part, judge in zip(parts, judges, strict=True) for e in part]
    judge_of = {id(example): judge for part, judge in zip(parts, judges, strict=True) for example in part}
    wholes = {id(example): told_rows(example, found, judge_of[id(example)]) for example, found in told}
    judges = [
        EngagementJudge(replace(judge.models, told=fit_told([wholes[id(e)] for e in other])))
        for judge, other in zip(judges, others, strict=True)
    ]
    told = [(e, judge.join(e.narrative)) for part, judge in zip(parts, judges, strict=True) for e in part]
    cut = max(CUTS, key=lambda c: _worth(told, c))
    words, forest = fit_tellings(examples)
    actors, participants = fit_participants(examples)
    return Models(
        actors,
        participants,
        words,
        forests.with_cut(forest, cut),
        fit_same(examples),
        fit_apart([*examples, *crowded]),
        fit_company(list(rows.values())),
        fit_told(list(wholes.values())),
    )


def _worth(told: Sequence[tuple[Example, list[Told]]], cut: float) -> float:
    """F1 of engagements and participants together when those from a chance on are told."""
    parts = []
    for example, engagements in told:
        score = DocumentScore(example.gold.name)
        claims = _claims(example, [t for t in engagements if t.chance >= cut])
        score_engagements(example.gold.claims, claims, score)
        parts.append(score)
    figures = Scores.over(parts).figures
    return figures["engagements.f1"] + figures["participants.f1"]


def _claims(example: Example, told: Sequence[Told]) -> Claims:
    """What is told, as far as pairing needs it."""
    members, text = example.narrative.cast.members, example.document.text
    return Claims(
        engagements=tuple(
            ClaimedEngagement(
                kind=t.main.trigger.kind,
                status=None,
                is_background=False,
                is_optional=False,
                date=None,
                date_as_written=None,
                places=(),
                participants=tuple(members[key].party.referent.name for key in t.participants),
                topics=frozenset(),
                passages=ClaimedPassages(tuple(text[g.line.start : g.line.end] for g in t.tellings)),
            )
            for t in told
        )
    )


def parted(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """The examples of what news tells, and the crowded ones."""
    plain = [e for e in examples if Path(e.folder).name not in CROWDED]
    return plain, [e for e in examples if Path(e.folder).name in CROWDED]


# ---- held-back figures -----------------------------------------------------------------------------------------------
class Unjudged(ConfidenceJudge):
    """Leaves scores as they are."""

    def __init__(self) -> None:
        """Needs no curves."""

    def judge(self, readout: Readout, text: str) -> Readout:
        """The readout itself."""
        return readout


def held_back_readouts(
    examples: Sequence[Example],
    reports: Sequence[Report],
    reader: Reader,
    encoders: Mapping[str, Encoder],
    choosers: Mapping[str, tuple[Chooser, Chooser]],
) -> Iterator[tuple[str, Report, Readout]]:
    """Folder, report and readout, with raw scores, of every report, read by models that never saw its folder.

    Args:
        examples: What is learned from.
        reports: The reports.
        reader: Reads them; its judges are replaced.
        encoders: Id of a report → the encoder that has not seen it.
        choosers: Id of a report → the judges of days and of places that have not seen it; the packaged ones where
            there are none.
    """
    packaged = reader.day_judge, reader.place_judge
    plain, crowded = parted(examples)
    # Dealt as for the encoders, none of which may have seen what it judges.
    for held in [*dealt_folders({e.folder for e in plain}), list(dict.fromkeys(e.folder for e in crowded))]:
        further = [e for e in crowded if e.folder not in held]
        models = train([e for e in plain if e.folder not in held], further)
        for report, prepared in prepared_reports([r for r in reports if r.folder in held], reader):
            reader.engagement_judge = EngagementJudge(models, encoders[report.document.id])
            reader.day_judge, reader.place_judge = choosers.get(report.document.id, packaged)
            yield Path(report.folder).name, report, reader.read_prepared(prepared)


def score(readouts: Sequence[tuple[str, Report, Readout]]) -> dict[str, Scores]:
    """The figures of each folder."""
    parts: dict[str, list[DocumentScore]] = {}
    for name, report, readout in readouts:
        claims = claims_of(readout.to_dict(), origin="readout")
        parts.setdefault(name, []).append(score_document(report.gold.name, report.gold.claims, claims))
    return {name: Scores.over(parts[name]) for name in sorted(parts)}


def show(table: dict[str, Scores]) -> None:
    """Prints the figures of each folder, and their means."""
    keys = ("engagements.f1", "participants.f1", "kind", "status", "background", "date", "place", "topics.f1")
    print(f"{'':8}" + "".join(f"{key.removesuffix('.f1'):>14}" for key in keys))
    for name, scores in table.items():
        print(f"{name:8}" + "".join(f"{scores.figures[key]:14.3f}" for key in keys))
    print(f"{'mean':8}" + "".join(f"{regression.macro(s.figures[key] for s in table.values()):14.3f}" for key in keys))


def write_held_back(readouts: Sequence[tuple[str, Report, Readout]], output: Path) -> None:
    """Writes the readouts of each folder for `train_confidence`."""
    output.mkdir(parents=True, exist_ok=True)
    for folder in {name for name, _, _ in readouts}:
        lines = (f"{readout.to_json()}\n" for name, _, readout in readouts if name == folder)
        (output / f"{folder}.jsonl").write_text("".join(lines), "utf-8")


def save(models: Models, folder: Path) -> None:
    """Writes the models where the reader looks for them."""
    for name in ("actors", "words"):
        regression.save(getattr(models, name), folder / f"{name}.json")
    for name in ("participants", "tellings", "same", "apart", "company", "told"):
        forests.save(getattr(models, name), folder / f"{name}.npz")


def main() -> None:
    """Trains, prints the held-back table, and writes the models or the held-back readouts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--output", type=Path, default=LEARNED)
    parser.add_argument("--encoders", type=Path, default=PARTS, help="where `train_encoder` keeps those of parts")
    parser.add_argument(
        "--held-back",
        type=Path,
        help="write the held-back readouts of each folder here, and leave the packaged models as they are",
    )
    parser.add_argument("--no-figures", action="store_true", help="train on everything at once")
    arguments = parser.parse_args()
    if arguments.no_figures and arguments.held_back:
        parser.error("--no-figures makes no held-back readouts: leave one of the two out")
    reader = Reader()
    reader.confidence = Unjudged()
    reports = load_reports(arguments.folders or default_folders(), reader)
    of_parts = part_encoders(arguments.encoders)
    parts = part_of(reports)
    encoders = {report: of_parts[part] for report, part in parts.items()}
    days = [DayJudge(reader.circumstances.occasions, f) for f in part_forests("days", PARTED)]
    places = [PlaceJudge(reader.lexicon, reader.circumstances, f) for f in part_forests("places", PARTED)]
    choosers = {report: (days[part], places[part]) for report, part in parts.items()} if days and places else {}
    examples = collect(reports, reader, encoders)
    if not arguments.no_figures:
        readouts = list(held_back_readouts(examples, reports, reader, encoders, choosers))
        show(score(readouts))
        if arguments.held_back:
            write_held_back(readouts, arguments.held_back)
    if not arguments.held_back:
        save(train(*parted(examples)), arguments.output)


if __name__ == "__main__":
    main()
