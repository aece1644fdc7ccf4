"""When a mechanism or a commitment counts as not followed up."""

from __future__ import annotations

import datetime as dt

from communique.desk.state import today

SILENT_DAYS = 120
"""Without a report for so many days, a mechanism or a commitment counts as not followed up: four months are longer than
the usual time between two rounds of talks, and shorter than a mandate."""
ENDED = ("completed", "failed")


def is_silent(last_day: dt.date | None, status: str = "") -> bool:
    """Whether nothing has been heard for ``SILENT_DAYS`` of what has not ended."""
    return last_day is not None and status not in ENDED and (today() - last_day).days > SILENT_DAYS
