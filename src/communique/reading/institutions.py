"""Institutions in a sentence: those of the lexicon, those with an institution noun, and those of the model."""

from __future__ import annotations

from collections.abc import Iterator

from communique.reading.knowledge import Knowledge
from communique.reading.labelled import DETERMINERS, LabelledSentence
from communique.reading.names import NameFinder


class InstitutionFinder:
    """Finds where a sentence names institutions.

    Args:
        knowledge: Institution nouns, fields and function words.
        names: Finds the runs of capitalized words.
    """

    def __init__(self, knowledge: Knowledge, names: NameFinder) -> None:
        self.knowledge, self.names = knowledge, names

    def find(self, line: LabelledSentence) -> list[tuple[int, int]]:
        """Disjoint spans (first word, last word + 1), the longest first, with "the" and a bracketed short form."""
        words = line.words
        spans = [*self._with_noun(line), *self._of_model(line), *self._ships(line)]
        spans += [(label.first, label.last) for label in line.labels if label.kind == "organization"]
        chosen: list[tuple[int, int]] = []
        for begin, end in sorted(spans, key=lambda s: (-(s[1] - s[0]), s[0])):
            opening = words[begin].low in self.knowledge.function_words and words[begin].low not in DETERMINERS
            first = begin + opening
            last = end - (end - begin >= 1 and words[end - 1].low == "'s")
            if first < last and not any(f < last and first < e for f, e in chosen):
                chosen.append((self._with_determiner(line, first), self._with_acronym(line, last)))
        return chosen

    def _of_model(self, line: LabelledSentence) -> Iterator[tuple[int, int]]:
        """What the model takes for organizations, unless the lexicon knows it as a country."""
        for first, last, kind in line.entities:
            if kind != "ORG" or not any(line.words[i].is_capitalized for i in range(first, last)):
                continue
            start = first + (line.words[first].low in DETERMINERS)
            country = line.starting(start, "country", "demonym")
            if start < last and not (country and country.last >= last):
                yield first, last

    def _with_noun(self, line: LabelledSentence) -> Iterator[tuple[int, int]]:
        """Capitalized words with an institution noun: "Turkish Ministry of Defence", "Rescue Coordination Centre"."""
        words = line.words
        for first, last in self.names.runs(line):
            nouns = [i for i in range(first, last) if self._is_noun(line, i)]
            if not nouns:
                continue
            start = first
            while start < nouns[-1] and words[start].low in self.knowledge.function_words:
                start += 1
            stop = self._complement_end(line, nouns[-1] + 1)
            if stop - start > 1:
                yield start, stop

    def _ships(self, line: LabelledSentence) -> Iterator[tuple[int, int]]:
        """Ships: "INS Tarangini", "the patrol vessel Njord", "the frigate F-221"."""
        words = line.words
        for i, word in enumerate(words[:-1]):
            is_prefix = word.text.isupper() and word.low in self.knowledge.ship_prefixes
            if not is_prefix and not (word.low in self.knowledge.ship_nouns and word.text.islower()):
                continue
            stop = i + 1
            while stop < len(words) and words[stop].is_word and words[stop].is_capitalized:
                stop += 1
            if stop > i + 1 and not line.starting(i + 1, "rank", "honorific", "country", "demonym"):
                yield i + 1 - is_prefix, stop

    def _is_noun(self, line: LabelledSentence, i: int) -> bool:
        word = line.words[i]
        return word.low in self.knowledge.institution_nouns and not word.text.islower()

    def _complement_end(self, line: LabelledSentence, stop: int) -> int:
        """The index after "of Defence", "for Migration and Asylum" that begins at word ``stop``."""
        words = line.words
        while stop + 1 < len(words) and words[stop].low in ("of", "for"):
            following = stop + 1 + (words[stop + 1].low == "the")
            if following >= len(words) or not words[following].is_capitalized:
                break
            if line.starting(following, "rank", "honorific"):
                break
            stop = following
            while stop < len(words) and self._goes_on(line, stop):
                stop += 1
        return stop

    def _goes_on(self, line: LabelledSentence, i: int) -> bool:
        word = line.words[i]
        entity = line.entity_at(i)
        if entity and entity[2] == "PERSON":
            return False
        if word.is_word and word.is_capitalized:
            return True
        following = line.words[i + 1] if i + 1 < len(line.words) else None
        joins = word.low in ("and", "of", "&") and following is not None and following.is_capitalized
        return joins and following is not None and following.low in self.knowledge.fields

    def _with_determiner(self, line: LabelledSentence, first: int) -> int:
        return first - 1 if first and line.words[first - 1].low == "the" else first

    def _with_acronym(self, line: LabelledSentence, last: int) -> int:
        words = line.words
        if last + 2 >= len(words) or words[last].text != "(" or words[last + 2].text != ")":
            return last
        return last + 3 if sum(c.isupper() for c in words[last + 1].text) >= 2 else last
