from pathlib import Path

import pytest

from communique.errors import LexiconError
from communique.lexicon import Lexicon
from communique.reading.countries import Countries
from communique.reading.knowledge import Knowledge
from communique.reading.words import words


@pytest.fixture(scope="module")
def countries() -> Countries:
    return Countries(Lexicon())


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("US", "US"),
        ("U.S.", "US"),
        ("the United States", "US"),
        ("the UK", "GB"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Turkiye", "TR"),
        ("DR Congo", "CD"),
        ("the DRC", "CD"),
        ("Ivory Coast", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("UAE", "AE"),
        ("KSA", "SA"),
        ("LIBYA", "LY"),
        ("Libya’s", "LY"),
        ("Libyan", "LY"),
        ("Libyans", "LY"),
        ("Cyprus", "CY"),
        ("the Philippines", "PH"),
        ("Qatari", "QA"),
        ("Emiratis", "AE"),
        ("Bosnian", "BA"),
        ("Nigerien", "NE"),
        ("Nigerian", "NG"),
        ("Guinea Bissau", "GW"),
        ("Trinidad & Tobago", "TT"),
        ("Congolese", None),
        ("Dominican", None),
        ("Tripoli", None),
        ("us", None),
        ("turkey", None),
        ("Car", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_country_of_a_name_or_an_adjective(countries: Countries, word: str, code: str | None) -> None:
    assert countries.country(word) == code


def test_demonym_is_decided_by_the_context_where_several_countries_share_it(countries: Countries) -> None:
    assert countries.demonym_country("Congolese", near="CG") == "CG"
    assert countries.demonym_country("Congolese", near="FR") is None
    assert countries.demonym_country("Libya") is None


def test_joint_adjectives_name_both_countries(countries: Countries) -> None:
    assert countries.countries("Franco-German") == ("FR", "DE")
    assert countries.countries("Libyan-Egyptian") == ("LY", "EG")
    assert countries.countries("Guinea-Bissau") == ("GW",)
    assert countries.countries("Semi-German") == ()
    assert countries.countries("Congolese") == ("CG", "CD")


@pytest.mark.parametrize(
    ("seat", "stands_for"),
    [
        ("Tripoli", "LY"),
        ("Brussels", "EU"),
        ("the Kremlin", "RU"),
        ("The White House", "US"),
        ("the Élysée", "FR"),
        ("Whitehall", "GB"),
        ("Ankara", "TR"),
        ("Foggy Bottom", "US"),
        ("Benghazi", None),
    ],
)
def test_a_seat_stands_for_a_government(countries: Countries, seat: str, stands_for: str | None) -> None:
    assert countries.seat_country(seat) == stands_for


def test_country_names_are_those_of_the_news(countries: Countries) -> None:
    names = [countries.country_name(code) for code in ("US", "TR", "RU", "CD", "GB")]
    assert names == ["United States", "Türkiye", "Russia", "DR Congo", "United Kingdom"]
    with pytest.raises(KeyError):
        countries.country_name("ZZ")


def test_a_users_names_are_added(tmp_path: Path) -> None:
    (tmp_path / "countries.toml").write_text('[names]\nLY = ["Libiya"]\n', "utf-8")
    countries = Countries(Lexicon(tmp_path))
    assert countries.country("Libiya") == "LY"
    assert countries.country_name("LY") == "Libya"


def test_a_country_without_a_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "countries.toml").write_text("[names]\nZZ = []\n", "utf-8")
    with pytest.raises(LexiconError, match="ZZ has no name"):
        Countries(Lexicon(tmp_path))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Congolese army chief spoke.", "CD"),
        ("The Congolese army chief spoke in Kinshasa.", "CD"),
        ("The Congolese army chief spoke in Brazzaville.", "CG"),
        ("The Congolese army chief spoke in Pointe-Noire. Congo has a navy.", "CG"),
        ("The Congolese army chief came from Goma to the talks of Congo-Brazzaville and the DRC.", "CD"),
        ("The Dominican minister spoke.", "DO"),
        ("The Dominican minister spoke in Roseau.", "DM"),
    ],
)
def test_a_shared_demonym_is_of_the_country_that_the_report_names(text: str, code: str) -> None:
    knowledge = Knowledge(Lexicon())
    sentences = [(tokens, knowledge.table.find(tokens)) for tokens in [words(text)]]
    knowledge.shared_demonyms.settle(sentences)
    assert [label.value for label in sentences[0][1] if label.kind == "demonym"] == [code]


def test_every_shared_demonym_has_a_usual_country() -> None:
    table = Lexicon().table("countries")
    bearers = [word for forms in table["demonyms"].values() for word in forms]
    assert {word for word in bearers if bearers.count(word) > 1} == set(table["shared"])
