"""Indexes for the page of an actor (its months, its profiles with the most mentions) and for the queue of one kind."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from communique.register import live_indexes


def _make(apps: Any, editor: Any) -> None:
    live_indexes.make_latest_indexes(editor)


def _drop(apps: Any, editor: Any) -> None:
    live_indexes.drop_latest_indexes(editor)


class Migration(migrations.Migration):
    """Puts an index that begins with the actor in the place of the profile's own."""

    dependencies = (("register", "0007_reach"),)
    operations = (
        migrations.AlterField(
            "profile",
            "actor",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="profiles",
                to="register.actor",
            ),
        ),
        migrations.AddIndex("profile", models.Index(fields=["actor", "-mention_count"], name="profile_by_actor")),
        migrations.RunPython(_make, _drop),
    )
