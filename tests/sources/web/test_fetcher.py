from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from communique.errors import AddressRefused, FetchError, SettingsError
from communique.sources.web.fetcher import Fetcher, fetch_page
from communique.sources.web.outcomes import FetchFailure, Page, Unchanged, Version
from communique.sources.web.settings import FetchSettings
from tests.sources.web.conftest import QuickClock
from tests.sources.web.site import LOOPBACK, Reply, Seen, Site, redirect

pytestmark = pytest.mark.allow_hosts([LOOPBACK])

MakeFetcher = Callable[..., Fetcher]


def in_turn(*replies: Reply) -> Callable[[Seen], Reply]:
    """One reply after the other; the last one for ever."""
    rest: Iterator[Reply] = iter(replies)
    return lambda seen: next(rest, replies[-1])


def test_a_page_carries_where_and_when(site: Site, make_fetcher: MakeFetcher, clock: QuickClock) -> None:
    site.routes["/a"] = redirect("/b", 301)
    site.routes["/b"] = Reply(
        body=b"text",
        headers={"Content-Type": "text/plain", "ETag": '"v1"', "Last-Modified": "Sun, 04 May 2031 12:00:00 GMT"},
    )
    page = make_fetcher().fetch(site.uri("/a"))
    assert isinstance(page, Page)
    assert (page.uri, page.final_uri) == (site.uri("/a"), site.uri("/b"))
    assert (page.status, page.media_type, page.body) == (200, "text/plain", b"text")
    assert page.version == Version(etag='"v1"', last_modified="Sun, 04 May 2031 12:00:00 GMT")
    assert abs((clock.now() - page.fetched_at).total_seconds()) < 5
    assert page.digest == "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html; Charset=Windows-1252", "windows-1252"),
        ('text/html; charset="koi8-r"', "koi8-r"),
        ("text/html", None),
    ],
)
def test_a_page_carries_the_encoding_that_the_server_named(
    site: Site, make_fetcher: MakeFetcher, content_type: str, charset: str | None
) -> None:
    site.routes["/a"] = Reply(body=b"text", headers={"Content-Type": content_type})
    page = make_fetcher().fetch(site.uri("/a"))
    assert isinstance(page, Page)
    assert page.charset == charset


def test_many_pages_need_a_contact() -> None:
    with pytest.raises(SettingsError, match="COMMUNIQUE_CONTACT"):
        Fetcher(FetchSettings())


def test_robots_are_asked_first_and_between_two_requests_is_a_distance(
    site: Site, make_fetcher: MakeFetcher, clock: QuickClock
) -> None:
    site.routes["/robots.txt"] = Reply(
        body=b"User-agent: Communique\nDisallow: /closed\nCrawl-delay: 5", headers={"Content-Type": "text/plain"}
    )
    site.routes["/a"] = site.routes["/b"] = Reply(body=b"text")
    fetcher = make_fetcher()
    assert isinstance(fetcher.fetch(site.uri("/a")), Page)
    assert isinstance(fetcher.fetch(site.uri("/b")), Page)
    refused = fetcher.fetch(site.uri("/closed/a"))
    assert isinstance(refused, FetchFailure)
    assert (refused.reason, refused.is_passing) == ("robots", False)
    assert [seen.path for seen in site.diary] == ["/robots.txt", "/a", "/b"]
    assert [round(seconds) for seconds in clock.waited] == [2, 5]


def test_a_redirect_to_what_robots_may_not_see_is_not_followed(site: Site, make_fetcher: MakeFetcher) -> None:
    site.routes["/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /closed")
    site.routes["/a"] = redirect("/closed/b")
    failure = make_fetcher().fetch(site.uri("/a"))
    assert isinstance(failure, FetchFailure)
    assert failure.reason == "robots"
    assert not site.asked("/closed/b")


def test_what_robots_cannot_say_now_is_for_a_later_run(site: Site, make_fetcher: MakeFetcher) -> None:
    site.routes["/robots.txt"] = Reply(status=500)
    failure = make_fetcher().fetch(site.uri("/a"))
    assert isinstance(failure, FetchFailure)
    assert (failure.reason, failure.is_passing) == ("held", True)
    assert not site.asked()


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_trouble_that_may_pass_is_tried_again(
    site: Site, make_fetcher: MakeFetcher, clock: QuickClock, status: int
) -> None:
    site.routes["/a"] = in_turn(Reply(status=status), Reply(status=status), Reply(body=b"text"))
    assert isinstance(make_fetcher(delay=0.0).fetch(site.uri("/a")), Page)
    first, second = clock.waited
    assert 1.0 <= first <= 2.0
    assert 2.0 <= second <= 4.0


def test_so_often_and_no_more(site: Site, make_fetcher: MakeFetcher) -> None:
    site.routes["/a"] = Reply(status=503)
    failure = make_fetcher().fetch(site.uri("/a"))
    assert isinstance(failure, FetchFailure)
    assert (failure.reason, failure.status, failure.is_passing) == ("status", 503, True)
    assert len(site.asked()) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_a_trouble_that_stays_is_not_tried_again(site: Site, make_fetcher: MakeFetcher, status: int) -> None:
    site.routes["/a"] = Reply(status=status)
    failure = make_fetcher().fetch(site.uri("/a"))
    assert isinstance(failure, FetchFailure)
    assert (failure.status, failure.is_passing) == (status, False)
    assert len(site.asked()) == 1


def test_who_asks_for_a_minute_gets_it(site: Site, make_fetcher: MakeFetcher, clock: QuickClock) -> None:
    site.routes["/a"] = in_turn(Reply(status=429, headers={"Retry-After": "60"}), Reply(body=b"text"))
    assert isinstance(make_fetcher().fetch(site.uri("/a")), Page)
    assert sum(clock.waited) >= 60.0


def test_who_asks_for_an_hour_is_left_alone_with_all_pages(site: Site, make_fetcher: MakeFetcher) -> None:
    site.routes["/a"] = Reply(status=429, headers={"Retry-After": "3600"})
    fetcher = make_fetcher()
    first, other = fetcher.fetch(site.uri("/a")), fetcher.fetch(site.uri("/b"))
    assert isinstance(first, FetchFailure)
    assert isinstance(other, FetchFailure)
    assert (first.reason, first.retry_after, first.is_passing) == ("status", 3600.0, True)
    assert (other.reason, other.is_passing) == ("held", True)
    assert [seen.path for seen in site.asked()] == ["/a"]


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site, make_fetcher: MakeFetcher) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.headers.get("if-none-match") == '"v1"':
            return Reply(status=304, headers={})
        return Reply(body=b"text", headers={"Content-Type": "text/html", "ETag": '"v1"'})

    site.routes["/a"] = answer
    fetcher = make_fetcher()
    page = fetcher.fetch_if_changed(site.uri("/a"), Version())
    assert isinstance(page, Page)
    assert isinstance(fetcher.fetch_if_changed(site.uri("/a"), page.version), Unchanged)
    assert isinstance(fetcher.fetch_if_changed(site.uri("/a"), Version(etag='"v0"')), Page)


def test_not_modified_without_a_question_is_a_failure(site: Site, make_fetcher: MakeFetcher) -> None:
    site.routes["/a"] = Reply(status=304, headers={})
    assert isinstance(make_fetcher().fetch(site.uri("/a")), FetchFailure)


@pytest.mark.parametrize("uri", ["file:///etc/passwd", "http://10.0.0.1/", "nonsense", "http://[::1"])
def test_a_refused_address_is_a_failure_like_others(make_fetcher: MakeFetcher, uri: str) -> None:
    failure = make_fetcher().fetch(uri)
    assert isinstance(failure, FetchFailure)
    assert (failure.uri, failure.reason, failure.is_passing) == (uri, "refused", False)
    assert str(failure).startswith(uri)


def test_a_defect_costs_its_page_alone(
    site: Site, make_settings: Callable[..., FetchSettings], clock: QuickClock
) -> None:
    def resolver(host: str, port: int) -> list[str]:
        if host == "odd.example":
            raise ZeroDivisionError("oh")
        return [LOOPBACK]

    site.routes["/a"] = Reply(body=b"text")
    fetcher = Fetcher(make_settings(), clock=clock, resolver=resolver)
    failure = fetcher.fetch(site.uri("/a", host="odd.example"))
    assert isinstance(failure, FetchFailure)
    assert (failure.reason, failure.is_passing) == ("defect", False)
    assert "ZeroDivisionError: oh. This is a defect" in failure.message
    assert isinstance(fetcher.fetch(site.uri("/a")), Page)


def test_a_single_page_is_fetched_without_ceremony(site: Site, make_settings: Callable[..., FetchSettings]) -> None:
    site.routes["/a"] = Reply(body=b"text")
    page = fetch_page(site.uri("/a"), make_settings(contact=None))
    assert page.body == b"text"
    assert [seen.path for seen in site.diary] == ["/a"]


def test_a_single_page_that_fails_raises(site: Site, make_settings: Callable[..., FetchSettings]) -> None:
    with pytest.raises(FetchError, match="404"):
        fetch_page(site.uri("/gone"), make_settings())
    with pytest.raises(AddressRefused):
        fetch_page(site.uri("/a"), FetchSettings())


def test_a_single_page_goes_by_the_settings_of_the_environment(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.routes["/a"] = Reply(body=b"text")
    with pytest.raises(AddressRefused):
        fetch_page(site.uri("/a"))
    monkeypatch.setenv("COMMUNIQUE_FETCH_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("COMMUNIQUE_FETCH_PORTS", str(site.port))
    assert fetch_page(site.uri("/a")).body == b"text"
