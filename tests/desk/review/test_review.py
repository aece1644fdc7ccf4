"""Decisions: one advances the queue, a stale one is refused beside what changed, each can be undone."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections
from django.test import Client

from communique.desk.review.deciding import Seen, decide, undo
from communique.errors import RegisterError, StaleDecision
from communique.register.models import Actor, Change, Engagement, EngagementParticipant, Judgement
from communique.register.store.correcting import check_correction


def test_accepting_opens_the_next(writing: Client) -> None:
    page = writing.get("/review")
    assert b"e1" in page.content
    answer = writing.post("/review/e1/decide", {"version": "1", "action": "accept"})
    assert (answer.status_code, answer["Location"]) == (302, "/review/e2")
    assert Engagement.objects.get(pk=1).review == "accepted"
    assert b"2 waiting" in writing.get("/review").content


def test_skipping_decides_nothing(writing: Client) -> None:
    answer = writing.post("/review/e1/decide", {"version": "1", "action": "skip"})
    assert answer["Location"] == "/review/e2"
    assert not Judgement.objects.exists()


def test_rejecting_leaves_a_tombstone_and_undo_brings_it_back(writing: Client) -> None:
    writing.post("/review/e2/decide", {"version": "1", "action": "reject", "note": "no such meeting"})
    assert writing.get("/engagements/e2").status_code == 410
    writing.post("/review/undo", {"judgement": Judgement.objects.latest("pk").code})
    assert not Judgement.objects.filter(undone_at=None).exists()
    assert Engagement.objects.filter(retracted_at=None, merged_into=None).count() == 3


def test_of_two_decisions_on_one_version_the_second_is_told_what_changed(writing: Client) -> None:
    writing.post("/review/e1/correct", {"version": "1", "place": "Takoradi"})
    answer = writing.post("/review/e1/decide", {"version": "1", "action": "reject"})
    assert answer.status_code == 409
    assert b"Takoradi" in answer.content
    assert b"reject" in answer.content
    assert Engagement.objects.get(pk=1).is_live


@pytest.mark.usefixtures("written")
def test_two_reviewers_at_the_same_moment() -> None:
    results: list[str] = []
    start = threading.Barrier(2)

    def review(author: str) -> None:
        start.wait()
        try:
            decide("accept", Seen(code="e1", version=1), author=author)
            results.append("decided")
        except StaleDecision:
            results.append("stale")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=review, args=(name,)) for name in ("ana", "bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["decided", "stale"]
    assert Judgement.objects.count() == 1


def test_every_field_is_corrected_in_one_decision(writing: Client) -> None:
    given = {
        "version": "1", "kind": "visit", "status": "planned", "date": "2031-03-05", "precision": "month",
        "place": "Accra", "country": "gh", "topics-asked": "1", "topics": ["border_security", "maritime_security"],
        "sides": "Piet Maas\nAma Quartey; Rui Brandao", "note": "the ministry says so",
    }  # fmt: skip
    before = Engagement.objects.get(pk=1).place
    assert writing.post("/review/e1/correct", given).status_code == 302
    found = Engagement.objects.get(pk=1)
    assert (found.kind, found.status, str(found.day), found.precision) == ("visit", "planned", "2031-03-05", "month")
    assert (found.place, found.country, found.topics) == ("Accra", "GH", ["border_security", "maritime_security"])
    names = [(p.side, p.actor.name) for p in found.participants.select_related("actor")]
    assert names == [(0, "Piet Maas"), (1, "Ama Quartey"), (1, "Rui Brandao")]
    assert Judgement.objects.values("batch").distinct().count() == 1
    writing.post("/review/undo", {"judgement": Judgement.objects.latest("pk").code})
    assert Engagement.objects.get(pk=1).place == before


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("country", "GHA", "two letters"),
        ("date", "soon", "is not a day"),
        ("kind", "banquet", "not known"),
        ("sides", "Nobody Known", "Nobody in the register"),
    ],
)
def test_what_makes_no_sense_is_told_and_kept_in_the_form(writing: Client, field: str, value: str, told: str) -> None:
    answer = writing.post("/review/e1/correct", {"version": "1", field: value})
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Judgement.objects.exists()


def test_a_filtered_list_is_accepted_and_undone_as_one(writing: Client) -> None:
    assert writing.post("/review/accept-all?since=2031-04-01", {"count": "3"}).status_code == 409
    writing.post("/review/accept-all?since=2031-04-01", {"count": "2"})
    assert Engagement.objects.filter(review="accepted").count() == 2
    writing.post("/review/undo", {"judgement": Judgement.objects.latest("pk").code})
    assert Engagement.objects.filter(review="accepted").count() == 0


def test_actors_are_merged_into_the_older_and_parted_again(writing: Client) -> None:
    left, right = Actor.objects.get(name="Rui Brandao"), Actor.objects.get(name="Kojo Asante")
    address = f"/review/merge?a={right.code}&b={left.code}"
    older, younger = sorted((left, right), key=lambda actor: actor.pk)
    assert f"Merge {younger.code} into {older.code}" in writing.get(address).content.decode()
    versions = {"version_a": str(older.version), "version_b": str(younger.version)}
    assert writing.post(address, {**versions, "version_b": "9", "action": "merge"}).status_code == 409
    assert writing.post(address, {**versions, "action": "merge"}).status_code == 302
    assert writing.get(f"/actors/{younger.code}")["Location"] == f"/actors/{older.code}"
    page = writing.get(f"/review/{older.code}").content.decode()
    assert "Who is somebody else" in page
    writing.post("/review/undo", {"judgement": Judgement.objects.latest("pk").code})
    assert Actor.objects.get(pk=younger.pk).is_live


def test_reports_are_split_off_and_joined_again(writing: Client) -> None:
    mine, others = (Engagement.objects.get(pk=pk).reports.get().key for pk in (1, 2))
    versions = {"version_a": "1", "version_b": "1"}
    assert writing.post("/review/merge?a=e1&b=e2", {**versions, "action": "merge"}).status_code == 302
    joined = Engagement.objects.get(pk=1)
    keys = [mine, others]
    page = writing.get("/review/e1").content.decode()
    assert all(key in page for key in keys), "each report can be chosen"
    stale = writing.post("/review/e1/split", {"version": "1", "key": others})
    assert stale.status_code == 409
    for chosen in ([], keys, ["nothing/e1"]):
        answer = writing.post("/review/e1/split", {"version": str(joined.version), "key": chosen})
        assert answer.status_code == 400
        assert "Choose some, not all" in answer.content.decode()
    answer = writing.post("/review/e1/split", {"version": str(joined.version), "key": others})
    assert (answer.status_code, answer["Location"]) == (302, "/review/e1")
    assert [Engagement.objects.get(pk=pk).reports.get().key for pk in (1, 2)] == [mine, others]
    assert writing.get("/engagements/e2").status_code == 200, "what was merged is itself again"
    writing.post("/review/undo", {"judgement": Judgement.objects.latest("pk").code})
    assert Engagement.objects.get(pk=1).reports.count() == 2


def test_only_ones_own_last_decisions_are_undone(writing: Client) -> None:
    writing.post("/review/e1/decide", {"version": "1", "action": "accept"})
    number = Judgement.objects.latest("pk").pk
    with pytest.raises(RegisterError, match="cannot be undone"):
        undo(number, author="somebody else", is_administrator=False)
    undo(number, author="somebody else", is_administrator=True)


def test_nothing_waits(empty: object) -> None:
    del empty
    assert b"Nothing waits" in Client(headers={"host": "127.0.0.1"}).get("/review").content


@pytest.mark.parametrize("written_as", ["e01", "E1"])
def test_a_decision_stands_under_the_one_id_of_its_record(writing: Client, written_as: str) -> None:
    writing.post(f"/review/{written_as}/decide", {"version": "1", "action": "accept"})
    assert Judgement.objects.get().record == "e1"
    assert Change.objects.get(action="judged").record == "e1"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1799-12-31", "2201-01-01"])
def test_days_of_other_ages_are_slips(writing: Client, day: str) -> None:
    assert writing.post("/review/e1/correct", {"version": "1", "date": day}).status_code == 400
    with pytest.raises(RegisterError, match="between 1800 and 2200"):
        check_correction("engagement", "date", day)
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_no_stored_day_breaks_a_page(writing: Client, day: dt.date) -> None:
    Engagement.objects.filter(pk=1).update(day=day, date_start=day, date_end=day, precision="day")
    EngagementParticipant.objects.filter(engagement=1).update(day=day)
    actors = [f"/actors/{actor.code}" for actor in Actor.objects.filter(participations__engagement=1)]
    assert actors
    for address in ("/", "/engagements", "/engagements/e1", "/review/e1", *actors):
        assert writing.get(address).status_code == 200
    calendar = b"".join(writing.get("/engagements.ics").streaming_content)  # type: ignore[attr-defined]
    assert calendar.count(b"BEGIN:VEVENT") == 3
