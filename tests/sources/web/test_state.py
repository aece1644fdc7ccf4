"""What every store of fetches must do; a store elsewhere can be held to the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.sources.web.records import FetchRecord
from communique.sources.web.state import FetchFile, host_part

NOW = dt.datetime(2031, 5, 4, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def store() -> Iterator[FetchFile]:
    with FetchFile(":memory:") as store:
        yield store


def test_addresses_are_added_once_and_handed_out_in_order(store: FetchFile) -> None:
    assert store.add(["https://b.example/1", "https://a.example/1", "https://b.example/2"]) == 3
    assert store.add(["https://b.example/2", "https://b.example/3"]) == 1
    assert store.hosts(NOW) == ["b.example:443", "a.example:443"]
    assert store.waiting("b.example:443", NOW, 2) == ["https://b.example/1", "https://b.example/2"]
    assert store.waiting("c.example:443", NOW, 2) == []


def test_a_long_list_is_added_in_portions(store: FetchFile) -> None:
    assert store.add(f"https://a.example/{number}" for number in range(2_500)) == 2_500
    assert len(store.waiting("a.example:443", NOW, 9_999)) == 2_500


def test_what_was_saved_is_found_again(store: FetchFile) -> None:
    record = FetchRecord(
        uri="https://a.example/1",
        state="fetched",
        final_uri="https://a.example/one",
        etag='"v1"',
        last_modified="Sun, 04 May 2031 12:00:00 GMT",
        digest="0" * 64,
        fetched_at=NOW,
        failures=2,
        reason="status",
        message="It said 500.",
        retry_at=NOW + HOUR,
    )
    assert store.find(record.uri) is None
    store.save(record)
    assert store.find(record.uri) == record
    assert record.version.headers() == {
        "If-None-Match": '"v1"',
        "If-Modified-Since": "Sun, 04 May 2031 12:00:00 GMT",
    }
    store.save(FetchRecord(uri=record.uri))
    assert store.find(record.uri) == FetchRecord(uri=record.uri)


@pytest.mark.parametrize("state", ["fetched", "failed"])
def test_what_is_done_does_not_wait(store: FetchFile, state: str) -> None:
    store.add(["https://a.example/1"])
    store.save(FetchRecord(uri="https://a.example/1", state=state))  # type: ignore[arg-type]
    assert store.hosts(NOW) == []
    assert store.add(["https://a.example/1"]) == 0
    assert store.waiting("a.example:443", NOW, 9) == []


def test_what_is_put_off_waits_from_then_on(store: FetchFile) -> None:
    elsewhere = dt.timezone(dt.timedelta(hours=5))
    store.save(FetchRecord(uri="https://a.example/1", retry_at=(NOW + HOUR).astimezone(elsewhere)))
    assert store.hosts(NOW) == []
    assert store.waiting("a.example:443", NOW, 9) == []
    assert store.hosts(NOW + HOUR) == ["a.example:443"]
    assert store.waiting("a.example:443", NOW + HOUR, 9) == ["https://a.example/1"]


def test_it_lasts(tmp_path: Path) -> None:
    with FetchFile(tmp_path / "crawl.sqlite") as store:
        store.add(["https://a.example/1", "https://a.example/2"])
        store.save(FetchRecord(uri="https://a.example/1", state="fetched", fetched_at=NOW))
        with FetchFile(tmp_path / "crawl.sqlite") as other:  # nothing is held back until the end
            assert other.waiting("a.example:443", NOW, 9) == ["https://a.example/2"]
    with FetchFile(tmp_path / "crawl.sqlite") as store:
        found = store.find("https://a.example/1")
        assert found
        assert found.fetched_at == NOW


@pytest.mark.parametrize(
    ("uri", "host"),
    [
        ("https://A.example/x", "a.example:443"),
        ("http://a.example/x", "a.example:80"),
        ("http://a.example:8080/x", "a.example:8080"),
        ("nonsense", ""),
        ("http://[::1", ""),
        ("http://a.example:port/", ""),
    ],
)
def test_the_host_is_told_without_a_check(uri: str, host: str) -> None:
    assert host_part(uri) == host
