"""A brief says what the register has, as at its day, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from communique.errors import QueryError

if TYPE_CHECKING:
    from communique.exchange.briefs import BriefDocument
    from communique.exchange.briefs.document import Sentence
    from tests.exchange.briefs.made import Story

LATE, EARLY = dt.date(2031, 12, 1), dt.date(2031, 6, 1)


def build(as_at: dt.date = LATE, **filters: Any) -> BriefDocument:
    from communique.exchange.briefs import BriefOptions, build_brief
    from communique.register.store.finding import EngagementFilters

    return build_brief(BriefOptions(title="Talks", as_at=as_at, filters=EngagementFilters(**filters)))


def sentences(document: BriefDocument, heading: str) -> Iterator[Sentence]:
    from communique.exchange.briefs.document import Entries, Paragraph, Table

    for block in next(section for section in document.sections if section.heading.startswith(heading)).blocks:
        if isinstance(block, Entries):
            for entry in block.entries:
                yield from entry.sentences
        elif isinstance(block, Paragraph):
            yield from block.sentences
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from cell


def texts(document: BriefDocument, heading: str) -> list[str]:
    return [sentence.text for sentence in sentences(document, heading)]


def test_the_chronology_tells_each_engagement_with_its_reports(story: Story) -> None:
    told = list(sentences(build(), "Chronology"))
    assert [sentence.text for sentence in told] == [
        "Meeting of Ana Duarte with Piet Maas and Border Guard of Ostrava in Varnholm, on border security.",
        "Visit by Ana Duarte to Eskerby (planned).",
    ]
    assert told[0].note
    assert [(c.outlet, c.day, c.also) for c in told[0].note.citations] == [
        ("Quay Record", "4 May 2031", ("Quay Mirror",)),
        ("Dune Post", "5 May 2031", ()),
    ]
    assert told[0].note.citations[0].quote == "Ms Duarte met Mr Maas in Varnholm."
    assert told[0].note.citations[0].link == "https://1.example/report"


def test_a_commitment_is_followed_or_its_silence_counted(story: Story) -> None:
    told = list(sentences(build(), "Commitments"))
    assert [sentence.text for sentence in told] == [
        "Ana Duarte and Piet Maas pledged: set up a joint border unit.",
        "1 September 2031: joint border unit, operating.",
        "Piet Maas pledged: open a second crossing.",
        "No follow-up since 5 May 2031, 6 months.",
    ]
    assert [bool(sentence.note) for sentence in told] == [True, True, True, False]


def test_what_was_told_later_is_left_out(story: Story) -> None:
    early = build(EARLY)
    assert len(texts(early, "Chronology")) == 1
    assert texts(early, "Mechanisms") == ["Agreed."]
    assert "No follow-up since 4 May 2031, 28 days." in texts(early, "Commitments")
    assert "2031-09" not in str(early)
    assert "September" not in str(early)


def test_posts_are_those_of_the_time(story: Story) -> None:
    make = story.maker
    make.tenure(make.actor("Ana Duarte"), "Ambassador", make.document("Old Times", "2019-01-01"))
    told = texts(build(), "Who took part")
    assert told[1] == "Minister of the Interior, Ostrava (seen 4 May 2031)."
    assert "No post given." in told
    assert not any("Ambassador" in text for text in told)
    assert told[-1].endswith("Border Guard of Ostrava (1).")


def test_disagreements_name_each_value_with_its_source(story: Story) -> None:
    told = list(sentences(build(), "What sources disagree on"))
    assert [sentence.text for sentence in told[1:]] == [
        "Place: Eskerby, according to Dune Post.",
        "Place: Varnholm, according to Quay Record.",
    ]
    assert all(sentence.note for sentence in told[1:])


def test_every_fact_has_a_note(story: Story) -> None:
    for heading in ("Chronology", "Mechanisms"):
        assert all(sentence.note for sentence in sentences(build(), heading))


def test_filters_choose_what_is_told_around_the_engagements(story: Story) -> None:
    document = build(kind=("visit",))
    assert document.subtitle == "Engagements: of kind visit"
    assert texts(document, "Commitments") == ["No commitment is recorded for these engagements."]


def test_days_are_said_as_loosely_as_they_are_known(story: Story) -> None:
    table = type(story.talks).objects
    table.filter(pk=story.talks.pk).update(precision="month", day=dt.date(2031, 5, 1))
    assert texts(build(), "Summary")[0] == "It covers 2 engagements from May 2031 to 30 August 2031."
    table.filter(pk=story.visit.pk).update(day=None)
    assert texts(build(), "Summary")[0] == "It covers 1 engagement of May 2031 and 1 without a date."
    assert texts(build(kind=("visit",)), "Summary")[:2] == [
        "It covers 1 engagement without a date.",
        "All are planned.",
    ]


def test_filters_are_said_in_words(story: Story) -> None:
    type(story.talks).objects.filter(pk=story.talks.pk).update(country="PT")
    assert build(country=("PT",), status=("held",)).subtitle == "Engagements: in or with Portugal, held"


def test_a_list_does_not_count_one_alone() -> None:
    from communique.exchange.briefs.wording import listed

    assert listed(["A", "B", "C"], most=2) == "A, B and C"
    assert listed(["A", "B", "C", "D"], most=2) == "A, B and 2 others"


def test_nothing_that_fits_is_said_so(story: Story) -> None:
    document = build(place=("Nowhere",))
    assert len(document.sections) == 1
    assert texts(document, "Summary") == ["No engagement in the register fits, as at 1 December 2031."]


def test_more_than_a_brief_can_hold_is_refused(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    from communique.exchange.briefs import selection

    monkeypatch.setattr(selection, "MOST_ENGAGEMENTS", 1)
    with pytest.raises(QueryError, match="2 engagements fit, and a brief holds 1"):
        build()


def test_notes_have_an_end_and_say_what_they_leave_out(story: Story) -> None:
    make = story.maker
    for number in range(9):
        make.report(story.visit, make.document(f"Outlet {number}", "2031-09-02"), "She will go.")
    note = list(sentences(build(), "Chronology"))[1].note
    assert note
    assert len(note.citations) == 6
    assert note.remainder == "And 4 more in the register."


def test_a_file_is_cited_by_its_bare_name(story: Story) -> None:
    make = story.maker
    make.report(story.visit, make.document(None, "2031-09-02", uri="folder/sub/note.txt"), "She goes.")
    note = list(sentences(build(), "Chronology"))[1].note
    assert note
    assert (note.citations[1].outlet, note.citations[1].link) == ("note.txt", None)
