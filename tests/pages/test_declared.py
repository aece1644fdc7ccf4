from __future__ import annotations

import datetime as dt

from communique.model import Document
from communique.pages import document_from_text
from communique.pages.declared import Declared, put_after, put_before

DECLARED = Declared(title="Declared", site="Lantern", published=dt.date(2024, 5, 3), basis="column date")


def document(published: dt.date | None = None) -> Document:
    text = "Talks in Halden\n\n2 May 2024\n\nThe Minister met the Ambassador on Tuesday and they agreed on patrols."
    return document_from_text(text, published=published)


def test_what_goes_before_the_text_replaces_what_it_shows() -> None:
    settled = put_before(DECLARED, document())
    assert (settled.title, settled.site) == ("Declared", "Lantern")
    assert (settled.published, settled.published_basis) == (dt.date(2024, 5, 3), "column date")
    assert settled.published_evidence is None


def test_the_evidence_stays_where_the_text_shows_the_same_day() -> None:
    settled = put_before(Declared(published=dt.date(2024, 5, 2), basis="column date"), document())
    assert settled.published_evidence == document().published_evidence
    assert settled.published_basis == "column date"


def test_a_given_day_goes_before_everything() -> None:
    settled = put_before(DECLARED, document(published=dt.date(2024, 5, 1)))
    assert (settled.published, settled.published_basis) == (dt.date(2024, 5, 1), "given")


def test_what_goes_after_the_text_fills_what_it_does_not_show() -> None:
    settled = put_after(DECLARED, document())
    assert (settled.title, settled.site) == ("Talks in Halden", "Lantern")
    assert settled.published == dt.date(2024, 5, 2)
    assert settled.published_evidence is not None


def test_a_placeholder_is_no_day() -> None:
    declared = Declared(published=dt.date(1, 1, 1), basis="column date", captured=dt.date(1970, 1, 1))
    assert declared == Declared()
    assert put_before(declared, document()).published == dt.date(2024, 5, 2)
