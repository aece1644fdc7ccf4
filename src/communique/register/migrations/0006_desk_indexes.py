"""Indexes for what the desk asks of large registers; each of the altered fields' own is the beginning of another one."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from communique.register import live_indexes

FILL_KINDS = """
UPDATE register_engagementparticipant SET kind = (
    SELECT kind FROM register_engagement WHERE register_engagement.id = register_engagementparticipant.engagement_id
)
"""


def _make(apps: Any, editor: Any) -> None:
    live_indexes.make_further_indexes(editor)


def _drop(apps: Any, editor: Any) -> None:
    live_indexes.drop_further_indexes(editor)


def _engagement(related_name: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to="register.engagement",
    )


def _actor() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="participations",
        to="register.actor",
    )


def _index(model: str, name: str, *fields: str) -> migrations.AddIndex:
    return migrations.AddIndex(model_name=model, index=models.Index(fields=list(fields), name=name))


class Migration(migrations.Migration):
    dependencies = (("register", "0005_watches"),)
    operations = (
        migrations.RemoveIndex("engagementparticipant", "participation_by_actor"),
        migrations.AddField("engagementparticipant", "kind", models.CharField(default="", max_length=20)),
        migrations.RunSQL(FILL_KINDS, migrations.RunSQL.noop),
        _index("engagementparticipant", "participation_by_day", "actor", "day", "engagement", "kind"),
        _index("engagementparticipant", "participation_by_engagement", "engagement", "actor"),
        _index("engagementtopic", "engagement_by_topic", "topic", "engagement"),
        _index("engagementtopic", "topic_by_engagement", "engagement", "topic"),
        _index("statement", "statement_by_actor", "actor", "day"),
        _index("change", "change_by_action", "action", "at"),
        migrations.AlterField("engagementparticipant", "engagement", _engagement("participants")),
        migrations.AlterField("engagementparticipant", "actor", _actor()),
        migrations.AlterField("engagementtopic", "engagement", _engagement("topic_rows")),
        migrations.AlterField("engagementtopic", "topic", models.CharField(max_length=40)),
        migrations.AlterField("change", "action", models.CharField(max_length=16)),
        migrations.RunPython(_make, _drop),
    )
