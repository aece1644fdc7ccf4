"""Days stand where they belong, and labels have room."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from communique.desk.charts.time_axis import LABEL_WIDTH, LEAST_MONTHS, TimeAxis, month_before, next_month

DAYS = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2080, 1, 1))


def test_ends_of_the_year() -> None:
    assert next_month(dt.date(2030, 12, 31)) == dt.date(2031, 1, 1)
    assert month_before(dt.date(2031, 1, 31)) == dt.date(2030, 12, 1)


@given(DAYS, DAYS)
def test_later_stands_further_right(one: dt.date, other: dt.date) -> None:
    first, last = min(one, other), max(one, other)
    axis = TimeAxis.over(first, last, 100, 900)
    assert 100 <= axis.at(first) <= axis.at(last) <= 900
    assert axis.first <= first <= last < axis.last
    assert axis.first.day == axis.last.day == 1


@given(DAYS, DAYS)
def test_labels_do_not_touch(one: dt.date, other: dt.date) -> None:
    axis = TimeAxis.over(min(one, other), max(one, other), 0, 1000)
    places = [x for x, _ in axis.ticks()]
    # Months differ in length: a label may come a little closer than the mean.
    assert all(right - left > LABEL_WIDTH * 0.9 for left, right in pairwise(places))


def test_a_short_time_has_its_surroundings() -> None:
    axis = TimeAxis.over(dt.date(2031, 5, 4), dt.date(2031, 5, 6), 0, 100)
    assert len(list(axis.months())) >= LEAST_MONTHS


def test_the_first_label_and_each_january_name_the_year() -> None:
    labels = [words for _, words in TimeAxis.over(dt.date(2030, 8, 1), dt.date(2031, 6, 1), 0, 1000).ticks()]
    assert labels[0].endswith("2030")
    assert "Jan 2031" in labels
