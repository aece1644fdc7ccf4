"""Rules for what stands on the calendar: numbered days, months, years, seasons."""

from __future__ import annotations

from typing import Final

from communique.reading.dates.expressions import (
    CalendarDay,
    CalendarMonth,
    CalendarYear,
    Expression,
    MonthWeekday,
    NumericDay,
    Span,
    YearPart,
)
from communique.reading.dates.rules import Caught, Rule

# A weekday or "today" before a numbered day: "Thursday, 5 May", "last Tuesday (16 July)", "yesterday evening, 5 May".
_BESIDE: Final = r"(?:(?:<direction> )?<weekday=weekday>|<today>)(?: <part>)?"
_YEAR_TAIL: Final = (
    r"(?:(?:,? (?:of )?|-| ?\((?=\d{4}\)))<year=year>|,?(?: |-)['’](?P<short_year>\d\d)\b"
    r"|,? (?:of )?(?P<year_direction>this|last|next) year\b"
    r"|,? (?P<past>last|next|past)(?=[^\w\s]| ?$))?(?: ?\(<weekday>\))?"
)
_MORE_DAYS: Final = r"(?:<dash>(?:<weekday>,? )?<day2=day>)?"
_DAY_MONTH: Final = (
    r"(?:the )?<day=day>(?:, ?<day>){0,3}" + _MORE_DAYS + r"(?:-| (?:day )?(?:of )?)<month=month>(?!\w)" + _YEAR_TAIL
)
# A list of days must come to an end with "and": in "on May 5, 20 soldiers died" there is no second day.
_MONTH_DAY: Final = (
    r"<month=month> (?:the )?<day=day>(?:(?:, ?<day>)*,?<dash>(?:<weekday>,? )?<day2=day>(?! <month>))?" + _YEAR_TAIL
)
_NUMERIC: Final = (
    r"(?P<first>0?[1-9]|[12]\d|3[01])(?:(?P<mark>[./-])(?P<second>0?[1-9]|[12]\d|3[01])(?P<mark2>[./-])(?P<year>(?:19|20)\d\d)"
    r"|/(?P<slash_second>0?[1-9]|[12]\d|3[01])/(?P<short_year>\d\d))(?![\w/]|[.-]\d)"
)
_ISO: Final = (
    r"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month_number>0[1-9]|1[0-2])(?P<mark2>[-/.])"
    r"(?P<day>0[1-9]|[12]\d|3[01])(?![\d/-]|\.\d)"
)

# "2025. 7. 22.", as in Korea and Hungary.
_YEAR_FIRST: Final = (
    r"(?P<year>(?:19|20)\d\d)\. ?(?P<month_number>0?[1-9]|1[0-2])\. ?(?P<day>0?[1-9]|[12]\d|3[01])(?!\w)\.?"
)

_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _numbered_day(caught: Caught) -> Expression:
    return caught.day_or_days()


def _closed_day(caught: Caught) -> Expression | None:
    return caught.day_or_days() if caught.is_closed else None


def _weekday_with_number(caught: Caught) -> Expression | None:
    is_set_off = caught.groups.get("bracketed") is not None or caught.groups.get("set_off") is not None
    return caught.day() if caught.is_closed or is_set_off else None


def _bare_day(caught: Caught) -> Expression | None:
    """Reads "on the 22nd", which needs a preposition ("on the 24" needs "on"), unless "of this month" follows."""
    if caught.groups.get("month_direction"):
        return caught.day_or_days()
    leads = ("on", "from", "between", "since", "until", "by", "before", "after", "for")
    allowed = leads if caught.groups.get("suffix") is not None else ("on",)
    return caught.day_or_days() if caught.is_closed and caught.lead in allowed else None


def _ordinal_word(caught: Caught) -> Expression | None:
    count = caught.words.ordinals[caught.text("ordinal") or ""]
    if count < 1:
        return None
    return CalendarDay(
        day=count,
        month=caught.month(),
        year=caught.number("year"),
        month_direction=caught.direction("month_direction"),
        year_shift=caught.year_shift(),
    )


def _numeric(caught: Caught) -> Expression | None:
    first, second = caught.number("first") or 0, caught.number("second") or caught.number("slash_second") or 0
    if min(first, second) > 12 or caught.groups.get("mark") != caught.groups.get("mark2"):
        return None
    return NumericDay(first=first, second=second, year=caught.number("year") or caught.number("short_year"))


def _iso(caught: Caught) -> Expression | None:
    if caught.groups.get("mark") != caught.groups.get("mark2"):
        return None
    return CalendarDay(day=caught.number("day") or 0, month=caught.number("month_number"), year=caught.number("year"))


def _roman(caught: Caught) -> Expression | None:
    month = _ROMAN.index(caught.text("roman") or "") + 1
    return CalendarDay(day=caught.number("day") or 0, month=month, year=caught.number("year"))


def _month_of(caught: Caught, name: str = "month") -> CalendarMonth:
    return CalendarMonth(
        month=caught.month(name) or 0,
        year=caught.number("year"),
        direction=caught.direction() or caught.direction("past"),
        year_shift=caught.year_shift(),
    )


def _month(caught: Caught) -> Expression | None:
    """A month's name; "May" alone and names of persons ("June" before a capital) only where a preposition leads."""
    month = _month_of(caught)
    is_told = bool(month.year or month.direction or month.year_shift is not None or caught.groups.get("parts"))
    if is_told:
        return month
    if caught.text("month") in caught.words.ambiguous_months:
        return month if caught.lead in caught.words.introductions else None
    return None if caught.is_before_name and not caught.lead else month


def _months(caught: Caught) -> Expression | None:
    if caught.text("joint") == "and" and caught.lead != "between":
        return None
    return Span(first=_month_of(caught), last=_month_of(caught, "month2"))


def _counted_weekday(caught: Caught) -> Expression:
    month = _month_of(caught)
    return MonthWeekday(
        count=caught.words.ordinals[caught.text("ordinal") or ""], weekday=caught.weekday() or 0, month=month
    )


def _year(caught: Caught) -> Expression | None:
    leads = ("in", "since", "by", "until", "till", "during", "from", "of", "before", "after", "between", "to")
    is_led = caught.lead in leads or caught.groups.get("parts") is not None
    return CalendarYear(year=caught.number("year") or 0) if is_led else None


def _season(caught: Caught) -> Expression | None:
    """A season; without a year or "last", "next", "this" it needs a preposition ("in the fall", not "the fall of")."""
    direction = caught.direction()
    direction = direction if direction in ("last", "next", "this") else None
    leads = ("in", "by", "since", "until", "before", "after", "during", "for", "from")
    year, year_shift = caught.number("year"), caught.year_shift()
    if direction is None and year is None and year_shift is None and caught.lead not in leads:
        return None
    first = caught.words.seasons[caught.text("season") or ""]
    return YearPart(first_month=first, months=3, year=year, direction=direction, year_shift=year_shift)


def _fraction(caught: Caught) -> Expression | None:
    months = 3 if caught.text("fraction") == "quarter" else 6
    parts = 12 // months
    count = caught.words.ordinals[caught.text("ordinal") or ""]
    count = parts if count < 0 else count
    if count > parts:
        return None
    year_shift = 1 if caught.groups.get("coming") else caught.year_shift()
    return YearPart(
        first_month=(count - 1) * months + 1, months=months, year=caught.number("year"), year_shift=year_shift
    )


CALENDAR_RULES: Final = (
    Rule("ISO day", _ISO, _iso),
    Rule("year first", _YEAR_FIRST, _iso),
    Rule("day in figures", _NUMERIC, _numeric),
    Rule("Roman month", r"<day=day>[./-] ?(?P<roman>I{1,3}|I?V|VI{1,3}|I?X|XI{1,2})[./-] ?<year=year>", _roman),
    Rule("day and month", rf"(?:{_BESIDE},? )?{_DAY_MONTH}", _numbered_day),
    Rule("day and month in brackets", rf"{_BESIDE} ?\((?:on )?{_DAY_MONTH} ?\)", _numbered_day),
    Rule(
        "day, short month, short year",
        rf"<day=day>{_MORE_DAYS} <month=month_short> (?P<short_year>\d\d)\b(?!:)",
        _closed_day,
    ),
    Rule("month and day", rf"(?:{_BESIDE},? )?{_MONTH_DAY}", _numbered_day),
    Rule("month and day in brackets", rf"{_BESIDE} ?\((?:on )?{_MONTH_DAY} ?\)", _numbered_day),
    Rule("figures in brackets", rf"{_BESIDE} ?\((?P<first>\d\d?)[/.](?P<second>\d\d?)\.?\)", _numeric),
    Rule("number in brackets", rf"{_BESIDE} ?(?P<bracketed>\()(?:the )?<day=day> ?\)", _weekday_with_number),
    Rule(
        "weekday and number",
        r"(?:<direction> )?<weekday=weekday>,? (?:the )?<day=day>(?!/|[–—-]| [–—-] ?\d)(?P<set_off>(?= [–—-]))?",
        _weekday_with_number,
    ),
    Rule(
        "number alone",
        r"the (?:(?P<suffix>)(?=\d\d?(?:st|nd|rd|th)))?<day=day>(?:<dash><day2=ordinal_day>)?"
        r"(?: of <month_direction=direction> month\b)?",
        _bare_day,
    ),
    Rule(
        "first of a month",
        rf"the <ordinal=ordinal>(?: day)? of (?:<month=month_name>{_YEAR_TAIL}|<month_direction=direction> month\b)",
        _ordinal_word,
    ),
    Rule("month", rf"(?:<parts=parts>(?: |-))?(?:<direction=told> )?(?<!\w)<month=month_name>{_YEAR_TAIL}", _month),
    Rule("short month and year", r"(?:<parts=parts>(?: |-))?(?<!\w)<month=month>(?:,? (?:of )?|-)<year=year>", _month),
    Rule(
        "months",
        r"(?:<parts>(?: |-))?(?<!\w)<month=month_name>(?: ?[-–—/] ?| (?P<joint>to|until|through|and) )"
        rf"<month2=month_name>{_YEAR_TAIL}",
        _months,
    ),
    Rule(
        "counted weekday",
        r"(?:the )?<ordinal=ordinal> <weekday=weekday_name> (?:of|in) (?:<direction=told> )?"
        rf"<month=month_name>{_YEAR_TAIL}",
        _counted_weekday,
    ),
    Rule(
        "quarter or half",
        r"(?:the )?<ordinal=ordinal> (?P<fraction>quarter|half) of "
        r"(?:<year=year>|(?P<year_direction>this|last|next) year\b|(?P<coming>the coming year)\b"
        r"|the (?:current )?year\b)",
        _fraction,
    ),
    Rule("year", r"(?:<parts=parts> )?(?<!\w)<year=year>(?![-–—])", _year),
    Rule(
        "season",
        r"(?:<parts=parts>(?: |-))?(?:(?:<direction=told>|the) )?(?:(?:early|mid|late)(?: |-))?(?<!\w)<season=season>"
        r"(?:,? (?:of )?<year=year>|(?: of)? (?P<year_direction>this|last|next) year\b)?(?! of\b)",
        _season,
    ),
)
