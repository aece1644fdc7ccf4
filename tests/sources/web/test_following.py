from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from communique.sources.web.crawl import crawl
from communique.sources.web.fetcher import Fetcher
from communique.sources.web.following import LONGEST_PAUSE, FeedHealth, FollowedFeed, due, run_feed
from communique.sources.web.outcomes import Version
from communique.sources.web.state import FetchFile
from tests.sources.web.conftest import QuickClock
from tests.sources.web.site import LOOPBACK, Reply, Seen, Site

pytestmark = pytest.mark.allow_hosts([LOOPBACK])

NOW = dt.datetime(2031, 5, 4, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
MakeFetcher = Callable[..., Fetcher]


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuickClock, "now", lambda self: NOW)


@pytest.fixture
def store() -> Iterator[FetchFile]:
    with FetchFile(":memory:") as store:
        yield store


def rss(*paths: str) -> Reply:
    items = "".join(f"<item><title>{path}</title><link>{path}</link></item>" for path in paths)
    body = f'<rss version="2.0"><channel><title>Quin</title>{items}</channel></rss>'
    return Reply(body=body.encode(), headers={"Content-Type": "application/rss+xml", "ETag": f'"{len(paths)}"'})


def feed_with(**health: object) -> FollowedFeed:
    return FollowedFeed(uri="https://news.example/feed", health=FeedHealth(**health))  # type: ignore[arg-type]


def test_feeds_are_due_when_their_time_has_come() -> None:
    never = feed_with()
    late = feed_with(next_run=NOW - 5 * MINUTE)
    just = feed_with(next_run=NOW)
    later = feed_with(next_run=NOW + MINUTE)
    assert due([just, later, late, never], NOW) == [never, late, just]


def test_a_run_finds_what_is_new_and_puts_it_on_the_list(
    site: Site, make_fetcher: MakeFetcher, store: FetchFile
) -> None:
    fetcher = make_fetcher()
    site.routes["/feed"] = rss("/1", "/2")
    store.add([site.uri("/1")])
    run = run_feed(FollowedFeed(uri=site.uri("/feed")), fetcher, store)
    assert [entry.title for entry in run.entries] == ["/1", "/2"]
    assert [entry.title for entry in run.new] == ["/2"]
    assert run.error is None
    assert run.feed.health == FeedHealth(
        last_run=NOW, last_success=NOW, new_entries=1, next_run=NOW + 30 * MINUTE, version=Version(etag='"2"')
    )
    site.routes["/1"] = site.routes["/2"] = Reply(body=b"text")
    assert sorted(page.uri for page in crawl(fetcher, store)) == [site.uri("/1"), site.uri("/2")]
    site.routes["/feed"] = rss("/1", "/2", "/3")
    run = run_feed(run.feed, fetcher, store)
    assert [entry.title for entry in run.new] == ["/3"]
    assert [page.uri for page in crawl(fetcher, store)] == [site.uri("/3")]


def test_a_feed_that_has_not_changed_is_not_sent_again(site: Site, make_fetcher: MakeFetcher, store: FetchFile) -> None:
    def answer(seen: Seen) -> Reply:
        return Reply(status=304, headers={}) if seen.headers.get("if-none-match") == '"1"' else rss("/1")

    site.routes["/feed"] = answer
    first = run_feed(FollowedFeed(uri=site.uri("/feed")), make_fetcher(), store)
    second = run_feed(first.feed, make_fetcher(), store)
    assert (first.is_unchanged, second.is_unchanged) == (False, True)
    assert second.feed.health == FeedHealth(
        last_run=NOW, last_success=NOW, next_run=NOW + 30 * MINUTE, version=Version(etag='"1"')
    )


def test_a_feed_that_fails_is_asked_ever_more_seldom_and_recovers(
    site: Site, make_fetcher: MakeFetcher, store: FetchFile
) -> None:
    site.routes["/feed"] = Reply(body=b"no feed at all", headers={"Content-Type": "text/plain"})
    feed = FollowedFeed(uri=site.uri("/feed"), health=FeedHealth(last_success=NOW - 60 * MINUTE))
    pauses = []
    for failures in range(1, 9):
        run = run_feed(feed, make_fetcher(), store)
        assert run.error == run.feed.health.last_error
        assert "neither RSS nor Atom" in str(run.error)
        assert run.feed.health.failures == failures
        assert run.feed.health.last_success == NOW - 60 * MINUTE
        assert run.feed.health.next_run
        pauses.append(run.feed.health.next_run - NOW)
        feed = run.feed
    assert pauses == [60 * MINUTE * 2**number for number in range(5)] + [LONGEST_PAUSE] * 3
    site.routes["/feed"] = rss("/1")
    healthy = run_feed(feed, make_fetcher(), store).feed.health
    assert (healthy.failures, healthy.last_error, healthy.last_success) == (0, None, NOW)


def test_a_feed_that_asks_for_a_rest_gets_it(site: Site, make_fetcher: MakeFetcher, store: FetchFile) -> None:
    site.routes["/feed"] = Reply(status=429, headers={"Retry-After": "200000"})
    run = run_feed(FollowedFeed(uri=site.uri("/feed")), make_fetcher(), store)
    assert run.feed.health.next_run == NOW + dt.timedelta(seconds=200_000)
    assert "429" in str(run.error)


def test_a_feed_that_is_asked_once_a_week_is_not_asked_more_often_when_it_fails(
    site: Site, make_fetcher: MakeFetcher, store: FetchFile
) -> None:
    week = dt.timedelta(days=7)
    run = run_feed(FollowedFeed(uri=site.uri("/gone"), every=week), make_fetcher(), store)
    assert run.feed.health.next_run == NOW + week


def test_sitemaps_below_an_index_are_read_each_time(site: Site, make_fetcher: MakeFetcher, store: FetchFile) -> None:
    xml = {"Content-Type": "text/xml", "ETag": '"v1"'}
    site.routes["/index"] = Reply(
        body=b"<sitemapindex><sitemap><loc>/a</loc></sitemap><sitemap><loc>/b</loc></sitemap></sitemapindex>",
        headers=xml,
    )
    site.routes["/a"] = Reply(
        body=b"<urlset><url><loc>/1</loc></url><url><loc>/1#part</loc></url></urlset>", headers=xml
    )
    run = run_feed(FollowedFeed(uri=site.uri("/index")), make_fetcher(), store)
    assert [entry.uri for entry in run.new] == [site.uri("/1")]
    assert [failure.uri for failure in run.failures] == [site.uri("/b")]
    assert run.feed.health.version == Version()


def test_a_run_that_was_not_stored_loses_nothing(site: Site, make_fetcher: MakeFetcher, store: FetchFile) -> None:
    site.routes["/feed"] = rss("/1")
    feed = FollowedFeed(uri=site.uri("/feed"))
    run_feed(feed, make_fetcher(), store)
    again = run_feed(feed, make_fetcher(), store)  # with the health of before
    assert not again.new
    assert len(store.waiting(f"{LOOPBACK}:{site.port}", NOW, 9)) == 1
