"""Tests of `reading.day_candidates` and `reading.day_judge`; sentences made up for these tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from tests.reading.following import PUBLISHED, Follower

from communique import Reader
from communique.reading.day_candidates import Candidate, day_of
from communique.reading.day_judge import CAUTION, DayJudge, likeliest
from communique.reading.engagement_judge import Told
from communique.reading.forest import Forest
from communique.reading.opinion import UNSAID, Opinion
from communique.reading.records import Record
from communique.reading.tellings import Narrative
from communique.reading.told_records import told_record

TEXT = "Defence Minister Jan Veltman met General Karim Sadi in Tunis on Monday. The accord was signed on 3 April."
THE_RULES_OWN = 1
"""Place of the number that says whether a day is that of the rules."""


def forest_that_likes(feature: int, *, above: float = 0.5) -> Forest:
    """One tree: yes where a feature lies above a number."""
    return Forest(
        feature=np.array([[feature, 0, 0]], dtype=np.int16),
        threshold=np.array([[above, 0, 0]], dtype=np.float32),
        left=np.array([[1, 1, 2]], dtype=np.int16),
        right=np.array([[2, 1, 2]], dtype=np.int16),
        value=np.array([[0, -1, 1]], dtype=np.float32),
        start=0.0,
        cut=0.0,
    )


def asked(follower: Follower, text: str) -> tuple[list[Told], list[Record], Narrative]:
    """The first telling of a text as the one engagement that it tells."""
    narrative = follower.follow(text, whole=True).narrative
    told = [Told(narrative.tellings[:1], {}, list(narrative.cast.members)[:2], 0.9, 0.9)]
    return told, [told_record(one, narrative) for one in told], narrative


def offered(follower: Follower, text: str) -> list[Candidate]:
    judge = DayJudge(follower.reader.circumstances.occasions)
    (candidates,) = judge.candidates(*asked(follower, text))
    return candidates


def test_all_days_are_on_offer(follower: Follower) -> None:
    days = {candidate.day for candidate in offered(follower, TEXT)}
    assert {None, "2025-05-12", "2025-04-03", "2025-05", PUBLISHED.isoformat()} <= days


def test_every_day_is_offered_once_and_with_as_many_numbers(follower: Follower) -> None:
    candidates = offered(follower, f"{TEXT} On Monday they also saw the harbour.")
    assert len({candidate.day for candidate in candidates}) == len(candidates)
    assert len({len(candidate.values) for candidate in candidates}) == 1


def test_a_visit_that_ended_may_have_begun_days_before(follower: Follower) -> None:
    days = {c.day for c in offered(follower, "Minister Jan Veltman made a three-day visit to Tunis until Tuesday.")}
    assert {"2025-05-11", "2025-05-13"} <= days


def test_the_days_of_the_rules_stay_where_the_judge_agrees(follower: Follower) -> None:
    told, records, narrative = asked(follower, TEXT)
    before = records[0].date
    judge = DayJudge(follower.reader.circumstances.occasions, forest_that_likes(THE_RULES_OWN))
    judge.choose(told, records, narrative)
    assert before is not None
    assert records[0].date is before


def test_the_judge_may_take_no_day(follower: Follower) -> None:
    told, records, narrative = asked(follower, TEXT)
    DayJudge(follower.reader.circumstances.occasions, forest_that_likes(0)).choose(told, records, narrative)
    assert records[0].date is None


@pytest.mark.parametrize(("more", "day"), [(0.5, None), (1.5, "2025-05-12")])
def test_a_day_that_is_hardly_likelier_than_none_is_not_told(more: float, day: str | None) -> None:
    candidates = [Candidate("2025-05-12", None, []), Candidate(None, None, [])]
    assert likeliest(candidates, np.array([more * CAUTION, 0.0])).day == day


def test_a_day_of_another_sentence_says_so(follower: Follower) -> None:
    told, records, narrative = asked(follower, TEXT)
    occasions = follower.reader.circumstances.occasions
    candidates = offered(follower, TEXT)
    april = next(c for c in candidates if c.day == "2025-04-03")
    # A number that only this day has: the first in which it is above all others.
    others = np.array([c.values for c in candidates if c is not april])
    feature = int(np.argmax(np.array(april.values) - others.max(axis=0)))
    above = (april.values[feature] + others[:, feature].max()) / 2
    DayJudge(occasions, forest_that_likes(feature, above=above)).choose(told, records, narrative)
    date = records[0].date
    assert date is not None
    assert (date.start, date.text) == (dt.date(2025, 4, 3), "")
    assert "another sentence" in date.basis


def test_the_encoder_is_heard(follower: Follower) -> None:
    told, records, narrative = asked(follower, TEXT)
    judge = DayJudge(follower.reader.circumstances.occasions)
    (silent,) = judge.candidates(told, records, narrative)
    start = TEXT.index("on Monday")
    narrative.opinion = Opinion(when={(0, 0, start): 7.5})
    (heard,) = judge.candidates(told, records, narrative)
    monday = [next(c.values for c in candidates if c.day == "2025-05-12") for candidates in (silent, heard)]
    assert [b for a, b in zip(*monday, strict=True) if a != b] == [7.5]
    assert [a for a, b in zip(*monday, strict=True) if a != b] == [UNSAID]


@pytest.mark.parametrize(
    ("precision", "day"), [("day", "2025-05-12"), ("month", "2025-05"), ("year", "2025"), ("before", None)]
)
def test_a_day_is_as_fine_as_it_is_known(follower: Follower, precision: str, day: str | None) -> None:
    date = asked(follower, TEXT)[1][0].date
    assert date is not None
    assert day_of(replace(date, precision=precision)) == day  # type: ignore[arg-type]
    assert day_of(None) is None


def test_a_document_that_tells_nothing_asks_nothing(reader: Reader, follower: Follower) -> None:
    _, _, narrative = asked(follower, TEXT)
    DayJudge(reader.circumstances.occasions).choose([], [], narrative)
