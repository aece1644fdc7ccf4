"""Where the desk may listen, and that it starts."""

from __future__ import annotations

import socket

import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.desk.serving import Binding, check_free, check_secrets
from communique.errors import DeskError


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("127.0.0.1:8000", "127.0.0.1", 8000),
        ("localhost", "localhost", 8000),
        (":9000", "127.0.0.1", 9000),
        ("9000", "127.0.0.1", 9000),
        ("[::1]:80", "::1", 80),
        ("[::1]", "::1", 8000),
        ("0.0.0.0:1", "0.0.0.0", 1),
    ],
)
def test_addresses(text: str, host: str, port: int) -> None:
    assert Binding.parse(text) == Binding(host=host, port=port)


@pytest.mark.parametrize("text", ["localhost:0", "localhost:99999", "localhost:", "127.0.0.1:http"])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(DeskError, match="HOST:PORT"):
        Binding.parse(text)


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [
        ("127.0.0.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("desk.example", False),
    ],
)
def test_loopback(host: str, is_loopback: bool) -> None:
    assert Binding(host=host, port=1).is_loopback == is_loopback


def test_others_reach_only_a_desk_that_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COMMUNIQUE_SECRET_KEY", "COMMUNIQUE_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    check_secrets(Binding(host="127.0.0.1", port=1))
    with pytest.raises(DeskError, match="COMMUNIQUE_SECRET_KEY and COMMUNIQUE_HOSTS"):
        check_secrets(Binding(host="0.0.0.0", port=1))


def test_addresses_for_a_browser() -> None:
    assert Binding(host="::1", port=80).url == "http://[::1]:80/"


@pytest.mark.enable_socket
def test_a_taken_address_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(DeskError, match="--bind"):
            check_free(Binding(host="127.0.0.1", port=other.getsockname()[1]))


def test_the_command_says_what_is_wrong() -> None:
    result = CliRunner().invoke(main, ["serve", "--bind", "nowhere:at:all"])
    assert result.exit_code == 1
    assert "HOST:PORT" in result.stderr
