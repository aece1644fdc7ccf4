"""The address guard: which addresses may be fetched at all, and which network addresses may be connected to.

It is asked twice: for the address as it is written (`check_address`), and for the network addresses that its host name
turns out to have, in the moment of connecting (`check_networks`, called by ``connection``). Both are asked anew for
every redirect.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address

import httpx

from communique.errors import AddressRefused
from communique.sources.web.networks import IPAddress, closed_kind, is_allowed
from communique.sources.web.settings import FetchSettings

DEFAULT_PORTS = {"http": 80, "https": 443}
# What RFC 9110 (4.1) asks everybody to support; longer ones need not work anywhere.
MAX_LENGTH = 8_000


def check_address(uri: str | httpx.URL, settings: FetchSettings) -> httpx.URL:
    """Takes an address apart and refuses what is not fetched; asks no network.

    The record that comes back is also what the request is made from: nobody else parses the address again.

    Args:
        uri: A whole address. A fragment (``#…``) is dropped, since it is not sent.
        settings: Says which ports and networks are open.

    Raises:
        AddressRefused: If it is not http or https, names a user or password, has no host, or another port.
    """
    if len(str(uri)) > MAX_LENGTH:
        raise AddressRefused(
            f"An address of {len(str(uri)):,} characters is not fetched; {MAX_LENGTH:,} are the limit."
        )
    shown = repr(str(uri))
    try:
        url = httpx.URL(uri).copy_with(fragment=None)
        host = url.host  # put into letters only now: "xn--" fails here
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused(
            f"{shown} is no address: {error}. Give one such as https://news.example/report."
        ) from error
    if url.scheme not in DEFAULT_PORTS:
        raise AddressRefused(f"{shown} is not fetched: only http and https are, not {url.scheme or 'no scheme'!r}.")
    if url.userinfo:
        raise AddressRefused("An address with a user name or password in it is not fetched: take that out.")
    if not host or "%" in host:
        raise AddressRefused(f"{shown} is not fetched: it names no host that can be asked for from here.")
    port = _port(url)
    if port not in settings.ports:
        raise AddressRefused(f"{shown} is not fetched: port {port} is not open; open are {_listed(settings.ports)}.")
    _check_literal(host, settings)
    return url


def check_networks(host: str, found: Sequence[str], settings: FetchSettings) -> list[IPAddress]:
    """Checks every network address that a host name has.

    One that is not public is enough to refuse the host: an honest site has no such neighbour, and an answer that mixes
    both is how a guard is led astray.

    Args:
        host: The name, for the message.
        found: Its network addresses in numbers, as the resolver gave them.
        settings: Says which networks are open all the same.

    Returns:
        The addresses to connect to, in the order given.

    Raises:
        AddressRefused: If there are none, or one of them is not public.
    """
    addresses = []
    for number in found:
        try:
            address = ip_address(number)
        except ValueError as error:
            raise AddressRefused(f"{host!r} is not fetched: the resolver gave {number!r} for it.") from error
        _check_public(host, address, settings)
        addresses.append(address)
    if not addresses:
        raise AddressRefused(f"{host!r} is not fetched: it has no network address.")
    return addresses


def host_of(url: httpx.URL) -> str:
    """Host and port: what politeness counts by."""
    return f"{url.host}:{_port(url)}"


def _port(url: httpx.URL) -> int:
    return DEFAULT_PORTS[url.scheme] if url.port is None else url.port


def _check_literal(host: str, settings: FetchSettings) -> None:
    """Refuses a host written in numbers early; how it is written otherwise is seen when it is resolved."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return
    _check_public(host, address, settings)


def _check_public(host: str, address: IPAddress, settings: FetchSettings) -> None:
    kind = closed_kind(address)
    if kind is not None and not is_allowed(address, settings.networks):
        raise AddressRefused(
            f"{host!r} is not fetched: its network address {address} is not public ({kind}). "
            "The settings can open a network of your own."
        )


def _listed(ports: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(ports))) or "none"
