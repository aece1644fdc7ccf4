"""The exported tables: whole, cited, and closed: every id leads to a row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from communique.exchange.export import export
from communique.register import Register
from communique.register.store.finding import EngagementFilters

FILTERS = {
    "everything": {},
    "one kind": {"kind": ("visit",)},
    "by name": {"actor": ("Bea Falk",)},
    "nothing": {"country": ("AQ",)},
}
# Columns that hold ids, and the tables that they lead to.
LEADS_TO = {
    "participant_ids": "actors",
    "actor_id": "actors",
    "person_id": "actors",
    "organization_id": "actors",
    "superseded_by_id": "actors",
    "party_ids": "actors",
    "speaker_id": "actors",
    "engagement_id": "engagements",
    "commitment_id": "commitments",
    "mechanism_id": "mechanisms",
    "source_ids": "sources",
    "source_id": "sources",
    "copy_of_id": "sources",
    "evidence_ids": "evidence",
}

Tables = dict[str, list[dict[str, Any]]]


def tables_of(register: Register, folder: Path, **filters: Any) -> Tables:
    """The tables of an export, read back from JSON lines."""
    export(register, "jsonl", folder, EngagementFilters(**filters))
    return {
        path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for path in folder.glob("*.jsonl")
    }


def test_nothing_is_missing(register: Register, tmp_path: Path) -> None:
    tables = tables_of(register, tmp_path / "out")
    assert [row["kind"] for row in tables["engagements"]] == ["committee_session", "meeting", "visit"]
    assert [row["outlet"] for row in tables["sources"]] == ["The Vell Courier", "Quin Herald", "@Outlet"]
    assert [row["act"] for row in tables["statements"]] == ["praised", "announced"]
    assert {row["name"] for row in tables["actors"]} >= {"Ana Corin", "Dario Elm", "Bea Falk"}
    assert [row["what"] for row in tables["commitments"]] == [
        "open a joint office for the northern coast before the end of the year"
    ]
    assert [row["status"] for row in tables["mechanism_steps"]] == ["agreed"]
    assert {(row["name"], row["title"]) for row in tables["tenures"]} >= {("Bea Falk", "Interior Minister")}


def test_an_engagement_says_what_is_known_of_it(register: Register, tmp_path: Path) -> None:
    tables = tables_of(register, tmp_path / "out")
    (meeting,) = (row for row in tables["engagements"] if row["kind"] == "meeting")
    assert meeting["place"] == "Port Vell"
    assert meeting["topics"] == ["border_security", "maritime_security"]
    assert [conflict["field"] for conflict in meeting["conflicts"]] == ["date"]
    assert (meeting["source_ids"], meeting["source_count"], meeting["independent_sources"]) == (["d1", "d2"], 2, 2)
    assert meeting["evidence_ids"] == ["d1/e1/1", "d2/e1/1"]
    quotes = {row["id"]: row["quote"] for row in tables["evidence"]}
    assert quotes["d1/e1/1"] == "received the Ostmark envoy, Dario Elm, in Port Vell on Sunday"


def test_a_participant_has_the_posts_that_the_reports_give(register: Register, tmp_path: Path) -> None:
    rows = tables_of(register, tmp_path / "out")["participants"]
    (dario,) = (row for row in rows if row["name"] == "Dario Elm")
    assert dario["posts"] == ["Envoy, Ostmark (acting)", "Envoy, Ostmark"]
    assert dario["evidence_ids"] == ["d1/e1/2.1", "d2/e1/2.1"]


@pytest.mark.parametrize("name", FILTERS)
def test_every_id_leads_to_a_row(register: Register, tmp_path: Path, name: str) -> None:
    tables = tables_of(register, tmp_path / "out", **FILTERS[name])
    known = {table: {row.get("id") for row in rows} for table, rows in tables.items()}
    for table, rows in tables.items():
        for row in rows:
            for column, leads_to in LEADS_TO.items():
                value = row.get(column)
                ids = value if isinstance(value, list) else [value] if value else []
                assert set(ids) <= known[leads_to], f"{table}.{column}"


@pytest.mark.parametrize("name", FILTERS)
def test_every_row_is_cited_and_every_passage_used(register: Register, tmp_path: Path, name: str) -> None:
    tables = tables_of(register, tmp_path / "out", **FILTERS[name])
    used: list[str] = []
    for table, rows in tables.items():
        for row in rows if table not in ("sources", "evidence") else ():
            assert row["source_count"] == len(row["source_ids"]) > 0, f"{table} {row}"
            assert row["evidence_count"] == len(row["evidence_ids"]) > 0, f"{table} {row}"
            used += row["evidence_ids"]
    passages = [row["id"] for row in tables["evidence"]]
    assert len(passages) == len(set(passages))
    assert set(passages) == set(used)


def test_filters_choose_engagements_and_what_hangs_on_them(register: Register, tmp_path: Path) -> None:
    tables = tables_of(register, tmp_path / "out", kind=("visit",))
    assert [row["kind"] for row in tables["engagements"]] == ["visit"]
    assert {row["type"] for row in tables["actors"]} == {"person", "group"}
    assert tables["commitments"] == tables["statements"] == tables["mechanisms"] == []
    assert [row["id"] for row in tables["sources"]] == ["d3"]


def test_quotations_stand_in_their_documents(register: Register, tmp_path: Path) -> None:
    from communique.register import models
    from communique.register.store.packing import unpack_text

    texts = {content.document.code: unpack_text(content.text) for content in models.Content.objects.all()}
    for row in tables_of(register, tmp_path / "out")["evidence"]:
        if row["start"] is not None:
            assert texts[row["source_id"]][row["start"] : row["end"]] == row["quote"]
        else:
            assert row["says"] == "tenure"
            assert row["quote"] in texts[row["source_id"]]
