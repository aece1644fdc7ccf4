"""However a page is found - what fits looked up and sorted, or rows walked in their order - it is the same page."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.register import Register, open_register

ENGAGEMENTS = 90
FIRST_DAY = dt.date(2031, 1, 1)
# None is a stem or a beginning of another one.
WORDS = ("harbour", "patrol", "radar", "bridge", "convoy", "depot", "pilot", "engine")
CITIES = ("Accra", "Lomé", "Tema")
ACTORS = 6
PAGE = 10

words = st.sampled_from(WORDS)
terms = st.one_of(
    words,
    words.map(lambda word: f"{word[:4]}*"),
    st.tuples(words, words).map(" OR ".join),
    st.tuples(words, words).map(lambda pair: f'"{" ".join(pair)}"'),
    words.map(lambda word: f"-{word}"),
)
queries = st.tuples(words, st.lists(terms, max_size=2)).map(lambda parts: " ".join((parts[0], *parts[1])))
days = st.integers(0, 80).map(lambda number: FIRST_DAY + dt.timedelta(days=number))
filters = st.fixed_dictionaries(
    {"sort": st.sampled_from(("newest", "oldest", "changed", "least-certain", "most-reported"))},
    optional={
        "text": queries,
        "actor": st.lists(st.integers(1, ACTORS), min_size=1, max_size=2).map(lambda n: tuple(f"a{i}" for i in n)),
        "beside": st.integers(1, ACTORS).map(lambda number: (f"a{number}",)),
        "topic": st.sampled_from((("border_security",), ("border_security", "maritime_security"))),
        "place": st.sampled_from(CITIES).map(lambda city: (city,)),
        "since": days.filter(lambda day: day < FIRST_DAY + dt.timedelta(days=40)),
        "until": days.filter(lambda day: day >= FIRST_DAY + dt.timedelta(days=40)),
        "min_confidence": st.just(0.5),
    },
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters)
def test_every_way_finds_the_same_page(made_up: Register, given: dict[str, Any]) -> None:
    from communique.register.store import finding

    with pytest.MonkeyPatch.context() as patch:
        pages = []
        for few in (ENGAGEMENTS, 7, 0):
            patch.setattr(finding, "FEW", few)
            rows = finding.find_engagements(finding.EngagementFilters(**given))
            pages.append(([row.pk for row in rows[:PAGE]], [row.pk for row in rows[PAGE : 2 * PAGE]], rows.count()))
    assert pages[1] == pages[0]
    assert pages[2] == pages[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queries, st.sampled_from((0, ENGAGEMENTS)))
def test_a_walk_finds_what_reading_every_text_finds(made_up: Register, query: str, few: int) -> None:
    from communique.register import models as tables
    from communique.register.store import finding

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "FEW", few)
        found = [row.pk for row in finding.find_engagements(finding.EngagementFilters(text=query))]
    live = tables.Engagement.objects.filter(merged_into=None, retracted_at=None)
    wanted = [row for row in live if _fits(query, row.search_text.split())]
    assert found == [row.pk for row in sorted(wanted, key=lambda e: (e.day or dt.date.min, e.pk), reverse=True)]


def _fits(query: str, text: list[str]) -> bool:
    """What the query language means, word by word."""
    if '"' in query:
        before, phrase, after = query.split('"', 2)
        in_order = tuple(phrase.split()) in pairwise(text)
        return in_order and all(_fits(part, text) for part in (before, after) if part.strip())
    fits = True
    for clause in query.replace(" OR ", "|").split():
        if clause.startswith("-"):
            fits &= clause[1:] not in text
        else:
            fits &= any(_occurs(term, text) for term in clause.split("|"))
    return fits


def _occurs(term: str, text: list[str]) -> bool:
    return any(word.startswith(term[:-1]) if term.endswith("*") else word == term for word in text)


@pytest.fixture(scope="module")
def _filled() -> dict[str, Register]:
    return {}


@pytest.fixture(params=["sqlite", "postgres"])
def made_up(request: pytest.FixtureRequest, make_register: Any, _filled: dict[str, Register]) -> Register:
    """Engagements of chance, filled in once for each database: some undated, some of one day, some not live."""
    if request.param not in _filled:
        _filled[request.param] = make_register(request.param)
        _fill(random.Random(1))
    address = _filled[request.param].address
    return open_register(address.path or address.url)


def _fill(chance: random.Random) -> None:
    from communique.register import models as tables
    from communique.register import text_search

    actors = [tables.Actor.objects.create(type="person", name=f"Somebody {n}") for n in range(ACTORS)]
    for _ in range(ENGAGEMENTS):
        day = FIRST_DAY + dt.timedelta(days=chance.randrange(80)) if chance.random() < 0.9 else None
        is_live = chance.random() < 0.9
        # Some words are in nearly all texts, some in few.
        text = " ".join(word for rank, word in enumerate(WORDS) if chance.random() < 0.95 / (1 + rank))
        engagement = tables.Engagement.objects.create(
            kind="meeting",
            status="held",
            day=day,
            place=chance.choice(CITIES),
            topics=chance.sample(("border_security", "maritime_security"), chance.randrange(3)),
            confidence=chance.choice((0.3, 0.6, 0.9)),
            report_count=chance.randrange(4),
            search_text=text,
            retracted_at=None if is_live else dt.datetime(2031, 5, 1, tzinfo=dt.UTC),
        )
        if not is_live:
            continue
        text_search.index_text(text_search.ENGAGEMENTS, engagement.pk, text)
        for position, actor in enumerate(chance.sample(actors, chance.choice((1, 2, 2, 3)))):
            engagement.participants.create(actor=actor, side=position % 2, position=position, day=day, kind="meeting")
        for topic in engagement.topics:
            engagement.topic_rows.create(topic=topic)
