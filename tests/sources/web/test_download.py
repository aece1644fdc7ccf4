"""One request against a site that misbehaves on purpose."""

from __future__ import annotations

import datetime as dt
import gzip
import ssl
import time
from collections.abc import Callable

import httpcore
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from communique.errors import AddressRefused, FetchError
from communique.sources.web.download import LONGEST_RETRY_AFTER, Answer, Downloader, Request, read_retry_after
from communique.sources.web.settings import PAGE_TYPES, FetchSettings
from tests.sources.web.site import LOOPBACK, Reply, Site, drip, endless, redirect

pytestmark = pytest.mark.allow_hosts([LOOPBACK])

HTML = {"Content-Type": "text/html"}
# Made once: loading the trusted certificates takes longer than a request without them.
NO_TLS = ssl.create_default_context()
NOW = dt.datetime(2031, 5, 4, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def get(site: Site, make_settings: Callable[..., FetchSettings]) -> Callable[..., Answer]:
    """Fetches a path, or a whole address, of the site."""

    def get(path: str, request: dict[str, object] | None = None, **changes: object) -> Answer:
        uri = path if "://" in path else site.uri(path)
        given: dict[str, object] = {"media_types": PAGE_TYPES, **(request or {})}
        downloader = Downloader(make_settings(**changes), resolver=lambda host, port: [LOOPBACK])
        return downloader.get(Request(uri=uri, **given))  # type: ignore[arg-type]

    return get


def reason_of(get: Callable[..., Answer], *args: object, **changes: object) -> str:
    with pytest.raises(FetchError) as error:
        get(*args, **changes)
    assert str(error.value)
    return error.value.reason


def test_a_page_comes_with_what_the_server_says_of_it(site: Site, get: Callable[..., Answer]) -> None:
    site.routes["/a?b=1"] = Reply(body=b"<p>text</p>", headers={"Content-Type": "Text/HTML; charset=x", "ETag": '"v1"'})
    answer = get("/a?b=1")
    assert (answer.status, answer.media_type, answer.body) == (200, "text/html", b"<p>text</p>")
    assert answer.headers["etag"] == '"v1"'
    assert answer.final_uri == site.uri("/a?b=1")


def test_the_request_says_who_asks_and_nothing_else(
    site: Site, get: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    site.routes["/"] = Reply(body=b"x", headers={**HTML, "Set-Cookie": "a=b"})
    get(f"http://news.example:{site.port}/")
    get(f"http://news.example:{site.port}")
    first, second = site.diary
    assert first.headers == second.headers
    assert set(first.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert first.headers["host"] == f"news.example:{site.port}"
    assert "desk@news.example" in first.headers["user-agent"]
    assert first.headers["accept-encoding"] == "gzip"


def test_packed_bodies_are_unpacked(site: Site, get: Callable[..., Answer]) -> None:
    site.routes["/"] = Reply(body=gzip.compress(b"text"), headers={**HTML, "Content-Encoding": "gzip"})
    assert get("/").body == b"text"


def test_redirects_are_followed_to_the_end(site: Site, get: Callable[..., Answer]) -> None:
    site.routes |= {"/a": redirect("b"), "/b": redirect(f"//news.example:{site.port}/c#d", 308)}
    site.routes["/c"] = Reply(body=b"text")
    answer = get("/a")
    assert answer.body == b"text"
    assert answer.final_uri == f"http://news.example:{site.port}/c"


@pytest.mark.parametrize("location", ["/caf\xe9", "/caf\xc3\xa9", "/caf%C3%A9"])
def test_a_redirect_with_letters_beyond_ascii_is_followed(
    site: Site, get: Callable[..., Answer], location: str
) -> None:
    site.routes |= {"/a": redirect(location), "/caf%C3%A9": Reply(body=b"text")}  # sent as Latin-1, byte by byte
    assert get("/a").body == b"text"


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::1]/",
        "http://localhost:22/",
        "http://ana:secret@news.example/",
        "file:///etc/passwd",
        "ftp://news.example/",
    ],
)
def test_a_redirect_is_guarded_like_the_address_itself(site: Site, get: Callable[..., Answer], target: str) -> None:
    site.routes["/a"] = redirect(target)
    with pytest.raises(AddressRefused, match="redirects to what is not fetched"):
        get("/a")
    assert len(site.diary) == 1


def test_a_redirect_to_no_address_is_a_failure(site: Site, get: Callable[..., Answer]) -> None:
    site.routes["/a"] = redirect("http://[::1")
    assert reason_of(get, "/a") == "redirects"


def test_a_loop_of_redirects_ends(site: Site, get: Callable[..., Answer]) -> None:
    site.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    assert reason_of(get, "/a") == "redirects"
    assert len(site.diary) == 6


def test_five_redirects_are_followed_and_no_more(site: Site, get: Callable[..., Answer]) -> None:
    site.routes |= {f"/{number}": redirect(f"/{number + 1}") for number in range(6)}
    site.routes["/6"] = Reply(body=b"text")
    assert get("/1").body == b"text"
    assert reason_of(get, "/0") == "redirects"


def test_a_body_without_end_is_cut_off(site: Site, get: Callable[..., Answer]) -> None:
    site.routes["/"] = Reply(body=endless())
    assert reason_of(get, "/", max_bytes=1_000_000) == "size"


def test_a_body_that_says_it_is_too_large_is_not_read(site: Site, get: Callable[..., Answer]) -> None:
    site.routes["/"] = Reply(body=drip(60), headers={**HTML, "Content-Length": "99999999"})
    assert reason_of(get, "/", max_bytes=1_000_000) == "size"


def test_a_gzip_bomb_is_cut_off(site: Site, get: Callable[..., Answer]) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    site.routes["/"] = Reply(body=bomb, headers={**HTML, "Content-Encoding": "gzip"})
    assert reason_of(get, "/", max_bytes=1_000_000) == "size"


def test_a_body_that_drips_ends_at_the_deadline(site: Site, get: Callable[..., Answer]) -> None:
    site.routes["/"] = Reply(body=drip(0.05))
    began = time.monotonic()
    assert reason_of(get, "/", max_seconds=0.5) == "timeout"
    assert time.monotonic() - began < 3


def test_headers_that_drip_end_at_the_deadline(site: Site, get: Callable[..., Answer]) -> None:
    def slow_headers(_: object) -> Reply:
        time.sleep(2)
        return Reply()

    site.routes["/"] = slow_headers
    began = time.monotonic()
    assert reason_of(get, "/", max_seconds=0.3) == "timeout"
    assert time.monotonic() - began < 1.5


def test_redirects_share_one_deadline(site: Site, get: Callable[..., Answer]) -> None:
    def slow_redirect(_: object) -> Reply:
        time.sleep(0.3)
        return redirect("/")

    site.routes["/"] = slow_redirect
    assert reason_of(get, "/", max_seconds=0.7) == "timeout"
    assert len(site.diary) == 3


@pytest.mark.parametrize("media_type", ["image/png", "video/mp4", "application/octet-stream", "application/zip"])
def test_what_is_no_page_is_refused_by_its_type(site: Site, get: Callable[..., Answer], media_type: str) -> None:
    site.routes["/"] = Reply(body=drip(60), headers={"Content-Type": media_type})
    assert reason_of(get, "/") == "type"


def test_a_page_without_a_type_is_taken(site: Site, get: Callable[..., Answer]) -> None:
    site.routes["/"] = Reply(body=b"text", headers={})
    assert get("/").media_type == ""


def test_a_body_that_breaks_off_is_no_page(site: Site, get: Callable[..., Answer]) -> None:
    site.routes["/"] = Reply(body=b"half", headers={**HTML, "Content-Length": "8"})
    assert reason_of(get, "/") == "connection"


@pytest.mark.parametrize("status", [204, 206, 304, 401, 404, 500])
def test_other_statuses_are_failures(site: Site, get: Callable[..., Answer], status: int) -> None:
    site.routes["/"] = Reply(status=status)
    with pytest.raises(FetchError, match=str(status)) as error:
        get("/")
    assert (error.value.reason, error.value.status) == ("status", status)


def test_not_modified_is_an_answer_to_who_asked(site: Site, get: Callable[..., Answer]) -> None:
    site.routes["/"] = Reply(status=304, headers={})
    answer = get("/", {"headers": {"If-None-Match": '"v1"'}})
    assert (answer.status, answer.body) == (304, b"")
    assert site.diary[0].headers["if-none-match"] == '"v1"'


def test_a_host_that_is_not_there_is_a_failure(site: Site, get: Callable[..., Answer]) -> None:
    assert reason_of(get, "http://news.example:1/", ports=frozenset((1,))) == "connection"


def test_a_host_that_speaks_something_else_is_a_failure(site: Site, get: Callable[..., Answer]) -> None:
    assert reason_of(get, f"https://news.example:{site.port}/") == "connection"


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
STARTS = (b"", b"HTTP/1.1 ", HEAD, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", HEAD + b"\r\n")
PIECES = (
    b"\r\n",
    b"302 ",
    b"Location: ",
    b"http://[::1",
    b"Content-Length: -1",
    b"Content-Length: 9",
    b"Content-Encoding: gzip",
    b"HTTP/1.1 100 ok\r\n\r\n",
    b"0\r\n\r\n",
    b"5\r\nabcde\r\n",
    b"ffffffffffffffff\r\n",
    b"\xff",
)


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(STARTS),
    st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=9).map(b"".join)),
)
def test_any_bytes_are_a_page_or_an_error(start: bytes, rest: bytes) -> None:
    def connect(*_: object, **__: object) -> httpcore.NetworkStream:
        return httpcore.MockStream([start + rest, b""])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
        downloader = Downloader(FetchSettings(max_seconds=5), resolver=lambda host, port: ["1.1.1.1"], tls=NO_TLS)
        try:
            answer = downloader.get(Request(uri="http://news.example/", media_types=PAGE_TYPES))
        except FetchError:
            return
    assert answer.status == 200


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Sun, 04 May 2031 12:01:00 GMT", 60.0),
        ("Sun, 04 May 2031 11:00:00 GMT", 0.0),
        ("9" * 400, LONGEST_RETRY_AFTER),
        ("Sun, 04 May 2099 12:01:00 GMT", LONGEST_RETRY_AFTER),
        ("", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str, seconds: float | None) -> None:
    assert read_retry_after(value, NOW) == seconds
