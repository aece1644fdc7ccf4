"""Day candidates: every day that may be that of an engagement, with what speaks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from communique.model import EventDate
from communique.reading.dates import DateMention
from communique.reading.dates.calendar import Tense, month_bounds
from communique.reading.dates.expressions import DayOfEvent, Expression, Span, Vague
from communique.reading.dates.view import counts_from_story
from communique.reading.day_features import SIDES, Scene
from communique.reading.day_question import Question
from communique.reading.engagement_judge import Told
from communique.reading.occasions import OccasionFinder, is_over
from communique.reading.records import Record
from communique.reading.tellings import Narrative, Telling

Day = str | None
"""A date as finely as it is known: YYYY, YYYY-MM or YYYY-MM-DD; None for no date."""

_PRECISIONS = ("day", "range", "month", "year", "before")
_NEAR, _FAR = 33, 21
"""How many numbers a date of the sentence, and one of another sentence, has."""
_NONE = -99.0
_DERIVED = 5
"""How much later than plain ones days are asked that are counted back from the last day, or are the last of a span."""
_REACH = 20
"""Lines further away than this are not asked."""
_BELOW = 2
"""How much further away a date below seems than one above."""
_MOST_DAYS, _UNKNOWN_DAYS = 400, -999


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A day that may be meant.

    Attributes:
        day: The day as finely as it is known.
        date: The same as a date of the readout.
        values: The numbers that the forest is asked with.
    """

    day: Day
    date: EventDate | None
    values: list[float]


@dataclass(frozen=True, slots=True)
class _Stories:
    """From which days of the story a date may count, the likeliest first.

    Attributes:
        reached: Days that it may have reached ("that evening").
        begun: Days on which what lasts several may have begun ("on the second day").
    """

    reached: list[EventDate]
    begun: list[EventDate]

    def of(self, expression: Expression) -> list[EventDate]:
        """Those for an expression."""
        return self.begun if isinstance(expression, DayOfEvent) else self.reached

    @property
    def likeliest(self) -> _Stories:
        """The first of either."""
        return _Stories(self.reached[:1], self.begun[:1])


@dataclass(slots=True)
class _Found:
    """A day, and the numbers of the dates that mean it, each with its place in the order of belief."""

    date: EventDate | None
    near: list[tuple[tuple[float, ...], list[float]]] = field(default_factory=list)
    far: list[tuple[tuple[float, ...], list[float]]] = field(default_factory=list)
    month_of: int = 0


@dataclass(frozen=True, slots=True)
class _ToldDays:
    """The days that are told of an engagement and of those around it.

    Attributes:
        rule: The one that the rules take.
        own: The one that the surest sentence gives by itself.
        found: The one that the rules take for the surest sentence.
        others_own: Those of the other sentences by themselves.
        others_found: Those that the rules take for the other sentences.
        before: Those of the engagements told before, in order.
        after: Those of the engagements told after, in order.
    """

    rule: Day
    own: Day
    found: Day
    others_own: list[Day]
    others_found: list[Day]
    before: list[Day]
    after: list[Day]

    @classmethod
    def of(cls, question: Question) -> _ToldDays:
        """Those around a question."""
        main = question.told.main
        others = [t for t in question.told.tellings if t is not main]
        return cls(
            rule=day_of(question.record.date),
            own=day_of(main.own.date),
            found=day_of(main.found.date),
            others_own=[day_of(t.own.date) for t in others],
            others_found=[day_of(t.found.date) for t in others],
            before=[day_of(r.date) for r in question.before],
            after=[day_of(r.date) for r in question.after],
        )


class DayCandidates:
    """The days of one document.

    Args:
        narrative: The document as it was followed.
        occasions: The rules.
    """

    def __init__(self, narrative: Narrative, occasions: OccasionFinder) -> None:
        calendar = narrative.setting.calendar
        self.scene = Scene(narrative, calendar, occasions)
        self.calendar, self.occasions = calendar, occasions
        self._known: dict[tuple[int, Tense, EventDate | None], EventDate | None] = {}
        today = calendar.today
        basis = calendar.source or "the day of publication"
        self._today = EventDate(text="", start=today, end=today, precision="day", basis=basis) if today else None

    def of(self, number: int, told: Sequence[Told], records: Sequence[Record]) -> list[Candidate]:
        """The days that may be that of one engagement, no day among them.

        Args:
            number: Which engagement.
            told: The engagements of the document.
            records: Their records, with the days that the rules take.
        """
        question = Question.of(number, told, records)
        days: dict[Day, _Found] = {None: _Found(None)}
        self._add_known(question, days)
        stories = self._stories(question)
        for telling in question.told.tellings:
            self._add_near(telling, question, stories, days)
        self._add_far(question, stories.likeliest, days)
        self._add_months(question, days)
        context, told_days = self.scene.context_values(question, len(days)), _ToldDays.of(question)
        return [
            Candidate(day, found.date, [*self._values(day, found, question, told_days), *context, *_best(found)])
            for day, found in days.items()
        ]

    # ---- which days --------------------------------------------------------------------------------------------------
    def _add_known(self, question: Question, days: dict[Day, _Found]) -> None:
        """The days of the rules, for this engagement and for others, and the day of publication."""
        tellings = question.told.tellings
        dates = [question.record.date, *(d for t in tellings for d in (t.own.date, t.found.date)), self._today]
        dates += [record.date for record in (*question.before, *question.after)]
        for date in dates:
            if date is not None:
                days.setdefault(day_of(date), _Found(date))

    def _stories(self, question: Question) -> _Stories:
        """The days that the story may have reached, and those on which what lasts several may have begun."""
        told = [r.date for r in question.before if r.date is not None]
        begun = [date for date in told if date.precision == "range"]
        reached = self.calendar.reached(question.told.main.line)
        stories = told[:-3:-1]
        return _Stories(stories if reached is None else [*stories, reached], [*begun, *told[:1], *stories[:1]])

    def _add_near(self, telling: Telling, question: Question, stories: _Stories, days: dict[Day, _Found]) -> None:
        """The dates of the sentence, on whichever side of today they lie."""
        tense = self.occasions.tense(telling.trigger, telling.found.standing)
        lasts = self.occasions.days(telling.trigger)
        is_main = telling is question.told.main
        for mention, values in self.scene.near_values(telling, question):
            rank = values[0]
            for turn, side in enumerate((tense, *(s for s in SIDES if s != tense))):
                for date, kind in self._meant(mention, side, stories, lasts):
                    if is_over(date, mention, telling.found.standing, self.calendar.today):
                        continue
                    order = (rank, not is_main, turn + _DERIVED * (kind > 0), values[4])
                    found = days.setdefault(day_of(date), _Found(date))
                    found.near.append((order, [*values, lasts, turn, SIDES.index(side), kind]))

    def _meant(
        self, mention: DateMention, side: Tense, stories: _Stories, lasts: int
    ) -> Iterator[tuple[EventDate, int]]:
        """The days that a date may mean: 0 as written, 1 counted back from the last day, 2 the last of a span."""
        for date in self._resolved(mention, side, stories):
            yield date, 0
            if lasts > 1 and date.precision == "day" and date.start is not None:
                first = date.start - dt.timedelta(days=lasts - 1)
                basis = f"{date.basis}, the last of {lasts} days"
                yield replace(date, start=first, precision="range", basis=basis), 1
            if isinstance(mention.expression, Span) and date.end is not None:
                yield replace(date, start=date.end, precision="day"), 2

    def _resolved(self, mention: DateMention, side: Tense, stories: _Stories) -> Iterator[EventDate]:
        """A date on the calendar, once for each day from which it may count."""
        starts: list[EventDate | None] = [None]
        if counts_from_story(mention.expression) or self.calendar.today is None:
            starts += stories.of(mention.expression)
        for start in starts:
            known = mention.start, side, start
            if known not in self._known:
                self._known[known] = self.calendar.resolve(mention, start, side)
            if (date := self._known[known]) is not None:
                yield date

    def _add_far(self, question: Question, stories: _Stories, days: dict[Day, _Found]) -> None:
        """The dates of other sentences."""
        main, own = question.told.main, {t.line.index for t in question.told.tellings}
        for line in self.calendar.lines:
            distance = line.index - main.line.index
            if line.index in own or abs(distance) > _REACH:
                continue
            for mention in self.calendar.mentions[line.index]:
                if isinstance(mention.expression, Vague):
                    continue
                values = self.scene.far_values(line, mention, question)
                for turn, side in enumerate(SIDES):
                    for date in self._resolved(mention, side, stories):
                        order = (abs(distance) + _BELOW * (distance > 0), turn)
                        day = day_of(date)
                        if day not in days:
                            days[day] = _Found(elsewhere(date))
                        days[day].far.append((order, [*values, turn]))

    def _add_months(self, question: Question, days: dict[Day, _Found]) -> None:
        """The months of days: "during her visit" of several days says no more."""
        records = (question.record, *question.before, *question.after)
        for date, month_of in (*((r.date, 1) for r in records), (self._today, 2)):
            if date is None or date.start is None or date.precision not in ("day", "range"):
                continue
            bounds = month_bounds(date.start.year, date.start.month)
            if bounds is not None:
                basis = f"the month of what is told ({date.basis})"
                month = EventDate(text="", start=bounds[0], end=bounds[1], precision="month", basis=basis)
                days.setdefault(day_of(month), _Found(month, month_of=month_of))

    # ---- what speaks for a day ---------------------------------------------------------------------------------------
    def _values(self, day: Day, found: _Found, question: Question, told: _ToldDays) -> list[float]:
        """The numbers of a day, wherever it is named."""
        today, start = self.calendar.today, found.date.start if found.date is not None else None
        rule, chosen = question.record.date, question.chosen
        before = [r for r, other in zip(question.before, told.before, strict=True) if other == day]
        after = [r for r, other in zip(question.after, told.after, strict=True) if other == day]
        offset = (start - today).days if start is not None and today is not None else None
        from_rule = (start - rule.start).days if start is not None and rule is not None and rule.start else None
        return [
            day is None,
            day == told.rule,
            day == told.own,
            day == told.found,
            told.others_found.count(day),
            told.others_own.count(day),
            len(day or ""),
            _PRECISIONS.index(found.date.precision) if found.date is not None else -1,
            max(-_MOST_DAYS, min(_MOST_DAYS, offset)) if offset is not None else _UNKNOWN_DAYS,
            max(-_MOST_DAYS, min(_MOST_DAYS, from_rule)) if from_rule is not None else _UNKNOWN_DAYS,
            len(before),
            len(after),
            max((len(r.keys & chosen) for r in before), default=-1),
            max((len(r.keys & chosen) for r in after), default=-1),
            bool(question.before) and told.before[-1] == day,
            bool(question.after) and told.after[0] == day,
            len(found.near),
            len(found.far),
            found.month_of,
            _is_within(rule.start if rule is not None else None, day),
            _is_within(today, day),
        ]


def day_of(date: EventDate | None) -> Day:
    """A date as finely as it is known; None also where no more than its last day is."""
    return date.as_known if date is not None else None


def elsewhere(date: EventDate) -> EventDate:
    """A date that another sentence names."""
    return replace(date, text="", basis=f"named in another sentence ({date.basis})")


def _is_within(start: dt.date | None, day: Day) -> bool:
    return start is not None and day is not None and start.isoformat().startswith(day)


def _best(found: _Found) -> list[float]:
    """The numbers of the likeliest date of the sentence that means a day, and of the likeliest one elsewhere."""
    near = min(found.near, key=lambda pair: pair[0])[1] if found.near else [_NONE] * _NEAR
    far = min(found.far, key=lambda pair: pair[0])[1] if found.far else [_NONE] * _FAR
    return [*near, *far]
