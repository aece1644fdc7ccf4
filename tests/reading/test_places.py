from pathlib import Path

import pytest

from communique.errors import LexiconError
from communique.lexicon import Lexicon
from communique.reading.cities import City, load_cities
from communique.reading.places import Gazetteer, parse_place

KINDS = ("towns", "crossings", "regions", "waters", "landmarks")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(Lexicon())


@pytest.mark.parametrize(
    ("text", "near", "name", "country"),
    [
        ("Benghazi", None, "Benghazi", "LY"),
        ("BISSAU", None, "Bissau", "GW"),
        ("al-Kufra", None, "Kufra", "LY"),
        ("Ras Jedir", None, "Ras Ajdir", "LY"),
        ("Kiev", None, "Kyiv", "UA"),
        ("Odessa", None, "Odesa", "UA"),
        ("San José", None, "San José", "CR"),
        ("St John's", None, "Saint John's", "AG"),
        ("Tripoli", None, "Tripoli", "LY"),
        ("Tripoli", "LB", "Tripoli", "LB"),
        ("Tripoli, Lebanon", None, "Tripoli", "LB"),
        ("Paris", "US", "Paris", "FR"),
        ("Washington, D.C.", None, "Washington", "US"),
        ("Singapore", None, "Singapore", "SG"),
        ("port of Benghazi", None, "Benghazi", "LY"),
        ("Kufra airport", None, "Kufra", "LY"),
        ("eastern Libya", None, "eastern Libya", "LY"),
        ("the Élysée", None, "Élysée Palace", "FR"),
        ("GHQ Rawalpindi", None, "GHQ Rawalpindi", "PK"),
        ("Gaza", None, "Gaza Strip", "PS"),
        ("Strait of Hormuz", None, "Strait of Hormuz", None),
        ("Benghazi's", None, "Benghazi", "LY"),
    ],
)
def test_find(gazetteer: Gazetteer, text: str, near: str | None, name: str, country: str | None) -> None:
    place = gazetteer.find(text, near)
    assert place is not None
    assert (place.name, place.country) == (name, country)
    assert place.text == text
    assert place.latitude is not None


def test_find_gives_the_country_alone_where_the_point_is_unknown(gazetteer: Gazetteer) -> None:
    for text, name in (("southern Chad", "southern Chad"), ("Chad", "Chad")):
        place = gazetteer.find(text)
        assert place is not None
        assert (place.name, place.country, place.latitude, place.longitude) == (name, "TD", None, None)


@pytest.mark.parametrize("text", ["Zzyxburg", "nice", "", "  ", "the Ministry of Interior", ","])
def test_find_says_none_for_what_is_no_place(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) is None


def test_ambiguous_names_are_still_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.is_ambiguous("Nice")
    assert gazetteer.is_ambiguous("Chad")
    assert gazetteer.is_ambiguous("Bo")
    assert not gazetteer.is_ambiguous("Benghazi")
    assert gazetteer.find("Nice") is not None


def test_gazetteer_speaks_for_the_countries(gazetteer: Gazetteer) -> None:
    assert gazetteer.country("Türkiye") == "TR"
    assert gazetteer.country_name("TR") == "Türkiye"
    assert gazetteer.demonym_country("Congolese", near="CD") == "CD"
    assert gazetteer.capital_country("Brussels") == "EU"


def test_packaged_places_are_well_formed_and_named_once() -> None:
    lexicon = Lexicon()
    codes = set(lexicon.table("countries")["names"])
    for kind in KINDS:
        seen = set()
        for line in lexicon.table("places")["places"][kind]:
            entry, others = parse_place(line, kind)
            assert entry.country is None or entry.country in codes, line
            assert entry.name not in others, line
            assert (entry.name, entry.country) not in seen, line
            seen.add((entry.name, entry.country))


def test_packaged_towns_agree_with_geonames_on_where_they_are() -> None:
    cities: dict[tuple[str, str], list[City]] = {}
    for city in load_cities():
        cities.setdefault((city.name, city.countrycode), []).append(city)
    compared = 0
    for line in Lexicon().table("places")["places"]["towns"]:
        entry, _ = parse_place(line, "towns")
        rivals = cities.get((entry.name, entry.country or ""), [])
        if rivals and entry.name not in {"Petersberg", "Buston", "Ciudad Hidalgo", "Santa Rosa"}:  # others of the name
            compared += 1
            assert any(
                abs(city.latitude - entry.latitude) < 0.25 and abs(city.longitude - entry.longitude) < 0.25
                for city in rivals
            ), line
    assert compared > 100


@pytest.mark.parametrize(
    "line", ["Rajma", "Rajma | LY | here | 20.4", "Rajma | LY | 132.1 | 20.4", " | LY | 32.1 | 20.4"]
)
def test_a_malformed_place_is_refused_with_the_entry(line: str) -> None:
    with pytest.raises(LexiconError, match=r"places\.toml: towns entry"):
        parse_place(line, "towns")


def test_a_users_places_are_added(tmp_path: Path) -> None:
    (tmp_path / "places.toml").write_text('[places]\ntowns = ["Nowhereville | LY | 30.0 | 20.0 | Nowhere"]\n', "utf-8")
    place = Gazetteer(Lexicon(tmp_path)).find("Nowhere")
    assert place is not None
    assert (place.name, place.latitude) == ("Nowhereville", 30.0)
