"""Edges of titles: where ranks and short forms end, and which words only look like titles."""

from __future__ import annotations

from dataclasses import replace

from communique.reading.knowledge import Knowledge
from communique.reading.labelled import LabelledSentence
from communique.reading.phrases import Label

BRANCHES = frozenset("Staff Engineer Physician Surgeon Senior Pilot".split())
"""They go with a rank: "Staff Major General" in Arab and Turkic armies, "Physician General" in French-speaking ones."""
_STAFF_THINGS = frozenset("talks officers members building level chiefs".split())


class TitleEdges:
    """Finds where titles end."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def before_rank(self, line: LabelledSentence, label: Label) -> Label:
        """The head without the rank that it ends in, where a name follows: "commander General NAME" has two titles."""
        if label.kind != "head" or label.value not in self.knowledge.ranked_heads or label.last >= len(line.words):
            return label
        following, rank = line.words[label.last], line.starting(label.last - 1, "rank")
        if rank is None or not following.is_word or not following.is_capitalized:
            return label
        if following.low in self.knowledge.institution_nouns or line.starting(label.last, "organization", "head"):
            return label
        return replace(label, last=rank.first, value=str(label.value).rpartition(" ")[0])

    def is_no_title(self, line: LabelledSentence, label: Label) -> bool:
        """Whether letters that stand for a post elsewhere are a word here, or stand behind a name as its style."""
        return label.kind == "abbreviation" and (self._lacks_stop(line, label) or self._is_behind_name(line, label))

    def _lacks_stop(self, line: LabelledSentence, label: Label) -> bool:
        """Whether a word without its full stop is no short form: "Sen." is a senator, "Sen" is a name."""
        word = line.words[label.first]
        return word.low in self.knowledge.stopped_posts and not word.text.endswith(".")

    def _is_behind_name(self, line: LabelledSentence, label: Label) -> bool:
        """Whether letters belong to the name before them: "the Hon Jan Novak MP said"."""
        words = line.words
        if not label.first or not line.starting(label.first, "postnominal"):
            return False
        if label.last < len(words) and words[label.last].is_word and words[label.last].is_capitalized:
            return False
        before = words[label.first - 1]
        known = line.ending(label.first, "country", "demonym", "organization", "modifier", "standing")
        return before.is_word and before.is_capitalized and known is None

    def after_branches(self, line: LabelledSentence, label: Label) -> int:
        """Passes over the branch behind a rank, before a name: "Colonel Staff Pilot NAME", but not "General Staff"."""
        words = line.words
        i = label.last
        while i < len(words) and words[i].text in BRANCHES:
            i += 1
        if i == label.last or i >= len(words) or (label.value == "General" and words[i - 1].text == "Staff"):
            return label.last
        following = words[i]
        is_name = following.is_word and following.is_capitalized and not line.starting(i, "rank", "head", "heads")
        is_thing = following.low in self.knowledge.institution_nouns or following.low in self.knowledge.fields
        return i if is_name and not is_thing and following.low not in _STAFF_THINGS else label.last

    def after_marks(self, line: LabelledSentence, i: int) -> int:
        """Passes over marks of service behind a rank: "(ret.)", "(Navy)", "TNI"."""
        words = line.words
        while i + 1 < len(words):
            if words[i].text == "(":
                close = next((k for k in range(i + 2, min(i + 5, len(words))) if words[k].text == ")"), None)
                inner = [words[k].low.strip(".'’") for k in range(i + 1, close or i + 1)]
                is_mark = all(word in self.knowledge.rank_marks for word in inner if word)
                if close is None or not (is_mark or "".join(inner) in self.knowledge.rank_marks):
                    break
                i = close + 1
            elif (
                words[i].text.isupper()
                and len(words[i].text) > 1
                and words[i].low in self.knowledge.rank_marks
                and words[i + 1].is_capitalized
            ):
                i += 1
            else:
                break
        return i
