"""Person names: where people are named, decided from titles, the model's labels and the rest of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.reading.knowledge import Knowledge
from communique.reading.labelled import LabelledSentence
from communique.reading.name_proof import NameJudge
from communique.reading.titles import Post
from communique.reading.words import Word

PARTICLES = frozenset(
    """mint oglu oğlu ogly kizi qizi gyzy na wa san dell' dell’ della de' de’ ó ní nic mac bu um umm abd uld wld
    walad setia al el ul ad as ash at an az ar bin ibn ben bint bou abu abou van von der den ten ter de da do
    dos das di du del la dello le lo y e af av zu zur ould ag oul mc st d' o' bar bat ap""".split()
)
_INNER_ONLY = frozenset(
    """mint oglu oğlu ogly kizi qizi gyzy na wa san bu um uld setia y e la le lo as at an al el ad ar az ag ap bar
    bat st do da de di du den ten ter""".split()
)
_SURNAMES_TOO = frozenset("he you so no an do may will see long little last first".split())  # function words elsewhere
_NUMBERS = frozenset("no no. nos nos. nr nr.".split())
_PREFIXED = re.compile(r"[^\W\d_]{1,4}[-’'][A-ZÀ-Þ]")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A stretch of words that names a person.

    Attributes:
        first: Index of its first word in the sentence.
        last: Index after its last word.
        text: The name as written, white space folded.
        is_titled: Whether a rank, a post or a courtesy title stands directly before it.
        is_certain: Whether its own sentence proves that it is a person; uncertain ones need a proof elsewhere.
        honorific: The courtesy title before it, lower case.
        is_weak: Whether only the model says so, and no title, verb or apposition.
    """

    first: int
    last: int
    text: str
    is_titled: bool
    is_certain: bool = True
    honorific: str | None = None
    is_weak: bool = False


class NameFinder:
    """Finds person names in labelled sentences."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.judge = NameJudge(knowledge)

    def find(self, line: LabelledSentence, posts: Sequence[Post], source: str) -> list[NameSpan]:
        """Names that their own sentence shows, or lets suspect, to be names of people."""
        spans = (self._name_in_run(line, posts, first, last, source) for first, last in self.runs(line))
        return [span for span in spans if span]

    # ---- runs of capitalized words ---------------------------------------------------------------------------------
    def runs(self, line: LabelledSentence) -> list[tuple[int, int]]:
        """Maximal stretches of capitalized words and name particles; nicknames in quotation marks stay inside."""
        if line.runs is None:
            line.runs = self._runs(line.words)
        return line.runs

    def _runs(self, words: Sequence[Word]) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        i = 0
        while i < len(words):
            if not self._opens(words, i):
                i += 1
                continue
            j = i
            while j < len(words):
                if self._continues(words, j):
                    j += 1
                elif nickname_ends(words, j):
                    j += 3
                elif self._is_inner_apostrophe(words, j):
                    j += 1
                else:
                    break
            while j > i and words[j - 1].low in PARTICLES and not words[j - 1].is_capitalized:
                j -= 1
            if j > i:
                out.append((i, j))
            i = max(j, i + 1)
        return out

    def _opens(self, words: Sequence[Word], i: int) -> bool:
        word = words[i]
        if not word.is_word:
            return False
        if word.is_capitalized or _PREFIXED.match(word.text):
            return True
        low = word.low
        inner = low in _INNER_ONLY or len(low) <= 2
        return low in PARTICLES and not inner and i + 1 < len(words) and words[i + 1].is_capitalized

    def _is_inner_apostrophe(self, words: Sequence[Word], j: int) -> bool:
        """As in "de' Rossi", "Shia' Al-Din": an apostrophe inside the name, not a plural's possessive."""
        if words[j].text not in "'’" or j + 1 >= len(words) or words[j - 1].end != words[j].start:
            return False
        return not words[j - 1].low.endswith("s") and self._continues(words, j + 1)

    def _continues(self, words: Sequence[Word], j: int) -> bool:
        word = words[j]
        if word.is_word and (word.is_capitalized or _PREFIXED.match(word.text)):
            return True
        if word.low not in PARTICLES or word.low in ("an", "as", "at", "and"):
            return False
        k = j
        while k < len(words) and (words[k].low in PARTICLES or words[k].text in "'’") and not words[k].is_capitalized:
            k += 1
        return k < len(words) and words[k].is_capitalized and words[k].is_word

    # ---- the name inside a run -------------------------------------------------------------------------------------
    def _name_in_run(
        self, line: LabelledSentence, posts: Sequence[Post], first: int, last: int, source: str
    ) -> NameSpan | None:
        """The name that a run of capitalized words ends in, after its titles and institutions are peeled off."""
        opening = self._after_titles(line, posts, first, last)
        if opening is None:
            return None
        start, titled, honorific = opening
        start = self._peel(line, start, last, titled)
        end = self._trim(line, start, last) if start < last else start
        if (
            end <= start
            or self.judge.is_credit(line, start, end)
            or not self.judge.can_be_name(line, start, end, titled)
        ):
            return None
        text = line.text(start, end, source)
        apposed = start == first and any(
            not p.is_rank and p.last == first - 1 and line.words[first - 1].text == "," for p in posts
        )
        if titled or self.judge.is_proved(line, posts, start, end, apposed=apposed):
            weak = not titled and not apposed and not self.judge.is_shown(line, posts, start, end)
            return NameSpan(start, end, text, titled, True, honorific, weak)
        if end - start >= 2 or self.judge.is_person_to_model(line, start, end):
            return NameSpan(start, end, text, False, False, honorific)
        return None

    def _after_titles(
        self, line: LabelledSentence, posts: Sequence[Post], first: int, last: int
    ) -> tuple[int, bool, str | None] | None:
        """Where the name begins after the titles in its run, whether it is titled, and the courtesy title."""
        words = line.words
        start, honorific = first, None
        titled = any(p.last == first for p in posts)
        if first and (label := line.ending(first, "honorific")):
            titled, honorific = True, words[label.first].low
        i = first
        while i < last:
            post = next((p for p in posts if p.first <= i < p.last), None)
            if post and post.last > last:
                return None
            if post:
                start, titled, i = post.last, True, post.last
                continue
            label = line.starting(i, "honorific")
            if (
                i == start
                and (several := line.starting(i, "heads", "ranks"))
                and several.last < last
                and words[i].is_capitalized
            ):
                start, titled, i = several.last, True, several.last
                continue
            if line.starting(i, "country", "demonym"):
                label = None
            if label and label.last < last and (i == start or words[i].low not in self.knowledge.names_too):
                start, titled, honorific, i = label.last, True, words[i].low, label.last
                continue
            i += 1
        return (start, titled, honorific) if start < last else None

    def _peel(self, line: LabelledSentence, start: int, last: int, titled: bool) -> int:
        """Drops countries, known institutions and opening function words before the name."""
        words = line.words
        moved = True
        while moved and start < last:
            moved = False
            label = line.starting(start, "organization", "country", "demonym")
            entity = line.entity_at(start)
            in_person = entity is not None and entity[2] == "PERSON"
            spans_label = in_person and entity and label and entity[0] == start and entity[1] > label.last
            if label and label.last < last and not spans_label:
                start, moved = label.last, True
            elif (
                words[start].low in self.knowledge.function_words
                and not words[start].text.endswith(".")
                and not (titled and (last - start == 1 or words[start].low in _SURNAMES_TOO))
            ):
                start, moved = start + 1, True
            elif label and label.last >= last and not in_person and not titled:
                return last
        return start

    def _trim(self, line: LabelledSentence, start: int, last: int) -> int:
        """Ends the name where another thing begins: a title, a day, or words that are not part of names."""
        for i in range(start, last):
            word, low = line.words[i], line.words[i].low
            if low in _NUMBERS and i + 1 < len(line.words) and line.words[i + 1].text[0].isdigit():
                return i  # "Zone No. 2"
            if self.judge.is_never_name(low) and not (len(word.text) == 2 and word.text[1] == "."):
                return i
            if i > start + 1 and line.starting(i, "abbreviation") and line.starting(i, "postnominal"):
                return i  # "Jan Novak MP"
            if i > start and line.starting(i, "rank", "honorific", "head") and low not in self.knowledge.names_too:
                return i
        return last


def nickname_ends(words: Sequence[Word], j: int) -> bool:
    """Whether a nickname in quotation marks and another name stand at word ``j``: John "Jack" Smith."""
    if j + 3 >= len(words) or words[j].text not in '"“' or words[j + 2].text not in '"”':
        return False
    return words[j + 1].is_capitalized and words[j + 3].is_capitalized and words[j + 3].is_word
