"""Carrying: what further tellings of an engagement add to its record."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.model import EventDate
from communique.model.vocabulary import EngagementStatus, Precision
from communique.reading.carrying import Circumstances, merged
from communique.reading.records import Record
from communique.reading.status import Standing


def day(start: int, end: int | None = None, precision: Precision = "day") -> EventDate:
    first, last = dt.date(2025, 5, start), dt.date(2025, 5, end or start)
    return EventDate(text="on a day", start=first, end=last, precision=precision, basis="a date as written")


def told(status: EngagementStatus) -> Standing:
    return Standing(status, denied=False, background=False)


@pytest.mark.parametrize(
    ("known", "new", "status", "start"),
    [
        (day(1, 31, "month"), day(12), "held", 12),
        (day(14), day(12, 14, "range"), "held", 12),
        # The day before may be that of another engagement: "crossed on Monday, and came back on Wednesday".
        (day(14), day(12), "held", 14),
        (day(14), day(12, 14, "range"), "planned", 14),
    ],
)
def test_a_date_is_refined_by_what_is_told_with_the_same_standing(
    known: EventDate, new: EventDate, status: EngagementStatus, start: int
) -> None:
    record = Record("visit", told("held"), [])
    record.date = known
    merged(record, Circumstances(told(status), new, True, None))
    assert record.date is not None
    assert record.date.start == dt.date(2025, 5, start)


def test_a_date_is_taken_where_none_is_known() -> None:
    record = Record("visit", told("held"), [])
    merged(record, Circumstances(told("planned"), day(12), True, None))
    assert record.date == day(12)
