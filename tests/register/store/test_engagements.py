"""Engagements: which reports tell one event, what is concluded from them, and what sources disagree on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.register import Register
from tests.register.telling import Paper, Told, met, tell

HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"
KUSI, DZIFA = "Abena Kusi | Chief of Staff | Ghana", "Komla Dzifa | Chief of Staff | Togo"
TALKS = met((HADDOW, KUSI), (SENOU, DZIFA))
FIRST = Paper(number=1, site="Daily")
SECOND = Paper(number=2, site="Herald")

ONE_EVENT = {
    "the same told twice": (TALKS, TALKS),
    "with the sides turned round": (TALKS, met((SENOU, DZIFA), (HADDOW, KUSI))),
    "with fewer people": (TALKS, met(HADDOW, SENOU)),
    "with the country in place of its delegation": (TALKS, met(HADDOW, "@ Togo")),
    "with a place in one only": (TALKS, replace(TALKS, place=None)),
    "with the day in one only": (TALKS, replace(TALKS, day=None)),
    "with the day one off": (TALKS, replace(TALKS, day="2031-03-11")),
    "announced, then held": (replace(TALKS, status="planned"), TALKS),
    "a meeting and a session": (TALKS, replace(TALKS, kind="committee_session")),
    "with the month only": (TALKS, replace(TALKS, day="2031-03")),
}
TWO_EVENTS = {
    "the same people a week later": (TALKS, replace(TALKS, day="2031-03-17")),
    "the same people in another country": (TALKS, replace(TALKS, day="2031-03-12", place="Lomé, TG")),
    "other people on the day": (TALKS, met("Eva Sund | Ambassador | Sweden", "Tom Arden | Mayor | Accra")),
    "one delegation, another host on the same day": (met(HADDOW, SENOU), met(HADDOW, "Akosua Boni | President | Togo")),
    "a call and an exercise": (replace(TALKS, kind="call", place=None), replace(TALKS, kind="exercise", place=None)),
}


@pytest.mark.parametrize("told", ONE_EVENT.values(), ids=ONE_EVENT.keys())
def test_one_event_is_one_record(register: Register, told: tuple[Told, Told]) -> None:
    from tests.register.filling import engagements, fill

    fill(tell(told[0], paper=FIRST), tell(told[1], paper=SECOND))
    (engagement,) = engagements()
    assert (engagement.report_count, engagement.independent_sources) == (2, 2)


@pytest.mark.parametrize("told", TWO_EVENTS.values(), ids=TWO_EVENTS.keys())
def test_two_events_are_two_records(register: Register, told: tuple[Told, Told]) -> None:
    from tests.register.filling import engagements, fill

    fill(tell(told[0], paper=FIRST), tell(told[1], paper=SECOND))
    assert [engagement.report_count for engagement in engagements()] == [1, 1]


def test_what_one_document_tells_apart_stays_apart(register: Register) -> None:
    from tests.register.filling import engagements, fill

    fill(tell(TALKS, replace(TALKS, kind="signing")), tell(TALKS, paper=SECOND))
    assert [engagement.report_count for engagement in engagements()] == [2, 1]


def test_the_record_says_what_most_sources_say_and_on_what_they_disagree(register: Register) -> None:
    from tests.register.filling import engagements, fill

    late = replace(TALKS, day="2031-03-11", topics=("training_capacity_building",))
    reports = [tell(told, paper=Paper(number=n, site=f"Outlet {n}")) for n, told in enumerate((TALKS, late, TALKS))]
    fill(*reports)
    (engagement,) = engagements()
    assert str(engagement.date_start) == "2031-03-10"
    assert engagement.topics == ["training_capacity_building"]
    days = {reports[i].document.id: f"2031-03-1{i % 2}" for i in range(3)}
    assert engagement.conflicts == [{"field": "date", "values": days}]
    assert engagement.has_conflict
    assert engagement.sources["date"]["2031-03-11"] == [reports[1].document.id]


def test_called_off_and_held_is_a_conflict(register: Register) -> None:
    from tests.register.filling import engagements, fill

    called_off = replace(TALKS, status="cancelled")
    fill(*(tell(t, paper=Paper(number=n, site=f"Outlet {n}")) for n, t in enumerate((TALKS, called_off, TALKS))))
    (engagement,) = engagements()
    assert engagement.status == "held"
    assert [conflict["field"] for conflict in engagement.conflicts] == ["status"]


def test_an_article_that_looks_back_is_no_independent_source(register: Register) -> None:
    from tests.register.filling import engagements, fill

    fill(tell(TALKS, paper=FIRST), tell(replace(TALKS, background=True), paper=replace(SECOND, published="2031-04-20")))
    (engagement,) = engagements()
    assert (engagement.report_count, engagement.independent_sources) == (2, 1)


def test_copies_of_one_article_are_one_source(register: Register) -> None:
    from communique.register import models as tables
    from tests.register.filling import engagements, fill

    story = " ".join(f"The delegation discussed item {number} of a long list in detail." for number in range(40))
    original = tell(TALKS, paper=Paper(number=1, site="Agency", published="2031-03-10", filler=story))
    copy = tell(TALKS, paper=Paper(number=2, site="Herald", published="2031-03-12", filler=f"{story} Agencies."))
    other = tell(TALKS, paper=Paper(number=3, site="Post"))
    fill(copy, other, original)
    (engagement,) = engagements()
    assert (engagement.report_count, engagement.independent_sources) == (3, 2)
    (row,) = tables.Document.objects.exclude(copy_of=None)
    assert (row.sha256, row.copy_of.sha256) == (copy.document.id, original.document.id)


def test_a_bridge_merges_under_the_older_number_and_the_younger_redirects(register: Register) -> None:
    """Two terse reports share nobody; a third names everybody."""
    from communique.register import models as tables
    from communique.register.store.codes import find_record, find_survivor
    from tests.register.filling import engagements, fill

    fill(tell(met(HADDOW, "@ Togo"), paper=FIRST))
    fill(tell(met("@ Ghana", SENOU, kind="conference"), paper=SECOND))
    before = [engagement.pk for engagement in engagements()]
    if len(before) == 1:
        pytest.fail("the two were merged by themselves: the test needs others")
    fill(tell(TALKS, paper=Paper(number=3, site="Post")))
    (engagement,) = engagements()
    assert (engagement.pk, engagement.report_count) == (before[0], 3)
    younger = find_record(f"e{before[1]}")
    assert isinstance(younger, tables.Engagement)
    assert not younger.is_live
    assert find_survivor(younger).pk == engagement.pk


def test_a_guest_named_elsewhere_counts_from_when_one_knows_who_that_is(register: Register) -> None:
    from communique.register import models as tables
    from communique.register.store import judging
    from tests.register.filling import actor, engagements, fill

    nameless = met("Ruth Haddow | Defence Minister | Ghana", day="2031-03-11")
    elsewhere = met("Mary Oti | Mayor | Accra", "Joao Senou | Trade Commissioner | Benin", day="2029-01-09")
    fill(tell(met(HADDOW, SENOU), paper=FIRST), tell(nameless, elsewhere, paper=SECOND))
    assert [engagement.report_count for engagement in engagements()] == [1, 1, 1]
    judgement = judging.merge(judging.Decision(code=actor("Yao Senou").code, author="eva"), actor("Joao Senou").code)
    assert sorted(engagement.report_count for engagement in engagements()) == [1, 2]
    judging.undo(tables.Judgement.objects.get(pk=judgement.pk), "eva")
    assert [engagement.report_count for engagement in engagements()] == [1, 1, 1]
