"""Trains who took part (`participants.json`) and which candidates are engagements (`engagements.json`).

    python -m training.train_engagements [FOLDER …]

Folders are gold folders; by default those under `data/gold` and, where it lies beside the repository, the shared gold's
`dev`. Figures are held back: each folder is judged by weights that never saw it. Two passes over the reports: the first
collects actors around triggers; the second, each folder read with participants learned from the others, collects
candidates. Deterministic: same gold, same weights.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from communique import Reader
from communique.evaluation.claims import Claims, claims_of
from communique.evaluation.engagements import count_shared, kind_family, pair_engagements
from communique.evaluation.figures import Scores
from communique.evaluation.gold import GoldDocument, load_gold
from communique.evaluation.names import split_words
from communique.evaluation.scores import score_document
from communique.model import Document, Readout
from communique.pages import open_document
from communique.reading.analysis import Line
from communique.reading.discourse import Discourse
from communique.reading.learned import Weights
from communique.reading.participants import ParticipantScorer, actor_features
from communique.reading.preparation import Prepared
from communique.reading.records import Record
from communique.reading.scorer import EngagementScorer, features
from communique.reading.triggers import Trigger
from training.regression import fit, macro, save

ROOT = Path(__file__).parents[1]
LEARNED = ROOT / "src" / "communique" / "reading" / "learned"
PARTICIPANT_STRENGTH, PARTICIPANT_THRESHOLD = 0.1, 0.5
ENGAGEMENT_STRENGTH = 0.1
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5)
SAME_PASSAGE = 0.5
BATCH = 16


@dataclass(frozen=True, slots=True)
class Report:
    """An annotated report: its folder, its document and its annotation."""

    folder: str
    document: Document
    gold: GoldDocument


@dataclass(slots=True)
class Candidates:
    """The candidates of one report: their features, and the readout with all of them in it."""

    report: Report
    features: list[list[str]]
    readout: Readout

    def claims(self, keep: Sequence[bool]) -> Claims:
        """What the readout says when only some candidates are kept."""
        kept = tuple(e for e, k in zip(self.readout.engagements, keep, strict=True) if k)
        return claims_of(replace(self.readout, engagements=kept).to_dict(), origin="readout")

    def answers(self) -> list[int]:
        """For each candidate whether a gold engagement is paired with it."""
        pairs = pair_engagements(self.report.gold.claims, self.claims([True] * len(self.features)))
        found = set(pairs.values())
        return [int(k in found) for k in range(len(self.features))]


class ActorCollector(ParticipantScorer):
    """Leaves the grammar's parties as they are, and notes the actors around each trigger."""

    def __init__(self) -> None:
        self.seen: list[tuple[Trigger, list[tuple[list[str], list[str]]]]] = []

    def revise(self, trigger: Trigger, discourse: Discourse) -> None:
        """Notes the actors, each with the names behind it and its features."""
        actors = self.actors(trigger, discourse)
        rows = [
            ([p.referent.name for q in a.parties for p in q.resolved()], list(actor_features(a, actors, trigger)))
            for a in actors
        ]
        self.seen.append((trigger, rows))


class CandidateCollector(EngagementScorer):
    """Tells all candidates, and notes their features."""

    def __init__(self) -> None:
        self.features: list[list[str]] = []

    def select(self, candidates: Sequence[Record], lines: Sequence[Line]) -> list[Record]:
        """Takes every candidate."""
        self.features = [list(features(r, candidates[:k], lines)) for k, r in enumerate(candidates)]
        return list(candidates)


def load_reports(folders: Sequence[Path], reader: Reader) -> list[Report]:
    """All reports of the folders, in order."""
    return [
        Report(str(folder), open_document(gold.text_path, lexicon=reader.lexicon), gold)
        for folder in folders
        for gold in load_gold(folder).documents
    ]


def prepared_reports(reports: Sequence[Report], reader: Reader) -> Iterator[tuple[Report, Prepared]]:
    """Each report with its prepared document, prepared in batches."""
    for start in range(0, len(reports), BATCH):
        batch = reports[start : start + BATCH]
        yield from zip(batch, reader.preparer.prepare([r.document for r in batch]), strict=True)


def actor_rows(reports: Sequence[Report], reader: Reader) -> Iterator[tuple[str, list[str], int]]:
    """Folder, features and answer of each actor near a trigger that tells a gold engagement."""
    for report, prepared in prepared_reports(reports, reader):
        reader.engagements.participants = collector = ActorCollector()
        reader.read_prepared(prepared)
        for trigger, rows in collector.seen:
            wanted = _told(trigger, [n for names, _ in rows for n in names], report)
            for names, row in rows if wanted else ():
                yield report.folder, row, int(count_shared(wanted, tuple(names)) > 0)


def _told(trigger: Trigger, names: list[str], report: Report) -> tuple[str, ...]:
    """The participants of the gold engagement that a trigger most likely tells; empty when it tells none."""
    sentence = set(split_words(report.document.text[trigger.line.start : trigger.line.end]))
    found = tuple(p.referent.name for q in trigger.parties for p in q.resolved())
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    for engagement in report.gold.claims.engagements:
        passages = [set(split_words(q)) for q in engagement.passages.quotes]
        overlap = max((len(sentence & p) / max(1, min(len(sentence), len(p))) for p in passages), default=0.0)
        if overlap < SAME_PASSAGE or kind_family(engagement.kind) != kind_family(trigger.kind):
            continue
        shared = count_shared(engagement.participants, tuple(names))
        score = 2 * count_shared(engagement.participants, found) + shared
        if shared and score > best[0]:
            best = (score, engagement.participants)
    return best[1]


def collect_candidates(reports: Sequence[Report], reader: Reader, participants: Weights) -> Iterator[Candidates]:
    """The candidates of each report, read with the given participants' weights."""
    reader.engagements.participants = ParticipantScorer(participants)
    reader.scorer = collector = CandidateCollector()
    for report, prepared in prepared_reports(reports, reader):
        readout = reader.read_prepared(prepared)
        yield Candidates(report, collector.features, readout)


def fit_engagements(candidates: Sequence[Candidates], threshold: float) -> Weights:
    """Fits the candidates' regression."""
    rows = [row for c in candidates for row in c.features]
    answers = [a for c in candidates for a in c.answers()]
    return fit(rows, answers, strength=ENGAGEMENT_STRENGTH, threshold=threshold)


def judge(candidates: Sequence[Candidates], weights: Weights, threshold: float) -> Scores:
    """Scores the reports with the candidates whose probability reaches the threshold."""
    parts = []
    for c in candidates:
        keep = [weights.probability(row) >= threshold for row in c.features]
        parts.append(score_document(c.report.gold.name, c.report.gold.claims, c.claims(keep)))
    return Scores.over(parts)


def main() -> None:
    """Trains, prints the held-back table, and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--output", type=Path, default=LEARNED)
    arguments = parser.parse_args()
    reader = Reader()
    reports = load_reports(arguments.folders or default_folders(), reader)
    folders = list(dict.fromkeys(r.folder for r in reports))
    rows = list(actor_rows(reports, reader))

    def participants_without(folder: str | None) -> Weights:
        kept = [(row, answer) for name, row, answer in rows if name != folder]
        return fit(
            [r for r, _ in kept], [a for _, a in kept], strength=PARTICIPANT_STRENGTH, threshold=PARTICIPANT_THRESHOLD
        )

    candidates = [
        c
        for folder in folders
        for c in collect_candidates([r for r in reports if r.folder == folder], reader, participants_without(folder))
    ]
    tables: dict[float, dict[str, Scores]] = {t: {} for t in THRESHOLDS}
    for folder in folders:
        weights = fit_engagements([c for c in candidates if c.report.folder != folder], 0.0)
        held = [c for c in candidates if c.report.folder == folder]
        for threshold in THRESHOLDS:
            tables[threshold][folder] = judge(held, weights, threshold)
    best = max(THRESHOLDS, key=lambda t: macro(s.figures["engagements.f1"] for s in tables[t].values()))
    for threshold, table in tables.items():
        figures = {
            part: macro(s.figures[f"{part}.f1"] for s in table.values()) for part in ("engagements", "participants")
        }
        print(f"{'*' if threshold == best else ' '} threshold {threshold}:", figures)
    for folder, scores in tables[best].items():
        figures = scores.figures
        shown = ", ".join(f"{part} {figures[f'{part}.f1']:.3f}" for part in ("engagements", "participants"))
        print(f"  {Path(folder).name:>6}: {shown}")
    save(participants_without(None), arguments.output / "participants.json")
    save(fit_engagements(candidates, best), arguments.output / "engagements.json")


def default_folders() -> list[Path]:
    """Our own gold, then the shared one's development folders when they are there."""
    shared = Path(os.environ.get("COMMUNIQUE_SHARED", ROOT.parent / "shared")) / "gold" / "dev"
    return [
        p for base in (ROOT / "data" / "gold", shared) if base.is_dir() for p in sorted(base.iterdir()) if p.is_dir()
    ]


if __name__ == "__main__":
    main()
