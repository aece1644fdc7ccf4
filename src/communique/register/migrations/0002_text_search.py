"""The full-text tables, which differ between SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from communique.register import text_search


def _make(apps: Any, editor: Any) -> None:
    text_search.make_tables(editor)


def _drop(apps: Any, editor: Any) -> None:
    text_search.drop_tables(editor)


class Migration(migrations.Migration):
    """Makes the tables of ``text_search``."""

    dependencies = (("register", "0001_tables"),)
    operations = (migrations.RunPython(_make, _drop),)
