"""When two written names can be one person's."""

from __future__ import annotations

import pytest

from communique.reading.name_forms import fold, full_length, is_form_of, is_full, is_similar


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Nadir Al-Qasimov", ("nadir", "qasimov")),
        ("José Ibáñez-Müller", ("jose", "ibanez", "muller")),
        ('John "Jack" Smith', ("john", "jack", "smith")),
        ("J. Bell", ("j", "bell")),
        ("Łukasz Ørsted", ("lukasz", "orsted")),
        ("El", ("el",)),
    ],
)
def test_fold(name: str, parts: tuple[str, ...]) -> None:
    assert fold(name) == parts


@pytest.mark.parametrize(
    ("parts", "full", "same"),
    [
        ("Ali Said", "Ali Omar Said", True),
        ("Omar Said", "Ali Omar Said", False),
        ("J. Karimova", "Julia Karimova", True),
        ("K. Karimova", "Julia Karimova", False),
        ("Julia Karimowa", "Julia Karimova", True),
        ("SATO Akira", "Akira Sato", True),
        ("Ivan Petrov", "Pavel Petrov", False),
    ],
)
def test_is_form_of(parts: str, full: str, same: bool) -> None:
    assert is_form_of(fold(parts), fold(full)) is same


def test_hyphenated_family_name_is_no_full_name() -> None:
    assert not is_full("Ortiz-Vidal")
    assert is_full("Ana Ortiz-Vidal")


def test_initials_make_a_name_no_fuller() -> None:
    assert full_length(fold("Julia Karimova")) > full_length(fold("J. Karimova"))


def test_similar_needs_the_same_first_letter() -> None:
    assert is_similar("karimova", "karimowa")
    assert not is_similar("karimova", "tarimova")
