"""Backups: all of a register goes into one file, and all of it comes back, on either database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import zstandard

from communique.errors import RegisterError
from tests.register.conftest import DATABASES, MakeRegister
from tests.register.telling import Paper, met, tell

HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"


@pytest.mark.parametrize("target", DATABASES)
@pytest.mark.parametrize("source", DATABASES)
def test_a_register_comes_back_whole(make_register: MakeRegister, tmp_path: Path, source: str, target: str) -> None:
    make_register(source)
    from communique.register.store.backup import back_up, restore
    from communique.register.store.checking import check_register
    from communique.register.store.finding import EngagementFilters, find_engagements
    from tests.register.filling import fill

    _fill()
    before = _rows()
    rows = back_up(tmp_path / "register.backup")
    make_register(target)
    assert restore(tmp_path / "register.backup") == rows
    assert _rows() == before
    assert list(check_register()) == []
    assert [row.code for row in find_engagements(EngagementFilters(text="kumasi"))] == ["e1"]
    fill(tell(met("Eva Sund", "Tom Arden", day="2031-09-09"), paper=Paper(number=9)))  # numbers go on after the last
    assert find_engagements(EngagementFilters(actor=("Eva Sund",))).get().pk > len(before["Engagement"]) - 1


def test_a_backup_that_is_cut_off_or_changed_restores_nothing(make_register: MakeRegister, tmp_path: Path) -> None:
    make_register("sqlite")
    from communique.register import models as tables
    from communique.register.store.backup import back_up, restore

    _fill()
    path = tmp_path / "register.backup"
    back_up(path)
    whole = path.read_bytes()
    make_register("sqlite")
    other = bytes([whole[200] ^ 1])
    for broken in (whole[: len(whole) // 2], whole[:-9], b"", b"no backup at all", whole[:200] + other + whole[201:]):
        path.write_bytes(broken)
        with pytest.raises(RegisterError):
            restore(path)
        assert not tables.Document.objects.exists()


@pytest.mark.parametrize(
    "lines",
    [
        b'{"table":"document","fields":["id"]}\n["x",1]\n',
        b'{"table":"document","fields":["shoe"]}\n[1]\n',
        b'{"table":"document","fields":["published"]}\n["soon"]\n',
        b'["a row of no table"]\n',
        b'{"table":"shoes","fields":[]}\n',
    ],
)
def test_rows_that_cannot_be_understood_are_refused(make_register: MakeRegister, tmp_path: Path, lines: bytes) -> None:
    make_register("sqlite")
    from communique.register.store.backup import restore

    path = tmp_path / "register.backup"
    path.write_bytes(zstandard.compress(b'{"format":"communique/backup/1"}\n' + lines + b'{"end":1}\n'))
    with pytest.raises(RegisterError, match=r"cannot be understood|does not know"):
        restore(path)


def test_a_register_that_is_not_empty_is_not_overwritten(make_register: MakeRegister, tmp_path: Path) -> None:
    make_register("sqlite")
    from communique.register.store.backup import back_up, restore

    _fill()
    back_up(tmp_path / "register.backup")
    with pytest.raises(RegisterError, match="not empty"):
        restore(tmp_path / "register.backup")


def test_a_register_that_holds_only_a_watch_is_not_empty(make_register: MakeRegister, tmp_path: Path) -> None:
    make_register("sqlite")
    from communique.register.store.backup import back_up, restore
    from communique.register.store.finding import EngagementFilters
    from communique.register.watching.watches import WatchOptions, add_watch

    back_up(tmp_path / "register.backup")
    add_watch(WatchOptions(name="libya", filters=EngagementFilters(country=("LY",))), dt.datetime.now(dt.UTC))
    with pytest.raises(RegisterError, match="rows of 'watch'"):
        restore(tmp_path / "register.backup")


def test_what_older_backups_do_not_have_is_filled_in(make_register: MakeRegister, tmp_path: Path) -> None:
    make_register("sqlite")
    from communique.register import models as tables
    from communique.register.store.backup import back_up, restore
    from tests.register.filling import fill

    fill(tell(met(HADDOW, SENOU, day=None)), tell(met(HADDOW, SENOU), paper=Paper(number=2)))
    tables.ReportParticipant.objects.update(reach=tables.Reach.DAYS)
    back_up(tmp_path / "register.backup")
    make_register("sqlite")
    restore(tmp_path / "register.backup")
    reaches = dict(tables.ReportParticipant.objects.values_list("report__precision", "reach"))
    assert reaches == {None: tables.Reach.WEEKS, "day": tables.Reach.DAYS}


def _fill() -> None:
    from communique.register import models as tables
    from communique.register.store.judging import Decision, correct, reject
    from tests.register.filling import fill

    told = met(HADDOW, SENOU, topics=("border_security",), promise="open a joint room", room="joint operations room")
    fill(tell(told), tell(told, paper=Paper(number=2, site="Herald")))
    fill(tell(met(HADDOW, "Abena Kusi", day="2031-05-02"), paper=Paper(number=3)))
    correct(Decision(code="e1", author="ama", note="sägt man"), "place", "Kumasi")
    reject(Decision(code="e2", author="ama"))
    tables.FailedDocument.objects.create(uri="x", error="DocumentEmpty", message="Nothing in it.")


def _rows() -> dict[str, list[Any]]:
    """All rows of all tables, moments included."""
    from communique.register.store.backup import backed_up_tables

    return {
        table.__name__: [
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
            for row in table._default_manager.order_by("pk").values_list()
        ]
        for table in backed_up_tables()
    }
