"""Status and background, on sentences made up for these tests."""

from __future__ import annotations

import pytest
from tests.reading.test_circumstances import read

from communique.reading.reader import Reader

WHO = "Defence Minister Jan Veltman"
WHOM = "General Karim Sadi"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{WHO} met {WHOM}.", "held"),
        (f"{WHO} will meet {WHOM}.", "planned"),
        (f"{WHO} is to meet {WHOM}.", "planned"),
        (f"{WHO} meets {WHOM} in June.", "planned"),
        (f"A meeting between {WHO} and {WHOM} is set for Sunday.", "planned"),
        (f"Talks between {WHO} and {WHOM} were postponed to 20 May.", "planned"),
        (f"Talks between {WHO} and {WHOM} were cancelled.", "cancelled"),
    ],
)
def test_status(reader: Reader, text: str, status: str) -> None:
    assert [engagement.status for engagement in read(reader, text)] == [status]


@pytest.mark.parametrize("text", [f"{WHO} did not meet {WHOM}.", f"{WHO} denied reports that he had met {WHOM}."])
def test_denied_is_dropped(reader: Reader, text: str) -> None:
    assert read(reader, text) == ()


def test_long_past_beside_news_is_background(reader: Reader) -> None:
    news, past = read(reader, f"{WHO} met {WHOM} on Monday. Veltman had visited Tunis in January.")
    assert (news.background, past.background) == (False, True)


def test_old_but_only_engagement_is_the_news(reader: Reader) -> None:
    (meeting,) = read(reader, f"{WHO} met {WHOM} on 3 April.")
    assert not meeting.background


def test_earlier_the_same_day_is_no_background(reader: Reader) -> None:
    engagements = read(reader, f"{WHO} met {WHOM} on Monday. Earlier, Veltman held talks with Minister Omar Fehri.")
    assert [engagement.background for engagement in engagements] == [False, False]
