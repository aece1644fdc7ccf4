"""Ranks of dates: how likely each date of a trigger's sentence is that of its engagement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from communique.reading.analysis import Line
from communique.reading.attachment import FAR, attachment
from communique.reading.calendars import HEADING
from communique.reading.date_owners import is_of_another, is_of_post
from communique.reading.dates import DateMention
from communique.reading.dates.expressions import CalendarYear, Span, YearPart
from communique.reading.status import Standing
from communique.reading.triggers import Trigger

if TYPE_CHECKING:
    from communique.reading.tokens import Token

MOST_BORDERS = 3
"""A date further from the trigger than this is that of something else; set on the project's gold (a, c, e, g, i)."""
LONE_BORDERS = 4
"""The same for the only date of a sentence, which the parser hangs on the nearest clause."""

_LONGEST_FIXED = 3
"""Words before a date in which it is said to be the old one ("originally pencilled in")."""


class DateRanker:
    """Ranks the dates of a sentence.

    Args:
        table: The words of `dates.toml` under `attachment`.
        taking: Words that tell who takes and leaves posts → words of which one must stand beside them, if any.
    """

    def __init__(self, table: dict[str, Any], taking: Mapping[str, Collection[str]]) -> None:
        self.taking = taking
        self.reporting = frozenset(table["reporting"])
        self.old_leads = frozenset(table["old_leads"])
        self.new_leads = frozenset(table["new_leads"])
        self.first_words = frozenset(table["first_words"])
        self.fixing = frozenset(table["fixing"])
        self.portions = frozenset(table["portions"])

    def ranked(
        self, mentions: Sequence[DateMention], trigger: Trigger, standing: Standing
    ) -> list[tuple[int, DateMention]]:
        """Dates with their ranks, the best first; of equal ones the nearest to the trigger; none of posts."""
        at = trigger.line.anchors[trigger.token.i][0]
        asked = [mention for mention in mentions if not self.tells_post(mention, trigger)]
        found = [(self.rank(mention, trigger, standing), mention) for mention in asked]
        return sorted(found, key=lambda pair: (pair[0], abs(at - pair[1].start), pair[1].start))

    def rank(self, mention: DateMention, trigger: Trigger, standing: Standing) -> int:
        """Borders between a date and the trigger; 0 for its own, FAR for one that cannot be its own."""
        line = trigger.line
        lead = mention.text.lower().split()[0]
        if mention.relation == "since" and not (
            trigger.verb is not None and trigger.kind in ("visit", "exercise", "conference")
        ):
            return FAR
        if mention.relation == "until" and not standing.moved:
            return MOST_BORDERS + 1
        if standing.moved and lead in self.new_leads:
            return 0
        if self._was_first(mention, line):
            return FAR
        date = tokens_of(mention, line)
        if not date:
            return 2
        is_held = standing.status == "held"
        if is_of_another(date, trigger, self.portions, is_held=is_held) or is_of_post(date, trigger, self.taking):
            return FAR
        if standing.moved and lead in self.old_leads and not isinstance(mention.expression, Span):
            return FAR
        is_head = mention.start - line.start <= 3 and HEADING.match(_after(mention, line))
        rank = 0 if is_head else attachment(date[0], trigger, self.reporting)
        return rank + isinstance(mention.expression, CalendarYear | YearPart)

    def tells_post(self, mention: DateMention, trigger: Trigger) -> bool:
        """Whether a date only says since when, or until when, somebody has held a post."""
        date = tokens_of(mention, trigger.line)
        return bool(date) and is_of_post(date, trigger, self.taking)

    def _was_first(self, mention: DateMention, line: Line) -> bool:
        """Whether a time no longer holds: "first set for 22 April", "originally planned for Sunday"."""
        before = [word.low for word in line.labelled.words if word.end <= mention.start][-_LONGEST_FIXED:]
        return any(word in self.first_words for word in before[:-1]) and before[-1] in self.fixing


def tokens_of(mention: DateMention, line: Line) -> list[Token]:
    """The tokens of a date, its preposition among them."""
    return [t for t in line.tokens if line.anchors[t.i][1] > mention.start and line.anchors[t.i][0] < mention.end]


def _after(mention: DateMention, line: Line) -> str:
    following = next((w.text for w in line.labelled.words if w.start >= mention.end), "")
    return following if following in (":", "–", "—", "-", ".", "|") else "word"
