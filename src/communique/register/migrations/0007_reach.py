"""How far from its day what a report tells may lie, beside each participant: candidates are found by the index alone."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q

DAYS, WEEKS, YEAR = 0, 1, 2


def _fill(apps: Any, editor: Any) -> None:
    """All but few reports give the day: the others are written."""
    participants = apps.get_model("register", "ReportParticipant").objects.all()
    reports = apps.get_model("register", "EngagementReport").objects.filter(pk=OuterRef("report"))
    vague = reports.filter(Q(precision__in=("range", "month", "year", "before")) | Q(precision=None, background=True))
    participants.filter(Exists(vague)).update(reach=YEAR)
    participants.filter(Exists(reports.filter(precision=None, background=False))).update(reach=WEEKS)


class Migration(migrations.Migration):
    """Adds the column, fills it, and puts it into the index."""

    dependencies = (("register", "0006_desk_indexes"),)
    operations = (
        migrations.AddField(
            "reportparticipant",
            "reach",
            models.PositiveSmallIntegerField(
                choices=[
                    (DAYS, "the report gives the day"),
                    (WEEKS, "it gives none, and tells the news or announces"),
                    (YEAR, "it gives a month or a year, or looks back"),
                ],
                default=DAYS,
            ),
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop),
        migrations.RemoveIndex("reportparticipant", "report_by_actor_and_day"),
        migrations.AddIndex(
            "reportparticipant",
            models.Index(fields=["actor", "reach", "day"], name="report_by_actor_and_reach"),
        ),
    )
