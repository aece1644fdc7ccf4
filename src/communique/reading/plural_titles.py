"""Titles in the plural and the people whom they name: "the interior ministers of both countries, A and B"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.model.vocabulary import RoleStanding
from communique.reading.analysis import Line, Mention
from communique.reading.knowledge import Knowledge
from communique.reading.labelled import DETERMINERS, LabelledSentence
from communique.reading.phrases import Label
from communique.reading.titles import Post

_JOINERS = frozenset([",", ";", "and", "&", ":", "–", "—", "-", "respectively"])
_WHOSE = frozenset("of for from".split())
_LISTED = frozenset("and of the from".split())
_FARTHEST = 8  # words from one bracket of a list to the next
_FEWEST = 2  # territories that make a list
_QUANTITIES = frozenset("both the two three four five six seven their respective these all".split())


@dataclass(slots=True)
class PluralTitle:
    """A title in the plural.

    Attributes:
        titles: Its singular forms: one, or one a field ("foreign and finance ministers").
        countries: ISO codes of the countries it names, in order.
        organization: The institution it names.
        standing: As for a single post.
        territories: Towns or provinces that it names: "the governors of A and B".
        first: Index of its first word.
        last: Index after its last word.
        head: The head noun in the singular.
    """

    titles: list[str]
    head: str
    first: int
    last: int
    countries: list[str] = field(default_factory=list)
    organization: str | None = None
    standing: RoleStanding = "current"
    territories: list[str] = field(default_factory=list)


class PluralTitles:
    """Gives the people who are named after a plural title their share of it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def share(self, line: Line, source: str) -> None:
        """Adds posts to the person mentions of a line that follow plural titles."""
        people = [m for m in line.mentions if m.kind == "person"]
        for label in line.labelled.labels:
            if label.kind == "ranks":
                self._share_rank(line.labelled, label, people)
            if label.kind != "heads" or not people:
                continue
            title = self._parse(line.labelled, label, source)
            holders = self._bracketed(line.labelled, title, people) or self._holders(line.labelled, title, people)
            self._assign(title, holders)

    # ---- the title -------------------------------------------------------------------------------------------------
    def _parse(self, line: LabelledSentence, label: Label, source: str) -> PluralTitle:
        title = PluralTitle([], str(label.value), label.first, label.last)
        before = self._left(line, title)
        after = self._right(line, title, source)
        fields = [part.strip() for part in before.replace(" and ", ",").replace(" & ", ",").split(",") if part.strip()]
        shares = fields if len(fields) > 1 and not after else [before]
        title.titles = [" ".join(part for part in (share, title.head, after) if part) for share in shares]
        return title

    def _left(self, line: LabelledSentence, title: PluralTitle) -> str:
        """Takes countries, institutions and field words before the head; returns the words that belong to the title."""
        words, j = line.words, title.first
        while j > 0:
            if label := line.ending(j, "country", "demonym"):
                title.countries.insert(0, label.value)
                j = label.first
            elif label := line.ending(j, "organization"):
                title.organization = label.value.name
                j = label.first
            elif label := line.ending(j, "standing"):
                title.standing, j = label.value, label.first
            elif (
                self._is_field(words[j - 1].low)
                or line.ending(j, "modifier")
                or (words[j - 1].low in ("and", "&", ",") and j >= 2 and j < title.first and self._goes_on(line, j - 1))
            ):
                j -= 1
            else:
                break
        kept = [words[i].text for i in range(j, title.first) if not self._is_owner(line, i)]
        while kept and kept[0].lower() in ("and", "&", ","):
            kept.pop(0)
        while kept and kept[-1].lower() in ("and", "&", ","):
            kept.pop()
        title.first = j
        return " ".join(kept)

    def _is_owner(self, line: LabelledSentence, i: int) -> bool:
        return any(
            label.first <= i < label.last and label.kind in ("country", "demonym", "organization", "standing")
            for label in line.labels
        )

    def _goes_on(self, line: LabelledSentence, j: int) -> bool:
        return bool(line.ending(j, "country", "demonym")) or self._is_field(line.words[j - 1].low)

    def _right(self, line: LabelledSentence, title: PluralTitle, source: str) -> str:
        """Takes "of defence", "of A and B", "of both countries" after the head; returns what belongs to the title."""
        words, parts, i = line.words, [], title.last
        while i + 1 < len(words) and words[i].low in _WHOSE:
            k = i + 1
            while k < len(words) and (words[k].low in DETERMINERS or words[k].low in _QUANTITIES):
                k += 1
            stop = k
            while stop < len(words):
                if label := line.starting(stop, "country", "demonym"):
                    title.countries.append(label.value)
                    stop = label.last
                elif (
                    self._is_field(words[stop].low)
                    or words[stop].low
                    in (
                        "countries",
                        "states",
                        "day",
                        "nations",
                        "sides",
                    )
                    or (
                        words[stop].low in ("and", ",", "&", "the")
                        and stop > k
                        and stop + 1 < len(words)
                        and self._starts_more(line, stop + 1)
                    )
                ):
                    stop += 1
                else:
                    break
            if stop == k:
                i = self._territories(line, title, k, source) or i
                break
            if not line.starting(k, "country", "demonym") and words[stop - 1].low in self.knowledge.fields:
                parts.append(f"{words[i].low} {line.text(k, stop, source)}")
            i = stop
        title.last = i
        return " ".join(parts)

    def _territories(self, line: LabelledSentence, title: PluralTitle, k: int, source: str) -> int | None:
        """Takes "A, B and C" after "the governors of"; returns the index after it, or None when nothing is listed."""
        words, found, i = line.words, list[tuple[int, int]](), k
        while i < len(words) and words[i].is_word and words[i].is_capitalized and not line.starting(i, "rank"):
            start = i
            while i < len(words) and words[i].is_word and words[i].is_capitalized:
                i += 1
            found.append((start, i))
            comma = i < len(words) and words[i].text == ","
            joined = i + comma < len(words) and words[i + comma].low in ("and", "&")
            entity = line.entity_at(i + 1) if comma and not joined and i + 1 < len(words) else None
            if not (comma or joined) or (entity is not None and entity[2] == "PERSON"):
                break
            if len(found) > 1 and words[found[-1][0] - 1].low in ("and", "&"):
                break
            i += comma + joined
        if len(found) < _FEWEST:
            return None
        title.territories = [line.text(start, stop, source) for start, stop in found]
        return found[-1][1]

    def _starts_more(self, line: LabelledSentence, i: int) -> bool:
        i += line.words[i].low == "the"
        if i >= len(line.words) or line.starting(i, "rank"):
            return False
        return bool(line.starting(i, "country")) or self._is_field(line.words[i].low)

    def _is_field(self, low: str) -> bool:
        return all(part in self.knowledge.fields for part in low.split("-"))

    # ---- its holders -----------------------------------------------------------------------------------------------
    def _holders(
        self, line: LabelledSentence, title: PluralTitle, people: Sequence[Mention]
    ) -> list[tuple[Mention, str | None]]:
        """The people listed directly after the title, each with the country that stands with the name."""
        words = line.words
        holders: list[tuple[Mention, str | None]] = []
        i = title.last
        while i < len(words):
            mention = next((m for m in people if m.first == i), None)
            if mention is None:
                if words[i].low not in _JOINERS or (i > title.last + 2 and not holders):
                    break
                i += 1
                continue
            i = max(mention.last, mention.name_last)
            label = None
            if i + 1 < len(words) and (words[i].low in _WHOSE or words[i].text == "("):
                k = i + 1 + (words[i + 1].low == "the")
                label = line.starting(i + 1, "country") or line.starting(k, "country", "demonym")
            if label:
                i = label.last + (words[label.last].text == ")" if label.last < len(words) else 0)
            holders.append((mention, label.value if label else None))
        return holders

    def _bracketed(
        self, line: LabelledSentence, title: PluralTitle, people: Sequence[Mention]
    ) -> list[tuple[Mention, str | None]]:
        """The people in brackets behind each country of a list: "the ministers of Chad (A), Niger (B) and Mali"."""
        words = line.words
        holders: list[tuple[Mention, str | None]] = []
        opening = title.last
        while opening < len(words) and words[opening].text == "(":
            country = line.ending(opening, "country", "demonym")
            mention = next((m for m in people if m.first == opening + 1), None)
            share = self._fields_before(line, opening) if country is None else ""
            if mention is None or (country is None and not share):
                break
            if share:
                title.titles = [*title.titles[: len(holders)], f"{title.head} of {share}"]
            holders.append((mention, country.value if country else None))
            close = max(mention.last, mention.name_last)
            if close >= len(words) or words[close].text != ")":
                break
            opening = next(
                (k for k in range(close + 1, min(close + _FARTHEST, len(words))) if words[k].text == "("), -1
            )
            between = words[close + 1 : opening] if opening > 0 else ()
            if any(word.is_word and not word.is_capitalized and word.low not in _LISTED for word in between):
                break
        return holders

    def _fields_before(self, line: LabelledSentence, end: int) -> str:
        """The field words that end before word ``end``: "Oil" in "Ministers of Interior (A), Oil (B)"."""
        start = end
        while start > 0 and self._is_field(line.words[start - 1].low):
            start -= 1
        return " ".join(word.text for word in line.words[start:end])

    def _share_rank(self, line: LabelledSentence, label: Label, people: Sequence[Mention]) -> None:
        """Gives a rank in the plural to those who are listed behind it: "Generals Anna Rossi and Jan Novak"."""
        title = PluralTitle([str(label.value)], str(label.value).lower(), label.first, label.last)
        for mention, _ in self._holders(line, title, people):
            if mention.posts and mention.posts[0].first < mention.name_first:
                break
            mention.posts.append(
                Post(title.titles[0], None, None, "current", True, label.first, label.last, False, title.head)
            )
            if line.words[mention.first - 1].low in ("and", "&"):
                break

    def _assign(self, title: PluralTitle, holders: Sequence[tuple[Mention, str | None]]) -> None:
        number = len(holders)
        for k, (mention, own) in enumerate(holders):
            if any(not post.is_rank for post in mention.posts):
                continue
            name = title.titles[k] if len(title.titles) == number else title.titles[0]
            country = own
            if country is None and title.countries:
                several = len(title.countries) == number
                country = title.countries[k] if several else title.countries[0] if len(title.countries) == 1 else None
            if len(title.territories) == number:
                mention.posts.append(
                    Post(
                        name,
                        title.territories[k],
                        None,
                        title.standing,
                        False,
                        title.first,
                        title.last,
                        False,
                        title.head,
                    )
                )
                continue
            organization = title.organization or (self.knowledge.country_name(country) if country else None)
            mention.posts.append(
                Post(name, organization, country, title.standing, False, title.first, title.last, False, title.head)
            )
