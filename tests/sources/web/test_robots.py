from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from communique.errors import AddressRefused, FetchError
from communique.sources.web.download import Answer, Request
from communique.sources.web.robots import MOST_SITES, SECONDS_BETWEEN_TRIES, RobotsBook
from communique.sources.web.settings import FetchSettings
from tests.sources.web.conftest import QuickClock

PAGE = httpx.URL("https://news.example/report")
RULES = b"""User-agent: *
Disallow: /

User-agent: Communique
Disallow: /closed/
Allow: /closed/open
Crawl-delay: 7
"""


class Robots:
    """Answers with what was put in last, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: bytes | FetchError = RULES

    def get(self, request: Request) -> Answer:
        self.asked.append(request.uri)
        if isinstance(self.answer, FetchError):
            raise self.answer
        return Answer(final_uri=request.uri, status=200, headers={}, body=self.answer)


@pytest.fixture
def robots() -> Robots:
    return Robots()


@pytest.fixture
def make_book(robots: Robots, clock: QuickClock) -> Callable[..., RobotsBook]:
    return lambda **changes: RobotsBook(FetchSettings(**changes), clock, robots.get)


def test_the_rules_for_us_are_obeyed(make_book: Callable[..., RobotsBook]) -> None:
    book = make_book()
    assert book.check(PAGE) == 7.0
    assert book.check(PAGE.join("/closed/open")) == 7.0
    with pytest.raises(FetchError, match=r"robots\.txt of news\.example forbids") as error:
        book.check(PAGE.join("/closed/a"))
    assert error.value.reason == "robots"


def test_the_rules_for_all_are_ours_where_none_are_for_us(make_book: Callable[..., RobotsBook], robots: Robots) -> None:
    robots.answer = b"User-agent: OtherBot\nAllow: /\n\nUser-agent: *\nDisallow: /\n"
    with pytest.raises(FetchError):
        make_book().check(PAGE)


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 1", 2.0),
        ("Crawl-delay: 9999", 30.0),
        ("Crawl-delay: -5", 2.0),
        ("Crawl-delay: nan", 2.0),
        ("", 2.0),
    ],
)
def test_a_delay_is_obeyed_up_to_a_limit_and_never_below_ours(
    make_book: Callable[..., RobotsBook], robots: Robots, line: str, delay: float
) -> None:
    robots.answer = f"User-agent: *\nDisallow:\n{line}\n".encode()
    assert make_book().check(PAGE) == delay


def test_a_site_is_asked_once_until_its_rules_expire(
    make_book: Callable[..., RobotsBook], robots: Robots, clock: QuickClock
) -> None:
    book = make_book()
    book.check(PAGE)
    book.check(PAGE.join("/other"))
    assert robots.asked == ["https://news.example/robots.txt"]
    book.check(httpx.URL("http://news.example/report"))  # another scheme is another site
    assert robots.asked[1:] == ["http://news.example/robots.txt"]
    clock.sleep(24 * 3600.0)
    book.check(PAGE)
    assert len(robots.asked) == 3


@pytest.mark.parametrize(
    "error",
    [
        *(FetchError("nothing there", reason="status", status=status) for status in (401, 403, 404, 410)),
        FetchError("in circles", reason="redirects"),
    ],
    ids=str,
)
def test_a_site_without_rules_allows_everything(
    make_book: Callable[..., RobotsBook], robots: Robots, error: FetchError
) -> None:
    robots.answer = error
    assert make_book().check(PAGE) == 2.0


@pytest.mark.parametrize(
    "error",
    [
        FetchError("broken", reason="status", status=503),
        FetchError("too many", reason="status", status=429),
        FetchError("no answer", reason="timeout"),
        FetchError("hung up", reason="connection"),
        FetchError("too large", reason="size"),
    ],
)
def test_a_site_that_cannot_say_is_left_alone_for_a_while(
    make_book: Callable[..., RobotsBook], robots: Robots, clock: QuickClock, error: FetchError
) -> None:
    book = make_book()
    robots.answer = error
    for _ in range(2):
        with pytest.raises(FetchError, match=str(error)) as failure:
            book.check(PAGE)
        assert failure.value.reason == "held"
        assert failure.value.retry_after
    assert len(robots.asked) == 1
    clock.sleep(SECONDS_BETWEEN_TRIES)
    robots.answer = b""
    assert book.check(PAGE) == 2.0


def test_a_site_that_is_refused_stays_refused(make_book: Callable[..., RobotsBook], robots: Robots) -> None:
    robots.answer = AddressRefused("private")
    with pytest.raises(AddressRefused):
        make_book().check(PAGE)


@pytest.mark.parametrize("rubbish", [b"\xff\xfe\0\0", b"<html><body>Not found</body></html>", b"Disallow: /\n" * 1000])
def test_rubbish_has_no_rules(make_book: Callable[..., RobotsBook], robots: Robots, rubbish: bytes) -> None:
    robots.answer = rubbish
    assert make_book().check(PAGE) == 2.0


def test_a_mark_at_the_start_does_not_hide_the_first_rule(make_book: Callable[..., RobotsBook], robots: Robots) -> None:
    robots.answer = b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"
    with pytest.raises(FetchError, match="forbids"):
        make_book().check(PAGE)


def test_old_sites_are_forgotten(make_book: Callable[..., RobotsBook], robots: Robots) -> None:
    robots.answer = b""
    book = make_book()
    for number in range(MOST_SITES + 1):
        book.check(httpx.URL(f"https://site{number}.example/"))
    book.check(httpx.URL("https://site1.example/"))
    assert len(robots.asked) == MOST_SITES + 1
    book.check(httpx.URL("https://site0.example/"))
    assert len(robots.asked) == MOST_SITES + 2
