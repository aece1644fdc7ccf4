"""By what tenures are found when the institution or country that they belong to is made, renamed or merged."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from communique.register.store import tenures


def _fill(apps: Any, editor: Any) -> None:
    tenures.fill_organizations(apps.get_model("register", "Tenure").objects)


class Migration(migrations.Migration):
    """Adds the columns and fills them."""

    dependencies = (("register", "0008_page_indexes"),)
    operations = (
        migrations.AddField("tenure", "organization_key", models.CharField(db_index=True, default="", max_length=200)),
        migrations.AddField("tenure", "organization_country", models.CharField(db_index=True, max_length=2, null=True)),
        migrations.RunPython(_fill, migrations.RunPython.noop),
    )
