"""Registers for the tests of exports: one is filled once, and each test opens a copy of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.apps import apps

from communique.register import Register, open_register
from tests.exchange.made_up import fill

# The exports are defined over the register's tables: importing them needs Django set up, but no database.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communique.register.settings")
if not apps.ready:
    django.setup()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a filled register. Open a copy."""
    path = tmp_path_factory.mktemp("registers") / "filled.db"
    register = open_register(path, create=True)
    fill()
    register.close()
    return path


@pytest.fixture
def register(filled: Path, tmp_path: Path) -> Iterator[Register]:
    """A filled register, open."""
    path = tmp_path / "register.db"
    shutil.copy(filled, path)
    register = open_register(path)
    yield register
    register.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Register]:
    """An empty register, open."""
    register = open_register(tmp_path / "empty.db", create=True)
    yield register
    register.close()
