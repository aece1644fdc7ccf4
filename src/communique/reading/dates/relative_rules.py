"""Rules for what is told from another day: weekdays, "yesterday", "three weeks ago", "the following day"."""

from __future__ import annotations

from typing import Final

from communique.reading.dates.expressions import (
    CalendarDay,
    DayOfEvent,
    Expression,
    NamedWeekday,
    Shift,
    Unit,
    Vague,
    Weekend,
)
from communique.reading.dates.rules import Caught, Rule

_MOST_DAYS: Final = 19
"""How far the days of an event are counted: "Day 100" is one of a war or a siege."""

_DAY_OR_PART: Final = r"(?:day|<part>)(?!\w)"


def _today(caught: Caught) -> Expression:
    return Shift(count=caught.words.publication_days[caught.text("today") or ""], unit="day")


def _today_with_number(caught: Caught) -> Expression:
    return CalendarDay(day=caught.number("day") or 0)


def _weekday(caught: Caught) -> Expression:
    direction = caught.direction() or caught.direction("past")
    return NamedWeekday(
        weekday=caught.weekday() or 0, direction=direction, week=caught.shift(caught.direction("week_direction"))
    )


def _context_day(count: int) -> Expression:
    return Shift(count=count, unit="day", anchor="context")


def _unit(caught: Caught) -> tuple[Unit, int]:
    name = (caught.text("unit") or "").removesuffix("s")
    return caught.words.units[name]


def _count(caught: Caught) -> int:
    found = caught.text("number") or ""
    return int(found) if found.isdecimal() else caught.words.numbers[found]


def _distance(caught: Caught) -> Expression:
    """Reads a distance: "three weeks ago" counts from the publication, "three weeks earlier" from the story's day."""
    unit, size = _unit(caught)
    way = caught.text("way") or ""
    sign = -1 if way in ("ago", "earlier", "before", "prior", "previously") else 1
    anchor_is_publication = way in ("ago", "from now", "hence")
    return Shift(
        count=sign * size * _count(caught), unit=unit, anchor="publication" if anchor_is_publication else "context"
    )


def _ahead(caught: Caught) -> Expression:
    unit, size = _unit(caught)
    return Shift(count=size * _count(caught), unit=unit, only_future=not caught.groups.get("time"))


def _whole_unit(caught: Caught) -> Expression:
    unit, _ = _unit(caught)
    return Shift(count=caught.shift(caught.direction()) or 0, unit=unit, whole=True)


def _whole_context_unit(caught: Caught) -> Expression:
    unit, _ = _unit(caught)
    if way := caught.text("way"):
        return Shift(count=-1 if way == "before" else 1, unit=unit, anchor="context", whole=True)
    return Shift(count=caught.shift(caught.direction()) or 0, unit=unit, anchor="context", whole=True)


def _eve(caught: Caught) -> Expression | None:
    return _context_day(-1) if caught.lead == "on" else None


def _day_of_event(caught: Caught) -> Expression | None:
    """Reads "on the second day", "The second day", "Day 2"; "for the first day" and "the last day" need not be one."""
    is_head = (caught.groups["head"] or "")[:1].isupper()
    if caught.lead not in ("on", "during") and not is_head:
        return None
    which = caught.text("which")
    count = _count(caught) if which is None else caught.words.event_days[which]
    return DayOfEvent(count=count) if count and count <= _MOST_DAYS else None


def _weekend(caught: Caught) -> Expression:
    return Weekend(direction=caught.direction())


RELATIVE_RULES: Final = (
    Rule("today", r"(?:(?:earlier|later|early|late) )?(?<!\w)<today=today>(?:,? <weekday_name>)?", _today),
    Rule("today with number", r"<today> ?\((?:the )?<day=day> ?\)", _today_with_number),
    Rule(
        "weekday",
        r"(?:<direction=direction> )?(?<!\w)<weekday=weekday_name>(?: <weekday_part>)?"
        r"(?: (?:of )?(?P<week_direction>last|this|next) week\b| (?P<past>last|next|past)(?=[^\w\s]| ?$))?",
        _weekday,
    ),
    Rule(
        "same day",
        r"(?i:(?:(?:earlier|later|early|late)(?: on)? )?(?:(?:in|on) )?"
        rf"(?:that same|that very|that|the same|the very same)) {_DAY_OR_PART}",
        lambda caught: _context_day(0),
    ),
    Rule(
        "time of that day",
        rf"(?i:(?:(?:earlier|later|early|late)(?: on)? )in the) {_DAY_OR_PART}(?! (?:of|on)\b)",
        lambda caught: _context_day(0),
    ),
    Rule(
        "time of day",
        r"(?i:in the (?:(?:early|late) )?<part>|at (?:night|dawn|dusk|noon|midday|midnight)\b)"
        r"(?! (?:of|on|<weekday_name>)\b)",
        lambda caught: _context_day(0),
    ),
    Rule(
        "day of an event",
        r"(?P<head>(?i:the)) <which=event_day>(?:(?: and (?:final|last))? day(?!\w)(?! of the <unit>)|(?=,))",
        _day_of_event,
    ),
    Rule(
        "numbered day of an event",
        r"(?P<head>(?i:day)) <number=number>(?![\w%]|[.,]\w)",
        _day_of_event,
    ),
    Rule("next day", rf"(?i:the next|the following|next|following) {_DAY_OR_PART}", lambda caught: _context_day(1)),
    Rule("previous day", rf"(?i:the previous|previous|the preceding) {_DAY_OR_PART}", lambda caught: _context_day(-1)),
    Rule("day before", rf"(?i:the {_DAY_OR_PART} before)\b(?! <today>)", lambda caught: _context_day(-1)),
    Rule("day after", rf"(?i:the {_DAY_OR_PART} after)\b(?! <today>)", lambda caught: _context_day(1)),
    Rule("eve", r"the eve(?: of)?(?!\w)", _eve),
    Rule(
        "distance",
        r"(?<!\w)<number=number> <unit=unit> "
        r"(?P<way>ago|earlier|later|(?:before|after)(?= ?(?:[^\w\s]|$)| (?:that|in|at|on|with)\b)|prior|previously"
        r"|from now|hence)\b(?: that\b)?",
        _distance,
    ),
    Rule("distance from an event", r"(?<!\w)<number> <unit> (?:before|after)\b", lambda caught: Vague()),
    Rule(
        "vague distance",
        r"(?i:(?:a few|several|some|many) <unit> (?:ago|earlier|later|before|after)\b)",
        lambda caught: Vague(),
    ),
    Rule("time ahead", r"(?i:in) <number=number> <unit=unit>(?P<time>['’]?s? time\b)?", _ahead),
    Rule("within", r"(?i:within) <number> <unit>", lambda caught: Vague()),
    Rule(
        "lasting",
        r"(?i:(?:in|over|for|during|within) the (?:next|coming|following|past|last|previous)) "
        r"(?:<number>|few|several) <unit>",
        lambda caught: Vague(),
    ),
    Rule(
        "week, month, year",
        r"(?i:(?:<parts>(?: |-))?(?<!\w)(?:(?:the|this) )?(?P<direction>last|past|this|next|coming)) <unit=unit>",
        _whole_unit,
    ),
    Rule("part of this week, month, year", r"(?:<parts>) (?:the|this) <unit=unit>", _whole_unit),
    Rule(
        "that week, month, year",
        r"(?i:(?P<direction>that same|that|the same|the following|the previous|the preceding)) "
        r"(?P<unit>week|month|year)\b",
        _whole_context_unit,
    ),
    Rule("end of unit", r"(?i:(?:the )?(?P<unit>month|year)(?:['’]s(?: |-)|-)end\b)", _whole_unit),
    Rule(
        "week, month, year before",
        r"(?i:the) (?P<unit>week|month|year) (?P<way>before|after)\b(?: that\b)?",
        _whole_context_unit,
    ),
    Rule(
        "weekend", r"(?i:(?P<direction>this|last|next|that|this past|this coming|past|coming)|the) weekend\b", _weekend
    ),
    Rule("vague", r"<vague>", lambda caught: Vague()),
    Rule("festival", r"(?i:before|after|during|since|until|ahead of) <festival>", lambda caught: Vague()),
)
