"""Which network addresses are public: a table of those that are not.

The table is our own, since what Python's ``ipaddress`` calls global differs from one patch version to the next. It
follows the special-purpose address registries of IANA (RFC 6890 and its updates).
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network

_CLOSED_IPV4 = {
    IPv4Network(network): kind
    for network, kind in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by the customers of a provider (CGNAT)"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's own service"),  # public by its number, but only reached from inside
        ("169.254.0.0/16", "link-local, where clouds serve metadata"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarks"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
}
# Everything outside of global unicast is closed: ::1, ::ffff:0:0/96 (IPv4-mapped), 64:ff9b::/96 (NAT64), fc00::/7,
# fe80::/10, ff00::/8. Inside of it stand networks that carry an IPv4 address or lead nowhere.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_CLOSED_IPV6 = {
    IPv6Network(network): kind
    for network, kind in (
        ("2001::/32", "Teredo"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
    )
}


def closed_kind(address: IPAddress) -> str | None:
    """What kind of network that is not public an address stands in; None when it is public."""
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in _CLOSED_IPV4.items() if address in network), None)
    if address not in _GLOBAL_UNICAST or address.scope_id is not None:
        return "not global unicast"
    return next((kind for network, kind in _CLOSED_IPV6.items() if address in network), None)


def is_allowed(address: IPAddress, allowed: Iterable[IPNetwork]) -> bool:
    """Whether an address stands in one of the networks that the settings allow."""
    return any(address.version == network.version and address in network for network in allowed)
