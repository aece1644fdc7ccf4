"""The engagement scorer: weights decide, features are deterministic; sentences made up for these tests."""

from __future__ import annotations

from tests.reading.following import Follower

from communique.reading.learned import Weights
from communique.reading.scorer import EngagementScorer, features

TEXT = """Defence Minister Jan Veltman met General Karim Sadi on Monday. \
Veltman phoned Colonel Petra Lindholt. He will visit Tunis in June."""


def kinds(follower: Follower, values: dict[str, float], threshold: float = 0.5) -> list[str]:
    followed = follower.follow(TEXT, whole=True)
    scorer = EngagementScorer(Weights(values, threshold))
    return [record.kind for record in scorer.select(followed.records, followed.prepared.analysis.lines)]


def test_weights_decide_what_is_told(follower: Follower) -> None:
    assert kinds(follower, {}) == ["meeting", "call", "visit"]
    assert kinds(follower, {"kind=call": -1.0}) == ["meeting", "visit"]
    assert kinds(follower, {"status=planned|False": -1.0}) == ["meeting", "call"]


def test_threshold_decides_too(follower: Follower) -> None:
    assert kinds(follower, {"kind=call": 1.0}, threshold=0.6) == ["call"]


def test_confidence_is_the_probability(follower: Follower) -> None:
    followed = follower.follow(TEXT, whole=True)
    scorer = EngagementScorer(Weights({"bias": 2.0}, 0.5))
    (first, *_) = scorer.select(followed.records, followed.prepared.analysis.lines)
    assert first.confidence == 0.881  # 1 / (1 + e^-2)


def test_features_are_deterministic(follower: Follower) -> None:
    runs = []
    for _ in range(2):
        followed = follower.follow(TEXT, whole=True)
        records, lines = followed.records, followed.prepared.analysis.lines
        runs.append([list(features(record, records[:k], lines)) for k, record in enumerate(records)])
    assert runs[0] == runs[1]
    assert {"kind=meeting", "word=met", "mode=past|verb", "told=0"} <= set(runs[0][0])
    assert {"kind=call", "told=1", "shared_parties"} <= set(runs[0][1])
