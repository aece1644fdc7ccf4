"""One line of words for an engagement, made from its fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.register import models as tables

KIND_WORDS = {
    "meeting": "Meeting",
    "visit": "Visit",
    "call": "Call",
    "conference": "Conference",
    "signing": "Signing",
    "exercise": "Exercise",
    "committee_session": "Committee session",
    "ceremony": "Ceremony",
    "other": "Engagement",
}
# Names shown a side; the others are counted.
NAMES_SHOWN = 3


def summarize(record: tables.Engagement, sides: Iterable[Sequence[str]]) -> str:
    """Words such as: Meeting of Ana Duarte and 4 others with Piet Maas in Lisbon, 3 May 2025.

    Args:
        record: Its kind, place, date and status are told.
        sides: Names of the participants, side by side.
    """
    words = KIND_WORDS[record.kind]
    if named := [list_names(names) for names in sides if names]:
        words += (" by " if record.kind == "visit" and len(named) == 1 else " of ") + " with ".join(named)
    if record.place:
        words += f" in {record.place}"
    if record.date_start or record.date_end:
        words += f", {date_words(record)}"
    if record.status != "held":
        words += f" ({record.status})"
    return words


def list_names(names: Sequence[str]) -> str:
    """Names as a list in words, the last of a long one counted: A, B, C and 3 others."""
    if len(names) > NAMES_SHOWN + 1:
        return f"{', '.join(names[:NAMES_SHOWN])} and {len(names) - NAMES_SHOWN} others"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def date_words(record: tables.Engagement) -> str:
    """The date as its precision allows: "3 May 2025", "3–5 May 2025", "May 2025", "2025", "by 3 May 2025"."""
    start, end = record.date_start, record.date_end
    last = end or start
    if last is None:
        return "undated"
    if record.precision == "year":
        return str((start or last).year)
    if record.precision == "month":
        return f"{(start or last):%B %Y}"
    if start is None:
        return f"by {last.day} {last:%B %Y}"
    if start == last:
        return f"{start.day} {start:%B %Y}"
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day}–{last.day} {last:%B %Y}"
    return f"{start.day} {start:%B %Y} – {last.day} {last:%B %Y}"
