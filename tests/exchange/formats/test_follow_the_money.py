"""FollowTheMoney: loaded by its own package, where that is installed; the shape is checked in any case."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from communique.exchange.export import export
from communique.register import Register, open_register


def entities_of(register: Register, path: Path) -> list[dict[str, Any]]:
    export(register, "ftm", path)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def named(entities: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (found,) = (entity for entity in entities if entity["properties"].get("name") == [name])
    return found


def test_records_become_entities(register: Register, tmp_path: Path) -> None:
    entities = entities_of(register, tmp_path / "out.json")
    assert named(entities, "Ana Corin")["schema"] == "Person"
    schemata = {entity["schema"] for entity in entities}
    assert schemata >= {"Article", "Person", "LegalEntity", "Position", "Occupancy", "Event", "Documentation"}
    assert {"Project", "ProjectParticipant"} <= schemata


def test_days_of_reports_are_not_taken_for_a_term_of_office(register: Register, tmp_path: Path) -> None:
    occupancies = [e for e in entities_of(register, tmp_path / "out.json") if e["schema"] == "Occupancy"]
    assert occupancies
    for entity in occupancies:
        assert entity["properties"]["date"]
        assert not {"startDate", "endDate"} & set(entity["properties"])


def test_a_month_stays_a_month(register: Register, tmp_path: Path) -> None:
    events = [e for e in entities_of(register, tmp_path / "out.json") if e["schema"] == "Event"]
    (session,) = (e for e in events if "committee_session" in e["properties"]["keywords"])
    assert session["properties"]["date"] == ["2031-06"]


def test_ids_are_stable_and_name_their_register(register: Register, filled: Path, tmp_path: Path) -> None:
    first = [entity["id"] for entity in entities_of(register, tmp_path / "1.json")]
    again = [entity["id"] for entity in entities_of(register, tmp_path / "2.json")]
    assert first == again
    assert len(first) == len(set(first))
    shutil.copy(filled, tmp_path / "copy.db")
    from communique.register import models

    copy = open_register(tmp_path / "copy.db")
    models.Change.objects.order_by("pk").first().delete()  # another log, another register
    assert not set(first) & {entity["id"] for entity in entities_of(copy, tmp_path / "3.json")}


def test_the_package_accepts_every_value(register: Register, tmp_path: Path) -> None:
    followthemoney = pytest.importorskip(
        "followthemoney", reason="followthemoney needs a compiler to be installed (requirements/ftm.lock)"
    )
    entities = entities_of(register, tmp_path / "out.json")
    known = {entity["id"]: followthemoney.model.get(entity["schema"]) for entity in entities}
    for entity in entities:
        proxy = followthemoney.model.get_proxy(entity, cleaned=False)  # cleans: what it cannot use is dropped
        assert {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }
        for name in proxy.schema.required:
            assert proxy.get(name), f"{entity['schema']} without {name}"
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert known[value].is_a(prop.range), f"{entity['schema']}.{prop.name} → {known[value].name}"
