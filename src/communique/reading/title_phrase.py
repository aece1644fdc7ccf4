"""Noun phrases inside titles: how far "of the Libyan Coast Guard and Port Security" goes."""

from __future__ import annotations

import re

from communique.reading.knowledge import Knowledge
from communique.reading.labelled import LabelledSentence
from communique.reading.phrases import Label

TERRITORIAL = frozenset(
    """wali governor prefect sub-prefect subprefect mayor sultan emir king queen caïd caid mutasarrif qaimaqam
    hakem omda omdah mukhtar bishop archbishop patriarch administrator intendant akim hokim khokim alcalde
    premier""".split()
)
AREAS = frozenset("area region sector zone district north south east west".split())
STAFFS = frozenset("staff staffs".split())
_FIELDS_TOO = frozenset(("justice",))  # posts, but behind "Minister of … and" what he answers for
_ANSWERING = frozenset("minister undersecretary secretary".split())
_OFFICES = frozenset("office cabinet department secretariat bureau".split())
_OPEN_NAMES = frozenset("of for".split())
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
UNIT_NUMBER = re.compile(r"\d{1,3}(?:st|nd|rd|th)?$")
"""What units are told apart by: "3rd Division", "9 Brigade", "Task Force 66"."""


class PhraseScanner:
    """Finds the end of the phrases that follow a post's head noun.

    Args:
        line: The sentence.
        label: The head noun's label.
        knowledge: Fields, institution nouns and function words.
    """

    def __init__(self, line: LabelledSentence, label: Label, knowledge: Knowledge) -> None:
        self.line, self.label, self.knowledge = line, label, knowledge

    def end(self, start: int, *, strict: bool) -> int:
        """The index after a noun phrase of institutions, countries and field words that begins at ``start``."""
        line, words = self.line, self.line.words
        i = start
        while i < len(words):
            word = words[i]
            label = line.starting(i, "organization", "country", "demonym")
            if label:
                i = label.last
                is_area = label.kind == "country" and (strict or words[start - 1].low == "for")
                if is_area and (stop := self._next_country(i)):
                    i = stop
                    continue
                if label.kind == "country" and i < len(words) and not self._belongs_to_body(i):
                    break
                continue
            if word.low == "'s" or (
                word.text == "(" and i + 2 < len(words) and words[i + 2].text == ")" and words[i + 1].text.isupper()
            ):
                i += 1 if word.low == "'s" else 3
                continue
            if stop := self._office(i, start):
                i = stop
                continue
            if line.starting(i, "rank", "honorific") and not self._continues(i):
                break
            entity = line.entity_at(i)
            if self._is_ruled(entity, i, start):
                i = entity[1] if entity else i
                continue
            if (
                entity
                and entity[2] == "PERSON"
                and not (self.rules_territory() and (i == start or words[i - 1].low in self.knowledge.thing_openers))
            ):
                break
            if entity and entity[2] == "ORG" and (stop := self._before_name(i, entity[1], start)):
                i = stop
                break
            if (
                entity
                and entity[0] == i
                and entity[2] in ("ORG", "GPE", "LOC", "FAC", "NORP")
                and not self._hides_title(entity)
            ):
                i = entity[1]
                continue
            if self._is_surname_in_capitals(i, start) or self._begins_name(i, start):
                break
            is_part = (word.is_word or _ORDINAL.match(word.low)) and self._is_part(i, strict)
            if is_part or (i > start and self._numbers_unit(i)):
                i += 1
                continue
            if not strict and (stop := self._plain_institution(i)):
                i = stop
                continue
            if word.low in ("of", "and", "&", "for", "the", ",") and i > start and self._joins(i, strict):
                i += 1
                continue
            break
        while i > start and words[i - 1].low in ("of", "and", "&", "for", "the", ",", "'s"):
            i -= 1
        return i

    def _is_ruled(self, entity: tuple[int, int, str] | None, i: int, start: int) -> bool:
        """Whether what the model takes for a person is a place: of a governor, or "in" which somebody serves."""
        if entity is None or entity[2] != "PERSON" or i != start or entity[0] != i:
            return False
        if i and self.line.words[i - 1].low == "in" and self.line.starting(entity[1], "rank"):
            return True
        return self.rules_territory() and entity[1] < len(self.line.words) and self.line.words[entity[1]].text == ","

    def _office(self, i: int, start: int) -> int | None:
        """The index after a post whose office is named: "Office of the President", "the Minister's Cabinet"."""
        words = self.line.words
        first = i
        if words[i].low == "of" and i > start and words[i - 1].low in _OFFICES:
            first += 2 if i + 1 < len(words) and words[i + 1].low == "the" else 1
        head = self.line.starting(first, "head")
        if head is None or not words[first].is_capitalized:
            return None
        if first > i:
            return head.last
        is_owner = head.last + 1 < len(words) and words[head.last].low == "'s"
        return head.last + 2 if is_owner and words[head.last + 1].low in _OFFICES else None

    def _numbers_unit(self, i: int) -> bool:
        """Whether a number ends a unit's name: "Task Force 66"."""
        before = self.line.words[i - 1]
        is_unit = before.is_capitalized and before.low in self.knowledge.institution_nouns
        return is_unit and self.line.words[i].text.isdigit() and UNIT_NUMBER.match(self.line.words[i].text) is not None

    def _next_country(self, i: int) -> int | None:
        """Where the next of several countries begins at which somebody serves: "to Mali and Niger"."""
        words = self.line.words
        if i + 1 >= len(words) or words[i].low not in ("and", ","):
            return None
        label = self.line.starting(i + 1 + (words[i + 1].low == "the"), "country")
        if label is None or self.line.starting(label.last, "head", "abbreviation", "heads"):
            return None
        is_last = label.last >= len(words)
        if not is_last and (words[label.last].low == "'s" or self.is_field(label.last)):
            return None
        goes_on = words[i].low == "and" or (not is_last and words[label.last].low in ("and", ","))
        return label.first if goes_on and (words[i].low == "and" or self._next_country(label.last)) else None

    def _belongs_to_body(self, i: int) -> bool:
        """Whether the word after a country goes on with a body's name, rather than begins a person's."""
        word = self.line.words[i]
        if not word.is_capitalized:
            return True
        return any(
            other.low in self.knowledge.institution_nouns or other.low in self.knowledge.fields
            for other in self.line.words[i : i + 3]
        )

    def _is_surname_in_capitals(self, i: int, start: int) -> bool:
        """Whether a name follows the title directly: "Minister for Foreign Affairs TANAKA"."""
        word = self.line.words[i]
        if i == start or not (word.text.isupper() and word.text.isalpha() and len(word.text) > 3):
            return False
        return not self.line.words[i - 1].text.isupper() and self.line.words[i - 1].is_word

    def _before_name(self, i: int, last: int, start: int) -> int | None:
        """Where a name begins behind fields in what the model takes for one body: "National Defence Jan Kalns"."""
        k = i
        while k < last and self.is_field(k):
            if k > i and self.line.starting(k, "rank") and not self._continues(k):
                return k
            k += 1
        return k if k > i and self._begins_name(k, start) else None

    def _begins_name(self, i: int, start: int) -> bool:
        """Whether a name follows a field: "Minister for Home Affairs Jan Kalns"."""
        words = self.line.words
        if i == start or i >= len(words) or not words[i].is_capitalized:
            return False
        if not (words[i - 1].is_capitalized and self.is_field(i - 1)):
            return False
        stop = i
        while stop < len(words) and words[stop].is_word and words[stop].is_capitalized:
            if self.is_field(stop) or words[stop].low in self.knowledge.institution_nouns:
                return False
            stop += 1
        return stop - i > 1

    def _plain_institution(self, i: int) -> int | None:
        """The index after "advance team", "liaison cell": up to two plain words and an institution noun."""
        words = self.line.words
        for k in range(i, min(i + 3, len(words))):
            low = words[k].low
            if low in self.knowledge.institution_nouns:
                return k + 1
            if not words[k].is_word or low in self.knowledge.function_words:
                return None
        return None

    def _hides_title(self, entity: tuple[int, int, str]) -> bool:
        return any(self.line.starting(k, "rank", "honorific") for k in range(entity[0], entity[1]))

    def _continues(self, i: int) -> bool:
        """Whether a word that could be a rank ("General Staff") goes on with the institution's name."""
        words = self.line.words
        rank = self.line.starting(i, "rank")
        if rank is not None and rank.last - i > 1:
            return rank.last < len(words) and words[rank.last].low in STAFFS
        if i + 1 >= len(words) or words[i].low not in ("general", "major"):
            return False
        return words[i + 1].low in self.knowledge.fields or words[i + 1].low in STAFFS

    def _is_part(self, i: int, strict: bool) -> bool:
        word = self.line.words[i]
        low = word.low
        if low in self.knowledge.function_words or (self.line.starting(i, "head") and low not in self.knowledge.fields):
            return False
        if word.is_capitalized or _ORDINAL.match(low):
            return True
        return not strict and (
            all(p in self.knowledge.fields for p in low.split("-")) or low in self.knowledge.institution_nouns
        )

    def _joins(self, i: int, strict: bool) -> bool:
        words = self.line.words
        if i + 1 >= len(words):
            return False
        nxt = i + 1
        if words[i].low in ("of", "for") and words[nxt].low == "the":
            nxt += 1
        if nxt >= len(words) or self.line.starting(nxt, "rank", "honorific"):
            return False
        entity = self.line.entity_at(nxt)
        if entity and entity[2] == "PERSON":
            return False
        if words[i].low == ",":
            return self._goes_on_in_list(nxt) or (
                words[nxt].is_capitalized
                and nxt + 1 < len(words)
                and words[nxt + 1].low in ("and", ",")
                and self.is_field(nxt)
                and self.is_field(i - 1)
            )
        if words[i].low in ("and", "&"):
            is_post = self.line.starting(nxt, "head") and words[nxt].low not in _FIELDS_TOO
            return self.is_field(nxt) and self.is_field(i - 1) and not is_post
        if words[i].low in _OPEN_NAMES and (
            words[i - 1].low not in self.knowledge.institution_nouns or words[i - 1].low in STAFFS
        ):
            return False
        return self._is_part(nxt, strict) or bool(self.line.starting(nxt, "organization", "country"))

    def _goes_on_in_list(self, i: int) -> bool:
        """Whether what a minister answers for goes on behind a comma: "Defence, Retired Affairs and Veterans"."""
        words = self.line.words
        if words[self.label.last - 1].low not in _ANSWERING or not self.is_field(i - 2):
            return False
        k, fields, is_closed = i, 0, False
        while k < len(words) and (words[k].is_capitalized or words[k].low in ("and", "&", ",", "'s", "'")):
            if self.line.starting(k, "rank", "honorific", "head") or words[k].low == "mr":
                break
            fields += self.is_field(k)
            is_closed = is_closed or words[k].low in ("and", "&")
            k += 1
        return is_closed and bool(fields)

    def rules_territory(self) -> bool:
        """Whether the post is that of a place ("governor of …")."""
        return self.line.words[self.label.last - 1].low in TERRITORIAL

    def is_field(self, i: int) -> bool:
        """Whether a word names a field that posts deal with."""
        return all(part in self.knowledge.fields for part in self.line.words[i].low.split("-"))
