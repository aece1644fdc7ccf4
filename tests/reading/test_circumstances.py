"""When and where: dates and places of engagements, on sentences made up for these tests."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from communique.model import Block, Document, Engagement
from communique.reading.reader import Reader

PUBLISHED = dt.date(2025, 5, 14)  # a Wednesday


def read(reader: Reader, text: str, published: dt.date | None = PUBLISHED) -> tuple[Engagement, ...]:
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(start=at, end=at + len(paragraph), kind="body"))
        at += len(paragraph) + 2
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(id=digest, uri="test", text=text, title=None, published=published, blocks=tuple(blocks))
    return reader.read(document).engagements


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Defence Minister Jan Veltman met General Karim Sadi in Benghazi.", "Benghazi"),
        ("The head of intelligence, General Samir Rashad, met in Benghazi the mayor, Ali Dor.", "Benghazi"),
        ("Defence Minister Jan Veltman visited Bizerte on Monday.", "Bizerte"),
        ("Defence Minister Jan Veltman travelled to Tegucigalpa, Honduras, on Monday.", "Tegucigalpa"),
        ("In the Afghan capital, Defence Minister Jan Veltman met General Karim Sadi.", "Kabul"),
    ],
)
def test_place_of_sentence(reader: Reader, text: str, place: str) -> None:
    (engagement, *_) = read(reader, text)
    assert engagement.place is not None
    assert engagement.place.name == place


def test_building_keeps_its_words_and_gets_its_town(reader: Reader) -> None:
    (meeting,) = read(reader, "Minister Jan Veltman met General Karim Sadi at the Presidential Palace in Niamey.")
    assert meeting.place is not None
    assert (meeting.place.text, meeting.place.name) == ("Presidential Palace", "Niamey")


def test_call_has_no_place(reader: Reader) -> None:
    (call,) = read(reader, "In Rome, Defence Minister Jan Veltman telephoned General Karim Sadi on Monday.")
    assert call.kind == "call"
    assert call.place is None


def test_post_is_no_place(reader: Reader) -> None:
    (meeting,) = read(reader, "General Karim Sadi met the French ambassador to Libya, Paul Verdier, on Monday.")
    assert meeting.place is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Defence Minister Jan Veltman met General Karim Sadi on Monday.", dt.date(2025, 5, 12)),
        ("Defence Minister Jan Veltman will meet General Karim Sadi on Friday.", dt.date(2025, 5, 16)),
        ("Minister Jan Veltman met General Karim Sadi on Monday, his office said on Tuesday.", dt.date(2025, 5, 12)),
        ("His office said on Tuesday that Minister Jan Veltman had met General Karim Sadi.", None),
        (
            "The talks between Minister Jan Veltman and General Karim Sadi, set for Friday, were moved to 20 May.",
            dt.date(2025, 5, 20),
        ),
    ],
)
def test_date_of_sentence(reader: Reader, text: str, day: dt.date | None) -> None:
    (engagement,) = read(reader, text)
    assert (engagement.date.start if engagement.date else None) == day


def test_ended_visit_began_days_before(reader: Reader) -> None:
    (visit,) = read(reader, "Defence Minister Jan Veltman concluded a three-day visit to Tunis on Tuesday.")
    assert visit.date is not None
    assert (visit.date.start, visit.date.end) == (dt.date(2025, 5, 11), dt.date(2025, 5, 13))


def test_date_and_place_carry_on(reader: Reader) -> None:
    engagements = read(
        reader,
        "Defence Minister Jan Veltman met General Karim Sadi in Tripoli on Monday. "
        "Veltman later held talks with Interior Minister Omar Fehri.",
    )
    later = engagements[-1]
    assert len(engagements) == 2
    assert later.date is not None
    assert later.date.start == dt.date(2025, 5, 12)
    assert later.date.basis.startswith("same occasion")
    assert later.place is not None
    assert later.place.name == "Tripoli"


def test_heading_dates_entries(reader: Reader) -> None:
    (meeting,) = read(reader, "Friday 16 May: Defence Minister Jan Veltman meets General Karim Sadi.")
    assert meeting.status == "planned"
    assert meeting.date is not None
    assert meeting.date.start == dt.date(2025, 5, 16)


def test_full_date_in_text_stands_in_for_publication(reader: Reader) -> None:
    text = (
        "Minister Jan Veltman met General Karim Sadi on Wednesday, 14 May 2025. On Friday he will meet Sadi's deputy, "
        "General Omar Fehri."
    )
    first = read(reader, text, published=None)[0]
    assert first.date is not None
    assert first.date.start == PUBLISHED
