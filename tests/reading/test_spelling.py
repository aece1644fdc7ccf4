import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.reading.spelling import fold, without_article, without_possessive


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("N’Djamena", "ndjamena"),
        ("Saint-Louis", "st louis"),
        ("St. John's", "st johns"),
        ("Łask", "lask"),
        ("Côte d'Ivoire", "cote divoire"),
        ("Ras  Ajdir ", "ras ajdir"),
        ("", ""),
    ],
)
def test_spellings_meet_in_one_key(name: str, key: str) -> None:
    assert fold(name) == key


@given(st.text())
def test_folding_twice_changes_nothing_for_plain_text(name: str) -> None:
    once = fold(name)
    if once.isascii():
        assert fold(once) == once


def test_articles_and_possessives_come_off() -> None:
    assert without_article("al kufra") == "kufra"
    assert without_article("al") == "al"
    assert without_possessive(" Libya’s ") == "Libya"
    assert without_possessive("Honduras'") == "Honduras"
