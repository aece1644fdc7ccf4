"""What speaks for and against a trigger telling an engagement; sentences made up for these tests."""

from __future__ import annotations

from tests.reading.following import Follower

from communique.reading.engagement_judge import EngagementJudge
from communique.reading.telling_features import telling_features, telling_values
from communique.reading.tellings import Narrative, Telling

TEXT = "Defence Minister Jan Veltman met General Karim Sadi at Qaddarat on Monday."


def first(follower: Follower, text: str) -> tuple[Narrative, Telling]:
    narrative = follower.follow(text, whole=True).narrative
    return narrative, narrative.tellings[0]


def test_words_kind_and_what_stands_beside(follower: Follower) -> None:
    names = set(telling_features(first(follower, TEXT)[1]))
    assert {"word=met", "kind=meeting|verb", "mode=past|verb", "beside-1=<person>", "beside+1=<person>"} <= names


def test_no_name_is_a_feature(follower: Follower) -> None:
    names = " ".join(telling_features(first(follower, TEXT)[1])).lower()
    assert not any(name in names for name in ("veltman", "sadi", "qaddarat"))


def test_what_is_denied_is_asked_about_too(follower: Follower) -> None:
    _, telling = first(follower, "Defence Minister Jan Veltman did not meet General Karim Sadi.")
    assert telling.record is None
    assert "denied" in set(telling_features(telling))


def test_numbers_grow_with_who_took_part(follower: Follower) -> None:
    narrative, telling = first(follower, TEXT)
    nobody = telling_values(telling, 0, narrative, 0.0)
    EngagementJudge().weigh_participants(narrative)
    somebody = telling_values(telling, 0, narrative, 0.0)
    assert len(nobody) == len(somebody)
    assert sum(somebody) > sum(nobody)
