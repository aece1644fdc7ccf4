from __future__ import annotations

from ipaddress import ip_network

import pytest

import communique
from communique.errors import SettingsError
from communique.sources.web.settings import FetchSettings, require_contact


def test_the_environment_gives_contact_networks_and_ports() -> None:
    settings = FetchSettings.from_environment(
        {
            "COMMUNIQUE_CONTACT": " desk@news.example ",
            "COMMUNIQUE_FETCH_NETWORKS": "10.1.0.0/16, fd00::/8",
            "COMMUNIQUE_FETCH_PORTS": "8080",
        }
    )
    assert settings.user_agent == f"Communique/{communique.__version__} (+desk@news.example)"
    assert settings.networks == (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
    assert settings.ports == {80, 443, 8080}


def test_an_empty_environment_opens_nothing() -> None:
    settings = FetchSettings.from_environment({})
    assert settings == FetchSettings()
    assert not settings.networks
    assert settings.user_agent == f"Communique/{communique.__version__}"
    with pytest.raises(SettingsError, match="COMMUNIQUE_CONTACT is not set"):
        require_contact(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMMUNIQUE_CONTACT", "desk@news.example\r\nCookie: a=b"),
        ("COMMUNIQUE_FETCH_NETWORKS", "10.1.0.0/99"),
        ("COMMUNIQUE_FETCH_NETWORKS", "intranet"),
        ("COMMUNIQUE_FETCH_PORTS", "http"),
        ("COMMUNIQUE_FETCH_PORTS", "70000"),
    ],
)
def test_a_wrong_value_is_told_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        FetchSettings.from_environment({name: value})
