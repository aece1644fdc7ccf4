"""A note is a document like any other: every fact in it has its evidence."""

from __future__ import annotations

import pytest
from django.test import Client

from communique.errors import QueryError
from communique.register.models import Document, Engagement, EngagementReport
from communique.register.store.notes import add_note, write_note
from tests.desk.written import make_note


def test_every_fact_has_its_words() -> None:
    readout, text = write_note(make_note())
    readout.check(text)
    quotes = [p.evidence.quote for side in readout.engagements[0].sides for p in side.participants]
    assert quotes == ["Ama Quartey", "Piet Maas", "(Volta Coast Watch)"]
    assert [(p.name, p.type) for p in readout.engagements[0].sides[1].participants][1] == (
        "Volta Coast Watch",
        "organization",
    )


@pytest.mark.usefixtures("empty")
def test_a_note_is_accepted_and_has_a_source() -> None:
    code = add_note(make_note())
    engagement = Engagement.objects.get()
    assert (engagement.code, engagement.review) == (code, "accepted")
    assert EngagementReport.objects.get().evidence
    assert Document.objects.get().added_by == "ana"


@pytest.mark.usefixtures("empty")
def test_no_note_without_words() -> None:
    with pytest.raises(QueryError, match="how you know"):
        add_note(make_note(words="  "))
    assert not Document.objects.exists()


@pytest.mark.usefixtures("empty")
def test_the_form() -> None:
    desk = Client(headers={"host": "127.0.0.1"})
    given = {
        "kind": "call",
        "status": "held",
        "date": "2031-02-03",
        "sides": "Ama Quartey\nPiet Maas",
        "words": "Heard.",
    }
    answer = desk.post("/ingest/note", given)
    assert desk.get(answer["Location"]).status_code == 200
    for day in ("soon", "9999-12-31", "0001-01-01"):
        assert desk.post("/ingest/note", {**given, "date": day}).status_code == 400
        assert desk.post("/ingest/sources", {"text": "x", "published": day}).status_code == 400
