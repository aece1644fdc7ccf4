from __future__ import annotations

import pytest

from communique.pages import document_from_text

BODY = "\n\nThe Minister met the Ambassador in Kelm on 4 April 2019 and they agreed on patrols in the Strait.\n"


@pytest.mark.parametrize(
    ("head", "day", "basis"),
    [
        ("Talks held in Kelm\n9 Dec 2025", "2025-12-09", "date beside the title"),
        ("Talks held in Kelm\nPosted: Wednesday, 3 January 2024 10:15 GMT", "2024-01-03", "published"),
        ("Talks held in Kelm\nLast updated 30 November 2023", "2023-11-30", "updated"),
        ("Talks held in Kelm\n1 June 2024\nUpdated 2 June 2024", "2024-06-01", "date beside the title"),
        ("Talks held in Kelm (circulated 30 September 2025)", "2025-09-30", "published"),
        ("Talks held in Kelm", None, None),
        ("Strait Tracker, week of 4 August 2025 (updated 7 August)", "2025-08-07", "updated"),
        ("Talks held in Kelm\nPhoto: the Minister on 3 May 2018. (AFP)", None, None),
        (
            "(Strait feed) 3/12/2024 12:04:11 AM\nTalks held in Kelm since 11 March",
            "2024-03-12",
            "date in the dateline",
        ),
        ("Talks held in Kelm\n05/09/14", "2014-09-05", "date beside the title"),
    ],
)
def test_head_of_the_page(head: str, day: str | None, basis: str | None) -> None:
    document = document_from_text(head + BODY)
    assert (document.published.isoformat() if document.published else None) == day
    assert basis is None or basis in (document.published_basis or "")


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("KHARKIV, 3 September 2025. — ", "2025-09-03"),
        ("Sofia, April 8, 2024 /Agency/ ", "2024-04-08"),
        ("Halden, Safar 19, 1447, Aug 13, 2025, RPA --  ", "2025-08-13"),
        ("5 February 2024 | ", "2024-02-05"),
        ("BIRATNAGAR, Nov 20: ", None),
    ],
)
def test_datelines(dateline: str, day: str | None) -> None:
    document = document_from_text(dateline + BODY.strip())
    assert (document.published.isoformat() if document.published else None) == day


def test_the_body_may_supply_the_year() -> None:
    document = document_from_text("Talks held in Kelm\n4 April" + BODY)
    assert document.published_basis == "date beside the title, its year in the text"
    assert document.published_evidence is not None
    assert document.published_evidence.quote == "4 April"


def test_related_stories_and_capture_notes_date_nothing() -> None:
    text = (
        "News  [page saved 2 September 2025]\nTalks held in Kelm" + BODY + "\nRelated:\nFerry fares rise, 3 May 2025\n"
    )
    document = document_from_text(text)
    assert document.published is None
    assert document.captured is not None
    assert document.captured.isoformat() == "2025-09-02"
