"""The text of a source: passages marked once, everything escaped, clutter set apart."""

from __future__ import annotations

import re

from communique.desk.reader import Passage, draw_source, list_passages, name_marks
from communique.register.models import Content, Document
from communique.register.store.packing import pack


def test_passages_of_evidence() -> None:
    one = {"quote": "met", "start": 3, "end": 6}
    assert list_passages(one, "engagement", "fact-e1", 2) == list_passages([one], "engagement", "fact-e1", 2)
    assert list_passages([], "engagement", "x") == list_passages({}, "engagement", "x") == []


def test_names_on_a_page_are_unique() -> None:
    passages = [
        Passage(start=1, end=5, kind="engagement", card=card, number=n) for n, card in enumerate(("a", "b", "a"))
    ]
    marks = name_marks(passages)
    assert len({mark.anchor for mark in marks}) == len(marks) == 2
    assert next(mark for mark in marks if mark.anchor == "t1-5").number == 1


def test_clutter_is_set_apart_and_nothing_is_lost(sample) -> None:  # type: ignore[no-untyped-def]
    document = Document.objects.order_by("pk").first()
    assert document is not None
    sheet = draw_source(document, [])
    assert sheet is not None
    assert '<div class="clutter"' in sheet
    assert "Home | News" in sheet


def test_a_hostile_text_is_shown_as_text(empty) -> None:  # type: ignore[no-untyped-def]
    document = Document.objects.create(sha256="0" * 64, uri="x.html", media_type="text/html")
    text = '<script>alert(1)</script>\n\n<img src=x onerror="alert(2)">'
    Content.objects.create(document=document, text=pack(text), readout=pack("{}"))
    sheet = draw_source(document, [Passage(start=0, end=8, kind="engagement", card="fact-1", number=1)])
    assert sheet is not None
    assert not re.search(r"<(script|img)", sheet)


def test_a_source_without_a_text(empty) -> None:  # type: ignore[no-untyped-def]
    document = Document.objects.create(sha256="1" * 64, uri="y")
    assert draw_source(document, []) is None


def test_evidence_beyond_the_text_marks_nothing(empty) -> None:  # type: ignore[no-untyped-def]
    document = Document.objects.create(sha256="2" * 64, uri="z")
    Content.objects.create(document=document, text=pack("short"), readout=pack("not json"))
    assert "<mark" not in (
        draw_source(document, [Passage(start=90, end=99, kind="statement", card="s", number=1)]) or ""
    )
