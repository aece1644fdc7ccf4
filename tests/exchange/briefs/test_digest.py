"""A digest tells what the log says was made or changed in these days, by country and topic."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from communique.errors import QueryError
from tests.exchange.briefs.test_building import texts

if TYPE_CHECKING:
    from communique.exchange.briefs import BriefDocument
    from tests.exchange.briefs.made import Story

FIRST, LAST = dt.date(2031, 11, 1), dt.date(2031, 11, 30)


def build(since: dt.date = FIRST, until: dt.date = LAST, **filters: Any) -> BriefDocument:
    from communique.exchange.briefs import DigestOptions, build_digest
    from communique.register.store.finding import EngagementFilters

    return build_digest(DigestOptions(since=since, until=until, filters=EngagementFilters(**filters)))


def log(day: str, record: str, action: str = "created", **what: list[Any]) -> None:
    from communique.register import models as tables

    row = tables.Change.objects.create(record=record, action=action, what=what)
    tables.Change.objects.filter(pk=row.pk).update(at=dt.datetime.fromisoformat(f"{day}T12:00+00:00"))


def headings(document: BriefDocument) -> list[str]:
    return [section.heading for section in document.sections]


def test_nothing_changed_is_said_so(story: Story) -> None:
    log("2031-10-31", story.talks.code)
    log("2031-12-01", story.talks.code)
    assert texts(build(), "Summary") == ["Nothing that fits was added to the register or changed in it in these days."]


def test_engagements_come_by_country_and_topic_marked_as_new_or_changed(story: Story) -> None:
    from communique.exchange.briefs.document import Entries

    type(story.talks).objects.filter(pk=story.talks.pk).update(country="PT")
    log("2031-11-01", story.visit.code)
    log("2031-11-30", story.talks.code, "updated", place=["Eskerby", "Varnholm"])
    document = build()
    assert headings(document) == ["Summary", "Portugal", "No country given"]
    (block,) = document.sections[1].blocks
    assert isinstance(block, Entries)
    assert block.heading == "Border security"
    assert block.entries[0].mark.startswith(f"changed: place · {story.talks.code}")
    assert texts(document, "Summary")[0].startswith("1 new engagement, 1 changed;")


def test_commitments_and_mechanisms_follow_with_their_notes(story: Story) -> None:
    log("2031-11-02", story.pledge.code)
    log("2031-11-03", story.unit.code, "updated", status=["agreed", "operating"])
    document = build()
    assert headings(document) == ["Summary", "Commitments", "Mechanisms"]
    assert texts(document, "Mechanisms") == ["Agreed.", "Operating."]
    assert "Piet Maas pledged: open a second crossing." in texts(document, "Commitments")


def test_filters_hold_for_all_parts(story: Story) -> None:
    for record in (story.talks, story.visit, story.pledge, story.unit):
        log("2031-11-02", record.code)
    assert headings(build(kind=("visit",))) == ["Summary", "No country given"]
    assert headings(build(kind=("meeting",))) == ["Summary", "No country given", "Commitments", "Mechanisms"]


def test_days_must_follow_each_other(story: Story) -> None:
    with pytest.raises(QueryError, match="Turn them round"):
        build(LAST, FIRST)
