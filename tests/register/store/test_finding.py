"""Finding: every filter finds what it says, and full text means the same on both databases."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest

from communique.errors import QueryError
from communique.register import Register
from tests.register.telling import Paper, met, tell

HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"
REPORTS = (
    tell(met(HADDOW, SENOU, topics=("border_security",)), paper=Paper(site="Daily")),
    tell(met(HADDOW, SENOU, topics=("border_security",)), paper=Paper(number=2, site="Herald")),
    tell(
        met("Eva Sund | Ambassador | Sweden", "=Ghana Navy", day="2031-06-02", place="Tema, GH", kind="visit"),
        paper=Paper(number=3, site="Post"),
    ),
    tell(
        met(
            ("Abena Kusi", "Tom Árdên"),
            "@ Kenya",
            day=None,
            place="Lomé, TG",
            kind="conference",
            status="planned",
            topics=("maritime_security", "training_capacity_building"),
            confidence=0.55,
        ),
        paper=Paper(number=4, site="Post", published="2031-08-01"),
    ),
)
FILTERS: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "2 1 3"),
    ({"actor": ("Ruth Haddow",)}, "1"),
    ({"actor": ("ruth haddow", "Eva Sund")}, "2 1"),
    ({"actor": ("Ghana Navy",)}, "2"),
    ({"actor": ("Kenya",)}, "3"),
    ({"organization": ("Ghana Navy",)}, "2"),
    ({"country": ("TG",)}, "1 3"),  # the place, or where somebody who took part comes from
    ({"place": ("Accra", "Tema")}, "2 1"),
    ({"topic": ("border_security",)}, "1"),
    ({"topic": ("border_security", "maritime_security")}, "1 3"),
    ({"kind": ("visit",)}, "2"),
    ({"status": ("planned",)}, "3"),
    ({"source": ("Herald",)}, "1"),
    ({"source": ("Post",), "kind": ("visit",)}, "2"),
    ({"review": ("unreviewed",)}, "2 1 3"),
    ({"review": ("accepted",)}, ""),
    ({"since": dt.date(2031, 3, 11)}, "2"),
    ({"until": dt.date(2031, 6, 1)}, "1"),
    ({"since": dt.date(2031, 3, 10), "until": dt.date(2031, 3, 10)}, "1"),
    ({"min_confidence": 0.6}, "2 1"),
    ({"conflict": True}, ""),
    ({"sort": "oldest"}, "1 2 3"),
    ({"sort": "most-reported"}, "1 3 2"),
    ({"sort": "least-certain"}, "3 2 1"),
    ({"text": "tema"}, "2"),
    ({"text": "sund tema"}, "2"),
    ({"text": "met"}, "2 1 3"),
    ({"text": '"met Yao"'}, "1"),
    ({"text": '"Yao met"'}, ""),
    ({"text": "met -tema"}, "1 3"),
    ({"text": "met -tema -border"}, "3"),
    ({"text": "tema OR accra"}, "2 1"),
    ({"text": "met tema OR accra"}, "2 1"),
    ({"text": "amb* OR sun*"}, "2"),
    ({"text": "lome"}, "3"),
    ({"text": "ARDEN"}, "3"),
    ({"text": "Árdên"}, "3"),
    ({"text": "meetings"}, "1"),
    ({"text": '"border security"'}, "1"),
    ({"text": "tema", "since": dt.date(2032, 1, 1)}, ""),
)
HOSTILE = ('"', '""', "*", "-", "OR", "-tema", "'); DROP TABLE x; --", "AND", "a:b", "(", "\0", "NEAR(", "^", "é", "%s")


@pytest.mark.parametrize(("given", "wanted"), FILTERS, ids=[str(given) for given, _ in FILTERS])
def test_a_filter_finds_what_it_says(found: Register, given: dict[str, Any], wanted: str) -> None:
    from communique.register.store.finding import EngagementFilters, find_engagements

    rows = find_engagements(EngagementFilters(**given))
    assert " ".join(str(row.pk) for row in rows) == wanted


@pytest.mark.parametrize(("given", "wanted"), FILTERS, ids=[str(given) for given, _ in FILTERS])
def test_of_many_that_fit_the_same_are_found(
    found: Register, given: dict[str, Any], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communique.register.store.finding.FEW", 0)
    test_a_filter_finds_what_it_says(found, given, wanted)


def test_a_country_may_be_named(found: Register) -> None:
    from communique.register.store.finding import EngagementFilters

    filters = EngagementFilters.parse({"country": ["tg", "Togo", "ghana"]})
    assert filters.country == ("TG", "TG", "GH")
    with pytest.raises(QueryError, match="'Atlantis' is not known"):
        EngagementFilters.parse({"country": ["Atlantis"]})


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_breaks_the_search(found: Register, query: str) -> None:
    from communique.register.store.finding import EngagementFilters, find_engagements

    with suppress(QueryError):  # that there is no word in it is told, and nothing else goes wrong
        list(find_engagements(EngagementFilters(text=query)))


def test_filters_survive_the_way_through_a_query_string(found: Register) -> None:
    from communique.register.store.finding import EngagementFilters

    for given, _ in FILTERS:
        filters = EngagementFilters(**given)
        pairs: dict[str, list[str]] = {}
        for name, word in filters.to_query():
            pairs.setdefault(name, []).append(word)
        assert EngagementFilters.parse(pairs) == filters


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": ["party"]}, "kind 'party'"),
        ({"since": ["tomorrow"]}, "since 'tomorrow'"),
        ({"since": ["2031-05-01"], "until": ["2031-04-01"]}, "Turn them round"),
        ({"sort": ["best"]}, "sort 'best'"),
        ({"min_confidence": ["much"]}, "min_confidence 'much'"),
    ],
)
def test_a_filter_that_cannot_be_is_named(found: Register, given: dict[str, list[str]], words: str) -> None:
    from communique.register.store.finding import EngagementFilters

    with pytest.raises(QueryError, match=words):
        EngagementFilters.parse(given)


def test_an_unknown_name_is_told(found: Register) -> None:
    from communique.register.store.finding import EngagementFilters, find_engagements

    with pytest.raises(QueryError, match="'Nobody Known'"):
        find_engagements(EngagementFilters(actor=("Nobody Known",)))


@pytest.fixture(scope="module")
def _filled() -> dict[str, Register]:
    return {}


@pytest.fixture(params=["sqlite", "postgres"])
def found(request: pytest.FixtureRequest, make_register: Any, _filled: dict[str, Register]) -> Register:
    """A register of the reports above, filled once for each database: searching changes nothing."""
    from communique.register import open_register

    if request.param not in _filled:
        _filled[request.param] = make_register(request.param)
        from tests.register.filling import fill

        fill(*REPORTS)
    address = _filled[request.param].address
    return open_register(address.path or address.url)


@pytest.mark.parametrize("name", ["actor", "place", "organization", "source", "text"])
def test_a_null_character_is_in_no_record(name: str) -> None:
    from communique.register.store.finding import EngagementFilters

    with pytest.raises(QueryError, match=f"{name} has a null character"):
        EngagementFilters.parse({name: ["a\0b"]})
