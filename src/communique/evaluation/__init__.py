"""Gold, scores and floors: how well the reader reads, in figures."""

from communique.evaluation.figures import Note, Scores
from communique.evaluation.floors import FloorsFile, Measured
from communique.evaluation.gold import GoldDocument, GoldSet, load_folds, load_gold
from communique.evaluation.scores import FoundDocument, load_readouts, score_folds, score_set

__all__ = [
    "FloorsFile",
    "FoundDocument",
    "GoldDocument",
    "GoldSet",
    "Measured",
    "Note",
    "Scores",
    "load_folds",
    "load_gold",
    "load_readouts",
    "score_folds",
    "score_set",
]
