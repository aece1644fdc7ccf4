"""Exports as wholes: manifests, places, moments, and what happens when one is broken off."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import communique
from communique.errors import ExportError, QueryError
from communique.exchange.export import export
from communique.exchange.formats import FORMATS
from communique.exchange.formats import json_lines as json_lines_format
from communique.register import Register, models
from communique.register.address import RegisterAddress
from communique.register.snapshot import one_moment
from communique.register.store.finding import EngagementFilters

SINGLE = [name for name, made in FORMATS.items() if not made.is_folder]


@pytest.mark.parametrize("name", FORMATS)
def test_the_manifest_proves_the_files(register: Register, tmp_path: Path, name: str) -> None:
    output = tmp_path / "out"
    export(register, name, output)
    is_folder = FORMATS[name].is_folder
    place = output if is_folder else tmp_path
    manifest = json.loads(
        (output / "manifest.json" if is_folder else tmp_path / "out.manifest.json").read_text("utf-8")
    )
    assert manifest["program"] == f"communique {communique.__version__}"
    assert manifest["register"] == str(register.address)
    assert manifest["filters"] == {}
    for file in manifest["files"]:
        content = (place / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert not list(tmp_path.glob(".*"))


def test_the_manifest_says_what_was_chosen_and_no_password(register: Register, tmp_path: Path) -> None:
    told = Register(address=RegisterAddress(url="postgresql://ana:secret@db.example/reg"))
    chosen = EngagementFilters(kind=("visit", "call"), min_confidence=0.5)
    manifest = export(told, "jsonl", tmp_path / "out", chosen)
    assert manifest["filters"] == {"kind": ["visit", "call"], "min_confidence": ["0.5"]}
    assert "secret" not in json.dumps(manifest)


@pytest.mark.parametrize("name", FORMATS)
def test_equal_registers_give_equal_files(register: Register, tmp_path: Path, name: str) -> None:
    first, again = (export(register, name, tmp_path / folder / "out") for folder in ("a", "b"))
    assert first["files"] == again["files"]


def test_an_earlier_export_is_replaced_whole(register: Register, tmp_path: Path) -> None:
    export(register, "csv", tmp_path / "out")
    export(register, "jsonl", tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.csv"))


def test_a_broken_export_leaves_the_earlier_one(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(register, "jsonl", tmp_path / "out")
    before = (tmp_path / "out/actors.jsonl").read_bytes()
    monkeypatch.setattr(json_lines_format, "TABLES", (*json_lines_format.TABLES, None))  # breaks after the last table
    with pytest.raises(AttributeError):
        export(register, "jsonl", tmp_path / "out")
    assert (tmp_path / "out/actors.jsonl").read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_what_a_killed_export_left_is_cleared_away(register: Register, tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for process in (dead.pid, os.getppid()):  # of one that was killed, and of one that still writes
        (tmp_path / f".out.{process}.part").mkdir()
        (tmp_path / f".out.{process}.part/actors.jsonl").write_text("{", "utf-8")
    export(register, "jsonl", tmp_path / "out")
    assert [path.name for path in tmp_path.glob(".*")] == [f".out.{os.getppid()}.part"]


def test_an_export_killed_at_its_end_gives_the_earlier_one_back(register: Register, tmp_path: Path) -> None:
    export(register, "jsonl", tmp_path / "out")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / "out").rename(tmp_path / f".out.{dead.pid}.part.old")
    with pytest.raises(QueryError):
        export(register, "csv", tmp_path / "out", EngagementFilters(actor=("Nobody Atall",)))
    assert (tmp_path / "out/actors.jsonl").is_file()


def test_foreign_files_are_not_touched(register: Register, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("keep me", "utf-8")
    with pytest.raises(ExportError, match="no earlier export"):
        export(register, "csv", folder)
    assert (folder / "notes.txt").read_text("utf-8") == "keep me"


def test_here_is_a_place(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    export(register, "jsonl", Path())
    assert (tmp_path / "here/engagements.jsonl").is_file()


def test_a_file_is_no_folder_and_a_folder_no_file(register: Register, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ExportError, match="Name a folder"):
        export(register, "csv", tmp_path / "file")
    with pytest.raises(ExportError, match="Name a file"):
        export(register, "ics", tmp_path)


def test_what_cannot_be_asked_for_is_said(register: Register, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="Choose from: csv"):
        export(register, "xlsx", tmp_path / "out")
    with pytest.raises(QueryError, match="Nobody"):
        export(register, "csv", tmp_path / "out", EngagementFilters(actor=("Nobody Atall",)))
    assert not list(tmp_path.glob(".*"))
    assert not (tmp_path / "out").exists()


def test_the_object_is_closed_under_filters(register: Register, tmp_path: Path) -> None:
    export(register, "register-json", tmp_path / "part.json", EngagementFilters(kind=("visit",)))
    part = json.loads((tmp_path / "part.json").read_bytes())
    (visit,) = part["engagements"]
    assert visit["kind"] == "visit"
    actors, uris = {actor["id"] for actor in part["actors"]}, {document["uri"] for document in part["documents"]}
    assert {code for side in visit["sides"] for code in side} == actors
    assert {mention["document"] for actor in part["actors"] for mention in actor["mentions"]} == uris
    assert {tenure["person"] for tenure in part["tenures"]} <= actors


def test_a_failed_choice_leaves_the_register_usable(register: Register, tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        export(register, "csv", tmp_path / "out", EngagementFilters(actor=("Nobody Atall",)))
    assert export(register, "csv", tmp_path / "out", EngagementFilters(kind=("visit",)))["files"][0]["rows"] == 1


def test_an_export_shows_one_moment(register: Register) -> None:
    import sqlite3

    with one_moment():
        before = models.Actor.objects.count()
        other = sqlite3.connect(register.address.path, timeout=0)  # a writer that does not wait
        other.execute("UPDATE register_actor SET retracted_at = '2031-01-01'")
        other.execute("DELETE FROM register_statement")
        other.commit()
        other.close()
        assert models.Statement.objects.count() == 2
        assert models.Actor.objects.filter(retracted_at__isnull=True).count() == before
    assert models.Statement.objects.count() == 0


def test_backup_and_restore_are_a_round_trip(register: Register, tmp_path: Path) -> None:
    from communique.register import open_register
    from communique.register.store.backup import back_up, restore
    from communique.register.store.judging import Decision, accept, correct

    meeting = models.Engagement.objects.get(kind="meeting").code
    accept(Decision(code=meeting, author="ana", note="read both"))
    correct(Decision(code=meeting, author="ana"), "place", "Quin")
    sent = [export(register, name, tmp_path / "sent" / name)["files"] for name in FORMATS]
    judged = list(models.Judgement.objects.values_list("author", "kind", "note", "keys", "field", "value"))
    back_up(tmp_path / "register.backup")
    copy = open_register(tmp_path / "copy.db", create=True)
    restore(tmp_path / "register.backup")
    assert [export(copy, name, tmp_path / "back" / name)["files"] for name in FORMATS] == sent
    assert list(models.Judgement.objects.values_list("author", "kind", "note", "keys", "field", "value")) == judged


def test_after_a_restore_new_records_have_their_own_moments(register: Register, tmp_path: Path) -> None:
    from communique.register import open_register
    from communique.register.store.backup import back_up, restore

    back_up(tmp_path / "register.backup")
    open_register(tmp_path / "copy.db", create=True)
    restore(tmp_path / "register.backup")
    assert models.Change.objects.create(record="e1", action="updated").at is not None
