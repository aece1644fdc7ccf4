"""Values of a query string are read strictly; pages are bounded."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict

from communique.desk.lists import Field, actors, engagements, mechanisms
from communique.desk.lists.listing import MOST_PAGES, PAGE_SIZE, count_rows, cut_page
from communique.desk.views.lists import LISTINGS
from communique.errors import QueryError
from communique.register.models import Actor, Mechanism


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2031-05-14", dt.date(2031, 5, 14)),
        ("share", "0.8", 0.8),
        ("whole", "90", 90),
        ("check", "1", True),
        ("check", "no", False),
        ("text", "a b", "a b"),
    ],
)
def test_values(kind: str, text: str, value: object) -> None:
    assert Field(name="x", label="X", kind=kind).read(text) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "14 May"),
        ("date", "2031-02-30"),
        ("share", "7"),
        ("share", "nan"),
        ("whole", "many"),
        ("text", "x" * 301),
        ("text", "a\0b"),
    ],
)
def test_what_is_not_of_its_kind_is_told(kind: str, text: str) -> None:
    with pytest.raises(QueryError, match="When"):
        Field(name="x", label="When", kind=kind).read(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=lambda listing: listing.name)
def test_every_order_is_total(listing, sample) -> None:  # type: ignore[no-untyped-def]
    for sort in listing.sorts:
        values = listing.given(QueryDict(f"sort={sort.name}"))
        order = sort.of(listing.select(values)).query.order_by
        assert str(order[-1]).lstrip("-") == "pk", sort.name


def test_an_unknown_order_is_told() -> None:
    with pytest.raises(QueryError, match="Choose: latest"):
        mechanisms.LISTING.sort("prettiest")


def test_pages(sample) -> None:  # type: ignore[no-untyped-def]
    listing, sort = engagements.LISTING, engagements.LISTING.sorts[0]
    rows = listing.select({})
    count = count_rows(rows)
    pages = [cut_page(listing, rows, sort, number, count) for number in range(1, -(-count // PAGE_SIZE) + 1)]
    keys = [row.pk for page in pages for row in page.rows]
    assert len(keys) == len(set(keys)) == count == 200
    assert pages[0].before is None
    assert pages[0].after == 2
    assert pages[-1].after is None
    assert (pages[1].first_row, pages[1].last_row) == (51, 100)


def test_pages_end(sample) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(QueryError, match="Narrow"):
        cut_page(actors.LISTING, Actor.objects.all(), actors.LISTING.sorts[0], MOST_PAGES + 1, 10)


def test_filters_narrow(sample) -> None:  # type: ignore[no-untyped-def]
    def count(name: str, query: str) -> int:
        listing = LISTINGS[name]
        return listing.select(listing.given(QueryDict(query))).count()

    assert 0 < count("engagements", "kind=visit") < 200
    assert count("engagements", "kind=visit&kind=meeting") > count("engagements", "kind=visit")
    assert 0 < count("engagements", "topic=border_security&country=NG") < count("engagements", "topic=border_security")
    assert count("engagements", "conflict=1") == 1
    assert count("engagements", "actor=a1") == count("engagements", "actor=Ghana Navy") > 0
    assert count("mechanisms", "q=patrol") == 1
    assert count("mechanisms", f"party=a{Mechanism.objects.first().parties.first().pk}") >= 1  # type: ignore[union-attr]
    assert count("commitments", "followed=yes") + count("commitments", "followed=no") == count("commitments", "")
    assert count("commitments", "mechanism=m1") > 0
    assert count("actors", "type=person&q=varela") < count("actors", "type=person")
    assert count("sources", "original=1") < count("sources", "")
    assert count("sources", "q=patrol*&site=The Harbour Post") > 0
    assert count("audit", "action=merged") == 1


def test_what_became_of_other_records_is_not_listed(sample) -> None:  # type: ignore[no-untyped-def]
    assert not engagements.live().exclude(merged_into=None).exists()
    assert actors.LISTING.select({}).count() == Actor.objects.count() - 1


@pytest.mark.parametrize(
    "query", ["kind=party", "since=yesterday", "since=2031-05-02&until=2031-05-01", "actor=Nobody At All"]
)
def test_filters_that_make_no_sense_are_told(query: str, sample) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(QueryError):
        engagements.LISTING.select(engagements.LISTING.given(QueryDict(query)))
