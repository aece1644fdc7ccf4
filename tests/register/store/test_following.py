"""The register as a store of fetches: it is held to what every such store must do."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.errors import AddressRefused, RecordNotFound
from communique.register import Register
from communique.sources.web import FeedHealth, FetchRecord, FollowedFeed, Version

NOW = dt.datetime(2031, 5, 4, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def test_addresses_are_added_once_and_handed_out_in_order(register: Register) -> None:
    from communique.register.store.following import RegisterFetchStore

    store = RegisterFetchStore()
    assert store.add(["https://b.example/1", "https://a.example/1", "https://b.example/2"]) == 3
    assert store.add(["https://b.example/2", "https://b.example/3"]) == 1
    assert store.hosts(NOW) == ["b.example:443", "a.example:443"]
    assert store.waiting("b.example:443", NOW, 2) == ["https://b.example/1", "https://b.example/2"]
    assert store.add(f"https://c.example/{number}" for number in range(1_200)) == 1_200


def test_what_was_saved_is_found_again_and_waits_until_its_time(register: Register) -> None:
    from communique.register.store.following import RegisterFetchStore

    store = RegisterFetchStore()
    record = FetchRecord(uri="https://a.example/1", etag='"v1"', failures=2, reason="status", retry_at=NOW + HOUR)
    store.save(record)
    assert store.find(record.uri) == record
    assert store.hosts(NOW) == []
    assert store.waiting("a.example:443", NOW + HOUR, 9) == [record.uri]
    store.save(FetchRecord(uri=record.uri, state="fetched", fetched_at=NOW))
    assert store.hosts(NOW + HOUR) == []


def test_a_page_is_fetched_once_it_is_kept(register: Register) -> None:
    from communique.register.store.following import KeptFetchStore

    store = KeptFetchStore()
    store.add(["https://a.example/1", "https://a.example/2"])
    store.save(FetchRecord(uri="https://a.example/1", state="fetched", final_uri="https://a.example/one"))
    assert store.waiting("a.example:443", NOW, 9) == ["https://a.example/2"]
    assert KeptFetchStore().waiting("a.example:443", NOW, 9) == ["https://a.example/1", "https://a.example/2"]
    store.note_kept("https://a.example/one")
    assert KeptFetchStore().waiting("a.example:443", NOW, 9) == ["https://a.example/2"]


def test_a_feed_keeps_its_health(register: Register) -> None:
    from communique.register import models as tables
    from communique.register.store.following import add_feed, load_feed, remove_feed, save_feed

    row = add_feed("https://1.1.1.1/feed.xml", HOUR)
    assert load_feed(row) == FollowedFeed(uri=row.uri, every=HOUR)
    health = FeedHealth(last_run=NOW, last_error="It said 500.", failures=3, version=Version(etag="x"))
    save_feed(FollowedFeed(uri=row.uri, every=HOUR, health=health))
    assert load_feed(tables.Feed.objects.get()).health == health
    remove_feed(row.uri)
    with pytest.raises(RecordNotFound):
        remove_feed(row.uri)


def test_a_private_address_is_not_followed(register: Register) -> None:
    from communique.register.store.following import add_feed

    with pytest.raises(AddressRefused):
        add_feed("http://169.254.169.254/feed", HOUR)
