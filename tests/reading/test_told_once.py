"""Engagements that a report tells twice; sentences made up for these tests."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.reading.following import Follower, last_names

from communique.reading.engagement_judge import Told
from communique.reading.records import Record
from communique.reading.tellings import Narrative
from communique.reading.told_once import DISTINCT, told_once
from communique.reading.told_records import told_record

TEXT = (
    "Defence Minister Jan Veltman met General Karim Sadi in Tunis on Monday. It rained. "
    "Veltman held talks with Sadi and Colonel Petra Lindholt on Monday."
)
BOTH, ALL, OTHERS = ["Veltman", "Sadi"], ["Veltman", "Sadi", "Lindholt"], ["Veltman", "Lindholt"]


def once(
    follower: Follower, text: str, companies: Sequence[list[str]], scores: Sequence[float] = (0.95, 0.7)
) -> tuple[list[Told], list[Record], Narrative]:
    """What is left of the first telling of the first and of the last sentence, as two engagements."""
    narrative = follower.follow(text, whole=True).narrative
    members = narrative.cast.members
    keys = {last_names([member.party])[0]: key for key, member in members.items()}
    last = narrative.tellings[-1].line
    ends = narrative.tellings[0], next(t for t in narrative.tellings if t.line is last)
    assert ends[0].line is not last
    told = [
        Told([telling], {}, [keys[name] for name in names], 1.0, score)
        for telling, names, score in zip(ends, companies, scores, strict=True)
    ]
    found, records = told_once(told, [told_record(one, narrative) for one in told], narrative)
    return found, records, narrative


def test_what_is_told_twice_becomes_one_with_the_fuller_company(follower: Follower) -> None:
    (one,), (record,), narrative = once(follower, TEXT, [BOTH, ALL])
    assert sorted(last_names(record.parties)) == sorted(ALL)
    assert [telling.line for telling in one.tellings] == [narrative.lines[0], narrative.lines[2]]
    assert {line.index for line in record.lines} == {0, 2}
    assert record.date is not None
    assert str(record.date.start) == "2025-05-12"


def test_the_order_of_the_two_does_not_matter(follower: Follower) -> None:
    (one,), (record,), _ = once(follower, TEXT, [ALL, BOTH], (0.7, 0.95))
    assert len(one.tellings) == 2
    assert one.chance == 0.95
    assert sorted(last_names(record.parties)) == sorted(ALL)


@pytest.mark.parametrize(
    ("text", "companies", "scores"),
    [
        (TEXT, [BOTH, OTHERS], (0.95, 0.7)),  # some of each were not in the other
        (TEXT, [BOTH, ALL], (0.95, DISTINCT)),  # both are sure
        (TEXT.replace("on Monday.", "on Tuesday.", 1), [BOTH, BOTH], (0.95, 0.7)),  # another day
        (TEXT.replace("held talks with", "will hold talks with"), [BOTH, BOTH], (0.95, 0.7)),  # another standing
        (TEXT.replace("held talks with", "phoned"), [BOTH, BOTH], (0.95, 0.7)),  # another kind
        (TEXT.replace(" on Monday.", ".", 1), [BOTH, ALL], (0.95, 0.7)),  # no day, and not the same people
    ],
)
def test_what_is_not_plainly_one_stays_two(
    follower: Follower, text: str, companies: Sequence[list[str]], scores: Sequence[float]
) -> None:
    found, records, _ = once(follower, text, companies, scores)
    assert len(found) == len(records) == 2


def test_without_a_day_the_same_people_are_enough(follower: Follower) -> None:
    _, (record,), _ = once(follower, TEXT.replace(" on Monday.", ".", 1), [BOTH, BOTH])
    assert record.date is not None  # the one that is known


def test_nothing_told_is_nothing_once(follower: Follower) -> None:
    assert told_once([], [], follower.follow(TEXT, whole=True).narrative) == ([], [])
