"""A complete export becomes an equal register, on either database; anything else is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.errors import ExportError, RegisterError
from communique.exchange.export import export
from communique.exchange.importing import import_export
from communique.exchange.manifest import WHOLE
from communique.register import models
from communique.register.store.finding import EngagementFilters
from communique.register.store.judging import Decision, correct, reject
from tests.exchange.made_up import fill
from tests.register.conftest import DATABASES, MakeRegister, make_register, postgres, sqlite_template  # noqa: F401


@pytest.mark.parametrize("target", DATABASES)
@pytest.mark.parametrize("source", DATABASES)
def test_exported_again_it_is_equal(
    make_register: MakeRegister,  # noqa: F811 - the fixture
    tmp_path: Path,
    source: str,
    target: str,
) -> None:
    register = make_register(source)
    fill()
    correct(Decision(code="e1", author="ana", note="read both"), "place", "Quin")
    reject(Decision(code="e2", author="ana"))
    models.Watch.objects.create(name="border", event="matches", secret="whsec_hush", token="t")
    sent = export(register, "jsonl", tmp_path / "sent", complete=True)
    copy = make_register(target)
    imported = import_export(copy, tmp_path / "sent")
    assert imported.differing == []
    assert imported.is_proven
    again = export(copy, "jsonl", tmp_path / "again", complete=True)
    assert again["files"] == sent["files"]
    assert again["register_id"] == sent["register_id"]
    assert models.Judgement.objects.filter(author="ana").count() == 2
    assert not models.Watch.objects.exists()  # secrets stay at home


@pytest.mark.parametrize("filters", [{"actor": ("Bea Falk",)}, {"kind": ("visit",)}, {"text": "maritime OR visit"}])
def test_both_databases_choose_and_order_alike(
    make_register: MakeRegister,  # noqa: F811 - the fixture
    tmp_path: Path,
    filters: dict[str, Any],
) -> None:
    register = make_register("sqlite")
    fill()
    export(register, "jsonl", tmp_path / "sent", complete=True)
    here = export(register, "csv", tmp_path / "here", EngagementFilters(**filters))["files"]
    copy = make_register("postgres")
    import_export(copy, tmp_path / "sent")
    assert export(copy, "csv", tmp_path / "there", EngagementFilters(**filters))["files"] == here
    assert here[0]["rows"] >= 1


def test_another_version_is_imported_but_not_compared(
    make_register: MakeRegister,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    _send(make_register, tmp_path)
    _change_manifest(tmp_path / "sent", lambda manifest: manifest.update(program="communique 0.0.1"))
    imported = import_export(make_register("sqlite"), tmp_path / "sent")
    assert (imported.program, imported.is_proven) == ("communique 0.0.1", False)
    assert models.Document.objects.count() == 3


def test_a_difference_is_told(
    make_register: MakeRegister,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    _send(make_register, tmp_path)
    _change_manifest(tmp_path / "sent", lambda manifest: manifest["files"].pop(2))
    imported = import_export(make_register("sqlite"), tmp_path / "sent")
    assert imported.differing == ["actors.jsonl"]
    assert not imported.is_proven


def _cut(folder: Path) -> None:
    (folder / WHOLE).write_bytes((folder / WHOLE).read_bytes()[:-1])


def _rewrite(folder: Path) -> None:
    (folder / "actors.jsonl").write_text("{}\n", "utf-8")


def _lose(folder: Path) -> None:
    (folder / "sources.jsonl").unlink()


def _point_elsewhere(folder: Path) -> None:
    text = (folder / "manifest.json").read_text("utf-8")
    (folder / "manifest.json").write_text(text.replace("actors.jsonl", "../../actors.jsonl"), "utf-8")


def _take_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def _garble_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_bytes(b"\xff[[[")


def _come_from_the_future(folder: Path) -> None:
    text = (folder / "manifest.json").read_text("utf-8")
    (folder / "manifest.json").write_text(text.replace("communique/export/1", "communique/export/9"), "utf-8")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_cut, "digest differs"),
        (_rewrite, "digest differs"),
        (_lose, "whole copy"),
        (_point_elsewhere, "lies elsewhere"),
        (_take_the_manifest, "no export"),
        (_garble_the_manifest, "no manifest"),
        (_come_from_the_future, "communique/export/9"),
    ],
)
def test_what_is_not_whole_is_refused(
    make_register: MakeRegister,  # noqa: F811 - the fixture
    tmp_path: Path,
    spoil: Callable[[Path], None],
    message: str,
) -> None:
    _send(make_register, tmp_path)
    spoil(tmp_path / "sent")
    empty = make_register("sqlite")
    with pytest.raises(ExportError, match=message):
        import_export(empty, tmp_path / "sent")
    assert not models.Document.objects.exists()


def test_what_is_not_complete_or_not_empty_is_refused(
    make_register: MakeRegister,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    register = make_register("sqlite")
    fill()
    export(register, "jsonl", tmp_path / "tables")
    with pytest.raises(ExportError, match="--complete"):
        import_export(register, tmp_path / "tables")
    export(register, "csv", tmp_path / "sent", complete=True)
    with pytest.raises(RegisterError, match="not empty"):
        import_export(register, tmp_path / "sent")
    with pytest.raises(ExportError, match="without filters"):
        export(register, "jsonl", tmp_path / "part", EngagementFilters(kind=("visit",)), complete=True)
    with pytest.raises(ExportError, match="--sort"):
        export(register, "jsonl", tmp_path / "part", EngagementFilters(sort="oldest"), complete=True)
    with pytest.raises(ExportError, match="in a folder"):
        export(register, "ics", tmp_path / "file", complete=True)


def _change_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def _send(make: MakeRegister, folder: Path) -> None:
    register = make("sqlite")
    fill()
    export(register, "jsonl", folder / "sent", complete=True)
