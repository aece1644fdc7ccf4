"""Trains the judge of topics and writes ``src/communique/reading/learned/topics.npz``.

    python -m training.train_topics                       # all gold that is there
    python -m training.train_topics --without a b -o FILE # for figures on a and b that are not from memory

Every engagement of the gold is learned from as annotated, and once more as the reader finds it, if it does. Before the
trees are written, each folder is judged by trees that did not see it; the cut is set where these judgements are best
(micro F1 over all folders). Needs the dependency group ``train`` (scikit-learn).
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Two threads of the trainer wait for each other longer than they work on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from communique.evaluation.claims import claims_of
from communique.evaluation.engagements import likeness
from communique.evaluation.matching import pair_up
from communique.model.vocabulary import Topic
from communique.pages import open_document
from communique.reading.analysis import Line
from communique.reading.reader import Reader
from communique.reading.topic_features import JUDGED, Story, TopicContext, features
from communique.reading.topic_judge import TopicJudge
from training.forests import as_forest, save
from training.gold_folders import CROWDED, LEARNED, default_folders

OUTPUT = LEARNED / "topics.npz"
SETTINGS = {
    "max_iter": 120,
    "learning_rate": 0.08,
    "max_leaf_nodes": 12,
    "max_depth": 6,
    "min_samples_leaf": 30,
    "l2_regularization": 2.0,
    "early_stopping": False,
    "random_state": 0,
}


@dataclass(frozen=True)
class Example:
    """An engagement to learn from: features (topics by features), which topics are right, and where it comes from."""

    rows: np.ndarray
    right: np.ndarray
    folder: str
    is_found: bool


class Recorder(TopicJudge):
    """Keeps what the reader asks of the judge."""

    asked: tuple[Sequence[Line], str, Sequence[TopicContext]] = ((), "", ())

    def judge(self, lines: Sequence[Line], text: str, contexts: Sequence[TopicContext]) -> list[tuple[Topic, ...]]:
        """Notes the question, answers nothing."""
        self.asked = (lines, text, contexts)
        return [() for _ in contexts]


def examples(folder: Path, reader: Reader, recorder: Recorder) -> Iterator[Example]:
    """The engagements of a folder of gold: as annotated, and as the reader finds them."""
    for path in sorted(folder.glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
        readout = reader.read(open_document(path, lexicon=reader.lexicon))
        lines, text, found = recorder.asked
        story = Story.of(lines, text, recorder.finder)
        wanted = claims_of(gold, origin="gold").engagements
        pairs = pair_up(wanted, claims_of(json.loads(readout.to_json()), origin="readout").engagements, likeness)
        annotated = {
            i: c for i, e in enumerate(gold["engagements"]) if (c := gold_context(e, gold["people"], lines, text))
        }
        sources = [(annotated, list(annotated.values()), False), ({i: found[j] for i, j in pairs.items()}, found, True)]
        for contexts, all_contexts, is_found in sources:
            for i, context in contexts.items():
                rows = features(story, context, all_contexts, recorder.finder)
                right = np.array([topic in wanted[i].topics for topic in JUDGED])
                yield Example(rows, right, folder.name, is_found)


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


def train(data: Iterable[Example]) -> Any:
    """Trees over all pairs of an engagement and a topic."""
    chosen = list(data)
    model = HistGradientBoostingClassifier(**SETTINGS)
    return model.fit(np.concatenate([e.rows for e in chosen]), np.concatenate([e.right for e in chosen]))


def f1(judged: Sequence[tuple[np.ndarray, np.ndarray]], cut: float) -> float:
    """Micro F1 of the odds, with topics from the cut on."""
    right = sum(int(((odds >= cut) & wanted).sum()) for odds, wanted in judged)
    total = sum(int((odds >= cut).sum() + wanted.sum()) for odds, wanted in judged)
    return 2 * right / total if total else 0.0


def cross_validate(data: Sequence[Example]) -> float:
    """Prints how well each folder is judged by trees that did not see it; returns the best cut."""
    folders = sorted({example.folder for example in data})
    judged: dict[tuple[str, bool], list[tuple[np.ndarray, np.ndarray]]] = {}
    for folder in folders:
        model = train(example for example in data if example.folder != folder)
        for example in data:
            if example.folder == folder:
                odds = model.decision_function(example.rows)
                judged.setdefault((folder, example.is_found), []).append((odds, example.right))
    everything = [pair for pairs in judged.values() for pair in pairs]
    cut = max((c / 20 for c in range(-50, 1)), key=lambda c: f1(everything, c))
    print(f"{'folder':8}{'as annotated':>14}{'as found':>10}   F1 by trees that did not see the folder; cut {cut:.2f}")
    for folder in folders:
        print(f"{folder:8}{f1(judged[folder, False], cut):14.3f}{f1(judged.get((folder, True), []), cut):10.3f}")
    means = [np.mean([f1(judged.get((folder, found), []), cut) for folder in folders]) for found in (False, True)]
    print(f"{'macro':8}{means[0]:14.3f}{means[1]:10.3f}")
    return cut


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Train the judge of topics.")
    parser.add_argument("folders", nargs="*", type=Path, help="folders of gold (default: all that are there)")
    parser.add_argument("--without", nargs="+", default=[], metavar="FOLDER", help="names of folders to leave out")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    parser.add_argument("--cut", type=float, help="do not cross-validate, take this cut")
    arguments = parser.parse_args()
    folders = arguments.folders or [f for f in default_folders() if f.name not in CROWDED]
    reader = Reader()
    recorder = Recorder(reader.topics)
    reader.topic_judge = recorder
    data = [e for folder in folders if folder.name not in arguments.without for e in examples(folder, reader, recorder)]
    if not data:
        parser.error("no gold found: give folders with NAME.txt and NAME.json pairs in them")
    print(f"{len(data)} engagements from {len({example.folder for example in data})} folders")
    cut = arguments.cut if arguments.cut is not None else cross_validate(data)
    save(as_forest(train(data), cut), arguments.output)


if __name__ == "__main__":
    main()
