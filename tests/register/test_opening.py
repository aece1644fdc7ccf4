"""Opening: what is there is opened, what is not is made only when asked, and versions are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import RegisterError, RegisterNotFound
from communique.register import Register, open_register
from communique.register.address import RegisterAddress
from communique.register.opening import _place
from tests.register.conftest import MakeRegister


def test_a_register_is_made_once_and_opened_again(tmp_path: Path, make_register: MakeRegister) -> None:
    make_register("sqlite")  # settles which address the environment gets back
    path = tmp_path / "new" / "register.db"
    open_register(path, create=True)
    from communique.register import models as tables

    tables.FailedDocument.objects.create(uri="a", error="b", message="c")
    open_register(path, create=True)
    assert open_register(path).address.path == path
    assert tables.FailedDocument.objects.count() == 1


def test_a_missing_register_is_not_made_by_opening(tmp_path: Path) -> None:
    with pytest.raises(RegisterNotFound, match="communique init --register"):
        open_register(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_a_database_without_tables_is_no_register(postgres: object, make_register: MakeRegister) -> None:
    make_register("postgres")
    with pytest.raises(RegisterNotFound, match="communique init --register"):
        open_register(postgres.empty())  # type: ignore[attr-defined]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, make_register: MakeRegister) -> None:
    make_register("sqlite")
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir, this is not a database, although it is long enough to look like one. " * 20)
    with pytest.raises(RegisterError, match="cannot be opened"):
        open_register(path)
    with pytest.raises(RegisterError, match="cannot be made"):
        open_register(path, create=True)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://somewhere/register", "is not a register"),
        ("postgresql://desk:secret@somewhere/", "names no database"),
        ("https://example.org/register.db", "is not a register"),
        ("postgresql://somewhere:abc/register?password=secret", "cannot be understood"),
        ("postgresql://desk:secret@[::1/register", "cannot be understood"),
        ("postgresql://desk:sec/secret@somewhere/register", "cannot be understood"),
    ],
)
def test_other_addresses_are_refused_and_no_password_is_told(address: str, words: str) -> None:
    with pytest.raises(RegisterError, match=words) as told:
        open_register(address)
    assert "secret" not in str(told.value)


def test_an_older_register_asks_to_be_brought_up_to_date(register: Register) -> None:
    from django.core.management import call_command

    call_command("migrate", "register", "0001", verbosity=0, interactive=False)
    with pytest.raises(RegisterError, match="older version"):
        open_register(_address(register))
    open_register(_address(register), create=True)
    assert open_register(_address(register)).address == register.address


def test_a_newer_register_is_left_alone(register: Register) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.create(app="register", name="9999_of_tomorrow")
    with pytest.raises(RegisterError, match=r"newer version \(9999_of_tomorrow\)"):
        open_register(_address(register))


def test_two_registers_are_opened_in_turns(make_register: MakeRegister) -> None:
    from tests.register.telling import met, tell

    first = make_register("sqlite")
    second = make_register("postgres")
    from tests.register.filling import engagements, fill

    fill(tell(met("Ruth Haddow", "Yao Senou")))
    open_register(_address(first))
    assert engagements() == []
    open_register(_address(second))
    assert len(engagements()) == 1


def _address(register: Register) -> str:
    return str(register.address.path or register.address.url)


def test_databases_of_one_name_on_two_servers_are_two() -> None:
    addresses = (
        "postgresql://ana@one/communique",
        "postgresql://ana@two/communique",
        "postgresql://ben@one/communique",
    )
    assert len({_place(RegisterAddress.parse(address).database()) for address in addresses}) == 3
    assert _place(RegisterAddress.parse(addresses[0]).database()) == _place(
        RegisterAddress.parse(addresses[0] + "?connect_timeout=3").database()
    )
