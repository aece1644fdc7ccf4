"""Which words name people, and which look as if."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.reading.analysis import Line


def names(lines: list[Line]) -> list[str]:
    return [m.name for line in lines for m in line.mentions if m.kind == "person"]


@pytest.mark.parametrize(
    ("text", "persons", "expected"),
    [
        ("General Omar Said left.", [], ["Omar Said"]),
        ('Colonel John "Jack" Smith left.', [], ['John "Jack" Smith']),
        ("Admiral Carlo dell'Acqua left.", [], ["Carlo dell'Acqua"]),
        ("Mme Aminata mint Cheikh Diallo spoke.", [], ["Aminata mint Cheikh Diallo"]),
        ("The minister, Hamada Ould Sidi, left.", ["Hamada Ould Sidi"], ["Hamada Ould Sidi"]),
        ("Major General He Jianguo left.", [], ["He Jianguo"]),
        ("Mr. A. Bello spoke.", [], ["A. Bello"]),
        ("Prime Minister Karim Shia' Al Zaidi left.", [], ["Karim Shia' Al Zaidi"]),
        ("Anna Rossi, who flew in, smiled.", ["Anna Rossi"], ["Anna Rossi"]),
        ("They had talks with Malta's Rosa Borg.", ["Rosa Borg"], ["Rosa Borg"]),
        ("Interior Minister Abdul Amir al Rashidi left.", [], ["Abdul Amir al Rashidi"]),
        ("The commander of Defence Zone No. 2, Colonel Omar Said, left.", [], ["Omar Said"]),
        ("Sheikh Omar of Sabha. Later Omar spoke.", [], ["Omar", "Omar"]),
    ],
)
def test_people(find: Callable[..., list[Line]], text: str, persons: list[str], expected: list[str]) -> None:
    assert names(find(text, persons=persons)) == expected


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("USS Fairwind (DDG 99) left.", ["USS Fairwind"]),
        ("They reviewed Operation Silver Kite.", ["Operation Silver Kite"]),
        ("The frigate Bela Vista sailed.", ["Bela Vista"]),
        ("They landed at King Idris airport.", ["King Idris"]),
        ("The Harbour Post reported it.", ["Harbour Post"]),
        ("He lives in Porto Belo.", ["Porto Belo"]),
        ("Photo by Lena Falk", ["Lena Falk"]),
        ("(Reporting by L. Falk; editing by M. Wood)", ["L. Falk", "M. Wood"]),
        ("Nigeria's SILVER HAWK system was praised.", ["SILVER HAWK"]),
        ("The Minister of Defence, Retired Affairs and Youth spoke.", []),
    ],
)
def test_things_are_no_people(find: Callable[..., list[Line]], text: str, persons: list[str]) -> None:
    assert names(find(text, persons=persons)) == []


def test_a_list_proves_its_members(find: Callable[..., list[Line]]) -> None:
    text = "President Ana Lima of Brazil, Tom Reed of Jamaica and General Joe Hunt met."
    assert names(find(text, bodies=["Tom Reed"])) == ["Ana Lima", "Tom Reed", "Joe Hunt"]


def test_a_name_used_of_a_place_is_doubted(find: Callable[..., list[Line]]) -> None:
    text = "Officers met in Puente Viejo. The line links Puente Viejo with the coast."
    assert names(find(text, persons=["Puente Viejo"])) == []
