"""Accounts by the command line: made, given new passwords, listed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

OLD, NEW = "Nine-Grey-Herons-7", "Six-Brown-Otters-4"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.db"
    run(path, "init")
    code, said = run(path, "user", "add", "ana", "--password-stdin", given=OLD)
    assert code == 0, said
    return path


def run(register: Path, *words: str, given: str = "") -> tuple[int, str]:
    """Exit code and all that is said, by a process of its own: accounts need the desk's settings."""
    command = [sys.executable, "-m", "communique", *words, "--register", str(register)]
    done = subprocess.run(command, input=f"{given}\n", text=True, capture_output=True, check=False)
    return done.returncode, done.stdout + done.stderr


def digest(register: Path) -> str:
    with sqlite3.connect(register) as database:
        ((password,),) = database.execute("SELECT password FROM auth_user")
    return str(password)


def test_an_account_gets_a_new_password(register: Path) -> None:
    before = digest(register)
    code, said = run(register, "user", "password", "ana", "--password-stdin", given=NEW)
    assert (code, "new password" in said) == (0, True)
    assert digest(register) != before
    assert run(register, "user", "list") == (0, "ana\tviewer\n")


@pytest.mark.parametrize(
    ("words", "password", "hint"),
    [(("ana",), "short", "12 characters"), (("bob",), NEW, "user list"), ((), NEW, "Give a name")],
)
def test_what_gets_none(register: Path, words: tuple[str, ...], password: str, hint: str) -> None:
    before = digest(register)
    code, said = run(register, "user", "password", *words, "--password-stdin", given=password)
    assert (code > 0, hint in said) == (True, True)
    assert digest(register) == before
