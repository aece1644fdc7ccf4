"""When and where: dates and places of engagements, on sentences made up for these tests."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from tests.reading.following import Follower

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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # "where" takes up the place before it, whatever leads to it.
        ("Minister Jan Veltman was returning from Sfax, where he had met General Karim Sadi.", "Sfax"),
        ("Minister Jan Veltman went on to Dubrovo Selo, where he met General Karim Sadi.", "Dubrovo Selo"),
        # A town that the sentence has told before, in another clause.
        ("The frigate docked at Sfax for three days; her captain, Jan Veltman, met General Karim Sadi.", "Sfax"),
        # What was talked about is no place of talks, nor are those in whose presence they were.
        ("In Tunis, Jan Veltman and General Karim Sadi discussed the state of the camps in Sfax.", "Tunis"),
        ("Minister Jan Veltman met General Karim Sadi in the presence of the Norwegians.", None),
        # Entries of an agenda.
        ("Tue 20 May: Sfax. Meeting of Minister Jan Veltman with General Karim Sadi.", "Sfax"),
        ("Coming up: meeting of Minister Jan Veltman with General Karim Sadi, Sfax, in two weeks.", "Sfax"),
    ],
)
def test_place_besides_grammar(reader: Reader, text: str, place: str | None) -> None:
    (engagement, *_) = [e for e in read(reader, text) if e.kind == "meeting"]
    assert (engagement.place and engagement.place.text) == place


def test_a_landmark_is_named_after_its_town(reader: Reader) -> None:
    (meeting,) = read(reader, "Minister Jan Veltman met General Karim Sadi at the Élysée on Monday.")
    assert meeting.place is not None
    assert (meeting.place.text, meeting.place.name) == ("Élysée", "Paris")


def test_an_unknown_building_lies_in_the_town_told_beside_it(reader: Reader) -> None:
    text = "The frigate docked at Sfax; her captain, Jan Veltman, met General Karim Sadi at the municipal hall."
    (meeting,) = [e for e in read(reader, text) if e.kind == "meeting"]
    assert meeting.place is not None
    assert (meeting.place.text, meeting.place.name) == ("municipal hall", "Sfax")


@pytest.mark.parametrize(("head", "place"), [("TAVELLAH", ("TAVELLAH", "Tavellah")), ("TAVELLAH LEDGER", None)])
def test_a_dateline_that_no_list_has_is_the_place(reader: Reader, head: str, place: tuple[str, str] | None) -> None:
    text = f"{head}, 14 May (Harbour Wire) - Minister Jan Veltman met General Karim Sadi on Monday."
    cut = text.index("Minister")
    blocks = (Block(start=0, end=cut, kind="dateline"), Block(start=cut, end=len(text), kind="body"))
    document = Document(id="0" * 64, uri="test", text=text, title=None, published=PUBLISHED, blocks=blocks)
    (meeting,) = reader.read(document).engagements
    assert ((meeting.place.text, meeting.place.name) if meeting.place is not None else None) == place


@pytest.mark.parametrize(
    ("margin", "place"),
    [
        ("Bizerte, 19 March. Photo: press office", "Bizerte"),
        ("BIZERTE | Wednesday 19 March 2025, evening", "Bizerte"),
        ("Bizerte and the world", None),
    ],
)
def test_a_town_before_a_day_above_the_story_is_the_place(reader: Reader, margin: str, place: str | None) -> None:
    text = f"{margin}\n\nDefence Minister Jan Veltman met General Karim Sadi on Wednesday."
    blocks = (
        Block(start=0, end=len(margin), kind="clutter"),
        Block(start=len(margin) + 2, end=len(text), kind="body"),
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    (meeting,) = reader.read(Document(id=digest, uri="test", text=text, blocks=blocks)).engagements
    assert (meeting.place and meeting.place.name) == place


def test_whose_building_it_is_belongs_to_its_name(reader: Reader) -> None:
    (meeting,) = read(reader, "General Karim Sadi met Jan Veltman at the Headquarters of the Ministry of Public Works.")
    assert meeting.place is not None
    assert meeting.place.text == "Headquarters of the Ministry of Public Works"


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
        (
            "The talks between Minister Jan Veltman and General Karim Sadi, set for Friday, were moved to 20 May.",
            dt.date(2025, 5, 20),
        ),
    ],
)
def test_date_of_sentence(reader: Reader, text: str, day: dt.date | None) -> None:
    (engagement,) = read(reader, text)
    assert (engagement.date.start if engagement.date else None) == day


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Minister Jan Veltman, who succeeded Ada Holm on 5 May, later met General Karim Sadi.", None),
        ("Minister Jan Veltman, who was sworn in on Monday, met General Karim Sadi in Tunis.", None),
        ("Minister Jan Veltman, named on 5 May, met General Karim Sadi in Tunis.", None),
        ("Minister Jan Veltman, in office since 5 May, met General Karim Sadi in Tunis.", None),
        ("Minister Jan Veltman, who has been in office since 5 May, held talks with General Karim Sadi.", None),
        ("After taking office on 5 May, Minister Jan Veltman met General Karim Sadi.", None),
        ("Minister Jan Veltman, who took office on 5 May, met General Karim Sadi on Monday.", dt.date(2025, 5, 12)),
        ("Minister Jan Veltman had been at the office on Monday with General Karim Sadi.", dt.date(2025, 5, 12)),
        ("Minister Jan Veltman took over on 5 May and met General Karim Sadi in Tunis.", dt.date(2025, 5, 5)),
    ],
)
def test_the_day_on_which_somebody_took_a_post_is_not_that_of_a_meeting(
    reader: Reader, told: str, day: dt.date | None
) -> None:
    (meeting,) = [e for e in read(reader, f"It was short. {told}") if e.kind == "meeting"]
    assert (meeting.date.start if meeting.date else None) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Jan Veltman will meet General Karim Sadi on 19 May. The following day he will visit Sfax.", (5, 20)),
        ("Exercise Blue Reef ends on 19 May. Minister Jan Veltman will visit Sfax a day earlier.", (5, 18)),
        (
            "Jan Veltman met Ada Holm on Monday. He will meet Karim Sadi on Friday. Two days later he will visit Sfax.",
            (5, 18),
        ),
        ("Minister Jan Veltman met Ada Holm on Monday. The following day he visited Sfax.", (5, 13)),
    ],
)
def test_days_of_plans_count_from_the_day_told_last(reader: Reader, text: str, day: tuple[int, int]) -> None:
    (*_, visit) = [e for e in read(reader, text) if e.kind == "visit"]
    assert visit.date is not None
    assert visit.date.start == dt.date(2025, *day)


def test_a_plan_is_on_no_day_that_is_over(reader: Reader) -> None:
    text = "Minister Jan Veltman met Ada Holm on Monday. He will meet General Karim Sadi the following day."
    (_, planned) = read(reader, text)
    assert planned.date is None or planned.date.start is None or planned.date.start >= PUBLISHED


def test_to_the_rules_the_day_of_a_report_is_not_that_of_what_it_tells(follower: Follower) -> None:
    text = "His office said on Tuesday that Minister Jan Veltman had met General Karim Sadi."
    (record,) = follower.follow(text, whole=True).records
    assert record.date is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # What a date tells apart, or what its clause says of a thing, has a day of its own.
        ("Minister Jan Veltman met General Karim Sadi about the boat that will be handed over on Friday.", None),
        ("On 12 May, Minister Jan Veltman met General Karim Sadi after the floods of March.", dt.date(2025, 5, 12)),
        # Days that count from one told before.
        (
            "On Monday the camp was closed. That evening Minister Jan Veltman met General Karim Sadi.",
            dt.date(2025, 5, 12),
        ),
        (
            "On Monday the camp was closed. The next day Minister Jan Veltman met General Karim Sadi.",
            dt.date(2025, 5, 13),
        ),
        ("A month after the fall of the town, Minister Jan Veltman met General Karim Sadi.", None),
        # The arrival, told in the same words, does not put the talks a week back.
        (
            "Minister Jan Veltman is expected to arrive in Tunis on Friday for talks with General Karim Sadi.",
            dt.date(2025, 5, 16),
        ),
        ("General Karim Sadi is expected in Tunis on Friday for talks with Jan Veltman.", dt.date(2025, 5, 16)),
        # Of two days, the one that holds.
        (
            "Talks between Minister Jan Veltman and General Karim Sadi have been postponed from today to next Monday.",
            dt.date(2025, 5, 19),
        ),
        (
            "A meeting of Minister Jan Veltman with General Karim Sadi, first set for 16 May, will be held on 20 May.",
            dt.date(2025, 5, 20),
        ),
    ],
)
def test_of_several_times_the_one_that_is_meant(reader: Reader, text: str, day: dt.date | None) -> None:
    engagement = next(e for e in read(reader, text) if e.kind == "meeting")
    assert (engagement.date.start if engagement.date else None) == day


def test_entries_with_the_time_of_day_are_of_the_day_of_publication(reader: Reader) -> None:
    text = "16:20  Minister Jan Veltman met General Karim Sadi.\n\n15:07  The road to Sfax is open again."
    (meeting,) = read(reader, text)
    assert meeting.date is not None
    assert (meeting.date.start, meeting.date.text) == (PUBLISHED, "16:20")


def test_the_dateline_takes_the_year_from_the_margin(reader: Reader) -> None:
    text = "SFAX, May 14 - Minister Jan Veltman met General Karim Sadi on Monday.\n\n(Harbour Post / 2025)"
    head, last = text.index("Minister"), text.index("(Harbour")
    blocks = (
        Block(start=0, end=head, kind="dateline"),
        Block(start=head, end=last - 2, kind="body"),
        Block(start=last, end=len(text), kind="body"),
    )
    document = Document(id="0" * 64, uri="test", text=text, title=None, published=None, blocks=blocks)
    (meeting,) = reader.read(document).engagements
    assert meeting.date is not None
    assert meeting.date.start == dt.date(2025, 5, 12)


def test_a_day_to_come_is_not_carried_from_the_year_before(reader: Reader) -> None:
    text = "The exercise will be opened on 24 September. After that, Minister Jan Veltman met General Karim Sadi."
    (meeting,) = [e for e in read(reader, text) if e.kind == "meeting"]
    assert meeting.date is None


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
