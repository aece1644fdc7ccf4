"""PLOVER and MEND rows, read back from CSV."""

from __future__ import annotations

import csv
from pathlib import Path

from communique.exchange.export import export
from communique.register import Register, models


def rows_of(register: Register, name: str, path: Path) -> list[dict[str, str]]:
    export(register, name, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_ordered_pair_of_sides_is_a_row(register: Register, tmp_path: Path) -> None:
    rows = [row for row in rows_of(register, "plover", tmp_path / "out.csv") if row["event_type"] == "CONSULT"]
    meeting = models.Engagement.objects.get(kind="meeting")
    there, back = (row for row in rows if row["record_id"] == meeting.code)
    assert (there["id"], back["id"]) == (f"{meeting.code}/1-2", f"{meeting.code}/2-1")
    assert (there["source_actor"], there["target_actor"]) == (back["target_actor"], back["source_actor"])
    assert there["quad_class"] == "verbal cooperation"
    assert there["event_contexts"] == "political; military"
    assert there["source_ids"] == "d1; d2"
    assert {"Ana Corin", "Bea Falk"} <= set(there["source_actor_names"].split("; "))
    assert there["source_sectors"].split("; ")[0] in ("MIL", "COP", "GOV")


def test_three_sides_are_six_rows_and_multilateral(register: Register, tmp_path: Path) -> None:
    meeting = models.Engagement.objects.get(kind="meeting")
    third = models.EngagementParticipant.objects.get(engagement=meeting, actor__name="Bea Falk")
    third.side = 2
    third.save()
    rows = rows_of(register, "plover", tmp_path / "out.csv")
    rows = [row for row in rows if row["record_id"] == meeting.code]
    assert len(rows) == 6
    assert {row["event_mode"] for row in rows} == {"multilateral"}


def test_visit_is_the_mode_of_the_visitor(register: Register, tmp_path: Path) -> None:
    visit = models.Engagement.objects.get(kind="visit")

    def modes() -> dict[str, str]:
        rows = rows_of(register, "plover", tmp_path / "out.csv")
        return {row["id"].partition("/")[2]: row["event_mode"] for row in rows if row["record_id"] == visit.code}

    assert modes() == {"1-2": "visit", "2-1": "visit"}  # the place does not tell
    models.Engagement.objects.filter(pk=visit.pk).update(country="OM")
    for side, country in ((0, "NO"), (1, "OM")):
        models.Actor.objects.filter(participations__engagement=visit, participations__side=side).update(country=country)
    assert modes() == {"1-2": "visit", "2-1": ""}


def test_what_was_promised_and_said_is_coded(register: Register, tmp_path: Path) -> None:
    rows = rows_of(register, "plover", tmp_path / "out.csv")
    agreed = [row for row in rows if row["record_id"].startswith("c")]
    assert {row["event_type"] for row in agreed} == {"AGREE"}
    assert {(row["source_actor"], row["target_actor"]) for row in agreed} == {
        ("Ana Corin", "Dario Elm"),
        ("Dario Elm", "Ana Corin"),
    }
    (praise,) = (row for row in rows if row["event_type"] == "SUPPORT")
    assert (praise["source_actor"], praise["target_actor"]) == ("Dario Elm", "Border Office")


def test_cancelled_ones_are_not_coded(register: Register, tmp_path: Path) -> None:
    models.Engagement.objects.filter(kind="visit").update(status="cancelled")
    rows = rows_of(register, "plover", tmp_path / "out.csv")
    assert "visit" not in {row["event_mode"] for row in rows}


def test_mend_parts_local_actors_from_third_parties(register: Register, tmp_path: Path) -> None:
    models.Actor.objects.filter(name="Ana Corin").update(country="OM")
    models.Actor.objects.filter(name="Dario Elm").update(country="DE")
    (row,) = (r for r in rows_of(register, "mend", tmp_path / "out.csv") if r["event_type"] == "meeting")
    assert row["home_countries"] == "OM"
    assert "Ana Corin" in row["local_actors"].split("; ")
    assert row["third_parties"] == "Dario Elm"
    assert "Dario Elm (Envoy, Ostmark (acting))" in row["individuals"]
