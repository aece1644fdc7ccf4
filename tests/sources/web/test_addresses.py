from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import AddressRefused
from communique.sources.web.addresses import MAX_LENGTH, check_address, check_networks, host_of
from communique.sources.web.networks import closed_kind
from communique.sources.web.settings import FetchSettings

SETTINGS = FetchSettings()
INTRANET = FetchSettings(networks=(ip_network("10.1.0.0/16"),), ports=frozenset((80, 443, 8080)))


@pytest.mark.parametrize(
    ("uri", "seen"),
    [
        ("https://news.example/a?b=1#part", "https://news.example/a?b=1"),
        ("HTTP://News.Example:80/", "http://news.example/"),
        ("https://1.1.1.1/x", "https://1.1.1.1/x"),
        ("https://[2606:4700::1111]/x", "https://[2606:4700::1111]/x"),
        ("https://nachrichten-münchen.example/ü", "https://xn--nachrichten-mnchen-y6b.example/%C3%BC"),
    ],
)
def test_addresses_of_the_web_are_taken_without_fragment(uri: str, seen: str) -> None:
    assert str(check_address(uri, SETTINGS)) == seen


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "news.example/a",
        "//news.example/a",
        "file:///etc/passwd",
        "ftp://news.example/a",
        "gopher://news.example/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:///a",
        "http://",
        "http://xn--/",
        "http://xn--0/a",
        "http://[::1",
        "http://a:b:c/",
        "http://news.example:99999/",
        "http://user@news.example/",
        "http://user:secret@news.example/",
        "http://news.example:22/",
        "http://news.example:0/",
        "http://news.example:8080/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[fe80::1%25eth0]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.1.2.3/",
        "http://news.example/" + "a" * MAX_LENGTH,
        "http://news\n.example/",
        "http://news.example/\r\nHost: other.example",
    ],
)
def test_everything_else_is_refused(uri: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        check_address(uri, SETTINGS)
    assert refusal.value.reason == "refused"


def test_a_password_does_not_get_into_the_message() -> None:
    with pytest.raises(AddressRefused) as refusal:
        check_address("https://ana:secret@news.example/", SETTINGS)
    assert "secret" not in str(refusal.value)


def test_the_settings_open_networks_and_ports() -> None:
    assert check_address("http://10.1.2.3:8080/", INTRANET).host == "10.1.2.3"
    with pytest.raises(AddressRefused, match=r"10\.2\.2\.3"):
        check_address("http://10.2.2.3:8080/", INTRANET)


def test_politeness_counts_by_host_and_port() -> None:
    assert host_of(check_address("https://news.example/a", SETTINGS)) == "news.example:443"
    assert host_of(check_address("http://10.1.2.3:8080/", INTRANET)) == "10.1.2.3:8080"


def test_one_closed_address_among_open_ones_is_enough() -> None:
    assert check_networks("a.example", ["1.1.1.1", "2606:4700::1111"], SETTINGS)
    with pytest.raises(AddressRefused, match=r"'a\.example'.*10\.0\.0\.5.*private"):
        check_networks("a.example", ["1.1.1.1", "10.0.0.5"], SETTINGS)


@pytest.mark.parametrize("found", [[], ["nonsense"], ["fe80::1%eth0"], ["1.1.1.1%eth0"]])
def test_an_answer_that_is_none_is_refused(found: list[str]) -> None:
    with pytest.raises(AddressRefused):
        check_networks("a.example", found, SETTINGS)


@given(st.text(max_size=60))
def test_any_text_is_taken_or_refused(text: str) -> None:
    for uri in (text, f"http://{text}", f"https://{text}/a", f"http://news.example/{text}"):
        try:
            url = check_address(uri, SETTINGS)
        except AddressRefused:
            continue
        assert url.scheme in {"http", "https"}
        assert url.host
        assert not url.userinfo
        assert (url.port or 80) in {80, 443}


@given(st.ip_addresses())
def test_any_number_is_judged_alike_as_address_and_as_answer(number: object) -> None:
    written = f"[{number}]" if ":" in str(number) else str(number)
    is_closed = closed_kind(ip_address(str(number))) is not None
    for check in (
        lambda: check_address(f"https://{written}/", SETTINGS),
        lambda: check_networks("a.example", [str(number)], SETTINGS),
    ):
        if is_closed:
            with pytest.raises(AddressRefused):
                check()
        else:
            check()
