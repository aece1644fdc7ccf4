"""What the page of an actor tells, on both databases: they differ in months, and in where undated rows stand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communique.desk.figures import count_months_of, make_timeline
from communique.desk.lists.engagements import live
from communique.desk.ties import latest_of
from communique.desk.views.actors import count_spellings, list_statements
from communique.desk.wording import say_heading, say_who
from communique.register.models import Actor, Document, Engagement, EngagementParticipant, Profile, Statement
from tests.register.conftest import DATABASES

MARCH, MAY_FIRST, MAY_LAST = dt.date(2031, 3, 31), dt.date(2031, 5, 1), dt.date(2031, 5, 31)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    name: str = request.param
    return name


@pytest.fixture
def actor(empty: str) -> Actor:
    """Somebody who met another on three days, and once nobody knows when."""
    del empty
    one, other = (Actor.objects.create(type="person", name=name) for name in ("Ama Owusu", "Koffi Mensah"))
    for kind, day in (("visit", MAY_FIRST), ("meeting", None), ("meeting", MAY_LAST), ("call", MARCH)):
        engagement = Engagement.objects.create(kind=kind, status="held", day=day, date_start=day, place="Lomé")
        for side, who in enumerate((one, other)):
            EngagementParticipant.objects.create(
                engagement=engagement, actor=who, side=side, position=0, day=day, kind=kind
            )
    return one


def kinds_of(numbers: list[int]) -> list[tuple[str, dt.date | None]]:
    found = Engagement.objects.in_bulk(numbers)
    return [(found[number].kind, found[number].day) for number in numbers]


def test_the_latest_come_first_and_those_without_a_day_last(actor: Actor) -> None:
    assert kinds_of(latest_of(actor)) == [
        ("meeting", MAY_LAST),
        ("visit", MAY_FIRST),
        ("call", MARCH),
        ("meeting", None),
    ]
    assert kinds_of(latest_of(actor, most=2)) == [("meeting", MAY_LAST), ("visit", MAY_FIRST)]
    assert kinds_of(latest_of(actor, MAY_FIRST)) == [("visit", MAY_FIRST), ("call", MARCH)]


def test_months_are_counted_by_kind(actor: Actor) -> None:
    assert count_months_of(actor.participations.all()) == {
        (dt.date(2031, 3, 1), "call"): 1,
        (MAY_FIRST, "visit"): 1,
        (MAY_FIRST, "meeting"): 1,
    }


@pytest.mark.parametrize(
    ("as_at", "kinds"),
    [
        (dt.date(2031, 3, 30), set()),
        (dt.date(2031, 4, 2), {"call"}),
        (dt.date(2031, 5, 30), {"call", "visit"}),
        (MAY_LAST, {"call", "visit", "meeting"}),
    ],
)
def test_of_the_month_of_a_day_only_what_was_by_then(actor: Actor, as_at: dt.date, kinds: set[str]) -> None:
    counts = count_months_of(actor.participations.all(), as_at)
    assert {kind for _, kind in counts} == kinds
    assert set(counts.values()) <= {1}


def test_signs_say_what_the_records_say(actor: Actor) -> None:
    timeline = make_timeline(live(), count_months_of(actor.participations.all()))
    dated = Engagement.objects.exclude(day=None).order_by("day")
    assert [dot.words for dot in timeline.dots] == [f"{say_heading(e)}\n{say_who(e)}" for e in dated]
    assert [dot.address for dot in timeline.dots] == [f"/engagements/{e.code}" for e in dated]


def test_signs_are_drawn_from_few_questions(actor: Actor) -> None:
    with CaptureQueriesContext(connection) as first:
        make_timeline(live())
    for _ in range(5):
        engagement = Engagement.objects.create(kind="visit", status="held", day=MARCH, date_start=MARCH)
        EngagementParticipant.objects.create(engagement=engagement, actor=actor, side=0, position=0, day=MARCH)
    with CaptureQueriesContext(connection) as second:
        make_timeline(live())
    assert len(second) <= len(first)


def test_spellings_are_those_of_all_profiles(actor: Actor) -> None:
    actor.aliases = ["Mrs Owusu"]
    for number, spellings in enumerate(([["Ama Owusu", 3], ["Ama OWUSU", 1]], [["A. Owusu", 2], ["Ama Owusu", 4]])):
        Profile.objects.create(
            key=str(number), type="person", name="Ama Owusu", actor=actor, data={"spellings": spellings}
        )
    assert count_spellings(actor) == [("Ama Owusu", 7), ("A. Owusu", 2), ("Ama OWUSU", 1), ("Mrs Owusu", 0)]


def test_statements_without_a_day_come_last_and_count_from_their_publication(actor: Actor) -> None:
    for number, (published, day) in enumerate(((MAY_LAST, MAY_FIRST), (MAY_LAST, None), (MARCH, None), (MARCH, MARCH))):
        document = Document.objects.create(sha256=f"{number:064x}", uri=f"{number}.txt", published=published)
        Statement.objects.create(
            document=document,
            local="s1",
            key=f"{number}/s1",
            speaker_name=actor.name,
            actor=actor,
            act="stressed",
            day=day,
        )
    said = list_statements(actor, None)
    assert [statement.day for statement in said] == [MAY_FIRST, MARCH, None, None]
    assert [statement.key for statement in list_statements(actor, MAY_FIRST)] == ["0/s1", "3/s1", "2/s1"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_months_are_read_off_their_index(actor: Actor) -> None:
    with CaptureQueriesContext(connection) as asked:
        count_months_of(actor.participations.all())
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "participation_month" in plan
    assert "TEMP B-TREE" not in plan
