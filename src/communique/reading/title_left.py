"""Titles leftwards: what stands before a post's head noun."""

from __future__ import annotations

from communique.model.vocabulary import RoleStanding
from communique.reading.knowledge import Knowledge
from communique.reading.labelled import DETERMINERS, LabelledSentence
from communique.reading.phrases import Label

PORTFOLIO = frozenset(
    "minister ministers undersecretary commissioner attaché attache adviser advisor spokesperson".split()
)
_STATES = frozenset("country kingdom nation city republic sultanate emirate".split())
SERVICES = frozenset("army navy police military fleet force forces gendarmerie".split())
"""They belong to a title ("Army Commander"), and name no institution of their own."""
_OWNERS = frozenset("military opposition junta rebels presidency gendarmerie militia regime".split())
LOCAL = frozenset("mayor governor prefect wali bishop archbishop police imam sheikh elder commander".split())


class TitleLeft:
    """What stands before the head noun."""

    def __init__(self, line: LabelledSentence, label: Label, taken: int, source: str, knowledge: Knowledge) -> None:
        self.line, self.label, self.taken, self.source, self.knowledge = line, label, taken, source, knowledge
        self.first = label.first
        self.title: list[str] = []
        self.organization: str | None = None
        self.country: str | None = None
        self.standing: RoleStanding = "current"
        self.definite = False

    def expand(self) -> None:
        """Takes words leftwards as long as they belong to the title; then the other attributes are set."""
        j = self.label.first
        while j > self.taken:
            step = self._step(j)
            if step is None:
                break
            j = step
        if j > self.taken and self.line.words[j - 1].low in DETERMINERS:
            j -= 1
            self.definite = self.line.words[j].low not in ("a", "an")
        self.first = j

    def _step(self, j: int) -> int | None:
        """Takes the words that end before word ``j``; returns where they start, or None when the title starts at j."""
        line, words = self.line, self.line.words
        word = words[j - 1]
        head_is_capitalized = words[self.label.first].is_capitalized
        if word.text == ")" and j - 3 >= self.taken and words[j - 3].text == "(" and words[j - 2].text.isupper():
            self.organization = self.organization or words[j - 2].text
            return j - 3
        if word.low == "'s" or (word.text in "'’" and j >= 2 and words[j - 2].low.endswith("s")):
            return self._owner(j - 1)
        if line.ending(j, "honorific") and not line.ending(j, "modifier"):
            return None  # "H.E. President X" presides over no "H.E."
        if label := line.ending(j, "standing"):
            self.standing = label.value
            return max(label.first, self.taken)
        label = line.ending(j, "organization", "country", "demonym")
        if label and label.first >= self.taken and not self._is_inner(label):
            return self._institution(label)
        if label := line.ending(j, "modifier"):
            self.title.insert(0, line.text(label.first, j, self.source))
            return label.first
        if word.text in "-–" and j >= 2 and j < self.label.first + 1 and words[j - 2].is_word:
            return None
        if word.low in ("and", "&", ",") and self.title and j >= 2 and self._is_field(j - 2) and word.text != ",":
            self.title.insert(0, word.text)
            return j - 1
        entity = line.entity_at(j - 1)
        if (
            entity
            and entity[2] in ("ORG", "GPE", "NORP", "LOC", "FAC")
            and entity[1] <= self.label.first
            and entity[0] >= self.taken
        ):
            portfolio = words[self.label.last - 1].low in PORTFOLIO and not words[entity[1] - 1].text.isupper()
            if entity[2] == "LOC" and self._is_region(entity[0], entity[1]):
                self.title.insert(0, line.text(entity[0], j, self.source))  # "Africa adviser"
                return entity[0]
            if entity[2] != "ORG" or (self._is_institution(entity[0], entity[1]) and not portfolio):
                start = entity[0] + (words[entity[0]].low in DETERMINERS)
                if start < j and not line.starting(start, "head") and words[start].low not in SERVICES:
                    return self._named(start, j)
        if self._is_field(j - 1):
            return self._fields(j)
        is_place = bool(self.organization) and j >= 2 and words[j - 2].low in ("in", "at", "from")
        if is_place:
            return None  # "received in Rajma AFRICOM Commander NAME"
        if word.is_word and word.is_capitalized and head_is_capitalized and self._may_be_title_word(j - 1):
            return self._fields(j)
        return None

    def _fields(self, j: int) -> int:
        """Takes a run of field words; one that ends in an institution noun names the institution."""
        words = self.line.words
        start = j
        while (
            start > self.taken
            and words[start - 1].is_word
            and not self.line.ending(start, "modifier", "standing", "country", "demonym")
            and (
                self._is_field(start - 1)
                or (
                    words[start - 1].is_capitalized
                    and words[j - 1].is_capitalized
                    and self._may_be_title_word(start - 1)
                )
            )
        ):
            start -= 1
        text = self.line.text(start, j, self.source)
        owns = words[self.label.last - 1].low not in PORTFOLIO
        if (
            owns
            and words[j - 1].is_capitalized
            and words[j - 1].low in self.knowledge.institution_nouns
            and j - start > 1
        ):
            self.organization = self.organization or text
        else:
            self.title.insert(0, text)
        return start

    def _is_inner(self, label: Label) -> bool:
        """Whether a body's name only ends a longer one: "Security Council" in "National Security Council"."""
        entity = self.line.entity_at(label.first)
        if label.kind != "organization" or entity is None or entity[2] != "ORG" or entity[1] != label.last:
            return False
        start = entity[0] + (self.line.words[entity[0]].low in DETERMINERS)
        return self.taken <= start < label.first and bool(self.line.starting(start, "modifier"))

    def _institution(self, label: Label) -> int:
        if label.kind == "organization":
            self.organization = self.organization or self.line.text(label.first, label.last, self.source)
        else:
            self.country = self.country or label.value
        return label.first

    def _named(self, start: int, j: int) -> int:
        text = self.line.text(start, j, self.source)
        code = self.knowledge.country(text)
        if code is None and self.line.words[self.label.last - 1].low not in LOCAL:
            code = self.knowledge.capital_country(text)
        if code:
            self.country = self.country or code
        else:
            self.organization = self.organization or text
        return start

    def _owner(self, j: int) -> int | None:
        """Takes the owner before a possessive ending at word ``j``: a country or an institution, not a person."""
        line = self.line
        if (label := line.ending(j, "organization", "country")) and label.first >= self.taken:
            return self._institution(label)
        entity = line.entity_at(j - 1)
        is_state = line.words[j - 1].low in _STATES and (j < 2 or not line.words[j - 2].is_capitalized)
        if entity and entity[2] in ("ORG", "GPE", "NORP", "LOC") and entity[0] >= self.taken and not is_state:
            return self._named(entity[0] + (line.words[entity[0]].low in DETERMINERS), j)
        word = line.words[j - 1]
        if word.is_capitalized and self.knowledge.capital_country(word.text):
            return self._named(j - 1, j)
        if word.low in self.knowledge.institution_nouns or word.low in _OWNERS or word.low in _STATES:
            start = j - 1
            while start > self.taken and (self._is_field(start - 1) or line.words[start - 1].is_capitalized):
                start -= 1
            if line.words[start].low in DETERMINERS:
                start += 1
            if word.low in self.knowledge.institution_nouns or word.low in _OWNERS:
                self.organization = self.organization or line.text(start, j, self.source)
            return start
        return None

    def _is_field(self, i: int) -> bool:
        word = self.line.words[i]
        if not word.is_word or word.low in DETERMINERS:
            return False
        return all(part in self.knowledge.fields for part in word.low.replace("–", "-").split("-"))

    def _is_institution(self, first: int, last: int) -> bool:
        return (
            last - first == 1
            or any(self.line.words[i].low in self.knowledge.institution_nouns for i in range(first, last))
            or self.line.words[last - 1].text.isupper()
        )

    def _is_region(self, first: int, last: int) -> bool:
        """Whether a place is larger than what employs somebody: no country, no capital, no institution."""
        text = self.line.text(first, last, self.source)
        is_body = any(self.line.words[i].low in self.knowledge.institution_nouns for i in range(first, last))
        return not is_body and not self.knowledge.country(text) and not self.knowledge.capital_country(text)

    def _may_be_title_word(self, i: int) -> bool:
        word = self.line.words[i]
        entity = self.line.entity_at(i)
        if i == 0 and word.low in self.knowledge.function_words:
            return False
        if entity and entity[2] in ("PERSON", "DATE", "EVENT"):
            return False
        return word.low not in self.knowledge.function_words and not self.line.starting(i, "rank", "honorific", "head")
