"""The country that a name speaks of."""

from __future__ import annotations

from communique.register import Register

COUNTRIES = {
    "Libyan Air Force": "LY",
    "United States": "US",
    "United States Africa Command": "US",
    "Chinese Coast Guard": "CN",
    "Economic Community of West African States (ECOWAS)": None,
    "Economic Community of West African States": None,
    "League of Arab States": None,
    "Organization of American States": None,
    "Confederation of Sahel States": None,
    "South China Sea Patrol": None,
}


def test_institutions_of_several_countries_are_of_none(register: Register) -> None:
    from communique.register.store.claims import country_of

    assert register.address
    assert {name: country_of(name) for name in COUNTRIES} == COUNTRIES
