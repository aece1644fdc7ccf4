"""Authority files: what is read, and that a bad line costs itself alone."""

import json

import pytest

from communique.register.resolving.authorities import AuthorityRecord, BadLine, read_csv, read_follow_the_money

PERSON = {
    "id": "NK-1",
    "schema": "Person",
    "properties": {
        "name": ["Ruth Haddow", "Рут Хаддоу"],
        "alias": ["Ruth Castellan"],
        "weakAlias": ["Ruthie", "General Haddow"],
        "wikidataId": ["Q900001"],
        "nationality": ["no"],
        "position": ["Minister of Defence of Norway"],
    },
}


def test_a_person() -> None:
    (record,) = read_follow_the_money([json.dumps(PERSON)], "peps")
    assert record == AuthorityRecord(
        id="NK-1",
        source="peps",
        type="person",
        name="Ruth Haddow",
        aliases=("Рут Хаддоу", "Ruth Castellan", "General Haddow"),
        wikidata_id="Q900001",
        country="NO",
        positions=("Minister of Defence of Norway",),
    )


def test_other_schemata_and_empty_lines_are_passed_over() -> None:
    lines = ["", json.dumps({"id": "p", "schema": "Occupancy", "properties": {}}), " "]
    assert list(read_follow_the_money(lines, "peps")) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "Not JSON"),
        ("[1]", "no schema"),
        ("[" * 100_000, "Not JSON"),
        ('{"schema": "Person"}', "no id or no properties"),
        ('{"schema": "Person", "id": "x", "properties": {"name": [3]}}', "has no name"),
        ('{"schema": ["Person"], "id": "x"}', "no schema"),
        ('"' + "x" * 1_000_001, "characters"),
        ('{"schema": "Person", "id": "x", "properties": {"name": ["Ru\\ud800th"]}}', "half a character"),
        ('{"schema": "Person", "id": "x", "properties": {"name": ["R"], "position": ["a\\u0000b"]}}', "U+0000"),
    ],
)
def test_a_bad_line_costs_itself_alone(line: str, problem: str) -> None:
    bad, good = read_follow_the_money([line, json.dumps(PERSON)], "peps")
    assert isinstance(bad, BadLine)
    assert bad.number == 1
    assert problem in bad.problem
    assert isinstance(good, AuthorityRecord)


def test_csv() -> None:
    lines = [
        "name,type,aliases,country,wikidata_id,positions",
        "Ruth Haddow,,Ruth Castellan; R. Haddow,no,Q900001,Minister of Defence",
        ",,,,,",
        "Lakes Command,organization,,,,",
        "Bad Country,person,,Norway,,",
        "Bad Type,ship,,,,",
        "Bad Id,,,,42,",
    ]
    first, second, *bad = read_csv(lines, "own")
    assert first.aliases == ("Ruth Castellan", "R. Haddow")
    assert (first.id, first.country, first.positions) == ("2", "NO", ("Minister of Defence",))
    assert second.type == "organization"
    assert [(line.number, line.problem.split()[1]) for line in bad] == [(5, "country"), (6, "type"), (7, "wikidata_id")]


@pytest.mark.parametrize("lines", [[], ["nom,pays"], ["\0"]])
def test_csv_without_names(lines: list[str]) -> None:
    (bad,) = read_csv(lines, "own")
    assert "name" in bad.problem
