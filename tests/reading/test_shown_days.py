"""Tests of `reading.shown_days`: the day from which a report without a day of publication looks."""

from __future__ import annotations

import datetime as dt

import pytest

from communique import Reader
from communique.pages import document_from_text
from communique.reading.shown_days import SHOWN

NOTHING_KNOWN = "met on the border to talk about patrols. They agreed on a plan.\n"


def shown(reader: Reader, text: str) -> tuple[dt.date | None, str]:
    """The day that a text shows, and what it is called."""
    document = document_from_text(text)
    assert document.published is None, "the page itself shows a full date: nothing is left to find"
    (prepared,) = reader.preparer.prepare([document])
    calendar = reader.circumstances.calendars.make(prepared.analysis)
    return calendar.today, calendar.source


@pytest.mark.parametrize(
    "story",
    [NOTHING_KNOWN, "met on Thursday to talk about patrols.", "met on Wednesday, March 6, in a year like 2019."],
)
def test_no_year_is_guessed_for_a_dateline(reader: Reader, story: str) -> None:
    text = f"Ministers meet\n\nTALLINN, March 7 (Harbour Wire) - The ministers of Norland and Sudland {story}"
    assert shown(reader, text)[0] is None


def test_the_year_may_follow_the_agency(reader: Reader) -> None:
    text = f"Ministers meet\n\nTALLINN, March 7 (Harbour Wire), 2023: The ministers of Norland {NOTHING_KNOWN}"
    assert shown(reader, text) == (dt.date(2023, 3, 7), SHOWN)


def test_a_digest_is_of_the_last_of_its_days(reader: Reader) -> None:
    text = f"PATROL BULLETIN\nNo. 4: 7-13 August 2023 (compiled 14 August)\n\nThe ministers of Norland {NOTHING_KNOWN}"
    assert shown(reader, text) == (dt.date(2023, 8, 13), SHOWN)
