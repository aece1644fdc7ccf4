"""Trains how sure the reader may be (`confidence.json`).

    python -m training.train_confidence HELD_BACK [FOLDER …]

HELD_BACK holds, for each gold folder, the readouts of its reports in `NAME.jsonl`, made with weights that never saw the
folder and with raw scores: `train_engagements --held-back` writes them. Whoever replaces the scorer writes the same.

Posts and commitments get a score from a regression over their features; each folder is scored by weights that never saw
it. Then one curve a kind turns scores into confidence: shares of right facts in bins of equal size, made rising, with a
step to 0.8 at the score from which the promise holds (`evaluation/calibration.py`). The printed table is held back
twice: curve and weights of each folder come from the others. Deterministic: same files, same curves.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression

from communique.evaluation.calibration import (
    SURE,
    SURE_SHARE,
    Judged,
    Reliability,
    render_reliability,
    right_commitments,
    right_engagements,
    right_posts,
)
from communique.evaluation.claims import claims_of
from communique.evaluation.gold import GoldDocument, load_gold
from communique.model import Readout
from communique.pages import open_document
from communique.reading.confidence import Curve
from communique.reading.confidence_features import (
    Surroundings,
    commitment_features,
    engagement_features,
    role_features,
)
from communique.reading.learned import Weights
from training.gold_folders import LEARNED, default_folders
from training.regression import fit, rounded

STRENGTH = 0.3  # of 0.03, 0.1, 0.3 and 1 the one with the least held-back log loss, for posts and for commitments
BINS = 12
FEWEST = 25  # facts in a bin
BELOW = SURE - 0.01
# Shares tried for the step, until the promise is kept on folders that the curve never saw.
TARGETS = (SURE_SHARE, 0.955, 0.96, 0.965, 0.97, 0.975, 0.98)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A fact: its folder, its features, and whether it is right."""

    folder: str
    kind: str
    is_right: bool
    features: tuple[str, ...]


def examples(folder: Path, readouts: Path) -> Iterator[Example]:
    """The facts that the readouts of one folder tell."""
    gold = {document.name: document for document in load_gold(folder).documents}
    for line in readouts.read_text("utf-8").splitlines():
        readout = Readout.from_json(line)
        yield from _facts(readout, gold[readout.document.uri.split("/")[-1]], folder.name)


def _facts(readout: Readout, gold: GoldDocument, folder: str) -> Iterator[Example]:
    around = Surroundings.of(readout, readout.document.text or open_document(gold.text_path).text)
    found = claims_of(readout.to_dict(), origin="readout")
    for engagement, is_right in zip(readout.engagements, right_engagements(gold.claims, found), strict=True):
        row = tuple(engagement_features(engagement, around))
        yield Example(folder=folder, kind="engagements", is_right=is_right, features=row)
    for commitment, is_right in zip(readout.commitments, right_commitments(gold.claims, found), strict=True):
        row = tuple(commitment_features(commitment, around))
        yield Example(folder=folder, kind="commitments", is_right=is_right, features=row)
    for person, rights in zip(readout.people, right_posts(gold.claims, found), strict=True):
        posts = [role for role in person.roles if role.kind != "rank" and role.title]
        for post, is_right in zip(posts, rights, strict=True):
            row = tuple(role_features(post, person, around))
            yield Example(folder=folder, kind="roles", is_right=is_right, features=row)


def fit_weights(facts: Sequence[Example]) -> Weights:
    """The regression that scores facts of one kind."""
    rows = [fact.features for fact in facts]
    return fit(rows, [int(fact.is_right) for fact in facts], strength=STRENGTH)


def held_back_scores(facts: Sequence[Example]) -> list[float]:
    """The score of each fact by weights that never saw its folder."""
    folders = dict.fromkeys(fact.folder for fact in facts)
    weights = {name: fit_weights([fact for fact in facts if fact.folder != name]) for name in folders}
    return [weights[fact.folder].probability(fact.features) for fact in facts]


def fit_curve(scores: Sequence[float], rights: Sequence[bool], target: float) -> Curve:
    """The curve from scores to confidence.

    Args:
        scores: Held-back scores.
        rights: Whether each fact is right.
        target: The share of right facts that has to be reached from 0.8 on.
    """
    order = np.argsort(scores, kind="stable")
    s, right = np.asarray(scores)[order], np.asarray(rights, dtype=float)[order]
    pieces = min(BINS, max(1, len(s) // FEWEST))
    bins = np.array_split(np.arange(len(s)), pieces)
    middles = np.array([s[b].mean() for b in bins])
    shares = IsotonicRegression(y_min=0.01, y_max=0.99).fit_transform(middles, [right[b].mean() for b in bins])
    step = _step(s, right, target)
    line = Curve(tuple(zip(middles.tolist(), shares.tolist(), strict=True)))
    low = {float(x): min(line.at(x), BELOW) for x in (0.0, *middles) if x < step}
    if step > 1:
        return _rounded(low)
    just_below = step - 1e-6
    high = {float(x): max(line.at(x), SURE) for x in (step, *middles) if x >= step}
    return _rounded({**low, just_below: min(line.at(just_below), BELOW), **high})


def _rounded(points: dict[float, float]) -> Curve:
    return Curve(tuple((round(score, 6), round(points[score], 3)) for score in sorted(points)))


def _step(scores: np.ndarray, right: np.ndarray, target: float) -> float:
    """The lowest score from which on the target is reached, by FEWEST facts at least; 2 when there is none."""
    from_here = np.cumsum(right[::-1])[::-1] / np.arange(len(right), 0, -1)
    # Among equal scores only the first one can be a step: the curve cannot tell the others apart.
    is_first = np.r_[True, scores[1:] > scores[:-1]]
    reached = np.nonzero((from_here >= target) & is_first & (np.arange(len(right), 0, -1) >= FEWEST))[0]
    return float(scores[reached[0]]) if len(reached) else 2.0


def held_back_table(facts: Sequence[Example], scores: Sequence[float], target: float) -> list[Judged]:
    """The facts with the confidence of curves that never saw their folder."""
    judged = []
    for folder in dict.fromkeys(fact.folder for fact in facts):
        others = [k for k, fact in enumerate(facts) if fact.folder != folder]
        curve = fit_curve([scores[k] for k in others], [facts[k].is_right for k in others], target)
        judged += [
            Judged(fact.kind, curve.at(score), fact.is_right)
            for fact, score in zip(facts, scores, strict=True)
            if fact.folder == folder
        ]
    return judged


def choose_target(facts: Sequence[Example], scores: Sequence[float]) -> tuple[float, list[Judged]]:
    """The lowest target with which the promise is kept held back, and the table with it; else the highest."""
    for target in TARGETS:
        table = held_back_table(facts, scores, target)
        reliability = Reliability.over(facts[0].kind, table)
        if reliability.sure_share is None or reliability.sure_share >= SURE_SHARE:
            return target, table
    return target, table


def rank_share(folders: Sequence[Path], held_back: Path) -> float:
    """The share of ranks that are right, of people for whom the gold writes a rank down: many annotators write none."""
    right = total = 0
    for folder in folders:
        ranks = {}
        for document in load_gold(folder).documents:
            plain = json.loads((folder / document.text_path.name).with_suffix(".json").read_text("utf-8"))
            for person in plain["people"]:
                titles = {
                    r["title"].casefold() for r in person.get("roles", ()) if r.get("kind") == "rank" and r["title"]
                }
                ranks[document.name, person["name"]] = titles
        for line in (held_back / f"{folder.name}.jsonl").read_text("utf-8").splitlines():
            readout = Readout.from_json(line)
            name = readout.document.uri.split("/")[-1]
            for person in readout.people:
                wanted = ranks.get((name, person.name))
                told = [role.title.casefold() for role in person.roles if role.kind == "rank"]
                if wanted:
                    right += sum(title in wanted for title in told)
                    total += len(told)
    return round(right / total, 3) if total else 0.5


def main() -> None:
    """Trains, prints the held-back reliability table, and writes weights and curves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("held_back", type=Path, help="folder with held-back readouts, NAME.jsonl for each gold folder")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--output", type=Path, default=LEARNED)
    arguments = parser.parse_args()
    folders = arguments.folders or default_folders()
    everything = [e for f in folders for e in examples(f, arguments.held_back / f"{f.name}.jsonl")]
    plain: dict[str, object] = {}
    table: list[Judged] = []
    for kind in ("commitments", "engagements", "roles"):
        facts = [example for example in everything if example.kind == kind]
        scores = held_back_scores(facts)
        target, judged = choose_target(facts, scores)
        table += judged
        curve = fit_curve(scores, [fact.is_right for fact in facts], target)
        plain[kind] = {"curve": curve.points, "weights": rounded(fit_weights(facts))}
        print(f"{kind}: step at a held-back share of {target}")
    plain["ranks"] = min(rank_share(folders, arguments.held_back), 0.99)
    print(f"ranks: {plain['ranks']}\n\n{render_reliability(table)}")
    text = json.dumps(plain, indent=0, ensure_ascii=False, sort_keys=True)
    (arguments.output / "confidence.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
