"""Rows are fetched so many at a time, in the order that was asked for, with where they are told."""

from __future__ import annotations

import pytest

from communique.exchange import citing
from communique.exchange.citing import citations, stream, stream_chunks, stream_values
from communique.register import Register, models


def test_chunks_keep_the_order(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citing, "CHUNK", 2)
    newest_first = models.Document.objects.order_by("-pk")
    numbers = [row.pk for row in newest_first]
    assert len(numbers) == 3
    assert [row.pk for row in stream(newest_first)] == numbers
    assert [len(chunk) for chunk in stream_chunks(newest_first, size=2)] == [2, 1]
    assert [number for (number,) in stream_values(newest_first, "pk")] == numbers[::-1]


def test_a_row_is_fetched_as_it_is_asked_for(register: Register) -> None:
    fetched = models.Document.objects.defer("digest").select_related("copy_of")
    (first, *_) = stream(models.Document.objects.filter(site="Quin Herald"), fetched)
    assert first.get_deferred_fields() == {"digest"}
    assert first.site == "Quin Herald"


def test_citations_count_passages_where_they_lie(register: Register) -> None:
    meeting, visit = models.Engagement.objects.get(kind="meeting"), models.Engagement.objects.get(kind="visit")
    models.EngagementReport.objects.filter(engagement=visit).delete()
    report = models.EngagementReport.objects.filter(engagement=meeting).order_by("document")[0]
    report.evidence = [*report.evidence, {"quote": "Port Vell", "start": 0, "end": 9}]
    report.save()
    told = dict(citations(models.EngagementReport.objects.all(), "engagement", [visit.pk, meeting.pk]))
    assert list(told) == [meeting.pk]  # what nobody tells is passed over
    assert told[meeting.pk].sources == ("d1", "d2")
    assert told[meeting.pk].evidence == ("d1/e1/1", "d1/e1/2", "d2/e1/1")
