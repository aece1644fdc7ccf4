"""When and where an engagement was: the model copies the words, our calendar and gazetteer say what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from communique.model import Document, EventDate, Evidence, Place
from communique.model.vocabulary import EngagementStatus
from communique.reading.calendars import calendar_days
from communique.reading.dates import DateResolver
from communique.reading.dates.calendar import Tense
from communique.reading.llm.almanac import Almanac
from communique.reading.quote_finder import QuoteFinder

# How far into an article without a day of publication a full date is taken for it: dateline and opening sentence.
OPENING = 400


def find_copied(
    finder: QuoteFinder, words: str | None, passages: Sequence[Evidence], dropped: Counter[str], kind: str
) -> Evidence | None:
    """Where words stand that a model should have copied; None, and counted as dropped, where they do not.

    Args:
        finder: Finds quotations in the article.
        words: As the model gives them.
        passages: Where the fact is told; words that stand there go before others.
        dropped: Kind of fact → how many nothing proves.
        kind: What the words would have been.
    """
    if not words or not words.strip():
        return None
    found = finder.find(words, passages)
    if found is None:
        dropped[kind] += 1
    return found


class CircumstanceReader:
    """Understands times and places of one document.

    Args:
        almanac: Dates and places in general.
        document: The document.
        finder: Finds quotations in its article.
        dropped: Kind of fact → how many nothing proves.
    """

    def __init__(self, almanac: Almanac, document: Document, finder: QuoteFinder, dropped: Counter[str]) -> None:
        self._almanac = almanac
        self._document = document
        self._finder = finder
        self._dropped = dropped
        self._resolver = self._make_resolver()
        self._country: str | None = None

    def _make_resolver(self) -> DateResolver:
        """Counts from the day of publication; where there is none, from the full date that the opening shows."""
        document = self._document
        if document.published is None and document.body:
            start = document.body[0][0]
            shown = calendar_days(self._almanac.dates.find(document.text, start, start + OPENING))
            plain = DateResolver(None)
            found = next((day for mention in shown if (day := plain.resolve(mention)) and day.precision == "day"), None)
            if found is not None:
                return DateResolver(found.start, coarsest="year")
        return DateResolver(document.published, coarsest="year")

    def date(
        self,
        words: str | None,
        passages: Sequence[Evidence],
        status: EngagementStatus,
        story: EventDate | None,
    ) -> EventDate | None:
        """The date that copied words mean.

        Args:
            words: As the model gives them; None when the report does not say.
            passages: Where the engagement is told.
            status: Whether it lies ahead.
            story: The date of the engagement told before.
        """
        evidence = find_copied(self._finder, words, passages, self._dropped, "date")
        if evidence is None:
            return None
        tense: Tense = "future" if status == "planned" else "past"
        for mention in self._almanac.dates.find(self._document.text, evidence.start, evidence.end):
            found = self._resolver.resolve(mention, context=story, tense=tense)
            if found is not None:
                return found
        if story is None or status != "held":
            return None
        # "Later", "the same afternoon", "on the sidelines": a time that counts from what was told before.
        return replace(
            story, text=evidence.quote, basis=f"no day of its own; told after one on this date ({story.basis})"
        )

    def place(self, words: str | None, passages: Sequence[Evidence]) -> Place | None:
        """The place that copied words mean; of several of one name, the one in the country told of before."""
        evidence = find_copied(self._finder, words, passages, self._dropped, "place")
        if evidence is None:
            return None
        text = evidence.quote
        found = self._almanac.gazetteer.find(text, self._country) or Place(text=text, name=text)
        self._country = self._country or found.country
        return found
