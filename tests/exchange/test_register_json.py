"""The object for programs that compare registers: every field of its contract, from either database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from communique.exchange.export import export
from communique.model import Readout
from communique.register.store.judging import Decision, reject
from tests.register.conftest import DATABASES, MakeRegister, make_register, postgres, sqlite_template  # noqa: F401
from tests.register.filling import fill
from tests.register.telling import Paper, filler, met, tell

HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"
TALKS = met(HADDOW, SENOU, room="joint operations room", step="announced")
REPORTS = (
    tell(TALKS),
    tell(met(HADDOW, SENOU, day="2031-03-11"), paper=Paper(number=2, site="Herald", published="2031-03-12")),
    tell(
        met(HADDOW, SENOU, room="joint operations room", step="operating", background=True),
        paper=Paper(number=3, site="Post", published="2031-04-20"),
    ),
    tell(
        met(("Eva Sund | Ambassador | Sweden", "=Ghana Navy"), "@ Kenya", day=None, place=None, kind="visit"),
        paper=Paper(number=4, site="Post", published=None),
    ),
)
KEYS = {
    "documents": {"id", "uri", "published", "copy_of"},
    "actors": {"id", "type", "name", "mentions"},
    "engagements": {
        *("id", "kind", "status", "date", "place", "sides", "reports", "independent_sources", "conflicts"),
    },
    "mechanisms": {"id", "name", "kind", "parties", "status", "history"},
    "tenures": {
        *("person", "title", "organization", "first_seen", "last_seen", "superseded_by", "flags"),
    },
}
Written = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """On which database the register is."""
    name: str = request.param
    return name


@pytest.fixture
def written(database: str, make_register: MakeRegister, tmp_path: Path) -> Written:  # noqa: F811 - the fixture
    """What is written of the reports above."""
    return _write(database, make_register, tmp_path / "register.json", *REPORTS)


def _write(database: str, make: MakeRegister, path: Path, *reports: Readout) -> Written:
    register = make(database)
    fill(*reports)
    export(register, "register-json", path)
    written: Written = json.loads(path.read_bytes())
    return written


def _named(written: Written, part: str, name: str) -> dict[str, Any]:
    (found,) = (row for row in written[part] if row["name"] == name)
    return found


def test_every_record_has_the_fields_of_the_contract(written: Written) -> None:
    assert set(written) == set(KEYS)
    for part, rows in written.items():
        assert rows, part
        assert all(set(row) == KEYS[part] for row in rows), part


def test_documents(written: Written) -> None:
    assert [row["id"] for row in written["documents"]] == [report.document.id for report in REPORTS]
    assert [row["uri"] for row in written["documents"]] == [report.document.uri for report in REPORTS]
    assert [row["published"] for row in written["documents"]] == ["2031-03-11", "2031-03-12", "2031-04-20", None]
    assert {row["copy_of"] for row in written["documents"]} == {None}


@pytest.mark.parametrize("database", DATABASES)
def test_a_copy_names_the_original(database: str, make_register: MakeRegister, tmp_path: Path) -> None:  # noqa: F811
    again = Paper(number=9, site="Mirror", published="2031-03-13", filler=filler("1"), says="All of it as we had it.")
    written = _write(database, make_register, tmp_path / "copies.json", REPORTS[0], tell(TALKS, paper=again))
    original, copy = written["documents"]
    assert (original["copy_of"], copy["copy_of"]) == (None, original["id"])
    (engagement,) = written["engagements"]
    assert len(engagement["reports"]) == 2
    assert engagement["independent_sources"] == 1


def test_actors_with_all_that_names_them(written: Written) -> None:
    types = {row["name"]: row["type"] for row in written["actors"]}
    assert (types["Ruth Haddow"], types["Ghana Navy"], types["Kenya"]) == ("person", "organization", "country")
    mentions = _named(written, "actors", "Ruth Haddow")["mentions"]
    uris = [report.document.uri for report in REPORTS]
    assert {mention["document"] for mention in mentions} == set(uris[:3])
    assert {"document": uris[0], "quote": "Ruth Haddow"} in mentions
    texts = {report.document.uri: report.document.text or "" for report in REPORTS}
    assert all(mention["quote"] in texts[mention["document"]] for mention in mentions)
    ids = [row["id"] for row in written["actors"]]
    assert len(set(ids)) == len(ids)


def test_engagements_with_their_reports_and_conflicts(written: Written) -> None:
    talks, visit = written["engagements"]
    first, second, looking_back, last = (report.document.uri for report in REPORTS)
    ids = {row["name"]: row["id"] for row in written["actors"]}
    assert (talks["kind"], talks["status"], talks["place"]) == ("meeting", "held", "Accra")
    assert talks["date"] == "2031-03-10"
    assert talks["sides"] == [[ids["Ruth Haddow"]], [ids["Yao Senou"]]]
    assert {report["document"]: report["background"] for report in talks["reports"]} == {
        first: False, second: False, looking_back: True,
    }  # fmt: skip
    texts = {report.document.uri: report.document.text or "" for report in REPORTS}
    assert all(report["quote"] and report["quote"] in texts[report["document"]] for report in talks["reports"])
    assert talks["independent_sources"] == 2
    (conflict,) = talks["conflicts"]
    assert conflict["field"] == "date"
    assert conflict["values"][first] == "2031-03-10"
    assert conflict["values"][second] == "2031-03-11"
    assert (visit["kind"], visit["date"], visit["place"], visit["conflicts"]) == ("visit", None, None, [])
    assert visit["sides"] == [[ids["Eva Sund"], ids["Ghana Navy"]], [ids["Kenya"]]]
    assert [report["document"] for report in visit["reports"]] == [last]


def test_mechanisms_with_their_history(written: Written) -> None:
    (room,) = written["mechanisms"]
    ids = {row["name"]: row["id"] for row in written["actors"]}
    assert (room["name"], room["kind"], room["status"]) == ("joint operations room", "operations_room", "operating")
    assert set(room["parties"]) >= {ids["Ruth Haddow"], ids["Yao Senou"]}
    assert [(step["status"], step["document"]) for step in room["history"]] == [
        ("announced", REPORTS[0].document.uri),
        ("operating", REPORTS[2].document.uri),
    ]
    assert room["history"][0]["date"] == "2031-03-10"
    assert room["history"][0]["quote"] == "The joint operations room was announced."


def test_tenures(written: Written) -> None:
    person = _named(written, "actors", "Ruth Haddow")["id"]
    (post,) = (row for row in written["tenures"] if row["person"] == person)
    assert post == {
        "person": person,
        "title": "Defence Minister",
        "organization": "Ghana",
        "first_seen": "2031-03-11",
        "last_seen": "2031-04-20",
        "superseded_by": None,
        "flags": [],
    }


@pytest.mark.parametrize("database", DATABASES)
def test_what_was_rejected_is_left_out(database: str, make_register: MakeRegister, tmp_path: Path) -> None:  # noqa: F811
    register = make_register(database)
    fill(*REPORTS)
    reject(Decision(code="e2", author="ana"))
    export(register, "register-json", tmp_path / "left.json")
    assert [row["id"] for row in json.loads((tmp_path / "left.json").read_bytes())["engagements"]] == ["e1"]
