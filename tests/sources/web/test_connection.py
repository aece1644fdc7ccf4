"""The guard at the moment of connecting: name servers that lie, change their mind, or say nothing."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import time
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from communique.errors import AddressRefused, FetchError
from communique.sources.web.connection import Deadline, GuardedBackend, resolve
from communique.sources.web.download import Downloader, Request
from communique.sources.web.settings import FetchSettings
from tests.sources.web.site import LOOPBACK, Reply, Site

pytestmark = pytest.mark.allow_hosts([LOOPBACK])


def test_a_name_that_leads_inside_is_refused(site: Site) -> None:
    settings = FetchSettings(ports=frozenset((site.port,)))
    downloader = Downloader(settings, resolver=lambda host, port: [LOOPBACK])
    with pytest.raises(AddressRefused, match=r"news\.example.*127\.0\.0\.1.*loopback"):
        downloader.get(Request(uri=site.uri("/", host="news.example")))
    assert not site.diary


@pytest.mark.parametrize("written", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_other_ways_to_write_loopback_are_refused(written: str) -> None:
    # As the system's resolver understands them; none of this asks a name server.
    with pytest.raises((AddressRefused, FetchError)):
        Downloader(FetchSettings()).get(Request(uri=f"http://{written}/"))


def test_a_name_server_that_changes_its_mind_gains_nothing(
    site: Site, make_settings: Callable[..., FetchSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to the address that was checked; the name is not looked up again."""
    answers = [[LOOPBACK], ["10.0.0.1"]]
    asked: list[str] = []
    connected: list[tuple[str, int]] = []

    def changing(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    def connect(address: tuple[str, int], *args: object, **options: object) -> socket.socket:
        connected.append(address)
        return create_connection(address, *args, **options)  # type: ignore[arg-type]

    create_connection = socket.create_connection
    monkeypatch.setattr("socket.create_connection", connect)
    site.routes["/"] = Reply(body=b"text")
    downloader = Downloader(make_settings(), resolver=changing)
    assert downloader.get(Request(uri=site.uri("/", host="news.example"))).body == b"text"
    assert asked == ["news.example"]
    assert connected == [(LOOPBACK, site.port)]
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        downloader.get(Request(uri=site.uri("/", host="news.example")))
    assert len(connected) == 1


def test_the_next_address_is_tried_when_one_does_not_answer(site: Site) -> None:
    settings = FetchSettings(ports=frozenset((site.port,)), networks=(ip_network("127.0.0.0/8"),))
    site.routes["/"] = Reply(body=b"text")
    downloader = Downloader(settings, resolver=lambda host, port: ["127.0.0.2", LOOPBACK])
    # Connecting to the first is blocked for the test, or refused by the system.
    with pytest.MonkeyPatch.context() as patch:
        inner = httpcore.SyncBackend.connect_tcp

        def connect(self: httpcore.SyncBackend, host: str, *args: object) -> httpcore.NetworkStream:
            if host == "127.0.0.2":
                raise httpcore.ConnectError("nobody here")
            return inner(self, host, *args)  # type: ignore[arg-type]

        patch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
        assert downloader.get(Request(uri=site.uri("/", host="news.example"))).body == b"text"


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")])
def test_a_name_that_nobody_knows_is_a_failure(error: Exception) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise error

    with pytest.raises(FetchError, match=r"news\.example") as failure:
        Downloader(FetchSettings(), resolver=unknown).get(Request(uri="http://news.example/"))
    assert failure.value.reason == "connection"


def test_a_name_server_that_does_not_answer_costs_no_more_than_the_limit() -> None:
    def silent(host: str, port: int) -> list[str]:
        time.sleep(3)
        return [LOOPBACK]

    began = time.monotonic()
    with pytest.raises(FetchError) as failure:
        Downloader(FetchSettings(connect_seconds=0.2), resolver=silent).get(Request(uri="http://news.example/"))
    assert failure.value.reason == "timeout"
    assert time.monotonic() - began < 2


def test_the_system_knows_numbers_without_asking() -> None:
    assert resolve(LOOPBACK, 80) == [LOOPBACK]


def test_sockets_of_this_machine_are_not_connected_to() -> None:
    with pytest.raises(httpcore.UnsupportedProtocol):
        GuardedBackend(FetchSettings(), Deadline(1)).connect_unix_socket("/run/x")


def test_a_deadline_counts_what_was_used_before() -> None:
    assert 8 < Deadline(10, used=1).cap(None) < 9.1
    assert Deadline(10).cap(3) == 3
    with pytest.raises(FetchError, match="10 seconds"):
        Deadline(10, used=10).remaining()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for news.example, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "news.example")])
    today = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "news.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_the_certificate_must_be_for_the_name_though_the_connection_goes_to_a_number(certificate: Path) -> None:
    names: list[str | None] = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    server.sni_callback = lambda connection, name, context: names.append(name)
    trust = ssl.create_default_context(cafile=str(certificate))
    with Site().open(server) as site:
        site.routes["/"] = Reply(body=b"text")
        settings = FetchSettings(ports=frozenset((site.port,)), networks=(ip_network(f"{LOOPBACK}/32"),))
        downloader = Downloader(settings, resolver=lambda host, port: [LOOPBACK], tls=trust)
        answer = downloader.get(Request(uri=site.uri("/", host="news.example", scheme="https")))
        assert answer.body == b"text"
        assert names == ["news.example"]
        assert site.diary[0].headers["host"] == f"news.example:{site.port}"
        with pytest.raises(FetchError, match="certificate") as failure:
            downloader.get(Request(uri=site.uri("/", host="other.example", scheme="https")))
        assert failure.value.reason == "connection"
