"""Dates: where a text tells a time, and which days are meant.

`DateFinder` finds the words; `DateResolver` puts them on the calendar. Both are pure: no clock, no model, no settings.
"""

from communique.reading.dates.expressions import DateMention, Expression
from communique.reading.dates.find import DateFinder
from communique.reading.dates.resolve import DateResolver

__all__ = ["DateFinder", "DateMention", "DateResolver", "Expression"]
