"""Silence is counted for what has not ended."""

from __future__ import annotations

import datetime as dt

from communique.desk.silence import SILENT_DAYS, is_silent
from communique.desk.state import today


def test_a_mechanism_that_has_ended_is_not_silent() -> None:
    long_ago = dt.date(2001, 1, 1)
    assert is_silent(long_ago, "agreed")
    assert not is_silent(long_ago, "completed")
    assert not is_silent(None)


def test_the_day_on_which_silence_begins() -> None:
    assert not is_silent(today() - dt.timedelta(days=SILENT_DAYS))
    assert is_silent(today() - dt.timedelta(days=SILENT_DAYS + 1))
