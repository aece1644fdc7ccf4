"""Authority files: they name and identify, cost single lines alone, and change nothing twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.errors import AuthorityError
from communique.exchange.authorities import import_authorities
from communique.register import Register, models
from communique.register.store.checking import check_register


def entity(key: str, name: str, **properties: list[str]) -> str:
    return json.dumps({"id": key, "schema": "Person", "properties": {"name": [name], **properties}})


def ministers(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def counts(path: Path) -> tuple[int, int, int, int]:
    done = import_authorities(path, author="ana")
    return done.new, done.changed, done.known, len(done.bad)


def test_a_record_names_and_identifies_an_actor(register: Register, tmp_path: Path) -> None:
    file = ministers(
        tmp_path / "list.jsonl",
        entity("Q900001", "Beatrix Falk", alias=["Bea Falk"], wikidataId=["Q900001"], position=["Interior Minister"]),
    )
    number = models.Actor.objects.get(name="Bea Falk").pk
    assert counts(file) == (1, 0, 0, 0)
    actor = models.Actor.objects.get(pk=number)
    assert (actor.name, actor.wikidata_id) == ("Beatrix Falk", "Q900001")
    assert "Bea Falk" in actor.aliases
    assert actor.mention_count == 1
    assert not list(check_register())


def test_to_import_again_changes_nothing(register: Register, tmp_path: Path) -> None:
    file = ministers(tmp_path / "list.jsonl", entity("Q1", "Bea Falk", wikidataId=["Q900001"]))
    assert counts(file) == (1, 0, 0, 0)
    before = models.Change.objects.count()
    assert counts(file) == (0, 0, 1, 0)
    assert models.Change.objects.count() == before


def test_a_record_that_changed_takes_the_place_of_the_old_one(register: Register, tmp_path: Path) -> None:
    counts(ministers(tmp_path / "list.jsonl", entity("x1", "Bea Falk", wikidataId=["Q900001"])))
    assert counts(ministers(tmp_path / "list.jsonl", entity("x1", "Bea Falk", wikidataId=["Q900002"]))) == (0, 1, 0, 0)
    assert models.Actor.objects.get(name="Bea Falk").wikidata_id == "Q900002"


def test_a_record_that_fits_nobody_waits(register: Register, tmp_path: Path) -> None:
    before = models.Actor.objects.count()
    counts(ministers(tmp_path / "list.jsonl", entity("x2", "Corvin Ashgrove", wikidataId=["Q900003"])))
    assert models.Actor.objects.count() == before
    assert models.Profile.objects.get(is_authority=True).actor is None


def test_a_record_that_waited_is_found_by_a_later_document(empty: Register, tmp_path: Path) -> None:
    from tests.exchange.made_up import fill

    counts(ministers(tmp_path / "list.jsonl", entity("x3", "Bea Falk", wikidataId=["Q900001"])))
    fill()
    assert models.Actor.objects.get(name="Bea Falk").wikidata_id == "Q900001"


def test_bad_lines_cost_themselves_alone(register: Register, tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl"
    good = entity("Q1", "Bea Falk", wikidataId=["Q900001"])
    file.write_bytes(b"\xff\xfe\n{not json\n" + good.encode() + b'\n{"schema": "Person"}\n')
    done = import_authorities(file)
    assert done.new == 1
    assert [line.number for line in done.bad] == [1, 2, 4]
    assert "UTF-8" in done.bad[0].problem


def test_csv_is_read_too(register: Register, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("\ufeffname,wikidata_id,positions\nBea Falk,Q900001,Interior Minister\n", "utf-8")
    assert counts(file) == (1, 0, 0, 0)
    assert models.Actor.objects.get(name="Bea Falk").wikidata_id == "Q900001"


def test_the_log_says_who_imported_what(register: Register, tmp_path: Path) -> None:
    counts(ministers(tmp_path / "list.jsonl", entity("Q1", "Bea Falk", wikidataId=["Q900001"])))
    line = models.Change.objects.get(action="imported")
    assert (line.author, line.what["file"], line.what["new"]) == ("ana", "list.jsonl", 1)
    assert models.Change.objects.filter(action="updated", author="ana").exists()


def test_a_file_of_another_kind_is_refused(register: Register, tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match="neither CSV nor JSON"):
        import_authorities(tmp_path / "list.xlsx")
    with pytest.raises(AuthorityError, match="cannot be read"):
        import_authorities(tmp_path / "gone.csv")


def test_a_line_without_end_is_refused(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.exchange.authorities.LONGEST", 1000)
    (tmp_path / "list.jsonl").write_bytes(b"x" * 2000)
    with pytest.raises(AuthorityError, match="line 1, is longer"):
        import_authorities(tmp_path / "list.jsonl")
