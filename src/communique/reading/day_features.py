"""Features of days: what a date in the sentence of a telling, or elsewhere, says for being the day of an engagement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communique.model import EventDate
from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES
from communique.reading.analysis import Line
from communique.reading.calendars import Calendar
from communique.reading.date_ranks import tokens_of
from communique.reading.dates import DateMention
from communique.reading.dates.calendar import Tense
from communique.reading.dates.expressions import (
    CalendarDay,
    CalendarMonth,
    CalendarYear,
    DayOfEvent,
    MonthWeekday,
    NamedWeekday,
    NumericDay,
    Shift,
    Span,
    Vague,
    Weekend,
    WeekOf,
    YearPart,
)
from communique.reading.day_question import Question
from communique.reading.grammar import modality, verb_above
from communique.reading.occasions import OccasionFinder
from communique.reading.tellings import Narrative, Telling

if TYPE_CHECKING:
    from communique.reading.tokens import Token

SIDES: tuple[Tense, ...] = ("past", "future", "unknown")
_KINDS = {
    kind: number
    for number, kind in enumerate(
        (
            CalendarDay,
            NumericDay,
            CalendarMonth,
            CalendarYear,
            YearPart,
            NamedWeekday,
            MonthWeekday,
            Shift,
            Weekend,
            WeekOf,
            Span,
            Vague,
            DayOfEvent,
        )
    )
}
_RELATIONS = ("at", "since", "until", "by")
_LEADS = (
    "on in at from since after before by until to for of during over last next this earlier late early the a between "
    "that"
).split()
_MODES = "past pluperfect present progressive future infinitive maybe counterfactual none".split()
_DEPENDENCIES = "prep npadvmod pobj advmod nmod compound poss nummod appos amod dobj nsubj ROOT".split()
_FAR_AWAY = 60
"""Tokens to what is not there."""
_NO_RIVAL = 20
_MOST_LINES = 40


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What the days of a document are looked at with.

    Attributes:
        narrative: The document as it was followed.
        calendar: Its dates.
        occasions: The rules.
        companies: Line index → whom the line speaks of, and what it may tell; filled when it is asked for.
    """

    narrative: Narrative
    calendar: Calendar
    occasions: OccasionFinder
    companies: dict[int, tuple[set[str], list[Telling]]] = field(default_factory=dict)

    def near_values(self, telling: Telling, question: Question) -> list[tuple[DateMention, list[float]]]:
        """The dates of a telling's sentence in the order of the rules, each with its numbers."""
        line, trigger = telling.line, telling.trigger
        mentions = self.calendar.mentions[line.index]
        if not mentions:
            return []
        actors = self.narrative.cast.actors.get(line.index, ())
        sight = _Sight(
            telling,
            self.narrative.tellings.index(telling),
            telling is question.told.main,
            [a.token.i for a in actors if a.keys & question.chosen],
            [a.token.i for a in actors if not a.keys & question.chosen],
            [t for t in self.narrative.tellings if t.line is line and t is not telling],
            [t for o in question.others for t in o.tellings if t.line is line and t is not telling],
        )
        ranked = self.occasions.ranker.ranked(mentions, trigger, telling.found.standing)
        return [
            (mention, [rank, place, len(ranked), *self._near(mention, sight)])
            for place, (rank, mention) in enumerate(ranked)
            if not isinstance(mention.expression, Vague)
        ]

    def _near(self, mention: DateMention, sight: _Sight) -> list[float]:
        line, trigger = sight.telling.line, sight.telling.trigger
        tokens = tokens_of(mention, line)
        first = tokens[0] if tokens else None
        verb = verb_above(first) if first is not None else None
        at, i = trigger.token.i, first.i if first is not None else trigger.token.i
        low, high, words = min(i, at), max(i, at), mention.text.lower()
        ranker = self.occasions.ranker
        rivals = [ranker.rank(mention, t.trigger, t.found.standing) for t in sight.told]
        return [
            i - at,
            abs(i - at),
            *_shape(mention),
            _place(_MODES, modality(verb)) if verb is not None else -2,
            verb is not None and verb.i in trigger.own,
            verb is not None and verb.lower_ in ranker.reporting,
            *(min((abs(i - k) for k in tokens), default=_FAR_AWAY) for tokens in (sight.mine, sight.theirs)),
            *(
                number
                for tellings in (sight.rivals, sight.told)
                for number in (
                    min((abs(i - t.trigger.token.i) for t in tellings), default=_FAR_AWAY),
                    sum(abs(i - t.trigger.token.i) < abs(i - at) for t in tellings),
                )
            ),
            min(rivals, default=_NO_RIVAL),
            *(sum(low < k < high for k in tokens) for tokens in (sight.mine, sight.theirs)),
            first is not None and first.head.i == at,
            _dependency(first),
            sight.is_main,
            *(word in words for word in ("last", "next", "ago", "earlier")),
            "same" in words or "that" in words,
            self.narrative.opinion.of_day(sight.number, line.index, mention.start),
        ]

    def far_values(self, line: Line, mention: DateMention, question: Question) -> list[float]:
        """The numbers of a date of another sentence."""
        main, chosen = question.told.main, question.chosen
        distance = line.index - main.line.index
        keys, tells = self._company(line)
        others = [o for o in question.others if any(t.line is line for t in o.tellings)]
        number = self.narrative.tellings.index(main)
        return [
            max(-_MOST_LINES, min(_MOST_LINES, distance)),
            abs(distance),
            line.labelled.sentence.block == main.line.labelled.sentence.block,
            line.is_title,
            line.index in self.calendar.datelines,
            line.index - self.narrative.first,
            *_shape(mention),
            len(keys & chosen),
            len(keys & chosen) / max(1, len(chosen)),
            len(tells),
            any(t.trigger.kind == main.trigger.kind for t in tells),
            len(others),
            max((len(chosen.intersection(o.participants)) for o in others), default=-1),
            any(o.main.trigger.kind == main.trigger.kind for o in others),
            self.calendar.headings.get(main.line.index) is mention,
            self._between(line, mention, main.line),
            mention.start - line.start,
            self.narrative.opinion.of_day(number, line.index, mention.start),
        ]

    def _company(self, line: Line) -> tuple[set[str], list[Telling]]:
        """Whom a line speaks of, and what it may tell."""
        if line.index not in self.companies:
            keys = {key for actor in self.narrative.cast.actors.get(line.index, ()) for key in actor.keys}
            self.companies[line.index] = keys, [t for t in self.narrative.tellings if t.line is line]
        return self.companies[line.index]

    def _between(self, line: Line, mention: DateMention, target: Line) -> int:
        """How many dates are named between a date and the sentence below that it may belong to."""
        rest = sum(m.start > mention.start for m in self.calendar.mentions[line.index])
        return rest + sum(len(self.calendar.mentions[k]) for k in range(line.index + 1, target.index))

    def context_values(self, question: Question, count: int) -> list[float]:
        """The numbers of the engagement and of the document; ``count`` is that of the days to choose from."""
        told, record, calendar = question.told, question.record, self.calendar
        main, standing = told.main, record.standing
        trigger, own = main.trigger, {t.line.index for t in told.tellings}
        mentions = calendar.mentions[main.line.index]
        return [
            ENGAGEMENT_KINDS.index(record.kind),
            ENGAGEMENT_STATUSES.index(standing.status),
            standing.background,
            standing.moved,
            main.found.timed,
            main.found.date is not None,
            _place(_MODES, modality(trigger.verb)) if trigger.verb is not None else -2,
            trigger.is_noun,
            trigger.definite,
            told.is_apart,
            len(told.tellings),
            len(own),
            main.line.index - self.narrative.first,
            len(calendar.lines),
            count,
            sum(len(calendar.mentions[index]) for index in own),
            len(mentions),
            calendar.today is not None,
            bool(calendar.source),
            _source(record.date),
            main.line.index in calendar.headings,
            any(isinstance(m.expression, Vague) for m in mentions),
            self.occasions.goes_on(main.line),
            self.occasions.goes_onward(main.line),
        ]


@dataclass(frozen=True, slots=True, eq=False)
class _Sight:
    """What a date of a sentence is measured against: a telling, tokens of those who took part and of others, rivals."""

    telling: Telling
    number: int
    is_main: bool
    mine: list[int]
    theirs: list[int]
    rivals: list[Telling]
    told: list[Telling]


def _shape(mention: DateMention) -> list[float]:
    return [
        _place(_RELATIONS, mention.relation),
        _KINDS[type(mention.expression)],
        _place(_LEADS, mention.text.lower().split()[0]),
    ]


def _dependency(token: Token | None) -> int:
    return _place(_DEPENDENCIES, token.dep_) if token is not None else -2


def _source(date: EventDate | None) -> int:
    """From where the rules have a day: nowhere, the sentence, the engagement before, the sentence before, else."""
    if date is None:
        return 0
    if date.text:
        return 1
    return 2 if date.basis.startswith("same occasion") else 3 if date.basis.startswith("the day named") else 4


def _place(words: Sequence[str], word: str) -> int:
    return words.index(word) if word in words else -1
