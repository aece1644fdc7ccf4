"""Indexes of live records, which differ between SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from communique.register import live_indexes


def _make(apps: Any, editor: Any) -> None:
    live_indexes.make_indexes(editor)


def _drop(apps: Any, editor: Any) -> None:
    live_indexes.drop_indexes(editor)


def _without_index(name: str) -> migrations.AlterField:
    merged_into = models.ForeignKey(
        to=f"register.{name}",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="merged",
        db_index=False,
    )
    return migrations.AlterField(name, "merged_into", merged_into)


class Migration(migrations.Migration):
    """Puts the indexes of ``live_indexes`` in the place of those over all records."""

    dependencies = (("register", "0002_text_search"),)
    operations = (*map(_without_index, live_indexes.CONCLUDED), migrations.RunPython(_make, _drop))
