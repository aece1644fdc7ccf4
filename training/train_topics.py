"""Trains the judge of topics and writes ``topics.npz`` and ``topic_words.npz`` in ``src/communique/reading/learned``.

    python -m training.train_topics                    # all gold that is there
    python -m training.train_topics --without a b -o FOLDER  # for figures on a and b that are not from memory

Every engagement of the gold is learned from as annotated, and once more as the reader finds it, if it does. What words
suggest is a feature of the trees, so in training it comes from regressions that did not see the report. Before the
weights are written, each part of the gold (``training.parts``) is judged by weights that did not see it; the cut is set
where these judgements are best (macro F1 over folders, as found). Needs the dependency group ``train`` (scikit-learn).
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Two threads of the trainer wait for each other longer than they work on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from communique.evaluation.claims import claims_of
from communique.evaluation.engagements import likeness
from communique.evaluation.matching import pair_up
from communique.lexicon import Lexicon
from communique.model.vocabulary import Topic
from communique.reading.analysis import Line
from communique.reading.forest import Forest
from communique.reading.reader import Reader
from communique.reading.topic_features import (
    JUDGED,
    Story,
    TopicContext,
    are_asked,
    features,
    with_words,
    word_zones,
)
from communique.reading.topic_judge import TopicJudge, topic_odds
from communique.reading.topic_words import IN_NAME, STEM, TopicWords, Zones, weigh
from training import forests
from training.gold_folders import LEARNED, Report, default_folders, load_reports
from training.parts import OUTER, part_of

SETTINGS = {
    "max_iter": 200,
    "learning_rate": 0.08,
    "max_leaf_nodes": 31,
    "min_samples_leaf": 30,
    "l2_regularization": 2.0,
    "max_features": 0.3,
}
WORD_STRENGTH = 3.0  # inverse of the L2 penalty; set by hand: 8 did better than 30 for words alone, less untried
RARE = 8  # words in fewer reports are left out: most of them name somebody
INNER = 3  # parts from whose others the words of training are judged
FLAT = 0.003  # figures that differ by less are the same; then the cut that names more is taken
UNHEARD = -6.0  # odds of a topic that the examples do not have


@dataclass(frozen=True, slots=True)
class Example:
    """An engagement to learn from.

    Attributes:
        rows: Features, topics by features, without what words suggest.
        zones: The words around it.
        right: Which topics are right.
        report: Id of its report.
        folder: Name of its folder.
        part: Number of the part with which it is held back.
        is_found: Whether it is as the reader found it, and not as annotated.
    """

    rows: np.ndarray
    zones: Zones
    right: np.ndarray
    report: str
    folder: str
    part: int
    is_found: bool


class Recorder(TopicJudge):
    """Keeps what the reader asks of the judge."""

    asked: tuple[Sequence[Line], str, Sequence[TopicContext]] = ((), "", ())

    def judge(self, lines: Sequence[Line], text: str, contexts: Sequence[TopicContext]) -> list[tuple[Topic, ...]]:
        """Notes the question, answers nothing."""
        self.asked = (lines, text, contexts)
        return [() for _ in contexts]


def examples(report: Report, part: int, reader: Reader, recorder: Recorder) -> Iterator[Example]:
    """The engagements of a report: as annotated, and as the reader finds them."""
    gold = json.loads(report.gold.text_path.with_suffix(".json").read_text("utf-8"))
    readout = reader.read(report.document)
    lines, text, found = recorder.asked
    story = Story.of(lines, text, recorder.finder)
    wanted = claims_of(gold, origin="gold").engagements
    pairs = pair_up(wanted, claims_of(json.loads(readout.to_json()), origin="readout").engagements, likeness)
    annotated = {i: c for i, e in enumerate(gold["engagements"]) if (c := gold_context(e, gold["people"], lines, text))}
    sources = [(annotated, list(annotated.values()), False), ({i: found[j] for i, j in pairs.items()}, found, True)]
    for contexts, all_contexts, is_found in sources:
        for i, context in contexts.items():
            rows = features(story, context, all_contexts, recorder.finder)
            right = np.array([topic in wanted[i].topics for topic in JUDGED])
            zones = word_zones(story, context, all_contexts)
            yield Example(rows, zones, right, report.document.id, Path(report.folder).name, part, is_found)


def gold_context(
    engagement: dict[str, Any], people: Sequence[dict[str, Any]], lines: Sequence[Line], text: str
) -> TopicContext | None:
    """The context of an annotated engagement; None when its evidence is in no sentence that the reader read."""
    start = text.find(engagement["evidence"])
    end = start + len(engagement["evidence"])
    own = tuple(line.index for line in lines if not line.is_title and line.start < end and line.end > start >= 0)
    if not own:
        return None
    roles = {person["name"]: person["roles"] for person in people}
    bodies: list[str] = []
    for name in (name for side in engagement["sides"] for name in side):
        known = [role.get(key) for role in roles.get(name, ()) for key in ("title", "organization")]
        bodies += [words for words in known if words] if name in roles else [name]
    kind, status = engagement["kind"], engagement["status"]
    return TopicContext(own, kind, status, bool(engagement["background"]), tuple(dict.fromkeys(bodies)))


# ---- words -----------------------------------------------------------------------------------------------------------
def country_words(lexicon: Lexicon) -> frozenset[str]:
    """Words for countries as they stand in names: "Libyan Navy" must not speak for what Libya is met about."""
    table = lexicon.table("countries")
    listed = (word for name in ("names", "demonyms") for words in table[name].values() for word in words)
    return frozenset(IN_NAME + word.lower()[:STEM] for word in listed if word.isalpha())


def fit_words(data: Sequence[Example], masked: frozenset[str]) -> TopicWords:
    """One logistic regression a topic over the words that several reports have.

    Args:
        data: What is learned from.
        masked: Words that are left out.
    """
    reports: dict[str, set[str]] = {}
    for example in data:
        reports.setdefault(example.report, set()).update(*(words for _, words in example.zones))
    counts = Counter(word for words in reports.values() for word in words)
    number = {
        word: row
        for row, word in enumerate(
            sorted(word for word, count in counts.items() if count >= RARE and word not in masked)
        )
    }
    values = csr_matrix(np.stack([weigh(example.zones, number) for example in data]))
    right = np.stack([example.right for example in data])
    weights = np.zeros((len(number), len(JUDGED)), dtype=np.float32)
    start = np.full(len(JUDGED), UNHEARD, dtype=np.float32)
    for topic in np.flatnonzero(right.any(axis=0)):
        model = LogisticRegression(C=WORD_STRENGTH, solver="liblinear").fit(values, right[:, topic])
        weights[:, topic], start[topic] = model.coef_[0], model.intercept_[0]
    return TopicWords(number, weights, start)


def judge_words(data: Sequence[Example], words: TopicWords) -> list[np.ndarray]:
    """The features of each example with what its words suggest."""
    return [with_words(example.rows, words.odds(example.zones)) for example in data]


def judge_unseen_words(data: Sequence[Example], masked: frozenset[str]) -> list[np.ndarray]:
    """The same, by regressions that did not see the example's report."""
    inner = {report: number % INNER for number, report in enumerate(dict.fromkeys(e.report for e in data))}
    judged: list[np.ndarray] = [np.empty(0)] * len(data)
    for number in range(INNER):
        words = fit_words([e for e in data if inner[e.report] != number], masked)
        held = [i for i, e in enumerate(data) if inner[e.report] == number]
        for i, rows in zip(held, judge_words([data[i] for i in held], words), strict=True):
            judged[i] = rows
    return judged


def save_words(words: TopicWords, path: Path) -> None:
    """Writes the regressions, compressed."""
    arrays = {"weights": words.weights.astype(np.float16), "start": words.start}
    np.savez_compressed(path, words=np.array("\n".join(words.number)), **arrays)
    print(f"{path.name}: {len(words.number)} words, {path.stat().st_size / 1000:.0f} kB")


# ---- trees -----------------------------------------------------------------------------------------------------------
def train(data: Sequence[Example], masked: frozenset[str]) -> tuple[TopicWords, Forest]:
    """The regressions over words, and trees over the pairs of an engagement and a topic that are asked about."""
    rows = np.concatenate(judge_unseen_words(data, masked))
    asked = are_asked(rows)
    right = np.concatenate([example.right for example in data])
    return fit_words(data, masked), forests.fit(rows[asked], right[asked], **SETTINGS)


def f1(judged: Sequence[tuple[np.ndarray, np.ndarray]], cut: float) -> float:
    """Micro F1 of the odds, with topics from the cut on."""
    right = sum(int(((odds >= cut) & wanted).sum()) for odds, wanted in judged)
    total = sum(int((odds >= cut).sum() + wanted.sum()) for odds, wanted in judged)
    return 2 * right / total if total else 0.0


def cross_validate(data: Sequence[Example], masked: frozenset[str]) -> float:
    """Prints how well each folder is judged by weights that did not see it; returns the best cut."""
    judged: dict[tuple[str, bool], list[tuple[np.ndarray, np.ndarray]]] = {}
    for part in range(OUTER):
        words, forest = train([example for example in data if example.part != part], masked)
        held = [example for example in data if example.part == part]
        for example, rows in zip(held, judge_words(held, words), strict=True):
            judged.setdefault((example.folder, example.is_found), []).append((topic_odds(rows, forest), example.right))
    folders = sorted({example.folder for example in data})

    def macro(cut: float, is_found: bool) -> float:
        return float(np.mean([f1(judged.get((folder, is_found), []), cut) for folder in folders]))

    worth = {c / 20: macro(c / 20, True) for c in range(-50, 1)}
    cut = min(c for c, value in worth.items() if value >= max(worth.values()) - FLAT)
    print(f"{'folder':8}{'as annotated':>14}{'as found':>10}   F1 by weights that did not see it; cut {cut:.2f}")
    for folder in folders:
        print(f"{folder:8}{f1(judged[folder, False], cut):14.3f}{f1(judged.get((folder, True), []), cut):10.3f}")
    print(f"{'macro':8}{macro(cut, False):14.3f}{macro(cut, True):10.3f}")
    return cut


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Train the judge of topics.")
    parser.add_argument("folders", nargs="*", type=Path, help="folders of gold (default: all that are there)")
    parser.add_argument("--without", nargs="+", default=[], metavar="FOLDER", help="names of folders to leave out")
    parser.add_argument("-o", "--output", type=Path, default=LEARNED, help="folder of the weights")
    parser.add_argument("--cut", type=float, help="do not cross-validate, take this cut")
    arguments = parser.parse_args()
    folders = [f for f in arguments.folders or default_folders() if f.name not in arguments.without]
    reader = Reader()
    reader.topic_judge = recorder = Recorder(reader.topics)
    reports = load_reports(folders, reader)
    parts = part_of(reports)
    data = [e for report in reports for e in examples(report, parts[report.document.id], reader, recorder)]
    if not data:
        parser.error("no gold found: give folders with NAME.txt and NAME.json pairs in them")
    print(f"{len(data)} engagements from {len({example.folder for example in data})} folders")
    write(data, arguments.output, country_words(reader.lexicon), arguments.cut)


def write(data: Sequence[Example], output: Path, masked: frozenset[str], cut: float | None = None) -> None:
    """Trains on all examples and writes the weights.

    Args:
        data: The examples.
        output: Folder of the weights.
        masked: Words that are left out.
        cut: The logarithm of the odds from which a topic is named; chosen by cross-validation when None.
    """
    cut = cross_validate(data, masked) if cut is None else cut
    words, forest = train(data, masked)
    forests.save(forests.with_cut(forest, cut), output / "topics.npz")
    save_words(words, output / "topic_words.npz")


if __name__ == "__main__":
    main()
