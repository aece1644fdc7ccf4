"""Proof of names: what speaks for and against a run of capitalized words being a person's name."""

from __future__ import annotations

from collections.abc import Sequence

from communique.reading.knowledge import Knowledge
from communique.reading.labelled import LabelledSentence
from communique.reading.titles import Post

_LOCATIVE = frozenset(
    "in at near around outside inside through across toward towards via off between throughout within aboard".split()
)
_NEVER_NAMES = frozenset(
    """q a january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday mr mrs ms i cancelled postponed updated breaking live update
    correction""".split()
)
_DATED = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december posted published updated""".split()
)
_CREDITS = frozenset(
    """reporting writing editing photo photos picture image interview interviewer translation translated compiled
    story text written edited reported photographs video credit editor""".split()
)
_RELATIVES = frozenset("who whose whom".split())
_NOT_PEOPLE = frozenset("DATE EVENT WORK_OF_ART LAW LANGUAGE PRODUCT TIME MONEY NORP".split())
_LONGEST = 9  # words; South Asian and Malay names with courtesy parts reach eight


class NameJudge:
    """Judges runs of capitalized words."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def is_never_name(self, low: str) -> bool:
        """Whether a word (lower case) is no part of names: days, months, labels such as "update"."""
        return low in _NEVER_NAMES

    def can_be_name(self, line: LabelledSentence, start: int, end: int, titled: bool) -> bool:
        """Whether nothing speaks against a person: no institution noun, no known institution or country, no date."""
        words = line.words
        if end - start > _LONGEST or (len(words[start].text) < 2 and end - start == 1):
            return False
        lows = [words[i].low for i in range(start, end)]
        initial = words[start].text[1:] == "." and (start > 0 or titled)  # "Q." and "A." open lines of interviews
        if (lows[0] in _NEVER_NAMES and not initial) or (not titled and lows[0] in self.knowledge.function_words):
            return False
        if lows[-1] in self.knowledge.institution_nouns or any(c.isdigit() for low in lows for c in low):
            return False
        if end < len(words) and words[end].text.islower() and words[end].low in self.knowledge.named_after:
            return False
        if not titled and self._names_thing(line, start, end):
            return False
        known = line.starting(start, "organization", "country")
        if (known and known.last >= end) or (end - start == 1 and line.starting(start, "demonym")):
            return False
        if end - start == 1 and words[start].text.isupper() and start and words[start - 1].text == "(":
            return False
        entity = line.entity_at(start)
        if titled and end - start == 1 and entity and entity[2] in ("GPE", "LOC", "FAC", "DATE"):
            return not self.knowledge.is_place(words[start].text)
        if titled:
            return True
        if (
            entity
            and entity[2] in _NOT_PEOPLE
            and not (entity[1] < end and self.is_person_to_model(line, entity[1], end))
        ):
            return False
        acronym = words[start].text.isupper() and words[start].text.isalpha() and len(words[start].text) <= 5
        return end - start > 1 or not acronym

    def _names_thing(self, line: LabelledSentence, start: int, end: int) -> bool:
        """Ships, operations, streets, newspapers, portfolios: "USS Lassen", "Operation Shield", "Retired Affairs"."""
        words = line.words
        lows = [words[i].low for i in range(start, end)]
        person = self.is_person_to_model(line, start, end)
        if lows[0] in self.knowledge.thing_openers or any(
            low in self.knowledge.institution_nouns for low in lows[1:-1]
        ):
            return lows[0] in self.knowledge.thing_openers or not person
        if lows[0] in self.knowledge.institution_nouns and not person:
            return True
        if all(low in self.knowledge.fields for low in lows) or (lows[-1] in self.knowledge.fields and not person):
            return True
        before = words[start - 1] if start else None
        return bool(before and before.text.islower() and before.low in self.knowledge.thing_nouns)

    def is_credit(self, line: LabelledSentence, start: int, end: int) -> bool:
        """Whether the name only signs the report: a byline, a photograph's or an editor's credit."""
        words = line.words
        head = start - 1
        while head >= 0 and line.ending(head + 1, "honorific"):
            head -= 1
        if head < 0:
            return False
        opening = words[head].low
        if opening == "by":
            credited = head == 0 or words[head - 1].low in _CREDITS
            stops = end >= len(words) or not words[end].text.islower()
            return (credited and stops) or (stops and end < len(words) and words[end].low in _DATED)
        if opening == ":" and head and words[head - 1].low in _CREDITS:
            return True
        dated = end < len(words) and words[end].low in _DATED
        return opening in ("|", "–", "—", "-") and (dated or (opening == "|" and end >= len(words)))

    def is_person_to_model(self, line: LabelledSentence, start: int, end: int) -> bool:
        """Whether the model calls at least half of the words a person."""
        covered = sum(1 for i in range(start, end) if (e := line.entity_at(i)) and e[2] == "PERSON")
        return covered * 2 >= end - start

    def is_proved(self, line: LabelledSentence, posts: Sequence[Post], start: int, end: int, *, apposed: bool) -> bool:
        """Whether the sentence shows a person: the model and the place agree, or a title or a human verb stands by."""
        words = line.words
        before = words[start - 1].low if start else ""
        after = words[end].low if end < len(words) else ""
        single = end - start == 1
        if before == "the" or self.knowledge.is_place(" ".join(w.text for w in words[start:end])):
            return False
        located = before in _LOCATIVE or (single and before in ("from", "to", "for", "of", "'s", "("))
        model = self.is_person_to_model(line, start, end)
        titled_after = after in (",", "(", "–", "—") and any(p.first == end + 1 and not p.is_rank for p in posts)
        relative = after == "," and end + 1 < len(words) and words[end + 1].low in _RELATIVES
        human = after in self.knowledge.human_verbs
        if single:
            shaped = words[start].text[1:].islower() or "-" in words[start].text
            enclosed = apposed and before == "," and after == ","  # "the American envoy, Rivers, spoke"
            apposed = apposed and after in (",", ".", "")
            shown = titled_after or enclosed or (model and (human or relative or apposed))
            return shaped and not located and shown
        if all(words[i].text.isupper() for i in range(start, end)):
            return False
        if relative:
            return True
        if apposed or titled_after:
            return not located
        if self._is_national(line, start, end) or before in self.knowledge.appointing:
            return True
        if before == "told" or words[start].low in ("le", "il", "los", "las"):
            return human
        return not (located and not human) and (model or human)

    def is_shown(self, line: LabelledSentence, posts: Sequence[Post], start: int, end: int) -> bool:
        """Whether words beside the name show a person: a human verb, a title or "who" behind it, "Italy's"."""
        words = line.words
        after = words[end].low if end < len(words) else ""
        if after in self.knowledge.human_verbs or self._is_national(line, start, end):
            return True
        if after not in (",", "(", "–", "—") or end + 1 >= len(words):
            return False
        return words[end + 1].low in _RELATIVES or any(p.first == end + 1 for p in posts)

    def _is_national(self, line: LabelledSentence, start: int, end: int) -> bool:
        """As in "Italy's Anna Rossi", "the Maltese Anna Rossi": a country before a name that is nothing else."""
        people = line.ending(start, "demonym") if end - start > 1 else None
        by_people = people is not None and people.first > 0 and line.words[people.first - 1].low == "the"
        if not by_people and not (start and line.words[start - 1].low == "'s" and line.ending(start - 1, "country")):
            return False
        kinds = {e[2] for i in range(start, end) if (e := line.entity_at(i))}
        return kinds <= {"PERSON"} or ("PERSON" in kinds and end - start <= 3)
