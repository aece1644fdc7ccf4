"""The page of the feeds: how each is doing, and the list that reviewers keep."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from communique.desk.views.feeds import describe
from communique.register.models import Feed, FetchedAddress

ADDRESS = "https://news.example/feed.xml"


@pytest.fixture
def desk(empty: object) -> Client:
    """A desk on a register with nothing in it."""
    del empty
    return Client(headers={"host": "127.0.0.1"})


def page(desk: Client) -> str:
    return desk.get("/ingest/feeds").content.decode()


def test_a_feed_is_followed_asked_otherwise_and_removed(desk: Client) -> None:
    assert "No feed is followed yet" in page(desk)
    assert desk.post("/ingest/feeds/follow", {"address": ADDRESS, "every": "day"}).status_code == 302
    assert "not asked yet" in page(desk)
    desk.post("/ingest/feeds/follow", {"address": ADDRESS, "every": "hour"})
    assert Feed.objects.get().every_seconds == 3600
    assert desk.post("/ingest/feeds/remove", {"address": ADDRESS}).status_code == 302
    assert not Feed.objects.exists()


def test_what_is_wrong_with_a_feed_is_told(desk: Client) -> None:
    now = timezone.now()
    Feed.objects.create(
        uri=ADDRESS, every_seconds=3600, last_run=now, last_success=now - dt.timedelta(days=2), new_entries=7,
        last_error="no feed: <html>", failures=3, next_run=now + dt.timedelta(hours=1),
    )  # fmt: skip
    FetchedAddress.objects.create(uri="https://news.example/1", host="news.example")
    shown = page(desk)
    assert "failed 3 times" in shown
    assert "no feed: &lt;html&gt;" in shown
    assert "1 page waiting" in shown
    assert "overdue" not in shown


def test_feeds_that_nothing_asks_are_overdue() -> None:
    now = timezone.now()
    feed = Feed(uri=ADDRESS, every_seconds=3600, last_run=now, next_run=now, added_at=now)
    assert not describe(feed, now + dt.timedelta(minutes=59)).is_late
    assert describe(feed, now + dt.timedelta(minutes=61)).is_late


@pytest.mark.parametrize(
    ("address", "every"),
    [
        ("http://10.0.0.1/feed", "day"),
        ("http://[::1]/feed", "day"),
        ("ftp://news.example/", "day"),
        ("", "day"),
        (ADDRESS, "second"),
    ],
)
def test_what_cannot_be_followed_is_refused(desk: Client, address: str, every: str) -> None:
    answer = desk.post("/ingest/feeds/follow", {"address": address, "every": every})
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.content.decode()
    assert not Feed.objects.exists()


def test_a_feed_that_is_not_followed_cannot_be_removed(desk: Client) -> None:
    assert desk.post("/ingest/feeds/remove", {"address": ADDRESS}).status_code == 400
